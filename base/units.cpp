#include "base/units.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <span>
#include <vector>

#include "base/errors.h"

namespace headroom {
namespace {

struct Unit {
  std::string_view text;
  double si;
  bool printed = true;    // false: understood, never chosen for printing
};

template <class Q> struct Table;
template <> struct Table<Power> { static constexpr Unit units[] = {{"W", 1}, {"kW", 1e3}, {"MW", 1e6}, {"GW", 1e9}, {"mW", 1e-3, false}}; };
template <> struct Table<ApparentPower> { static constexpr Unit units[] = {{"VA", 1}, {"kVA", 1e3}, {"MVA", 1e6}}; };
template <> struct Table<ReactivePower> { static constexpr Unit units[] = {{"var", 1}, {"kvar", 1e3}, {"Mvar", 1e6}}; };
template <> struct Table<Current> { static constexpr Unit units[] = {{"A", 1}, {"kA", 1e3}, {"mA", 1e-3, false}}; };
template <> struct Table<Voltage> { static constexpr Unit units[] = {{"V", 1}, {"kV", 1e3}}; };
template <> struct Table<Energy> {
  static constexpr Unit units[] = {{"J", 1},       {"kJ", 1e3},     {"MJ", 1e6},       {"Wh", 3.6e3, false},
                                   {"kWh", 3.6e6}, {"MWh", 3.6e9}, {"GWh", 3.6e12, false}};
};
// Inexact, and without a limit: mean times of components. Dates and durations are Duration.
template <> struct Table<Seconds> { static constexpr Unit units[] = {{"s", 1}, {"min", 60, false}, {"h", 3600}, {"d", 86400, false}}; };
template <> struct Table<Length> { static constexpr Unit units[] = {{"m", 1}, {"km", 1e3}, {"mm", 1e-3, false}, {"cm", 1e-2, false}, {"mile", 1609.344, false}}; };
template <> struct Table<Mass> { static constexpr Unit units[] = {{"kg", 1}, {"t", 1e3}, {"g", 1e-3, false}}; };
template <> struct Table<Volume> { static constexpr Unit units[] = {{"L", 1}, {"m3", 1e3}}; };
template <> struct Table<VolumeFlow> {
  static constexpr Unit units[] = {{"L/s", 1}, {"L/min", 1.0 / 60, false}, {"L/h", 1.0 / 3600}, {"m3/h", 1.0 / 3.6, false}, {"m3/s", 1e3, false}};
};
template <> struct Table<TemperatureDifference> { static constexpr Unit units[] = {{"K", 1}}; };
template <> struct Table<Area> { static constexpr Unit units[] = {{"m2", 1}}; };
template <> struct Table<Irradiance> { static constexpr Unit units[] = {{"W/m2", 1}, {"kW/m2", 1e3, false}}; };
template <> struct Table<Pressure> { static constexpr Unit units[] = {{"Pa", 1}, {"kPa", 1e3}, {"hPa", 1e2, false}, {"bar", 1e5, false}}; };
template <> struct Table<HeatCapacity> { static constexpr Unit units[] = {{"J/K", 1}, {"kJ/K", 1e3}, {"MJ/K", 1e6}, {"kWh/K", 3.6e6, false}}; };
template <> struct Table<ThermalConductance> { static constexpr Unit units[] = {{"W/K", 1}, {"kW/K", 1e3}}; };
template <> struct Table<CarbonIntensity> {
  static constexpr Unit units[] = {{"g/kWh", 1e-3 / 3.6e6}, {"kg/MWh", 1e-3 / 3.6e6, false}, {"kg/kWh", 1 / 3.6e6, false}, {"t/MWh", 1 / 3.6e6, false}, {"lb/kWh", 0.45359237 / 3.6e6, false}, {"lb/MWh", 0.45359237e-3 / 3.6e6, false}, {"kg/J", 1, false}};
};
template <> struct Table<DataSize> {
  static constexpr Unit units[] = {{"bit", 1, false}, {"B", 8}, {"kB", 8e3}, {"MB", 8e6}, {"GB", 8e9}, {"TB", 8e12}, {"PB", 8e15}};
};
template <> struct Table<DataRate> {
  static constexpr Unit units[] = {{"bit/s", 1}, {"kbit/s", 1e3}, {"Mbit/s", 1e6}, {"Gbit/s", 1e9}, {"Tbit/s", 1e12}};
};

template <> struct Table<EnergyPerData> { static constexpr Unit units[] = {{"pJ/bit", 1e-12}, {"nJ/bit", 1e-9}, {"J/B", 0.125, false}}; };

struct DurationUnit {
  std::string_view text;
  std::int64_t ns;
};
constexpr DurationUnit duration_units[] = {
    {"ns", 1},           {"us", 1'000},          {"ms", 1'000'000},        {"s", 1'000'000'000},
    {"min", 60'000'000'000}, {"h", 3'600'000'000'000}, {"d", 86'400'000'000'000},
};

struct Split {
  std::string_view number, unit;
};

// "12.5 kW" -> "12.5", "kW"; blanks between are optional, blanks around are not part of either.
Split split(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
  std::size_t i = 0;
  auto const digit = [&](std::size_t k) { return k < text.size() && ((text[k] >= '0' && text[k] <= '9') || text[k] == '.'); };
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  while (digit(i)) ++i;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    std::size_t k = i + 1;
    if (k < text.size() && (text[k] == '-' || text[k] == '+')) ++k;
    if (digit(k)) {
      while (digit(k)) ++k;
      i = k;
    }
  }
  std::string_view unit = text.substr(i);
  auto const first = unit.find_first_not_of(" \t");
  return {text.substr(0, i), first == std::string_view::npos ? std::string_view{} : unit.substr(first)};
}

// Decimal text times a whole number, rounded to the nearest: 0.1 s is 100,000,000 ns, not the double nearest to a tenth.
// nullopt: an exponent, or more digits than fit.
std::optional<std::int64_t> exact_product(std::string_view decimal, std::int64_t factor) {
  bool const negative = decimal.front() == '-';
  __extension__ using Wide = __int128;
  Wide digits = 0, divisor = 1;
  bool after_point = false;
  for (char c : decimal.substr(negative || decimal.front() == '+' ? 1 : 0)) {
    if (c == '.') {
      after_point = true;
      continue;
    }
    if (c < '0' || c > '9' || digits > Wide{1'000'000'000'000'000'000} || divisor > Wide{1'000'000'000'000'000'000}) return std::nullopt;
    digits = digits * 10 + (c - '0');
    if (after_point) divisor *= 10;
  }
  Wide const product = (2 * digits * factor + divisor) / (2 * divisor);
  return static_cast<std::int64_t>(negative ? -product : product);
}

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return out;
}

template <class U>
std::vector<std::string> names(std::span<const U> units) {
  std::vector<std::string> out;
  for (auto const& u : units) out.emplace_back(u.text);
  return out;
}

template <class U>
std::string unit_problem(std::string_view text, const Split& parts, std::span<const U> units) {
  if (parts.unit.empty()) return fmt::format("'{}' has no unit; write {}", text, join(names(units)));
  std::string const hint = nearest_hint(std::string(parts.unit), names(units));
  return fmt::format("unknown unit '{}'{}", parts.unit, hint.empty() ? "; write " + join(names(units)) : hint);
}

template <class Q> constexpr std::string_view example = "1 unit";
template <> constexpr std::string_view example<Power> = "12.5 kW";
template <> constexpr std::string_view example<ApparentPower> = "1500 kVA";
template <> constexpr std::string_view example<ReactivePower> = "20 kvar";
template <> constexpr std::string_view example<Current> = "32 A";
template <> constexpr std::string_view example<Voltage> = "13.8 kV";
template <> constexpr std::string_view example<Energy> = "10 kWh";
template <> constexpr std::string_view example<Seconds> = "1000 h";
template <> constexpr std::string_view example<Length> = "16 km";
template <> constexpr std::string_view example<Mass> = "900 kg";
template <> constexpr std::string_view example<Volume> = "100 L";
template <> constexpr std::string_view example<VolumeFlow> = "81.8 L/h";
template <> constexpr std::string_view example<TemperatureDifference> = "5 K";
template <> constexpr std::string_view example<Area> = "500 m2";
template <> constexpr std::string_view example<Irradiance> = "800 W/m2";
template <> constexpr std::string_view example<Pressure> = "101325 Pa";
template <> constexpr std::string_view example<HeatCapacity> = "10 MJ/K";
template <> constexpr std::string_view example<ThermalConductance> = "2 kW/K";
template <> constexpr std::string_view example<CarbonIntensity> = "350 g/kWh";
template <> constexpr std::string_view example<DataSize> = "512 GB";
template <> constexpr std::string_view example<EnergyPerData> = "20 pJ/bit";
template <> constexpr std::string_view example<DataRate> = "400 Gbit/s";

}  // namespace

Parsed<double> parse_number(std::string_view text) {
  Split const parts = split(text);
  if (parts.number.empty() || !parts.unit.empty()) return fmt::format("expected a number, found '{}'", text);
  std::string_view number = parts.number;
  if (number.front() == '+') number.remove_prefix(1);
  double value = 0;
  auto const [end, code] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (code == std::errc::result_out_of_range) return fmt::format("'{}' is beyond the range of numbers", text);
  if (code != std::errc{} || end != number.data() + number.size()) return fmt::format("expected a number, found '{}'", text);
  if (!std::isfinite(value)) return fmt::format("'{}' is not a finite number", text);
  return value;
}

template <class Q>
Parsed<Q> parse_quantity(std::string_view text) {
  Split const parts = split(text);
  if (parts.number.empty()) return fmt::format("expected a quantity such as '{}', found '{}'", example<Q>, text);
  auto number = parse_number(parts.number);
  if (auto* problem = std::get_if<std::string>(&number)) return *problem;
  for (auto const& unit : Table<Q>::units)
    if (unit.text == parts.unit) {
      double const si = std::get<double>(number) * unit.si;
      if (!std::isfinite(si)) return fmt::format("'{}' is beyond the range of numbers", text);
      return Q::from_si(si);
    }
  return unit_problem(text, parts, std::span<const Unit>(Table<Q>::units));
}

Parsed<Duration> parse_duration(std::string_view text) {
  Split const parts = split(text);
  if (parts.number.empty()) return fmt::format("expected a time such as '10 min', found '{}'", text);
  auto number = parse_number(parts.number);
  if (auto* problem = std::get_if<std::string>(&number)) return *problem;
  for (auto const& unit : duration_units)
    if (unit.text == parts.unit) {
      long double const ns = static_cast<long double>(std::get<double>(number)) * static_cast<long double>(unit.ns);
      if (std::abs(ns) > static_cast<long double>(longest_duration.ns)) return fmt::format("'{}' is longer than 100 years", text);
      return Duration{exact_product(parts.number, unit.ns).value_or(std::llround(ns))};
    }
  return unit_problem(text, parts, std::span<const DurationUnit>(duration_units));
}

std::string counted(std::int64_t count, std::string_view thing) { return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s"); }

std::string number_text(double value) {
  if (value == 0) value = 0;   // no "-0"
  return fmt::format("{}", value);
}

template <class Q>
std::string to_text(Q quantity) {
  double const si = quantity.si();
  std::string best;
  for (auto const& unit : Table<Q>::units) {
    if (!unit.printed) continue;
    std::string candidate = fmt::format("{} {}", number_text(si / unit.si), unit.text);
    auto const back = parse_quantity<Q>(candidate);
    if (auto const* same = std::get_if<Q>(&back); same == nullptr || *same != quantity) continue;    // this unit would lose a digit
    bool const reads_well = std::abs(si) >= unit.si;
    if (best.empty() || (reads_well && candidate.size() <= best.size())) best = candidate;
  }
  if (!best.empty()) return best;
  for (auto const& unit : Table<Q>::units)
    if (unit.si == 1) return fmt::format("{} {}", number_text(si), unit.text);
  return fmt::format("{} {}", number_text(si), Table<Q>::units[0].text);
}

template <class Q>
std::string unit_examples() { return fmt::format("such as '{}'", example<Q>); }

std::string to_text(Duration duration) {
  for (auto unit = std::rbegin(duration_units); unit != std::rend(duration_units); ++unit)
    if (duration.ns % unit->ns == 0 && (duration.ns != 0 || unit->text == "s")) return fmt::format("{} {}", duration.ns / unit->ns, unit->text);
  return fmt::format("{} ns", duration.ns);
}

#define HEADROOM_UNITS(Q)                                    \
  template Parsed<Q> parse_quantity<Q>(std::string_view);    \
  template std::string to_text<Q>(Q);                        \
  template std::string unit_examples<Q>();
HEADROOM_UNITS(Power) HEADROOM_UNITS(ApparentPower) HEADROOM_UNITS(ReactivePower) HEADROOM_UNITS(Current)
HEADROOM_UNITS(Voltage) HEADROOM_UNITS(Energy) HEADROOM_UNITS(Length) HEADROOM_UNITS(Mass) HEADROOM_UNITS(Volume)
HEADROOM_UNITS(Seconds) HEADROOM_UNITS(VolumeFlow) HEADROOM_UNITS(TemperatureDifference) HEADROOM_UNITS(DataSize) HEADROOM_UNITS(DataRate) HEADROOM_UNITS(EnergyPerData)
HEADROOM_UNITS(Area) HEADROOM_UNITS(Irradiance) HEADROOM_UNITS(Pressure) HEADROOM_UNITS(HeatCapacity) HEADROOM_UNITS(ThermalConductance) HEADROOM_UNITS(CarbonIntensity)
#undef HEADROOM_UNITS

}  // namespace headroom
