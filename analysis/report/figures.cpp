#include "analysis/report/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

// Units change where the page's do (numbers.js).
constexpr double kilo = 1e3, mega = 1e6;

// Commas between the thousands of "-1234567.8".
std::string with_commas(std::string text) {
  std::size_t const begin = text.starts_with('-') ? 1 : 0;
  std::size_t at = std::min(text.find('.'), text.size());
  while (at > begin + 3) text.insert(at -= 3, 1, ',');
  return text;
}

}  // namespace

std::string rounded(double value, int digits) {
  double const size = std::abs(value);
  if (size == 0) return "0";
  int const whole_digits = static_cast<int>(std::floor(std::log10(size))) + 1;
  std::string text = fmt::format("{:.{}f}", value, std::clamp(digits - whole_digits, 0, digits + 2));
  if (text.find_first_of("123456789") == std::string::npos) return "0";
  return with_commas(std::move(text));
}

std::string grouped(std::int64_t value) { return with_commas(std::to_string(value)); }

Figure power_figure(double power_kw, int digits) {
  double const size = std::abs(power_kw);
  if (size >= 20 * kilo) return {rounded(power_kw / kilo, digits), "MW"};
  return {rounded(power_kw, digits), "kW"};
}

Figure energy_figure(double energy_kwh, int digits) { return energy_figure_beside(energy_kwh, energy_kwh, digits); }

Figure energy_figure_beside(double largest_kwh, double energy_kwh, int digits) {
  double const size = std::abs(largest_kwh);
  if (size >= 20 * mega) return {rounded(energy_kwh / mega, digits), "GWh"};
  if (size >= 20 * kilo) return {rounded(energy_kwh / kilo, digits), "MWh"};
  return {rounded(energy_kwh, digits), "kWh"};
}

Figure time_figure(double time_s, int digits) {
  if (time_s < 120) return {rounded(time_s, digits), "s"};
  if (time_s < 2 * 3600) return {rounded(time_s / 60, digits), "min"};
  if (time_s < 2 * 86400) return {rounded(time_s / 3600, digits), "h"};
  return {rounded(time_s / 86400, digits), "d"};
}

Figure percent_figure(double share, int digits) { return {rounded(100 * share, digits), "%"}; }

Json chart_number(double value) {
  double const size = std::abs(value);
  if (!std::isfinite(value)) return nullptr;
  if (size < 1e-9) return 0;
  double const places = 5 - std::floor(std::log10(size));
  double const result = places >= 0 ? std::round(value * std::pow(10.0, places)) / std::pow(10.0, places) : std::round(value);
  if (result == std::trunc(result) && std::abs(result) < 1e15) return static_cast<std::int64_t>(result);
  return result;
}

}  // namespace headroom
