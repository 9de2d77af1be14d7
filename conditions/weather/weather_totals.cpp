#include "conditions/weather/weather_totals.h"

#include <algorithm>
#include <cmath>

#include "base/sum.h"
#include "sim/physics/psychrometrics.h"

namespace headroom {
namespace {

constexpr double band_k = 5, degree_day_base_c = 18.3;

Spread spread_of(const std::vector<double>& values) {
  CompensatedSum sum;
  for (double value : values) sum.add(value);
  auto const [least, most] = std::ranges::minmax(values);
  return {least, sum.value() / static_cast<double>(values.size()), most};
}

std::vector<HoursOfBand> bands_of(const std::vector<double>& dry_c, const std::vector<double>& wet_c, double step_h) {
  auto const band_at = [](double t) { return static_cast<int>(std::floor(t / band_k)); };
  int const first = band_at(std::min(std::ranges::min(dry_c), std::ranges::min(wet_c))), last = band_at(std::max(std::ranges::max(dry_c), std::ranges::max(wet_c)));
  std::vector<HoursOfBand> out;
  for (int band = first; band <= last; ++band) out.push_back({.from_c = band * band_k, .to_c = (band + 1) * band_k});
  for (double t : dry_c) out[static_cast<std::size_t>(band_at(t) - first)].dry_bulb_h += step_h;
  for (double t : wet_c) out[static_cast<std::size_t>(band_at(t) - first)].wet_bulb_h += step_h;
  return out;
}

double hours_at_most(const std::vector<double>& values, double threshold, double step_h) {
  return static_cast<double>(std::ranges::count_if(values, [&](double value) { return value <= threshold; })) * step_h;
}

}  // namespace

WeatherTotals totals_of(const Weather& weather, std::optional<double> below_c) {
  double const step_h = weather.step_s > 0 ? static_cast<double>(weather.step_s) / 3600 : 8760;
  std::vector<double> dry_c, wet_c, humidity, pressure_pa;
  CompensatedSum sun_wh, degree_hours;
  for (auto const& sample : weather.samples) {
    dry_c.push_back(sample.dry_bulb_c);
    wet_c.push_back(wet_bulb_c(sample.dry_bulb_c, sample.relative_humidity, sample.pressure_pa));
    humidity.push_back(sample.relative_humidity);
    pressure_pa.push_back(sample.pressure_pa);
    sun_wh.add(sample.global_horizontal_w_m2 * step_h);
    degree_hours.add(std::max(0.0, sample.dry_bulb_c - degree_day_base_c) * step_h);
  }
  WeatherTotals out;
  out.rows = dry_c.size();
  out.hours = static_cast<double>(out.rows) * step_h;
  out.dry_bulb_c = spread_of(dry_c);
  out.wet_bulb_c = spread_of(wet_c);
  out.relative_humidity_mean = spread_of(humidity).mean;
  out.pressure_mean_pa = spread_of(pressure_pa).mean;
  out.global_horizontal_kwh_m2 = sun_wh.value() / 1000;
  out.cooling_degree_days = degree_hours.value() / 24;
  out.bands = bands_of(dry_c, wet_c, step_h);
  if (below_c) out.below = HoursBelow{*below_c, hours_at_most(dry_c, *below_c, step_h), hours_at_most(wet_c, *below_c, step_h)};
  return out;
}

}  // namespace headroom
