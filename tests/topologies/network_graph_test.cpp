#include "topologies/network/network_graph.h"

#include "tests/topologies/network_support.h"

using namespace headroom;

TEST_CASE("a site without a network has an empty graph", "[topologies]") { CHECK(network_of(servers(1, 1)).empty()); }

TEST_CASE("a star: every server on one switch, in the order of the site", "[topologies]") {
  NetworkGraph const graph = fabric_of(3, 5, "{fabric: star, leaf: " + type(16) + "}");
  REQUIRE(graph.fabrics.size() == 1);
  CHECK(graph.fabrics[0].name == "network");
  CHECK(graph.fabrics[0].servers == 15);
  CHECK(graph.fabrics[0].tiers == 1);
  CHECK(graph.fabrics[0].rate == 400.0 * gigabit_per_second);
  REQUIRE(graph.vertices.size() == 16);
  for (int i = 0; i < 15; ++i) {
    CHECK(graph.of_server(0, i) == VertexId{i});
    CHECK(at(graph, VertexId{i}).rack == i / 5);
  }
  CHECK_FALSE(graph.of_server(0, 15));
  CHECK(at(graph, "network/leaf-1").rack == 0);
  CHECK(at(graph, "network/leaf-1").node.valid());
  CHECK(graph.links.size() == 15);
  CHECK(graph.links[0].latency == Duration{800});
  CHECK(graph.links[0].length == 2.0 * metre);
  CHECK(graph.leaving(vertex(graph, "network/leaf-1")).size() == 15);
}

TEST_CASE("leaf-spine: leaves from the ports that look down, spines that divide the uplinks", "[topologies]") {
  struct Row {
    int servers;
    const char* figures;
    Ints switches, links;
  };
  for (auto const& [count, figures, switches, links] : {Row{512, "", {16, 8}, {512, 512}}, Row{2048, "", {64, 32}, {2048, 2048}},
                                                        // d = floor(64 x 3 / 4) = 48, u = 16; ceil(11 x 16 / 64) = 3, which does not divide 16: 4
                                                        Row{500, ", oversubscription: 3", {11, 4}, {500, 176}},
                                                        // d = floor(64 x 1.5 / 2.5) = 38, u = 26; ceil(2 x 26 / 64) = 1
                                                        Row{70, ", oversubscription: 1.5", {2, 1}, {70, 52}},
                                                        // d = floor(64 x 7/3 / (10/3)) = 44, u = 20; ceil(3 x 20 / 64) = 1
                                                        Row{90, ", oversubscription: 2.3333333333", {3, 1}, {90, 60}}, Row{90, ", oversubscription: 2.3333333333, spines: 5", {3, 5}, {90, 60}}}) {
    CAPTURE(count, figures);
    NetworkGraph const graph = fabric_of(1, count, "{fabric: leaf-spine, leaf: " + type(64) + figures + "}");
    CHECK(counts(graph).switches == switches);
    CHECK(counts(graph).links == links);
    CHECK(graph.fabrics[0].tiers == 2);
  }
}
