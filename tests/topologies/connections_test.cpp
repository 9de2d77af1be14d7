// Breakers, lines, spare devices, batteries and common causes of a path that is written out.
#include <algorithm>

#include "tests/topologies/support.h"
#include "topologies/equipment/default_breaker.h"

using namespace headroom;

namespace {

const std::string connected_server = "servers: [{type: generic-100-350w, supplies: 2}]";

std::string path(const std::string& group, const std::string& nodes, const std::string& circuits, const std::string& more = "") {
  return racks(group + ", " + connected_server) + "power: {nodes: [{name: u, utility: {voltage: 400 V}}, " + nodes + "], circuits: [" + circuits + "]" + more + "}\n";
}

const BreakerSpec& breaker_of(const PowerGraph& graph, const std::string& name, std::size_t connection = 0) {
  int const index = at(graph, name).connections.at(connection).breaker;
  REQUIRE(index >= 0);
  return graph.breakers[static_cast<std::size_t>(index)];
}

}  // namespace

TEST_CASE("every node has a connection for each of its feeds", "[topologies]") {
  PowerGraph const graph = graph_of(racks("count: 5, auxiliary: [{name: leaf, power: 90 W}], enclosures: [{name: c, converter: frontier-rectifier, " + connected_server + "}], " + connected_server) + two_n + "cooling: {fixed: 1 kW}\n");
  for (auto const& node : graph.nodes) CHECK(node.connections.size() == node.parents.size());
}

TEST_CASE("a rated circuit has its own breaker, that of the path, or the default one", "[topologies]") {
  std::string const nodes = "{name: x, switchboard: {}}, {name: y, switchboard: {}}, {name: z, switchboard: {}}";
  std::string const circuits = "{from: u, to: x, current: 100 A, breaker: thermal-magnetic-nec}, {from: u, to: y, current: 50 A}, {from: u, to: z}";
  PowerGraph const plain = graph_of(path("feeds: [x]", nodes, circuits));
  CHECK(breaker_of(plain, "x").name == "thermal-magnetic-nec");
  CHECK(breaker_of(plain, "y") == default_breaker());
  CHECK(at(plain, "y").connections[0].rated == 50.0 * ampere);
  CHECK(at(plain, "z").connections[0].breaker == -1);
  CHECK_FALSE(at(plain, "z").connections[0].rated);
  CHECK(plain.breakers.size() == 2);
  PowerGraph const chosen = graph_of(path("feeds: [x, y], circuit: {voltage: 400 V, current: 16 A}", nodes, circuits, ", breaker: thermal-magnetic-nec"));
  CHECK(breaker_of(chosen, "y").name == "thermal-magnetic-nec");
  CHECK(breaker_of(chosen, "h/r-1:b").name == "thermal-magnetic-nec");
  CHECK(chosen.breakers.size() == 1);
  CHECK(default_breaker().thermal == ThermalCurve{whole_seconds(600), 1.13});
}

TEST_CASE("circuits of one node may differ, the smallest is its rating", "[topologies]") {
  PowerGraph const graph = graph_of(path("feeds: [x]", "{name: v, utility: {voltage: 400 V}}, {name: x, switchboard: {}}", "{from: u, to: x, current: 100 A}, {from: v, to: x, current: 63 A}"));
  CHECK(at(graph, "x").connections[0].rated == 100.0 * ampere);
  CHECK(at(graph, "x").connections[1].rated == 63.0 * ampere);
  CHECK(at(graph, "x").rating.circuit == 63.0 * ampere);
}

TEST_CASE("circuits on one phase take the three lines of their feed in turn", "[topologies]") {
  PowerGraph const graph = graph_of(path("count: 7, feeds: [x, y], circuit: {voltage: 230 V, phases: 1}", "{name: x, switchboard: {}}, {name: y, panel: pdu-floor-75kva}", "{from: u, to: x}, {from: u, to: y, phases: 1}"));
  for (int i = 1; i <= 7; ++i) {
    CHECK(at(graph, "h/r-" + std::to_string(i) + ":a").line == (i - 1) % 3);
    CHECK(at(graph, "h/r-" + std::to_string(i) + ":b").line == 0);      // its panel has but one
  }
  CHECK(at(graph, "y").line == 0);
  CHECK(at(graph, "x").line == -1);
}

TEST_CASE("ratings count the devices that are not spare", "[topologies]") {
  PowerGraph const graph = graph_of(path("feeds: [x]", "{name: x, ups: ups-modern-100kw, count: 3, redundant: 1}, {name: y, busway: pdu-floor-75kva, count: 2}", "{from: u, to: x}, {from: u, to: y}"));
  CHECK(at(graph, "x").rating.power == 200.0 * kilowatt);
  CHECK(at(graph, "x").count == 3);
  CHECK(at(graph, "x").redundant == 1);
  CHECK(at(graph, "y").kind == NodeKind::busway);
  CHECK(at(graph, "y").rating.apparent == 150.0 * kilovolt_ampere);
}

TEST_CASE("batteries stand behind UPS, converters and the converters of enclosures", "[topologies]") {
  PowerGraph const graph = graph_of(racks("feeds: [x], enclosures: [{name: c, converter: frontier-rectifier, battery: {type: rack-bbu-18kw-90s, count: 2}, " + connected_server + "}]") +
                                    "power: {nodes: [{name: u, utility: {voltage: 400 V}}, {name: x, converter: frontier-rectifier, battery: {type: vrla-100kw-5min}}], circuits: [{from: u, to: x}]}\n");
  auto const name = [&](const std::string& node) { return std::get<BatterySpec>(graph.devices[static_cast<std::size_t>(at(graph, node).battery)]).name; };
  CHECK(name("x") == "vrla-100kw-5min");
  CHECK(at(graph, "x").batteries == 1);
  CHECK(name("h/r-1/c-1") == "rack-bbu-18kw-90s");
  CHECK(at(graph, "h/r-1/c-1").batteries == 2);
  CHECK(at(graph, "h/r-1").battery == -1);
}

TEST_CASE("halls, racks of several feeds and what the site names fail together", "[topologies]") {
  PowerGraph const graph = graph_of("halls: [{name: h, racks: [{name: r, count: 2, feeds: [x, y], " + connected_server + "}, {name: one, feeds: [x], " + connected_server + "}]}, {name: i, racks: [{name: r, feeds: [x, y], " + connected_server + "}]}]\n" +
                                    "power: {nodes: [{name: u, utility: {voltage: 400 V}}, {name: v, utility: {voltage: 400 V}}, {name: x, switchboard: {}}, {name: y, switchboard: {}}], "
                                    "circuits: [{from: u, to: x}, {from: v, to: y}, {from: x, to: y, tie: true}], common_causes: [{name: room, elements: [x, i/r-1]}, {name: all, elements: [room, u, h/one-1]}]}\n");
  CHECK(names_of(graph, cause(graph, "h/r-2").nodes) == Names{"h/r-2:a", "h/r-2:b"});
  CHECK(names_of(graph, cause(graph, "i").nodes) == Names{"i/r-1:a", "i/r-1:b", "i/r-1/1"});
  CHECK(cause(graph, "h").nodes.size() == 2 * 3 + 2);
  CHECK(names_of(graph, cause(graph, "room").nodes).size() == 4);      // both halves of the tied board, both strips
  CHECK(cause(graph, "room").nodes == [&] {
    std::vector<NodeId> nodes{node(graph, "x:main"), node(graph, "x"), node(graph, "i/r-1:a"), node(graph, "i/r-1:b")};
    std::sort(nodes.begin(), nodes.end());
    return nodes;
  }());
  CHECK(cause(graph, "all").nodes.size() == 6);
  CHECK(graph.common_causes.size() == 2 + 3 + 2);      // halls, racks (one has one strip: it is a node), named ones
}
