// Chillers, fans, pumps, towers, air-cooled IT and halls that warm, against published points and closed forms.
#include <catch2/catch.hpp>

#include <cmath>

#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "sim/physics/chiller.h"
#include "sim/physics/cooling_machines.h"
#include "sim/physics/it_equipment.h"
#include "sim/physics/thermal_mass.h"
#include "topologies/equipment/cooling_specs_fields.h"

using namespace headroom;

namespace {

ChillerSpec chiller(const std::string& name) {
  ReadContext context = file_context();
  return read_document<ChillerSpec>(*read_yaml(shipped_folder("chiller") / (name + ".yaml")), context);
}

}  // namespace

TEST_CASE("the curves of the DOE-2 centrifugal chiller", "[physics]") {
  ChillerSpec spec = chiller("doe2-centrifugal-5-5");
  spec.capacity = 2 * megawatt;
  spec.load_range.least = 0;
  struct Row { double chilled, condenser, capft, eirft; };
  for (auto const& row : {Row{6.67, 29.4, 1.000569, 0.998868}, Row{10, 24, 1.121436, 0.848269}, Row{10, 35, 0.987678, 1.056717}}) {
    ChillerAt const at(spec, row.chilled, row.condenser);
    CHECK(at.capft() == Approx(row.capft).margin(5e-7));
    CHECK(at.eirft() == Approx(row.eirft).margin(5e-7));
  }
  ChillerAt const reference(spec, 6.67, 29.4), mild(spec, 10, 24);
  for (auto const& [z, expected] : {std::pair{0.25, 0.330232}, std::pair{0.5, 0.495524}, std::pair{0.75, 0.718780}, std::pair{1.0, 1.0}})
    CHECK(reference.eirfplr(z * reference.available_w()) == Approx(expected).margin(5e-7));
  CHECK(reference.part_load(1e6) == Approx(0.499716).margin(5e-7));
  CHECK(reference.input_w(1e6) == Approx(180008.7).margin(0.05));
  CHECK(1e6 / reference.input_w(1e6) == Approx(5.5553).margin(5e-5));
  CHECK(mild.part_load(1e6) == Approx(0.445857).margin(5e-7));
  CHECK(mild.input_w(1e6) == Approx(157327.5).margin(0.05));
  CHECK(1e6 / mild.input_w(1e6) == Approx(6.3562).margin(5e-5));
}

TEST_CASE("worked points of the six chillers that ship", "[physics]") {
  struct Row { const char* name; double chilled, condenser, capft, eirft, z, eirfplr, watts, cop; };
  for (auto const& row : {Row{"trane-cgam130-434kw", 7.78, 25.275, 1.149109, 0.746791, 0.435120, 0.381950, 46145.903, 4.698445},
                          Row{"york-ys-781kw", 6.665, 25.28, 1.035724, 0.865437, 0.482754, 0.495138, 63927.915, 6.106096},
                          Row{"carrier-30xa325-1077kw", 7.22, 37.775, 0.995539, 1.069179, 0.502241, 0.502241, 185795.685, 2.899421},
                          Row{"york-ys-1171kw", 9.445, 19.725, 1.064695, 1.066521, 0.469618, 0.485043, 70487.349, 8.306455},
                          Row{"york-yk-2771kw", 6.665, 21.11, 1.112675, 0.889790, 0.449368, 0.314109, 125989.002, 10.997388},
                          Row{"carrier-19fa-5651kw", 6.665, 22.5, 1.243352, 0.889213, 0.402139, 0.435532, 494773.200, 5.711001}}) {
    CAPTURE(row.name);
    ChillerSpec const spec = chiller(row.name);
    ChillerAt const at(spec, row.chilled, row.condenser);
    double const load_w = spec.capacity.si() / 2;
    CHECK(at.capft() == Approx(row.capft).margin(5e-7));
    CHECK(at.eirft() == Approx(row.eirft).margin(5e-7));
    CHECK(at.part_load(load_w) == Approx(row.z).margin(5e-7));
    CHECK(at.eirfplr(load_w) == Approx(row.eirfplr).margin(5e-7));
    CHECK(at.input_w(load_w) == Approx(row.watts).margin(5e-4));
    CHECK(load_w / at.input_w(load_w) == Approx(row.cop).margin(5e-7));
    CHECK_FALSE(at.excursion(load_w).any());
  }
}

TEST_CASE("below its least load a chiller cycles: its input is in proportion", "[physics]") {
  ChillerSpec const spec = chiller("york-ys-781kw");
  ChillerAt const at(spec, 6.67, 29.44);
  double const least_w = spec.load_range.least * at.available_w();
  CHECK(at.input_w(least_w / 2) == Approx(at.input_w(least_w) / 2).epsilon(1e-12));
  CHECK(at.input_w(least_w * (1 - 1e-9)) == Approx(at.input_w(least_w)).epsilon(1e-8));
  CHECK(at.input_w(least_w * (1 + 1e-9)) == Approx(at.input_w(least_w)).epsilon(1e-8));
  CHECK(at.input_w(0) == 0);
}

TEST_CASE("outside the range of its curves a chiller is taken at the bound, and says how far", "[physics]") {
  ChillerSpec const spec = chiller("doe2-centrifugal-5-5");
  ChillerAt const hot(spec, 12, 40), bound(spec, 10, 35), cold(spec, 4, 20), edge(spec, 5, 24);
  CHECK(hot.input_w(5e5) == Approx(bound.input_w(5e5)).epsilon(1e-12));
  CHECK(hot.excursion(5e5).chilled_k == Approx(2).epsilon(1e-9));
  CHECK(hot.excursion(5e5).condenser_k == Approx(5).epsilon(1e-9));
  CHECK(cold.excursion(5e5).chilled_k == Approx(-1).epsilon(1e-9));
  CHECK(cold.excursion(5e5).condenser_k == Approx(-4).epsilon(1e-9));
  CHECK_FALSE(edge.excursion(5e5).any());
  CHECK(bound.excursion(1.1 * bound.available_w()).part_load == Approx(0.1).epsilon(1e-9));
}

TEST_CASE("colder condensers and warmer chilled water take less", "[physics]") {
  ChillerSpec const spec = chiller("york-ys-781kw");
  for (double y = 16; y < 34; y += 1) CHECK(ChillerAt(spec, 6.67, y).input_w(4e5) < ChillerAt(spec, 6.67, y + 1).input_w(4e5));
  for (double x = 4.5; x < 8; x += 0.5) CHECK(ChillerAt(spec, x + 0.5, 29).input_w(4e5) < ChillerAt(spec, x, 29).input_w(4e5));
}

TEST_CASE("fans and pumps by the affinity law", "[physics]") {
  CHECK(fan_law_w(8000, 0.5, 0, 3) == 1000);
  CHECK(fan_law_w(8000, 0.5, 0, 2.7) == Approx(8000 * std::pow(0.5, 2.7)).epsilon(1e-14));
  CHECK(fan_law_w(8000, 0.5, 0, 0) == 8000);
  CHECK(fan_law_w(8000, 0.1, 0.5, 3) == 1000);
  CHECK(fan_law_w(8000, 0, 0.5, 3) == 0);
}

TEST_CASE("a tower evaporates no more than 1.47 L for each kWh of heat", "[physics]") {
  CoolingTowerSpec spec;
  spec.cycles = 4;
  TowerWater const water = tower_water(spec, 1e6, 21.6, 43.44);
  CHECK(vaporisation_j_per_kg(21.6) == Approx(2.45e6).epsilon(1e-4));
  CHECK(water.evaporated_l_per_s * 3600 / 1000 == Approx(1.47).margin(0.001));
  CHECK(water.blowdown_l_per_s == Approx(water.evaporated_l_per_s / 3).epsilon(1e-14));
  CHECK(water.drift_l_per_s == Approx(43.44 * 0.00005).epsilon(1e-14));
  CHECK(water.makeup_l_per_s() == Approx(water.evaporated_l_per_s * 4 / 3 + 43.44 * 0.00005).epsilon(1e-14));
}

TEST_CASE("an economiser's share from both sides of its limits", "[physics]") {
  CHECK(free_share(10, 10, 16) == 1);
  CHECK(free_share(10 + 1e-9, 10, 16) == Approx(1));
  CHECK(free_share(13, 10, 16) == 0.5);
  CHECK(free_share(16 - 1e-9, 10, 16) == Approx(0).margin(1e-9));
  CHECK(free_share(16, 10, 16) == 0);
}

TEST_CASE("air-cooled IT equipment as in EnergyPlus' own test", "[physics]") {
  ItEquipment equipment{.design_w = 100 * 500, .fan_share = 0.4, .power = {-1, 1, 0.06667}, .flow = {-1.4, 0.9, 0.1}, .fan_exponent = 1, .efficiency = 0.9, .loss = SupplyLoss::of_output_energyplus};
  ItEquipmentState const state = it_equipment(equipment, 1, 15);
  CHECK(state.cpu_w == Approx(30001.5).epsilon(1e-12));
  CHECK(state.flow == Approx(1).epsilon(1e-12));
  CHECK(state.fan_w == Approx(20000).epsilon(1e-12));
  CHECK(state.supply_loss_w == Approx(5000.15).epsilon(1e-12));
  equipment.loss = SupplyLoss::of_input;
  CHECK(it_equipment(equipment, 1, 15).supply_loss_w == Approx(50001.5 / 9).epsilon(1e-12));
  CHECK(supply_heat_index(20, inlet_c(20, 30, 0.1), 33) == Approx(1.0 / 13).epsilon(1e-12));
  CHECK(outlet_c(20, 12e3, 1, 1.2) == Approx(20 + 12e3 / (1.2 * 1006)).epsilon(1e-14));
}

TEST_CASE("a hall without heat loss warms along a straight line", "[physics]") {
  ThermalMass const hall{20e6, 0};
  CHECK(seconds_to_reach(hall, 24, 500e3, 0, 32) == Approx(320).epsilon(1e-14));
  CHECK(temperature_after_c(hall, 24, 500e3, 0, 320) == Approx(32).epsilon(1e-14));
  CHECK(seconds_to_reach(hall, 24, -500e3, 0, 32) == never_s);
  CHECK(seconds_to_reach(hall, 34, -500e3, 0, 27) == Approx(280).epsilon(1e-14));
  CHECK(seconds_to_reach(hall, 24, 0, 0, 32) == never_s);
  CHECK(seconds_to_reach(hall, 32, 500e3, 0, 32) == 0);
}

TEST_CASE("with heat loss it goes exponentially to where it rests", "[physics]") {
  ThermalMass const hall{20e6, 10e3};
  double const rest = 10 + 500e3 / 10e3;
  CHECK(resting_c(hall, 24, 500e3, 10) == rest);
  double const t = seconds_to_reach(hall, 24, 500e3, 10, 32);
  CHECK(t == Approx(-2000 * std::log((rest - 32) / (rest - 24))).epsilon(1e-12));
  CHECK(temperature_after_c(hall, 24, 500e3, 10, t) == Approx(32).epsilon(1e-13));
  CHECK(temperature_after_c(hall, 24, 500e3, 10, t * (1 - 1e-6)) < 32);
  CHECK(temperature_after_c(hall, 24, 500e3, 10, t * (1 + 1e-6)) > 32);
  CHECK(seconds_to_reach(hall, 24, 500e3, 10, rest) == never_s);
  CHECK(seconds_to_reach(hall, 24, 500e3, 10, rest - 1e-6) < never_s);
  CHECK(seconds_to_reach(hall, 80, 500e3, 10, 70) == Approx(2000 * std::log(2)).epsilon(1e-12));
  double const halfway = temperature_after_c(hall, 24, 500e3, 10, 100);
  CHECK(temperature_after_c(hall, halfway, 500e3, 10, 200) == Approx(temperature_after_c(hall, 24, 500e3, 10, 300)).epsilon(1e-14));
  CHECK(temperature_after_c({20e6, 1e-6}, 24, 500e3, 10, 320) == Approx(32).epsilon(1e-9));
}
