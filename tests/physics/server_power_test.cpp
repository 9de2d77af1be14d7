#include "sim/physics/server_power.h"

#include <catch2/catch.hpp>

using namespace headroom;

namespace {

ServerPower ml110_g5() {     // SPECpower_ssj2008, W at 0, 10, .. 100 %
  ServerPower power;
  for (double w : {93.7, 97.0, 101.0, 105.0, 110.0, 116.0, 121.0, 125.0, 129.0, 133.0, 135.0}) power.curve.push_back(w * watt);
  return power;
}

PowerSupplySpec titanium() {
  PowerSupplySpec spec;
  spec.efficiency = {{0.1, 0.90}, {0.2, 0.94}, {0.5, 0.96}, {1.0, 0.91}};
  return spec;
}

ServerSpec with_two_supplies() {
  ServerSpec spec;
  spec.supplies = 2;
  spec.supply = Reference<PowerSupplySpec>{"", titanium()};
  spec.supply->value.power_factor = 0.98;
  spec.supply_rating = 1600.0 * watt;
  return spec;
}

double input_w(double dc_w, int live) { return server_input(with_two_supplies(), dc_w * watt, live).p / watt; }

}  // namespace

TEST_CASE("a SPECpower curve is linear between its eleven points", "[physics]") {
  ServerPower const power = ml110_g5();
  CHECK(server_power(power, {0.25, 0}) / watt == Approx(103.0).margin(1e-12));
  CHECK(server_power(power, {0, 0}) / watt == 93.7);
  CHECK(server_power(power, {1, 0}) / watt == 135.0);
  CHECK(server_power(power, {0.5, 0}) / watt == 116.0);
  // mean over a load uniform on [0, 1]: half the ends and the nine between, over ten = 115.135 W
  double sum = 0;
  int const steps = 100'000;
  for (int i = 0; i < steps; ++i) sum += server_power(power, {(i + 0.5) / steps, 0}) / watt;
  CHECK(sum / steps == Approx(115.135).margin(1e-6));
}

TEST_CASE("a linear server", "[physics]") {
  ServerPower power;
  power.linear = LinearPower{100.0 * watt, 350.0 * watt};
  CHECK(server_power(power, {0, 0}) / watt == 100);
  CHECK(server_power(power, {0.4, 0}) / watt == Approx(200).margin(1e-12));
  CHECK(server_power(power, {1, 1}) / watt == 350);
}

// models.md 1.2 and B2: a node of Frontier
TEST_CASE("a server of components: idle, HPL and full load of a Frontier node", "[physics]") {
  ServerPower power;
  power.components = ComponentPower{};
  power.components->cpus = IdleAndFull{1, 90.0 * watt, 280.0 * watt};
  power.components->gpus = IdleAndFull{4, 88.0 * watt, 560.0 * watt};
  power.components->memory = 74.26 * watt;
  power.components->network = 80.0 * watt;
  power.components->storage = 30.0 * watt;
  CHECK(server_power(power, {0, 0}) / watt == Approx(626.26).margin(1e-9));
  CHECK(server_power(power, {0.33, 0.79}) / watt == Approx(2180.48).margin(0.005));
  CHECK(server_power(power, {1, 1}) / watt == Approx(2704.26).margin(1e-9));
}

// models.md 1.5: two 1600 W Titanium supplies
TEST_CASE("two supplies share a load, or one carries it", "[physics]") {
  CHECK(input_w(800, 2) == Approx(848.06).epsilon(1e-4));
  CHECK(input_w(800, 1) == Approx(833.33).epsilon(1e-4));
  CHECK(input_w(400, 2) == Approx(439.56).epsilon(1e-4));
  CHECK(input_w(400, 1) == Approx(424.03).epsilon(1e-4));
  CHECK(input_w(1200, 2) == Approx(1260.95).epsilon(1e-4));
  CHECK(input_w(1200, 1) == Approx(1283.42).epsilon(1e-4));
  CHECK(input_w(800, 0) == 0);
}

TEST_CASE("a supply loses something at zero output, and its loss has no step at its first point", "[physics]") {
  Power const rating = 1600.0 * watt;
  CHECK(supply_input(titanium(), rating, {}) > Power{});
  double const below = supply_input(titanium(), rating, 160.0 * watt * (1 - 1e-9)) / watt;
  double const at = supply_input(titanium(), rating, 160.0 * watt) / watt;
  CHECK(at == Approx(160 / 0.9).margin(1e-9));
  CHECK(below == Approx(at).margin(1e-5));
}

TEST_CASE("above its last point a supply keeps its last efficiency", "[physics]") {
  CHECK(supply_input(titanium(), 1600.0 * watt, 2000.0 * watt) / watt == Approx(2000 / 0.91).margin(1e-9));
}

TEST_CASE("every 80 PLUS level loses something at every load", "[physics]") {
  for (double eta20 : {0.81, 0.85, 0.88, 0.90}) {
    PowerSupplySpec spec;
    spec.efficiency = {{0.2, eta20}, {0.5, eta20 + 0.04}, {1.0, eta20}};
    for (int i = 0; i <= 100; ++i) CHECK(supply_input(spec, 1000.0 * watt, i * 10.0 * watt) > i * 10.0 * watt);
  }
}

TEST_CASE("the power factor at the cord is the supply's, or the wall server's own", "[physics]") {
  Load const dc = server_input(with_two_supplies(), 800.0 * watt, 2);
  CHECK(dc.p.si() / dc.s().si() == Approx(0.98).margin(1e-12));
  ServerSpec wall;
  wall.power_factor = 0.95;
  Load const cord = server_input(wall, 135.0 * watt, 1);
  CHECK(cord.p == 135.0 * watt);
  CHECK(cord.p.si() / cord.s().si() == Approx(0.95).margin(1e-12));
}

TEST_CASE("a server behind a converter draws (P + c) / eta", "[physics]") {
  ServerSpec spec;
  ConverterSpec sivoc;
  sivoc.fixed_loss = 13.0 * watt;
  sivoc.efficiency = 0.98;
  spec.converter = Reference<ConverterSpec>{"", sivoc};
  CHECK(server_input(spec, 626.26 * watt, 1).p / watt == Approx((626.26 + 13) / 0.98).margin(1e-9));
}
