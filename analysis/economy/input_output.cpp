#include "analysis/economy/input_output.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

std::vector<std::string> codes_of(const InputOutputTable& table) {
  std::vector<std::string> codes;
  for (auto const& sector : table.sectors) codes.push_back(sector.code);
  return codes;
}

std::vector<std::string> keys_of(const std::map<std::string, std::string>& map) {
  std::vector<std::string> keys;
  for (auto const& [key, value] : map) keys.push_back(key);
  return keys;
}

}  // namespace

std::string to_text(Classification classification) {
  for (auto const& [candidate, name] : names(classification))
    if (candidate == classification) return name;
  return "";
}

const std::string& SectorCodes::in(Classification classification) const {
  switch (classification) {
    case Classification::us_bea_summary: return us_bea_summary;
    case Classification::china_42: return china_42;
    case Classification::china_153: return china_153;
  }
  return us_bea_summary;
}

int InputOutputTable::find(const std::string& code) const {
  for (std::size_t i = 0; i < sectors.size(); ++i)
    if (sectors[i].code == code) return static_cast<int>(i);
  return -1;
}

std::string sector_code(const InputOutputTable& table, const SectorCodes& codes) {
  std::string const key = to_text(table.classification), written = codes.in(table.classification);
  if (written.empty()) throw InputError(codes.where, fmt::format("sector: no '{}', by which the table {} finds its sectors; add it", key, table.name));
  if (table.map.empty()) {
    if (table.find(written) >= 0) return written;
    throw InputError(codes.where, fmt::format("sector.{}: the table {} has no sector '{}'{}", key, table.name, written, nearest_hint(written, codes_of(table))));
  }
  if (auto const mapped = table.map.find(written); mapped != table.map.end()) return mapped->second;
  throw InputError(codes.where, fmt::format("sector.{}: the map of the table {} has no '{}'{}", key, table.name, written, nearest_hint(written, keys_of(table.map))));
}

std::size_t sector_index(const InputOutputTable& table, const SectorCodes& codes) {
  int const found = table.find(sector_code(table, codes));
  expects(found >= 0, "a table that was read has every sector that its map names");
  return static_cast<std::size_t>(found);
}

double import_share(double imported, double supplied) { return supplied > 0 ? std::clamp(imported / supplied, 0.0, 1.0) : 0.0; }

std::vector<std::string> input_output_caveats(const InputOutputTable& table) {
  return {
      "fixed prices and fixed input coefficients",
      "no capacity limit: suppliers are taken to deliver whatever is asked; equipment with queues of years is the opposite",
      "gross output counts the same good again at each stage; use value added for GDP",
      fmt::format("structure of the economy in {} ({})", table.year, table.title),
      "no displaced spending: what the money would have bought otherwise is not taken off",
      "imports matter most where the money is (electronics): Type I and Type II count the first purchase as made at home; what is imported at once is taken off only where a name says so",
  };
}

}  // namespace headroom
