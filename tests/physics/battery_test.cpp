#include "sim/physics/battery.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace headroom;

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

// 36 kJ behind a converter that gives 100 W.
Battery bucket() {
  return {.capacity_j = 36e3, .most_w = 100, .charge_w = 50, .charge_efficiency = 0.9, .discharge_efficiency = 0.9, .exponent = 1, .rated_w = 1};
}

// 100 Ah at 12 V, C20: P_H = 60 W, and I amperes are 12 I watts.
Battery hundred_ampere_hours() {
  BatterySpec spec;
  spec.capacity = 1.2 * kilowatt_hour;
  spec.rated_power = 1.2 * kilowatt;
  spec.peukert_exponent = 1.2;
  return battery_of(spec, 1);
}

double minutes(double seconds) { return seconds / 60; }

}  // namespace

// SimGrid's battery plugin: C = 36 kJ from 0.8 to 0.2, N = 1000, eta = 0.9; a load of 150 W on a battery whose 100 W of
// nominal power limit what leaves the store, so 90 W are delivered.
TEST_CASE("a wearing battery gives what SimGrid's does", "[physics]") {
  double const from_store_j = energy_while_wearing_j(36e3, 1000, 0.8, 0.2);
  CHECK(from_store_j == Approx(21602.160216).margin(5e-7));
  CHECK(drain_w(bucket(), 90) == Approx(100).epsilon(1e-15));
  CHECK(time_to_empty_s(bucket(), from_store_j, 90) == Approx(216.021602).margin(5e-7));
  CHECK(1 - from_store_j / (2 * 1000 * 36e3) == Approx(0.9997).margin(5e-7));
  CHECK(from_store_j * 0.9 == Approx(19441.944194).margin(5e-7));
}

TEST_CASE("a battery without a number of cycles does not wear", "[physics]") {
  CHECK(energy_while_wearing_j(36e3, 0, 0.8, 0.2) == Approx(21600).epsilon(1e-15));
  CHECK(energy_while_wearing_j(36e3, 1000, 0.8, 0) == Approx(28800).epsilon(1e-15));     // empty: nothing left to lose
  CHECK(energy_while_wearing_j(36e3, 1000, 0.5, 0.5) == 0);
  CHECK_THROWS_AS(energy_while_wearing_j(36e3, 1000, 0.2, 0.8), ContractError);
}

// C = 100 Ah at H = 20 h, k = 1.2
TEST_CASE("Peukert's law for a current", "[physics]") {
  auto const time_min = [](double current_a) { return minutes(peukert_time_s(100 * 3600, 20 * 3600, current_a, 1.2)); };
  CHECK(time_min(5) == Approx(1200).margin(1e-9));
  CHECK(time_min(50) == Approx(75.7149).margin(5e-5));
  CHECK(time_min(100) == Approx(32.9568).margin(5e-5));
}

TEST_CASE("Peukert's law in power is the one in current at constant voltage", "[physics]") {
  Battery const battery = hundred_ampere_hours();
  CHECK(battery.rated_w == Approx(60).epsilon(1e-15));
  for (double current_a : {5.0, 20.0, 50.0, 100.0})
    CHECK(time_to_empty_s(battery, battery.capacity_j, 12 * current_a) == Approx(peukert_time_s(100 * 3600, 20 * 3600, current_a, 1.2)).epsilon(1e-12));
  CHECK(minutes(time_to_empty_s(battery, battery.capacity_j, 600)) == Approx(75.7149).margin(5e-5));
}

TEST_CASE("half the time at one power leaves half the time at another", "[physics]") {
  Battery const battery = hundred_ampere_hours();
  double const half_of_first_s = 0.5 * time_to_empty_s(battery, battery.capacity_j, 600);
  double const stored_j = battery.capacity_j - half_of_first_s * drain_w(battery, 600);
  CHECK(stored_j == Approx(0.5 * battery.capacity_j).epsilon(1e-12));
  CHECK(minutes(half_of_first_s + time_to_empty_s(battery, stored_j, 1200)) == Approx(0.5 * 75.7149 + 0.5 * 32.9568).margin(5e-5));
}

TEST_CASE("below its rated discharge a cell is a bucket", "[physics]") {
  Battery const battery = hundred_ampere_hours();
  CHECK(drain_w(battery, 30) == 30);
  CHECK(drain_w(battery, 60) == Approx(60).epsilon(1e-15));
  CHECK(drain_w(battery, std::nextafter(60.0, 61.0)) == Approx(60).epsilon(1e-12));      // no jump
  CHECK(drain_w(battery, 120) == Approx(60 * std::pow(2, 1.2)).epsilon(1e-14));
}

TEST_CASE("twice the load: half the time from a bucket, less than half with Peukert", "[physics]") {
  Battery const plain = bucket(), peukert = hundred_ampere_hours();
  CHECK(time_to_empty_s(plain, 36e3, 80) == Approx(0.5 * time_to_empty_s(plain, 36e3, 40)).epsilon(1e-15));
  double const once_s = time_to_empty_s(peukert, peukert.capacity_j, 600);
  CHECK(time_to_empty_s(peukert, peukert.capacity_j, 1200) < 0.5 * once_s);
  CHECK(time_to_empty_s(peukert, peukert.capacity_j, 1200) == Approx(once_s / std::pow(2, 1.2)).epsilon(1e-14));
}

TEST_CASE("both ends of a battery", "[physics]") {
  Battery const battery = bucket();
  CHECK(drain_w(battery, 0) == 0);
  CHECK(time_to_empty_s(battery, 36e3, 0) == unlimited);
  CHECK(time_to_empty_s(battery, 0, 0) == unlimited);
  CHECK(time_to_empty_s(battery, 0, 90) == 0);
  CHECK(time_to_empty_s(battery, -1e-9, 90) == 0);
  CHECK(time_to_empty_s(battery, 1, 90) == Approx(0.01).epsilon(1e-14));
  CHECK(fill_w(battery) == Approx(45).epsilon(1e-15));
  CHECK(time_to_full_s(battery, 0) == Approx(800).epsilon(1e-14));
  CHECK(time_to_full_s(battery, 36e3 - 45) == Approx(1).epsilon(1e-12));
  CHECK(time_to_full_s(battery, 36e3) == 0);
  CHECK(time_to_full_s(battery, 36e3 + 1e-9) == 0);
}

TEST_CASE("a battery that nothing recharges is never full again", "[physics]") {
  Battery battery = bucket();
  battery.charge_w = 0;
  CHECK(time_to_full_s(battery, 0) == unlimited);
  CHECK(time_to_full_s(battery, 36e3) == 0);
}

TEST_CASE("batteries side by side, with the health they have left", "[physics]") {
  BatterySpec spec;
  spec.capacity = 10.0 * kilowatt_hour;
  spec.rated_power = 100.0 * kilowatt;
  spec.health = 0.8;
  spec.charge_power = 10.0 * kilowatt;
  spec.charge_efficiency = 0.9;
  spec.discharge_efficiency = 0.95;
  spec.peukert_exponent = 1.1;
  spec.rated_time = whole_seconds(3600);
  Battery const two = battery_of(spec, 2);
  CHECK(two.capacity_j == Approx(16 * 3.6e6).epsilon(1e-15));
  CHECK(two.most_w == 200e3);
  CHECK(two.charge_w == 20e3);
  CHECK(two.charge_efficiency == 0.9);
  CHECK(two.discharge_efficiency == 0.95);
  CHECK(two.exponent == 1.1);
  CHECK(two.rated_w == Approx(16e3).epsilon(1e-15));
  CHECK(time_to_empty_s(two, two.capacity_j, 100e3) == Approx(time_to_empty_s(battery_of(spec, 1), 8 * 3.6e6, 50e3)).epsilon(1e-14));
}

TEST_CASE("a dead battery gives nothing and costs nothing strange", "[physics]") {
  BatterySpec spec;
  spec.capacity = 10.0 * kilowatt_hour;
  spec.health = 0;
  spec.peukert_exponent = 1.2;
  Battery const dead = battery_of(spec, 1);
  CHECK(time_to_empty_s(dead, 0, 1000) == 0);
  CHECK(drain_w(dead, 1000) == 1000);
}
