#include "sim/physics/photovoltaic.h"

#include <catch2/catch.hpp>

using namespace headroom;

TEST_CASE("PVWatts: the values that pvlib's own tests ask for") {
  CHECK(module_dc_w(900, 30, 100, -0.003) == Approx(88.65).epsilon(1e-14));
  CHECK(inverter_ac_w(90, 100, 0.95) == Approx(85.58556604752516).epsilon(1e-14));
  CHECK(inverter_ac_w(50, 100, 0.95) == Approx(47.60843624).epsilon(1e-9));
  CHECK(inverter_ac_w(100, 100, 0.95) == 95);
  CHECK(inverter_ac_w(0, 100, 0.95) == 0);
  CHECK(inverter_ac_w(0.001, 1, 0.95) == 0);
  CHECK(inverter_ac_w(150, 100, 0.95) == 95);
  // default losses: 14.0757 % together
  double rest = 1;
  for (double loss : {0.02, 0.03, 0.02, 0.02, 0.005, 0.015, 0.01, 0.03, 0.0}) rest *= 1 - loss;
  CHECK(100 * (1 - rest) == Approx(14.0757).epsilon(1e-5));
}

TEST_CASE("the sun stands at the zenith over the tropic at the solstice, and in the south at noon in Chicago") {
  SunPosition const noon = sun_position(23.4365, 0.44, 1718884800);        // 2024-06-20T12:00Z; equation of time -1.7 min
  CHECK(noon.zenith_deg == Approx(0).margin(0.05));
  SunPosition const chicago = sun_position(41.98, -87.92, 1711043400);     // 2024-03-21T17:50:00Z
  CHECK(chicago.zenith_deg == Approx(41.6).margin(0.4));
  CHECK(chicago.azimuth_deg == Approx(178.5).margin(2));
  CHECK(sun_position(41.98, -87.92, 1711000800).zenith_deg > 90);          // 06:00Z: night
}

TEST_CASE("a level plane gets what falls on level ground, one that faces the sun gets the beam whole") {
  CHECK(plane_irradiance_w_m2({0, 180, 0.2}, {30, 180}, {0, 800, 100}) == Approx(800 * 0.8660254 + 100));
  CHECK(plane_irradiance_w_m2({30, 180, 0}, {30, 180}, {0, 800, 0}) == Approx(800));
  CHECK(plane_irradiance_w_m2({90, 0, 0}, {30, 180}, {0, 800, 0}) == 0);   // it turns its back
  CHECK(plane_irradiance_w_m2({90, 180, 0.2}, {89, 180}, {100, 800, 0}) == Approx(10));
}
