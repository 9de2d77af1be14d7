// Photovoltaic power by the equations of PVWatts version 5 (Dobos 2014, NREL/TP-6A20-62641; the functions as pvlib has them).
// Where the sun stands and what reaches a tilted plane are simpler here than there; see each. [docs/models.md]
#pragma once

#include <cstdint>

namespace headroom {

// Zenith and azimuth (from north over east), degrees. Low-precision formulas of the Astronomical Almanac (Michalsky 1988): 0.01
// degrees from 1950 to 2050, without refraction.
struct SunPosition {
  double zenith_deg = 90, azimuth_deg = 0;
};
SunPosition sun_position(double latitude_deg, double longitude_deg, std::int64_t unix_s);

struct Plane {
  double tilt_deg = 0, azimuth_deg = 180, albedo = 0.2;
};
struct SunIrradiance {
  double global_horizontal_w_m2 = 0, direct_normal_w_m2 = 0, diffuse_horizontal_w_m2 = 0;
};
// Beam by the angle of incidence, an isotropic sky, the ground by its albedo (Liu and Jordan 1963):
//   G = DNI cos(AOI) + DHI (1 + cos tilt)/2 + GHI albedo (1 - cos tilt)/2
// The beam is left out where the sun is within 2 degrees of the horizon. PVWatts itself takes Perez' sky, brighter by 1 to 4 % a year.
double plane_irradiance_w_m2(const Plane& plane, const SunPosition& sun, const SunIrradiance& irradiance);

// T_c = T_a + (NOCT - 20)/800 G with NOCT = 45 C (assumption for rack-mounted modules), no wind, no heat capacity.
double cell_temperature_c(double plane_w_m2, double ambient_c);

// P_dc = G/1000 P_dc0 (1 + g (T_c - 25))
double module_dc_w(double plane_w_m2, double cell_c, double dc_rated_w, double temperature_coefficient);

// eta = (eta_nom/0.9637)(-0.0162 z - 0.0059/z + 0.9858), z = P_dc/P_dc0 with P_dc0 the DC power at which it gives its AC rating
// eta_nom P_dc0; P_ac = eta P_dc, at most that rating, at least 0.
double inverter_ac_w(double dc_w, double dc_rated_w, double nominal_efficiency);

}  // namespace headroom
