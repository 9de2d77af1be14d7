#include "conditions/grids/fuels.h"

#include "base/csv.h"
#include "base/shipped.h"

namespace headroom {
namespace {

std::vector<Fuel> read_fuels() {
  CsvReader rows(shipped_root() / "conditions/grids/fuels.csv", {{"fuel"}, {"direct_g_per_kwh"}, {"life_cycle_g_per_kwh"}, {"renewable"}, {"carbon_free"}, {"evidence"}, {"source"}});
  std::vector<Fuel> out;
  while (rows.next()) out.push_back({std::string(rows.text(0)), rows.number(1), rows.number(2), rows.whole(3) != 0, rows.whole(4) != 0});
  return out;
}

}  // namespace

const std::vector<Fuel>& fuels() {
  static std::vector<Fuel> const read = read_fuels();
  return read;
}

std::vector<std::string> fuel_names() {
  std::vector<std::string> out;
  for (auto const& fuel : fuels()) out.push_back(fuel.name);
  return out;
}

}  // namespace headroom
