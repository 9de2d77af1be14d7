#include "sim/physics/standby.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace headroom;

namespace {

VolumeFlow litres_per_hour(double value) { return VolumeFlow::from_si(value / 3600); }

GeneratorSpec set_1000kw() {
  GeneratorSpec spec;
  spec.rated_power = 1.0 * megawatt;
  spec.fuel_use = {{0.25, litres_per_hour(81.8)}, {0.5, litres_per_hour(137.8)}, {0.75, litres_per_hour(197.3)}, {1, litres_per_hour(269.2)}};
  return spec;
}

double fuel_l_per_h(double output_kw, int running = 1) { return 3600 * fuel_use_l_per_s(set_1000kw(), 1e3 * output_kw, running); }

ServerSpec server_100_300w() {
  ServerSpec spec;
  spec.power.linear = LinearPower{100.0 * watt, 300.0 * watt};
  spec.hold_up = {12'000'000};
  return spec;
}

// The share of 0 of 2 units in the Markov chain, by its balance equations instead of the formula.
double none_of_two(double mtbf, double mttr) {
  double const two = 1, one = two * (2 / mtbf) * mttr, none = one * (1 / mtbf) * (mttr / 2);
  return none / (two + one + none);
}

}  // namespace

// the public diesel chart
TEST_CASE("fuel of a 1000 kW set at the quarters of its load", "[physics]") {
  CHECK(fuel_l_per_h(250) == Approx(81.8).margin(1e-9));
  CHECK(fuel_l_per_h(500) == Approx(137.8).margin(1e-9));
  CHECK(fuel_l_per_h(750) == Approx(197.3).margin(1e-9));
  CHECK(fuel_l_per_h(1000) == Approx(269.2).margin(1e-9));
}

TEST_CASE("fuel between and beyond the points of the chart", "[physics]") {
  CHECK(fuel_l_per_h(375) == Approx((81.8 + 137.8) / 2).margin(1e-9));
  CHECK(fuel_l_per_h(0) == Approx(81.8 - (137.8 - 81.8)).margin(1e-9));                // idling
  CHECK(fuel_l_per_h(1100) == Approx(269.2 + 0.4 * (269.2 - 197.3)).margin(1e-9));
  CHECK(fuel_l_per_h(0, 0) == 0);                                                        // none runs
}

TEST_CASE("two sets share a load and idle twice", "[physics]") {
  CHECK(fuel_l_per_h(1000, 2) == Approx(2 * 137.8).margin(1e-9));
  CHECK(fuel_l_per_h(1000, 2) > fuel_l_per_h(1000, 1));
}

TEST_CASE("fuel of short charts", "[physics]") {
  GeneratorSpec spec = set_1000kw();
  spec.fuel_use = {{1, litres_per_hour(270)}};
  CHECK(3600 * fuel_use_l_per_s(spec, 0.5e6, 1) == Approx(135).margin(1e-9));
  spec.fuel_use = {};
  CHECK(fuel_use_l_per_s(spec, 0.5e6, 1) == 0);
  spec.fuel_use = {{0.5, litres_per_hour(10)}, {1, litres_per_hour(270)}};
  CHECK(fuel_use_l_per_s(spec, 0, 1) == 0);              // a line that would give fuel back
}

TEST_CASE("supplies hold for their time at full load, longer at less", "[physics]") {
  ServerSpec const spec = server_100_300w();
  CHECK(hold_up(spec, 300.0 * watt).ns == 12'000'000);
  CHECK(hold_up(spec, 150.0 * watt).ns == 24'000'000);
  CHECK(hold_up(spec, 100.0 * watt).ns == 36'000'000);
  CHECK(hold_up(spec, 330.0 * watt).ns == 10'909'091);   // 12 ms x 300/330
}

TEST_CASE("a server that draws nothing holds for as long as time is counted", "[physics]") {
  ServerSpec spec = server_100_300w();
  CHECK(hold_up(spec, {}) == longest_duration);
  CHECK(hold_up(spec, 1e-12 * watt) == longest_duration);
  CHECK(hold_up(spec, 1e-6 * watt).ns == 3'600'000'000'000'000);
  spec.hold_up = {};
  CHECK(hold_up(spec, 300.0 * watt).ns == 0);
}

TEST_CASE("full load counts the accelerators", "[physics]") {
  ServerSpec spec;
  ComponentPower& parts = spec.power.components.emplace();
  parts.cpus = IdleAndFull{1, 100.0 * watt, 200.0 * watt};
  parts.gpus = IdleAndFull{2, 50.0 * watt, 350.0 * watt};
  CHECK(hold_up(spec, 900.0 * watt).ns == 10'000'000);
  CHECK(hold_up(spec, 450.0 * watt).ns == 20'000'000);
}

TEST_CASE("availability of k of n", "[physics]") {
  CHECK(k_of_n_availability(3, 3, 0.999) == Approx(0.997002999).margin(5e-13));
  CHECK(k_of_n_availability(3, 4, 0.999) == Approx(0.999994007997).margin(5e-13));
  CHECK(k_of_n_availability(1, 2, 0.999) == Approx(0.999999).margin(5e-13));
}

TEST_CASE("both ends of k of n", "[physics]") {
  CHECK(k_of_n_availability(0, 3, 0.9) == Approx(1).epsilon(1e-15));
  CHECK(k_of_n_availability(4, 3, 0.9) == 0);
  CHECK(k_of_n_availability(2, 3, 1) == 1);
  CHECK(k_of_n_availability(2, 3, 0) == 0);
  CHECK(k_of_n_availability(1, 1, 0.9) == Approx(0.9).epsilon(1e-15));
}

TEST_CASE("two units with a crew each are one of two", "[physics]") {
  for (auto const& [mtbf, mttr] : {std::pair{1000.0, 8.0}, std::pair{50.0, 50.0}, std::pair{1e6, 1.0}}) {
    double const down = mttr / (mtbf + mttr);
    CHECK(two_unit_availability(mtbf, mttr) == Approx(1 - down * down).epsilon(1e-15));
    CHECK(two_unit_availability(mtbf, mttr) == Approx(k_of_n_availability(1, 2, mtbf / (mtbf + mttr))).epsilon(1e-14));
    CHECK(two_unit_availability(mtbf, mttr) == Approx(1 - none_of_two(mtbf, mttr)).epsilon(1e-14));
  }
  CHECK(two_unit_availability(1000, 0) == 1);
}
