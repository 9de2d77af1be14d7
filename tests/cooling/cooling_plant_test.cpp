// The plant at one moment: powers against the formulas by hand, heat to the last joule, and what is left when machines die.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "sim/cooling/cooling_plant.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

const char* const halls = R"(kind: site
version: 1
name: s
halls:
  - {name: h1, racks: [{name: r, servers: [{type: generic-100-350w}]}]}
  - {name: h2, racks: [{name: r, servers: [{type: generic-100-350w}]}]}
power: {scheme: 2N, utility: [{name: ua, voltage: 13.8 kV}, {name: ub, voltage: 13.8 kV}], transformer: {type: transformer-eu-dry-1000kva}, switchboard: {voltage: 480 V}}
cooling:
  plant:
)";
const char* const handlers = "    air_handlers: {count: 4, redundant: 1, type: {capacity: 100 kW, air_flow: 10 m3/s, fan_power: 5 kW}}\n";
const char* const chillers = "    chillers: {count: 2, redundant: 1, type: doe2-centrifugal-5-5}\n";
const char* const towers = "    towers: {count: 2, redundant: 1, type: {capacity: 1 MW, approach: 4 K, fan_power: 20 kW}}\n";
const char* const pumps = "    chilled_pumps: {count: 2, type: {flow: 20 L/s, power: 6 kW}}\n    condenser_pumps: {count: 2, type: {flow: 25 L/s, power: 7 kW}}\n";
const char* const water_side = "    economiser: {water_side: {approach: 2 K}}\n";

struct Plant {
  PowerGraph graph;
  CoolingPlant plant;
  std::vector<int> live;

  explicit Plant(const std::string& body) : graph(build_power_graph(read_site_text(halls + body, "site.yaml"))), plant(graph) {
    for (auto const& element : graph.cooling_plant.elements) live.push_back(element.count);
  }
  const PlantState& at(const Outdoor& outdoor, double air_w, double liquid_w = 0) {
    std::vector<double> const air(graph.halls.size(), air_w), liquid(graph.halls.size(), liquid_w);
    PlantState const& state = plant.solve(outdoor, air, liquid, live);
    check_energy(state);
    return state;
  }
  void check_energy(const PlantState& s) const {
    double in = 0;
    for (double w : s.element_w) in += w;
    for (double w : s.removed_w) in += w;
    for (double w : s.liquid_removed_w) in += w;
    CHECK(s.outdoors_w + s.reused_w == Approx(in).epsilon(1e-12).margin(1e-6));
  }
  void lose(CoolingRole role, int units) {
    for (std::size_t i = 0; i < live.size(); ++i)
      if (graph.cooling_plant.elements[i].role == role) live[i] = std::max(0, live[i] - units);
  }
  double power(CoolingRole role) const {
    double sum = 0;
    for (std::size_t i = 0; i < live.size(); ++i)
      if (graph.cooling_plant.elements[i].role == role) sum += plant.state().element_w[i];
    return sum;
  }
};

Outdoor const warm{30, 22, 0.5, 101325}, cold{2, 0, 0.7, 101325};

}  // namespace

TEST_CASE("heat is exact: what goes in comes out, whatever lives", "[cooling]") {
  for (auto const* economiser : {"", water_side}) {
    Plant plant(std::string(handlers) + chillers + towers + pumps + economiser);
    for (Outdoor const& outdoor : {warm, cold, Outdoor{12, 7.5, 0.5, 84000}})
      for (double heat : {0.0, 20e3, 150e3, 290e3, 1e9}) plant.at(outdoor, heat);
    for (CoolingRole role : {CoolingRole::tower, CoolingRole::condenser_pump, CoolingRole::chiller, CoolingRole::chilled_pump, CoolingRole::air_handler}) {
      plant.lose(role, 1);
      for (Outdoor const& outdoor : {warm, cold, Outdoor{12, 7.5, 0.5, 84000}})
        for (double heat : {20e3, 290e3, 1e9}) plant.at(outdoor, heat);
    }
  }
}

TEST_CASE("each machine draws what its formula says", "[cooling]") {
  Plant plant(std::string(handlers) + chillers + towers + pumps);
  PlantState const& s = plant.at(warm, 150e3);
  double const flow_w = 10 * air_w_per_m3_per_s_k(101325, 24) * 12, share = 150e3 / (4 * flow_w);
  double const fans_w = 4 * 5e3 * std::pow(share, 3);
  CHECK(plant.power(CoolingRole::air_handler) == Approx(2 * fans_w).epsilon(1e-12));
  double const coils_w = 2 * (150e3 + fans_w), pump_share = coils_w / (2 * 20 * 4186 * 6);
  double const pump_w = 2 * 6e3 * std::pow(pump_share, 3);
  CHECK(plant.power(CoolingRole::chilled_pump) == Approx(pump_w).epsilon(1e-12));
  CHECK(s.chiller_load_w == Approx(coils_w + pump_w).epsilon(1e-12));
  CHECK(s.condenser_c == 26);
  ChillerAt const chiller(plant.graph.cooling_plant.spec->chillers->type.value, 10, 26);
  CHECK(plant.power(CoolingRole::chiller) == Approx(2 * chiller.input_w((coils_w + pump_w) / 2)).epsilon(1e-12));
  double const rejected_w = s.chiller_load_w + s.chiller_input_w, condenser_l_per_s = rejected_w / (4186 * 5.5);
  double const condenser_w = 2 * 7e3 * std::pow(condenser_l_per_s / 50, 3);
  CHECK(plant.power(CoolingRole::condenser_pump) == Approx(condenser_w).epsilon(1e-12));
  CHECK(plant.power(CoolingRole::tower) == Approx(2 * 20e3 * std::pow((rejected_w + condenser_w) / 2e6, 3)).epsilon(1e-12));
  CHECK(s.evaporated_l_per_s == Approx((rejected_w + condenser_w) / vaporisation_j_per_kg(26)).epsilon(1e-12));
  CHECK(s.makeup_l_per_s == Approx(s.evaporated_l_per_s * 4 / 3 + 0.00005 * condenser_l_per_s).epsilon(1e-12));
  CHECK(s.removed_w[0] == 150e3);
  CHECK(s.supply_c[1] == 24);
  CHECK(s.economiser_share == 0);
}

TEST_CASE("elements stand on both feeds, and units spread evenly over them", "[cooling]") {
  Plant plant(std::string(handlers) + "    chillers: {count: 3, redundant: 1, type: doe2-centrifugal-5-5}\n" + towers);
  auto const& elements = plant.graph.cooling_plant.elements;
  std::vector<std::string> names;
  for (auto const& element : elements) names.push_back(plant.graph.nodes[static_cast<std::size_t>(element.node)].name);
  CHECK(names == std::vector<std::string>{"h1/air-handler:switchboard-a", "h1/air-handler:switchboard-b", "h2/air-handler:switchboard-a", "h2/air-handler:switchboard-b", "chiller:switchboard-a",
                                          "chiller:switchboard-b", "cooling-tower:switchboard-a", "cooling-tower:switchboard-b"});
  CHECK(elements[4].count == 2);
  CHECK(elements[5].count == 1);
  PlantState const& s = plant.at(warm, 150e3);
  CHECK(s.element_w[4] == Approx(2 * s.element_w[5]).epsilon(1e-12));
  CHECK(plant.graph.nodes[static_cast<std::size_t>(elements[4].node)].power.si() + plant.graph.nodes[static_cast<std::size_t>(elements[5].node)].power.si() == Approx(2e6 / 5.5));
  auto const hall = std::find_if(plant.graph.common_causes.begin(), plant.graph.common_causes.end(), [](const CommonCause& cause) { return cause.name == "h1"; });
  CHECK(std::count(hall->nodes.begin(), hall->nodes.end(), elements[0].node) == 1);
}

TEST_CASE("what is dead takes its capacity with it", "[cooling]") {
  std::string const all = std::string(handlers) + chillers + towers + pumps;
  double const asked = 300e3;
  SECTION("air handlers") {
    Plant plant(all);
    CHECK(plant.at(warm, asked).capacity_w[0] == Approx(400e3));
    plant.lose(CoolingRole::air_handler, 1);
    CHECK(plant.at(warm, asked).capacity_w[0] == Approx(200e3));
    CHECK(plant.at(warm, asked).removed_w[0] == Approx(200e3));
    plant.lose(CoolingRole::air_handler, 9);
    CHECK(plant.at(warm, asked).capacity_w[0] == 0);
    CHECK(plant.power(CoolingRole::air_handler) == 0);
  }
  SECTION("all chillers: the fans go on and warm the hall") {
    Plant plant(all);
    plant.lose(CoolingRole::chiller, 9);
    PlantState const& s = plant.at(warm, asked);
    CHECK(s.removed_w[0] <= 0);
    CHECK(s.removed_w[0] == Approx(-(plant.power(CoolingRole::air_handler) + plant.power(CoolingRole::chilled_pump)) / 2));
    CHECK(s.capacity_w[0] == s.removed_w[0]);
  }
  for (CoolingRole role : {CoolingRole::tower, CoolingRole::condenser_pump}) {
    Plant plant(all);
    plant.lose(role, 9);
    CHECK(plant.at(warm, asked).chiller_load_w == Approx(0).margin(1e-6));
    CHECK(plant.plant.state().removed_w[0] <= 0);
  }
  SECTION("half the towers: what they can reject is what is carried") {
    Plant plant(std::string(handlers) + chillers + "    towers: {count: 2, type: {capacity: 400 kW, approach: 4 K, fan_power: 20 kW}}\n");
    CHECK(plant.at(warm, asked).removed_w[0] == Approx(asked));
    plant.live.back() = 0;
    PlantState const& s = plant.at(warm, asked);
    CHECK(s.removed_w[0] < asked);
    CHECK(s.removed_w[0] == s.removed_w[1]);
    CHECK(s.capacity_w[0] == s.removed_w[0]);
    CHECK(s.chiller_load_w + s.chiller_input_w == Approx(400e3).epsilon(1e-9));
  }
}

TEST_CASE("a water-side economiser from both sides of its limits", "[cooling]") {
  Plant plant(std::string(handlers) + chillers + towers + pumps + water_side);      // full up to 10 - 4 - 2 = 4 C wet bulb, none from 10 C
  auto const at = [&](double wet_bulb_c) { return plant.at({wet_bulb_c + 3, wet_bulb_c, 0.6, 101325}, 150e3).economiser_share; };
  CHECK(at(4) == 1);
  CHECK(plant.power(CoolingRole::chiller) == 0);
  CHECK(at(4.001) < 1);
  CHECK(at(7) == Approx(0.5).epsilon(1e-9));
  CHECK(at(9.999) > 0);
  CHECK(at(10) == Approx(0).margin(1e-12));
}

TEST_CASE("an air-side economiser keeps out what is too warm, too dry or too damp", "[cooling]") {
  Plant plant(std::string(handlers) + chillers + towers + "    economiser: {air_side: {dew_point_least: -9 C, dew_point_most: 15 C, humidity_most: 0.8}}\n");
  auto const share = [&](double dry_bulb_c, double humidity) { return plant.at({dry_bulb_c, dry_bulb_c - 3, humidity, 101325}, 150e3).economiser_share; };
  CHECK(share(20, 0.6) == Approx(1));
  CHECK(plant.power(CoolingRole::chiller) == 0);
  CHECK(share(24, 0.4) == Approx(1));
  CHECK(share(30, 0.3) == Approx(0.5));
  CHECK(share(36, 0.1) == 0);
  CHECK(share(20, 0.80) == 0);      // dew point 16.4 C
  CHECK(share(16, 0.80) == Approx(1));
  CHECK(share(16, 0.81) == 0);
  CHECK(share(0, 0.2) == 0);        // dew point -20 C
  plant.lose(CoolingRole::chiller, 9);
  CHECK(plant.at({20, 15, 0.6, 101325}, 150e3).removed_w[0] == Approx(150e3));
  CHECK(plant.plant.state().capacity_w[0] == Approx(400e3));
}

TEST_CASE("a liquid loop goes past the chillers where the weather lets it", "[cooling]") {
  Plant plant(std::string(handlers) + chillers + towers + pumps + "    liquid: {share: 0.7, supply: 32 C, rise: 10 K, cdus: {count: 2, redundant: 1, type: cdu-1000kw}}\n");
  PlantState const& s = plant.at(warm, 50e3, 200e3);
  CHECK(s.liquid_removed_w[0] == 200e3);
  CHECK(s.chiller_load_w < 120e3);
  CHECK(s.economiser_share > 0.7);
  CHECK(plant.at({45, 40, 0.7, 101325}, 50e3, 200e3).economiser_share == 0);      // 40 + 4 + 3 K: as warm as what returns
  plant.lose(CoolingRole::cdu, 9);
  CHECK(plant.at(warm, 50e3, 200e3).liquid_removed_w[0] == 0);
}

TEST_CASE("heat that is reused does not go outdoors", "[cooling]") {
  std::string const loop = std::string(handlers) + chillers + towers + pumps;
  std::string const liquid = "    liquid: {cdus: {type: {capacity: 1 MW, pump_power: 0 W, approach: 3 K}}}\n";
  CHECK(Plant(loop + liquid + "    reuse: {share: 0.5}\n").at(warm, 50e3, 200e3).reused_w == Approx(200e3));
  CHECK(Plant(loop + liquid + "    reuse: {share: 0.5, limit: 60 kW}\n").at(warm, 50e3, 200e3).reused_w == Approx(60e3));
  Plant chilled(loop + "    reuse: {share: 0.25}\n");
  PlantState const& s = chilled.at(warm, 150e3);
  CHECK(s.reused_w == Approx((s.chiller_load_w + s.reused_w) / 4).epsilon(1e-12));
}

TEST_CASE("CRAC units cool by themselves", "[cooling]") {
  Plant plant("    air_handlers: {count: 4, redundant: 1, type: crac-100kw}\n");
  PlantState const& s = plant.at({35, 25, 0.4, 101325}, 300e3);
  CHECK(s.chiller_load_w / s.chiller_input_w == Approx(3.2).epsilon(1e-12));
  CHECK(s.makeup_l_per_s == 0);
  CHECK(plant.at({27.5, 25, 0.4, 101325}, 300e3).chiller_load_w / plant.plant.state().chiller_input_w == Approx(3.75).epsilon(1e-12));
}

TEST_CASE("condenser water is held no colder than the set point, and what leaves the range is said", "[cooling]") {
  Plant free(std::string(handlers) + chillers + towers), held("    condenser_least: 24 C\n" + std::string(handlers) + chillers + towers);
  CHECK(free.at(cold, 150e3).excursion.condenser_k == Approx(-20));
  CHECK_FALSE(held.at(cold, 150e3).excursion.any());
  CHECK(held.plant.state().condenser_c == Approx(24));
}

TEST_CASE("at altitude thinner air needs more flow", "[cooling]") {
  Plant plant(std::string(handlers) + chillers + towers);
  plant.at(warm, 150e3);
  double const at_sea = plant.power(CoolingRole::air_handler);
  plant.at({30, 22, 0.5, 101325 / 2.0}, 150e3);
  CHECK(plant.power(CoolingRole::air_handler) == Approx(8 * at_sea).epsilon(1e-12));
}
