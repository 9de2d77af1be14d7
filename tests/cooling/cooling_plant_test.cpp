// The plant at one moment: powers against the formulas by hand, heat to the last joule, and what is left when machines die.
#include <catch2/catch.hpp>

#include <numeric>

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
