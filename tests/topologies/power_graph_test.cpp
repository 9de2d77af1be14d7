#include "topologies/graph/power_graph.h"

#include <catch2/catch.hpp>

#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "tests/topologies/support.h"
#include "topologies/site_fields.h"

using namespace headroom;

TEST_CASE("scheme N: one chain from the utility to the racks", "[topologies]") {
  PowerGraph const graph = graph_of(racks("count: 3, servers: [{type: generic-100-350w, count: 2}]") +
                                    "power: {scheme: N, utility: [{name: u, voltage: 13.8 kV}], transformer: {type: transformer-eu-dry-1000kva}, ups: {type: ups-modern-100kw}, pdu: {type: pdu-floor-75kva, racks: 2}}\n");
  CHECK(feeds_of(graph, "transformer-a") == Names{"u"});
  CHECK(feeds_of(graph, "ups-a") == Names{"transformer-a"});
  CHECK(feeds_of(graph, "pdu-a-1") == Names{"ups-a"});
  CHECK(feeds_of(graph, "h/r-2") == Names{"pdu-a-1"});
  CHECK(feeds_of(graph, "h/r-3") == Names{"pdu-a-2"});
  CHECK(feeds_of(graph, "h/r-3/2") == Names{"h/r-3"});
  CHECK(graph.nodes.size() == 1 + 1 + 1 + 2 + 3 + 6);
  CHECK(graph.servers.size() == 6);
  CHECK(graph.utilities == std::vector<NodeId>{node(graph, "u")});
  CHECK_FALSE(graph.find("cooling"));
}

TEST_CASE("scheme 2N: every rack has a strip on each side, ratings are of all devices side by side", "[topologies]") {
  PowerGraph const graph = graph_of(racks("count: 5, servers: [{type: dgx-a100, count: 2}]") + two_n);
  CHECK(feeds_of(graph, "h/r-5:a") == Names{"pdu-a-2"});
  CHECK(feeds_of(graph, "h/r-5:b") == Names{"pdu-b-2"});
  CHECK(feeds_of(graph, "h/r-5/1") == Names{"h/r-5:a", "h/r-5:b"});
  CHECK(graph.racks[4].strips == std::vector<NodeId>{node(graph, "h/r-5:a"), node(graph, "h/r-5:b")});
  CHECK(at(graph, "ua").rating.power == 2.0 * megawatt);
  CHECK_FALSE(at(graph, "ub").rating.power);
  CHECK(at(graph, "transformer-b").rating.apparent == 2000.0 * kilovolt_ampere);
  CHECK(at(graph, "ups-a").rating.power == 1.5 * megawatt);
  CHECK(at(graph, "switchboard-a").rating.current == 2000.0 * ampere);
  CHECK(at(graph, "switchboard-a").rating.voltage == 480.0 * volt);
  CHECK(at(graph, "h/r-1:a").rating.circuit == 63.0 * ampere);
  CHECK(at(graph, "h/r-1:a").rating.voltage == 415.0 * volt);
}

TEST_CASE("whatever feeds a node has a smaller number", "[topologies]") {
  // written from the leaves up
  PowerGraph const graph = graph_of(racks("feeds: [p], servers: [{type: generic-100-350w}]") +
                                    "power: {nodes: [{name: p, pdu: pdu-floor-75kva}, {name: s, switchboard: {}}, {name: u, utility: {voltage: 400 V}}], circuits: [{from: s, to: p}, {from: u, to: s}]}\n");
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    for (NodeId parent : graph.nodes[i].parents) CHECK(static_cast<std::size_t>(parent) < i);
  CHECK(graph.find("u")->index == 0);
}

TEST_CASE("a scheme and its written-out form give the same graph, node by node", "[topologies]") {
  std::string const halls = R"(halls:
  - name: h1
    racks:
      - {name: a, count: 7, servers: [{type: dgx-a100, count: 4}, {type: hp-proliant-ml110-g5}], auxiliary: [{name: leaf, type: mellanox-sn3700}], rack_pdu: rack-pdu-17kva}
      - {name: b, count: 3, first: 5, feeds: [b], servers: [{type: {cores: 1, memory: 1 GB, power: {linear: {idle: 1 W, full: 2 W}}}, count: 2}]}
  - name: h2
    racks: [{name: a, count: 2, feeds: [b, a], enclosures: [{name: c, count: 2, converter: frontier-rectifier, converters: 4, servers: [{type: frontier-node, count: 3}]}]}]
cooling: {fixed: 10 kW, proportional: 0.2}
)";
  for (std::string const& power : {std::string(two_n), std::string("power: {scheme: 2N, utility: [{name: u, voltage: 400 V}], ups: {type: ups-modern-100kw}}\n"),
                                   std::string("power: {scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}]}\n")}) {
    CAPTURE(power);
    check_written_out(halls + power);
  }
}

TEST_CASE("servers with one cord take turns between the feeds, also across racks", "[topologies]") {
  for (auto const* text : {"1", "2", "3", "4"}) {
    std::string const count = text;
    PowerGraph const graph = graph_of(racks("count: 8, servers: [{type: hp-proliant-ml110-g5, count: " + count + "}]") +
                                      "power: {scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}]}\n");
    int on_a = 0, on_b = 0;
    for (auto const& server : graph.servers) {
      auto const feed = feeds_of(graph, server.name);
      REQUIRE(feed.size() == 1);
      (feed[0].ends_with(":a") ? on_a : on_b)++;
    }
    CAPTURE(count);
    CHECK(on_a == on_b);
  }
}

TEST_CASE("a server has as many cords as supplies and feeds allow", "[topologies]") {
  PowerGraph const graph = graph_of(racks("servers: [{type: dc-load-1600w, supplies: 1}, {type: dc-load-1600w, supplies: 2}, {type: dc-load-1600w, supplies: 4}]") +
                                    "power: {scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}]}\n");
  CHECK(feeds_of(graph, "h/r-1/1").size() == 1);
  CHECK(feeds_of(graph, "h/r-1/2").size() == 2);
  CHECK(feeds_of(graph, "h/r-1/3").size() == 2);
  CHECK(graph.servers[2].supplies == 4);
  CHECK(graph.server_types.size() == 1);
}

TEST_CASE("two devices of one name but different figures stay two devices", "[topologies]") {
  PowerGraph const graph = graph_of(racks("servers: [{type: {name: x, cores: 1, memory: 1 GB, power: {linear: {idle: 1 W, full: 2 W}}}}, "
                                          "{type: {name: x, cores: 2, memory: 1 GB, power: {linear: {idle: 3 W, full: 4 W}}}}]") +
                                    "power: {scheme: N, utility: [{name: u, voltage: 400 V}]}\n");
  REQUIRE(graph.server_types.size() == 2);
  CHECK(graph.server_types[static_cast<std::size_t>(graph.servers[1].type)].cores == 2);
}

TEST_CASE("an override changes one reference to a catalogue device, not the others", "[topologies]") {
  auto const overrides = parse_overrides({"halls[h].racks[r].servers[1].type.cores=3"});
  ReadContext context = file_context(&overrides);
  TreePtr const tree = parse_yaml("kind: site\nversion: 1\nname: s\n" + racks("servers: [{type: generic-100-350w}, {type: generic-100-350w}]") +
                                  "power: {scheme: N, utility: [{name: u, voltage: 400 V}]}\n", "site.yaml");
  PowerGraph const graph = build_power_graph(read_document<Site>(*tree, context));
  REQUIRE(graph.server_types.size() == 2);
  CHECK(graph.server_types[static_cast<std::size_t>(graph.servers[1].type)].cores == 3);
}

TEST_CASE("racks of nodes written out take the power path's circuit by default", "[topologies]") {
  PowerGraph const graph = graph_of(racks("feeds: [u], servers: [{type: generic-100-350w}]") +
                                    "power: {nodes: [{name: u, utility: {voltage: 400 V}}], rack_circuit: {voltage: 230 V, phases: 1, current: 16 A}}\n");
  CHECK(at(graph, "h/r-1").rating.circuit == 16.0 * ampere);
  CHECK(at(graph, "h/r-1").rating.phases == 1);
}

TEST_CASE("cooling hangs on the switchboards of both sides, once on a shared utility", "[topologies]") {
  std::string const body = racks("servers: [{type: generic-100-350w}]") + "cooling: {proportional: 0.3}\n";
  CHECK(feeds_of(graph_of(body + two_n), "cooling") == Names{"switchboard-a", "switchboard-b"});
  CHECK(feeds_of(graph_of(body + "power: {scheme: 2N, utility: [{name: u, voltage: 400 V}], ups: {type: ups-modern-100kw}}\n"), "cooling") == Names{"u"});
}

TEST_CASE("a circle of feeds is named", "[topologies]") {
  CHECK(problem(racks("feeds: [a], servers: [{type: generic-100-350w}]") +
                "power:\n  nodes: [{name: a, switchboard: {}}, {name: b, switchboard: {}}, {name: c, switchboard: {}}]\n  circuits: [{from: a, to: b}, {from: b, to: c}, {from: c, to: a}]\n") ==
        "site.yaml:6:11: error: power.circuits: these feed each other in a circle: a > b > c > a");
}
