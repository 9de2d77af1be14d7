#include "sim/physics/photovoltaic.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headroom {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double reference_efficiency = 0.9637;
constexpr double nominal_cell_c = 45;
constexpr double lowest_beam_deg = 88;           // zenith

double wrapped(double value, double period) { return value - period * std::floor(value / period); }

}  // namespace

SunPosition sun_position(double latitude_deg, double longitude_deg, std::int64_t unix_s) {
  double const days = static_cast<double>(unix_s) / 86400 - 10957.5;               // from 2000-01-01T12:00Z
  double const mean_longitude = wrapped(280.460 + 0.9856474 * days, 360);
  double const anomaly = wrapped(357.528 + 0.9856003 * days, 360) * degree;
  double const ecliptic = wrapped(mean_longitude + 1.915 * std::sin(anomaly) + 0.020 * std::sin(2 * anomaly), 360) * degree;
  double const obliquity = (23.439 - 0.0000004 * days) * degree;
  double const right_ascension = std::atan2(std::cos(obliquity) * std::sin(ecliptic), std::cos(ecliptic));
  double const declination = std::asin(std::sin(obliquity) * std::sin(ecliptic));
  double const utc_hours = static_cast<double>(((unix_s % 86400) + 86400) % 86400) / 3600;
  double const sidereal_hours = wrapped(6.697375 + 0.0657098242 * days + utc_hours, 24);
  double const hour_angle = wrapped(sidereal_hours + longitude_deg / 15, 24) * 15 * degree - right_ascension;
  double const latitude = latitude_deg * degree;
  double const elevation = std::asin(std::clamp(std::sin(declination) * std::sin(latitude) + std::cos(declination) * std::cos(latitude) * std::cos(hour_angle), -1.0, 1.0));
  double const azimuth = std::atan2(-std::cos(declination) * std::sin(hour_angle), std::sin(declination) * std::cos(latitude) - std::cos(declination) * std::sin(latitude) * std::cos(hour_angle));
  return {90 - elevation / degree, wrapped(azimuth / degree, 360)};
}

double plane_irradiance_w_m2(const Plane& plane, const SunPosition& sun, const SunIrradiance& irradiance) {
  double const tilt = plane.tilt_deg * degree, zenith = sun.zenith_deg * degree;
  double const incidence = std::cos(zenith) * std::cos(tilt) + std::sin(zenith) * std::sin(tilt) * std::cos((sun.azimuth_deg - plane.azimuth_deg) * degree);
  double const beam = sun.zenith_deg < lowest_beam_deg ? irradiance.direct_normal_w_m2 * std::max(0.0, incidence) : 0;
  return beam + irradiance.diffuse_horizontal_w_m2 * (1 + std::cos(tilt)) / 2 + irradiance.global_horizontal_w_m2 * plane.albedo * (1 - std::cos(tilt)) / 2;
}

double cell_temperature_c(double plane_w_m2, double ambient_c) { return ambient_c + (nominal_cell_c - 20) / 800 * plane_w_m2; }

double module_dc_w(double plane_w_m2, double cell_c, double dc_rated_w, double temperature_coefficient) {
  return plane_w_m2 * 0.001 * dc_rated_w * (1 + temperature_coefficient * (cell_c - 25));
}

double inverter_ac_w(double dc_w, double dc_rated_w, double nominal_efficiency) {
  if (dc_w <= 0) return 0;
  double const z = dc_w / dc_rated_w;
  double const efficiency = nominal_efficiency / reference_efficiency * (-0.0162 * z - 0.0059 / z + 0.9858);
  return std::clamp(efficiency * dc_w, 0.0, nominal_efficiency * dc_rated_w);
}

}  // namespace headroom
