#include "topologies/graph/ties.h"

#include "tests/topologies/support.h"

using namespace headroom;

namespace {

const std::string tied_server = "servers: [{type: generic-100-350w, supplies: 2}]";

std::string boards(const std::string& circuits, const std::string& feeds = "feeds: [x, y], ") {
  return racks(feeds + tied_server) + "power: {nodes: [{name: u, utility: {voltage: 400 V}}, {name: v, utility: {voltage: 400 V}}, {name: x, switchboard: {current: 800 A, tie_delay: 2 s, retransfer_delay: 1 min}}, {name: y, switchboard: {}}, {name: z, switchboard: {}}], circuits: [" +
         circuits + "]}\n";
}

std::vector<bool> ties_of(const PowerNode& node) {
  std::vector<bool> out;
  for (auto const& connection : node.connections) out.push_back(connection.tie);
  return out;
}

}  // namespace

TEST_CASE("a board with a tie is its main side and its bus, which takes the other's main side second", "[topologies]") {
  PowerGraph const graph = graph_of(boards("{from: u, to: x, current: 630 A}, {from: v, to: y}, {from: y, to: z}, {from: x, to: y, tie: true, current: 400 A}"));
  CHECK(feeds_of(graph, "x:main") == Names{"u"});
  CHECK(feeds_of(graph, "x") == Names{"x:main", "y:main"});
  CHECK(feeds_of(graph, "y:main") == Names{"v"});
  CHECK(feeds_of(graph, "y") == Names{"y:main", "x:main"});
  CHECK(feeds_of(graph, "z") == Names{"y"});
  CHECK(feeds_of(graph, "h/r-1:a") == Names{"x"});
  CHECK(ties_of(at(graph, "x")) == std::vector<bool>{false, true});
  CHECK(at(graph, "x").connections[1].rated == 400.0 * ampere);
  CHECK(at(graph, "x:main").connections[0].rated == 630.0 * ampere);
  CHECK(at(graph, "x:main").rating.current == 800.0 * ampere);
  CHECK(at(graph, "x").rating.current == 800.0 * ampere);
  REQUIRE(at(graph, "x").transfer);
  CHECK(at(graph, "x").transfer->detection == whole_seconds(2));
  CHECK(at(graph, "x").transfer->transfer == Duration{});
  CHECK(at(graph, "x").transfer->retransfer_delay == whole_seconds(60));
  CHECK(at(graph, "y").transfer->detection == whole_seconds(1));
  CHECK_FALSE(at(graph, "x:main").transfer);
  CHECK(is_main_side("x:main"));
  CHECK_FALSE(is_main_side("x"));
}

TEST_CASE("a board without a supply of its own hangs on its tie, open or closed, whichever way it is written", "[topologies]") {
  for (auto const* tie : {"{from: x, to: y, tie: true}", "{from: y, to: x, tie: true}", "{from: x, to: y, tie: true, closed: true}"}) {
    PowerGraph const graph = graph_of(boards(std::string("{from: u, to: x}, {from: x, to: z}, ") + tie));
    CHECK(feeds_of(graph, "y") == Names{"x"});
    CHECK(ties_of(at(graph, "y")) == std::vector<bool>{false});
    CHECK_FALSE(at(graph, "y").transfer);
    CHECK_FALSE(graph.find("x:main"));
  }
}

TEST_CASE("a board between two others falls back from one tie to the other", "[topologies]") {
  PowerGraph const graph = graph_of(boards("{from: u, to: x}, {from: v, to: y}, {from: x, to: z, tie: true}, {from: y, to: z, tie: true}"));
  CHECK(feeds_of(graph, "z:main") == Names{"x"});
  CHECK(feeds_of(graph, "z") == Names{"z:main", "y:main"});
  CHECK(feeds_of(graph, "y") == Names{"y:main", "z:main"});
}

TEST_CASE("ties in a ring are no circle", "[topologies]") {
  PowerGraph const graph = graph_of(boards("{from: u, to: x}, {from: v, to: y}, {from: v, to: z}, {from: x, to: y, tie: true}, {from: y, to: z, tie: true}, {from: z, to: x, tie: true}"));
  CHECK(feeds_of(graph, "x") == Names{"x:main", "y:main", "z:main"});
  CHECK(feeds_of(graph, "z") == Names{"z:main", "y:main", "x:main"});
}

TEST_CASE("2N with a tie joins its two switchboards", "[topologies]") {
  PowerGraph const graph = graph_of(racks(tied_server) + "cooling: {fixed: 1 kW}\npower: {scheme: 2N, tie: true, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}], switchboard: {}, ups: {type: ups-modern-100kw}}\n");
  CHECK(feeds_of(graph, "switchboard-a") == Names{"switchboard-a:main", "switchboard-b:main"});
  CHECK(feeds_of(graph, "switchboard-b") == Names{"switchboard-b:main", "switchboard-a:main"});
  CHECK(feeds_of(graph, "switchboard-b:main") == Names{"ub"});
  CHECK(feeds_of(graph, "ups-a") == Names{"switchboard-a"});
  CHECK(feeds_of(graph, "cooling") == Names{"switchboard-a", "switchboard-b"});
}
