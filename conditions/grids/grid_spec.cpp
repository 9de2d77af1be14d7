// What is right and wrong with what people write under `conditions.grid`.
#include "conditions/grids/grid_spec.h"

#include <fmt/format.h>

#include <algorithm>

#include "conditions/grids/fuels.h"
#include "conditions/grids/grid_spec_fields.h"
#include "conditions/grids/signal_unit.h"

namespace headroom {
namespace {

enum class Meant { intensity, price };

// The unit says what a series is of; it must be what its key is for.
void check_unit(const std::optional<SignalSpec>& signal, Meant meant, const Location& where, const std::string& path, std::vector<Problem>& problems) {
  if (!signal) return;
  auto const unit = parse_signal_unit(signal->unit);
  if (!std::holds_alternative<SignalUnit>(unit)) return;      // told where the series is checked
  bool const is_price = !std::get<SignalUnit>(unit).currency.empty();
  Location const& at = signal->constant ? where : signal->where;
  if (meant == Meant::intensity && is_price) problems.push_back({at, fmt::format("{}: '{}' is a price; an intensity is in g/kWh, kg/MWh, lb/kWh and the like", path, signal->unit)});
  if (meant == Meant::price && !is_price) problems.push_back({at, fmt::format("{}: '{}' is an intensity; a price is in USD/MWh, EUR/kWh and the like", path, signal->unit)});
}

template <class Spec>
void check_clock(const Spec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (!s.timezone.empty() && s.utc_offset) problem("has both timezone and utc_offset; one of them says what its clock is");
  if (s.utc_offset && s.utc_offset->ns % (60 * nanoseconds_per_second) != 0) problem(fmt::format("utc_offset {} is not in whole minutes", to_text(*s.utc_offset)));
  if (s.shift && s.shift->ns % nanoseconds_per_second != 0) problem(fmt::format("shift {} is not in whole seconds", to_text(*s.shift)));
}

}  // namespace

Parsed<SignalSpec> SignalSpec::parse(std::string_view text) {
  std::size_t const space = text.find(' ');
  auto const number = parse_number(text.substr(0, space));
  if (auto const* what = std::get_if<std::string>(&number)) return *what + "; write " + grammar;
  if (space == std::string_view::npos) return fmt::format("'{}' has no unit; write it with one, such as '{} g/kWh' or '{} USD/MWh'", text, text, text);
  SignalSpec out;
  out.constant = std::get<double>(number);
  out.unit = text.substr(space + 1);
  auto const unit = parse_signal_unit(out.unit);
  if (auto const* what = std::get_if<std::string>(&unit)) return *what;
  return out;
}

std::string SignalSpec::text() const { return constant ? fmt::format("{} {}", number_text(*constant), unit) : ""; }

void check(const SignalSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  auto const unit = parse_signal_unit(s.unit);
  if (auto const* what = std::get_if<std::string>(&unit)) problem("unit: " + *what);
  check_clock(s, path, problems);
  if (!s.time.empty()) return;
  if (!s.year) problem("has no time column, so it must have a row for each hour of a year; write time, or year for the year that it is of");
  if (!s.timezone.empty()) problem("has no time column and a timezone; hours of a year are counted in local standard time, write utc_offset (-6 h)");
}

void check(const MixSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  check_clock(s, path, problems);
  auto const known = fuel_names();
  auto const unknown = [&](const std::string& fuel, const std::string& key) {
    if (std::ranges::find(known, fuel) == known.end()) problem(fmt::format("{}: there is no fuel '{}'{} (one of {})", key, fuel, nearest_hint(fuel, known), fmt::join(known, ", ")));
  };
  if (s.fuels.empty()) problem("fuels: names no column; write the fuel of each, such as {NG: gas, WND: wind}");
  for (auto const& [column, fuel] : s.fuels) unknown(fuel, "fuels." + column);
  for (auto const& [fuel, carbon] : s.carbon) unknown(fuel, "carbon");
}

void check(const SupplyContract& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& what) { problems.push_back({s.where, fmt::format("{}: {}", path, what)}); };
  if (!s.share && !s.energy_per_year) problem("says neither what share of the electricity it is nor how much in a year; write share or energy_per_year");
  if (s.share && s.energy_per_year) problem("has both share and energy_per_year; one of them says how much it is");
  if (s.carbon < CarbonIntensity{}) problem(fmt::format("carbon: {} must not be negative", to_text(s.carbon)));
}

void check(const GridSpec& s, const std::string& above, std::vector<Problem>& problems) {
  std::string const path = above.empty() ? "" : above + ".";
  check_unit(s.carbon, Meant::intensity, s.where, path + "carbon", problems);
  check_unit(s.marginal_carbon, Meant::intensity, s.where, path + "marginal_carbon", problems);
  check_unit(s.residual_carbon, Meant::intensity, s.where, path + "residual_carbon", problems);
  check_unit(s.price, Meant::price, s.where, path + "price", problems);
  double shares = 0;
  for (auto const& contract : s.contracts) shares += contract.share.value_or(0);
  if (shares > 1 + 1e-12) problems.push_back({s.where, fmt::format("{}contracts: their shares add up to {}; they are of one and the same electricity and end at 1", path, number_text(shares))});
}

}  // namespace headroom
