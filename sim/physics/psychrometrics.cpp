#include "sim/physics/psychrometrics.h"

#include <algorithm>
#include <cmath>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr double kelvin_at_zero = 273.15, triple_point_c = 0.01;
constexpr double coldest_c = -100;
constexpr double water_by_air = 0.621945;      // molar masses

struct Curve {
  double value, slope;
};

// ln p_ws and its derivative by temperature.
Curve log_saturation(double celsius) {
  double const t = celsius + kelvin_at_zero, log_t = std::log(t);
  if (celsius < triple_point_c)
    return {-5.6745359e3 / t + 6.3925247 + t * (-9.677843e-3 + t * (6.2215701e-7 + t * (2.0747825e-9 + t * -9.484024e-13))) + 4.1635019 * log_t,
            5.6745359e3 / (t * t) - 9.677843e-3 + t * (2 * 6.2215701e-7 + t * (3 * 2.0747825e-9 + t * 4 * -9.484024e-13)) + 4.1635019 / t};
  return {-5.8002206e3 / t + 1.3914993 + t * (-4.8640239e-2 + t * (4.1764768e-5 + t * -1.4452093e-8)) + 6.5459673 * log_t,
          5.8002206e3 / (t * t) - 4.8640239e-2 + t * (2 * 4.1764768e-5 + t * 3 * -1.4452093e-8) + 6.5459673 / t};
}

Curve saturation_ratio(double celsius, double pressure_pa) {
  auto const [log_p, slope] = log_saturation(celsius);
  double const p = std::exp(log_p), rest = pressure_pa - p;
  return {water_by_air * p / rest, water_by_air * pressure_pa * p * slope / (rest * rest)};
}

// The evaporating side's latent heat and the two specific heats of equations 35 and 37 [kJ/kg, kJ/(kg K)].
struct Wick {
  double latent, latent_slope, carried;
};
constexpr Wick wet{2501, -2.326, 4.186}, frozen{2830, -0.24, 2.1};

// W of the air whose wet bulb this is.
Curve ratio_at_wet_bulb(double wet_bulb, double dry_bulb, double pressure_pa, const Wick& wick) {
  auto const [w_s, w_s_slope] = saturation_ratio(wet_bulb, pressure_pa);
  double const latent = wick.latent + wick.latent_slope * wet_bulb;
  double const above = latent * w_s - 1.006 * (dry_bulb - wet_bulb), below = wick.latent + 1.86 * dry_bulb - wick.carried * wet_bulb;
  double const above_slope = latent * w_s_slope + wick.latent_slope * w_s + 1.006;
  return {above / below, (above_slope + above / below * wick.carried) / below};
}

// Where a rising curve passes a value, between `low` and `high`: Newton's steps, halving where one would leave the bracket.
template <class F>
double where_it_reaches(double target, double low, double high, double tolerance, F curve) {
  double at = high;
  for (int i = 0; i < 100; ++i) {
    auto const [value, slope] = curve(at);
    double const over = value - target;
    if (std::abs(over) <= tolerance || high - low < 1e-10) return at;
    (over > 0 ? high : low) = at;
    double const next = at - over / slope;
    at = next > low && next < high ? next : (low + high) / 2;
  }
  return at;
}

void expect_air(double dry_bulb_c, double relative_humidity) {
  expects(dry_bulb_c >= coldest_c && dry_bulb_c <= 200, "air is between -100 and 200 C");
  expects(relative_humidity >= 0 && relative_humidity <= 1, "relative humidity is a share");
}

}  // namespace

double saturation_pressure_pa(double celsius) { return std::exp(log_saturation(celsius).value); }

double humidity_ratio(double dry_bulb_c, double relative_humidity, double pressure_pa) {
  expect_air(dry_bulb_c, relative_humidity);
  double const vapour_pa = relative_humidity * saturation_pressure_pa(dry_bulb_c);
  expects(vapour_pa < pressure_pa, "water does not boil in the air");
  return water_by_air * vapour_pa / (pressure_pa - vapour_pa);
}

double relative_humidity_of(double dry_bulb_c, double dew_point_c) {
  return std::min(1.0, std::exp(log_saturation(dew_point_c).value - log_saturation(dry_bulb_c).value));
}

double dew_point_c(double dry_bulb_c, double relative_humidity) {
  expect_air(dry_bulb_c, relative_humidity);
  if (relative_humidity <= 0) return coldest_c;
  double const log_vapour = std::log(relative_humidity) + log_saturation(dry_bulb_c).value;
  if (log_vapour <= log_saturation(coldest_c).value) return coldest_c;
  return where_it_reaches(log_vapour, coldest_c, dry_bulb_c, 1e-9, log_saturation);
}

double wet_bulb_c(double dry_bulb_c, double relative_humidity, double pressure_pa) {
  double const ratio = humidity_ratio(dry_bulb_c, relative_humidity, pressure_pa);
  expects(saturation_pressure_pa(dry_bulb_c) < pressure_pa, "water does not boil at the dry bulb");
  bool const is_wet = dry_bulb_c >= 0 && ratio >= ratio_at_wet_bulb(0, dry_bulb_c, pressure_pa, wet).value;
  Wick const& wick = is_wet ? wet : frozen;
  double const low = is_wet ? 0 : coldest_c, high = is_wet ? dry_bulb_c : std::min(0.0, dry_bulb_c);
  return where_it_reaches(ratio, low, high, 1e-12, [&](double at) { return ratio_at_wet_bulb(at, dry_bulb_c, pressure_pa, wick); });
}

double moist_air_enthalpy_j_per_kg(double dry_bulb_c, double humidity_ratio) { return 1e3 * (1.006 * dry_bulb_c + humidity_ratio * (2501 + 1.86 * dry_bulb_c)); }

double moist_air_density_kg_per_m3(double dry_bulb_c, double humidity_ratio, double pressure_pa) {
  double const volume = 287.042 * (dry_bulb_c + kelvin_at_zero) * (1 + 1.607858 * humidity_ratio) / pressure_pa;
  return (1 + humidity_ratio) / volume;
}

double standard_pressure_pa(double elevation_m) {
  expects(elevation_m >= -500 && elevation_m <= 11000, "the standard atmosphere holds from -500 to 11,000 m");
  return 101325 * std::pow(1 - 2.25577e-5 * elevation_m, 5.2559);
}

}  // namespace headroom
