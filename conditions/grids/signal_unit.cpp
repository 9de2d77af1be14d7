#include "conditions/grids/signal_unit.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"

namespace headroom {

Parsed<SignalUnit> parse_signal_unit(std::string_view text) {
  auto const intensity = parse_quantity<CarbonIntensity>(fmt::format("1 {}", text));
  if (auto const* one = std::get_if<CarbonIntensity>(&intensity)) return SignalUnit{*one / gram_per_kilowatt_hour, ""};
  std::size_t const slash = text.find('/');
  bool const is_currency = slash == 3 && std::all_of(text.begin(), text.begin() + 3, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (is_currency && text.substr(4) == "MWh") return SignalUnit{1, std::string(text.substr(0, 3))};
  if (is_currency && text.substr(4) == "kWh") return SignalUnit{1000, std::string(text.substr(0, 3))};
  return fmt::format("unknown unit '{}'{}; an intensity is in g/kWh, kg/MWh, kg/kWh, t/MWh, lb/kWh or lb/MWh, a price in USD/MWh, EUR/kWh and the like", text,
                     nearest_hint(std::string(text), {"g/kWh", "kg/MWh", "kg/kWh", "t/MWh", "lb/kWh", "lb/MWh", "USD/MWh", "EUR/MWh"}));
}

}  // namespace headroom
