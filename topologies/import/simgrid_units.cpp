#include "topologies/import/simgrid_units.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

namespace headroom {
namespace {

constexpr std::int64_t most_hosts = 1'000'000;

struct Value {
  double number = 0;
  std::string_view unit;
};

std::optional<Value> split(std::string_view text) {
  Value out;
  if (text.starts_with('+')) text.remove_prefix(1);
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.number);
  if (error != std::errc{} || !std::isfinite(out.number)) return std::nullopt;
  out.unit = text.substr(static_cast<std::size_t>(end - text.data()));
  return out;
}

// "M" -> 1e6, "Ki" -> 1024, "" -> 1.
std::optional<double> prefix_of(std::string_view prefix) {
  constexpr std::string_view letters = "kMGTPEZY";
  if (prefix.empty()) return 1.0;
  bool const binary = prefix.size() == 2 && prefix[1] == 'i';
  auto const power = prefix[0] == 'K' && binary ? 0 : letters.find(prefix[0]);
  if (power == std::string_view::npos || prefix.size() > (binary ? 2u : 1u) || (binary && prefix[0] == 'k')) return std::nullopt;
  return std::pow(binary ? 1024.0 : 1000.0, static_cast<double>(power + 1));
}

constexpr std::pair<std::string_view, double> long_prefixes[] = {{"kilo", 1e3}, {"mega", 1e6}, {"giga", 1e9}, {"tera", 1e12}, {"peta", 1e15}, {"exa", 1e18}, {"zeta", 1e21}, {"yotta", 1e24}};

std::string no_value(std::string_view text, std::string_view examples) { return fmt::format("'{}' is not a value that SimGrid knows; such as {} would do", text, examples); }

Parsed<std::int64_t> whole(std::string_view text, std::int64_t least) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least) return fmt::format("'{}' is not a whole number from {}", text, least);
  return value;
}

}  // namespace

Parsed<DataRate> simgrid_rate(std::string_view text) {
  constexpr std::string_view examples = "'125MBps' (bytes), '1Gbps' (bits) or '1GiBps'";
  auto const value = split(text);
  if (!value) return no_value(text, examples);
  std::string_view unit = value->unit.empty() ? "Bps" : value->unit;
  if (unit.size() < 3 || !unit.ends_with("ps")) return no_value(text, examples);
  char const kind = unit[unit.size() - 3];
  auto const prefix = prefix_of(unit.substr(0, unit.size() - 3));
  if (!prefix || (kind != 'B' && kind != 'b')) return no_value(text, examples);
  if (value->number <= 0) return fmt::format("a rate of '{}' carries nothing; more than 0 would do", text);
  return DataRate::from_si(value->number * *prefix * (kind == 'B' ? 8 : 1));
}

Parsed<Duration> simgrid_time(std::string_view text) {
  constexpr std::string_view examples = "'50us', '1.5ms' or '1E-4s'";
  constexpr std::pair<std::string_view, double> units[] = {{"", 1e9}, {"w", 604800e9}, {"d", 86400e9}, {"h", 3600e9}, {"m", 60e9}, {"s", 1e9}, {"ms", 1e6}, {"us", 1e3}, {"ns", 1}, {"ps", 1e-3}};
  auto const value = split(text);
  if (!value) return no_value(text, examples);
  for (auto const& [unit, ns] : units) {
    if (unit != value->unit) continue;
    if (value->number < 0) return fmt::format("a latency of '{}' is negative; 0 or more would do", text);
    double const total = std::round(value->number * ns);
    if (!(total <= static_cast<double>(longest_duration.ns))) return fmt::format("'{}' is more than 100 years", text);
    return Duration{static_cast<std::int64_t>(total)};
  }
  return no_value(text, examples);
}

Parsed<double> simgrid_speed(std::string_view text) {
  constexpr std::string_view examples = "'1Gf' or '98.095Mf'";
  auto const value = split(text);
  if (!value) return no_value(text, examples);
  std::string_view const unit = value->unit;
  std::optional<double> prefix;
  if (unit.empty()) prefix = 1.0;
  else if (unit.ends_with("flops")) {
    std::string_view const front = unit.substr(0, unit.size() - 5);
    if (front.empty()) prefix = 1.0;
    for (auto const& [name, factor] : long_prefixes)
      if (front == name) prefix = factor;
  } else if (unit.ends_with('f') && unit.find('i') == std::string_view::npos) prefix = prefix_of(unit.substr(0, unit.size() - 1));
  if (!prefix) return no_value(text, examples);
  if (value->number <= 0) return fmt::format("a speed of '{}' computes nothing; more than 0 would do", text);
  return value->number * *prefix;
}

bool simgrid_unit_missing(std::string_view text) {
  auto const value = split(text);
  return value && value->unit.empty() && value->number != 0;
}

std::vector<std::string> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t const end = std::min(text.find_first_of(separators, begin), text.size());
    std::string_view part = text.substr(begin, end - begin);
    while (!part.empty() && std::isspace(static_cast<unsigned char>(part.front()))) part.remove_prefix(1);
    while (!part.empty() && std::isspace(static_cast<unsigned char>(part.back()))) part.remove_suffix(1);
    out.emplace_back(part);
    begin = end + 1;
  }
  return out;
}

Parsed<std::vector<std::int64_t>> simgrid_radical(std::string_view text) {
  std::vector<std::int64_t> out;
  for (auto const& part : parts_of(text, ",")) {
    auto const ends = parts_of(part, "-");
    auto const first = whole(ends.front(), 0), last = whole(ends.back(), 0);
    if (ends.size() > 2 || first.index() != 0 || last.index() != 0) return fmt::format("'{}' is not a list of numbers; such as '0-15,20' would do", text);
    std::int64_t const from = std::get<0>(first), to = std::get<0>(last);
    if (to < from) return fmt::format("'{}' has no hosts: {} is less than {}", part, to, from);
    if (to - from >= most_hosts - std::ssize(out)) return fmt::format("'{}' has more than {} hosts", text, most_hosts);
    for (std::int64_t number = from; number <= to; ++number) out.push_back(number);
  }
  return out;
}

Parsed<std::vector<std::int64_t>> simgrid_counts(std::string_view text) {
  std::vector<std::int64_t> out;
  for (auto const& part : parts_of(text, ",")) {
    auto const number = whole(part, 1);
    if (number.index() != 0) return std::get<1>(number);
    if (std::get<0>(number) > most_hosts) return fmt::format("{} is more than {}", part, most_hosts);
    out.push_back(std::get<0>(number));
  }
  return out;
}

}  // namespace headroom
