#include "sim/physics/psychrometrics.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/errors.h"

using namespace headroom;

namespace {

constexpr double sea_level_pa = 101325;

// Another way to the same temperature. Saturation after Goff and Gratch (1946; as in the Smithsonian Meteorological Tables)
// instead of Hyland and Wexler; the balance of heat written as enthalpies of what mixes, instead of solved for W: air that
// takes up (W_s - W) of water at t* ends saturated at t*.
double goff_gratch_pa(double celsius) {
  double const t = celsius + 273.15;
  if (celsius < 0) {
    double const r = 273.16 / t;
    return 100 * std::pow(10, -9.09718 * (r - 1) - 3.56654 * std::log10(r) + 0.876793 * (1 - 1 / r) + std::log10(6.1071));
  }
  double const r = 373.16 / t;
  return 100 * std::pow(10, -7.90298 * (r - 1) + 5.02808 * std::log10(r) - 1.3816e-7 * (std::pow(10, 11.344 * (1 - 1 / r)) - 1) +
                                8.1328e-3 * (std::pow(10, -3.49149 * (r - 1)) - 1) + std::log10(1013.246));
}

double ratio(double vapour_pa, double pressure_pa) { return 18.015268 / 28.966 * vapour_pa / (pressure_pa - vapour_pa); }

double enthalpy(double t, double w) { return 1.006 * t + w * (2501 + 1.86 * t); }

// What is missing of saturation's enthalpy at t* [kJ/kg of dry air]; rises with t*.
double missing_heat(double wet, double dry, double w, double pressure_pa, bool ice) {
  double const w_s = ratio(goff_gratch_pa(wet), pressure_pa);
  double const of_water = ice ? -333.4 + 2.1 * wet : 4.186 * wet;
  return enthalpy(wet, w_s) - enthalpy(dry, w) - (w_s - w) * of_water;
}

double wet_bulb_by_bisection(double dry, double humidity, double pressure_pa) {
  double const w = ratio(humidity * goff_gratch_pa(dry), pressure_pa);
  bool const ice = dry < 0 || missing_heat(0, dry, w, pressure_pa, false) > 0;
  double low = ice ? -100 : 0, high = ice ? std::min(0.0, dry) : dry;
  while (high - low > 1e-8) {
    double const middle = (low + high) / 2;
    (missing_heat(middle, dry, w, pressure_pa, ice) > 0 ? high : low) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

TEST_CASE("wet bulbs at sea level are those of ASHRAE's psychrometrics") {
  CHECK(wet_bulb_c(20, 0.40, sea_level_pa) == Approx(12.355).margin(5e-4));
  CHECK(wet_bulb_c(30, 0.50, sea_level_pa) == Approx(22.005).margin(5e-4));
  CHECK(wet_bulb_c(35, 0.20, sea_level_pa) == Approx(18.870).margin(5e-4));
}

// At the edge between the wet and the frozen wick the two answers lie almost a kelvin apart, and rounding decides.
TEST_CASE("wet bulbs lie within 0.02 K of an independent solution, from frost to heat, from mountains to valleys") {
  double worst = 0;
  int compared = 0, at_the_edge = 0;
  for (double dry = -30; dry <= 50; dry += 0.5)
    for (int percent = 1; percent <= 100; ++percent)
      for (double pressure_pa : {70e3, 85e3, sea_level_pa, 105e3}) {
        double const ours = wet_bulb_c(dry, percent / 100.0, pressure_pa), theirs = wet_bulb_by_bisection(dry, percent / 100.0, pressure_pa);
        if ((ours < 0) != (theirs < 0)) {
          ++at_the_edge;
          continue;
        }
        ++compared;
        if (std::abs(ours - theirs) > worst) worst = std::abs(ours - theirs);
      }
  CAPTURE(at_the_edge);
  CHECK(worst < 0.02);
  CHECK(compared + at_the_edge == 161 * 100 * 4);
  CHECK(at_the_edge <= 10);
}

TEST_CASE("the wet bulb lies between dew point and dry bulb, rises with humidity, and all three meet at saturation") {
  for (double dry = -40; dry <= 50; dry += 1.7)
    for (double pressure_pa : {70e3, sea_level_pa}) {
      double before = -100;
      for (int percent = 0; percent <= 99; ++percent) {
        double const wet = wet_bulb_c(dry, percent / 100.0, pressure_pa);
        CAPTURE(dry, percent, pressure_pa);
        REQUIRE(wet < dry);
        REQUIRE(wet > before);
        REQUIRE(dew_point_c(dry, percent / 100.0) < wet);
        before = wet;
      }
      CHECK(wet_bulb_c(dry, 1, pressure_pa) == dry);
      CHECK(dew_point_c(dry, 1) == Approx(dry).margin(1e-9));
    }
}

// ASHRAE Fundamentals, chapter 1, tables 2 and 3 (Hyland and Wexler's figures).
TEST_CASE("saturation pressure and humidity ratio are those of the tables, and meet at the triple point") {
  CHECK(saturation_pressure_pa(20) == Approx(2338.9).epsilon(1e-4));
  CHECK(saturation_pressure_pa(-20) == Approx(103.24).epsilon(3e-4));
  CHECK(saturation_pressure_pa(100) == Approx(101419).epsilon(2e-4));
  CHECK(saturation_pressure_pa(0.01) == Approx(saturation_pressure_pa(0.01 - 1e-9)).epsilon(1e-5));
  // real air's factor of 1.004 is left out
  CHECK(humidity_ratio(20, 1, sea_level_pa) == Approx(0.014758).epsilon(6e-3));
  CHECK(humidity_ratio(20, 0, sea_level_pa) == 0);
}

TEST_CASE("dew point and humidity turn into each other") {
  for (double dry = -35; dry <= 50; dry += 2.5)
    for (double humidity : {0.02, 0.3, 0.77, 1.0}) CHECK(relative_humidity_of(dry, dew_point_c(dry, humidity)) == Approx(humidity).epsilon(1e-8));
  CHECK(relative_humidity_of(20, 25) == 1);
  CHECK(dew_point_c(20, 0) == -100);
}

TEST_CASE("enthalpy, density and the standard atmosphere have their known values") {
  CHECK(moist_air_enthalpy_j_per_kg(0, 0) == 0);
  CHECK(moist_air_enthalpy_j_per_kg(25, 0.01) == Approx(50625).epsilon(1e-12));
  CHECK(moist_air_density_kg_per_m3(20, 0, sea_level_pa) == Approx(1.2041).epsilon(1e-4));
  CHECK(moist_air_density_kg_per_m3(20, 0.01, sea_level_pa) < moist_air_density_kg_per_m3(20, 0, sea_level_pa));
  // ASHRAE Fundamentals, chapter 1, table 1
  CHECK(standard_pressure_pa(0) == 101325);
  CHECK(standard_pressure_pa(1000) == Approx(89875).margin(5));
  CHECK(standard_pressure_pa(-500) == Approx(107478).margin(5));
}

TEST_CASE("air that boils or is more than saturated is a broken promise") {
  CHECK_THROWS_AS(wet_bulb_c(60, 0.5, 15e3), ContractError);
  CHECK_THROWS_AS(wet_bulb_c(20, 1.01, sea_level_pa), ContractError);
  CHECK_THROWS_AS(humidity_ratio(20, -0.01, sea_level_pa), ContractError);
}
