#include "topologies/network/routes.h"

#include <cmath>
#include <map>

#include "tests/topologies/network_support.h"

using namespace headroom;

namespace {

std::string leaf_spine(const std::string& more = "") { return "{fabric: leaf-spine, leaf: " + type(8) + more + "}"; }

}  // namespace

TEST_CASE("routes are the shortest, and come back", "[topologies]") {
  NetworkGraph const graph = fabric_of(4, 4, leaf_spine());
  REQUIRE(counts(graph).switches == Ints{4, 2});
  Routes routes(graph);
  CHECK(route(routes, 3, 3).empty());
  CHECK(passes(graph, route(routes, 0, 3)) == "leaf-1");
  for (int from = 0; from < 16; ++from)
    for (int to = 0; to < 16; ++to) {
      auto const there = route(routes, from, to);
      CHECK(there.size() == (from == to ? 0U : from / 4 == to / 4 ? 2U : 4U));
      VertexId at{from};
      for (Channel channel : there) {
        CHECK(graph.source(channel) == at);
        at = graph.target(channel);
      }
      CHECK(at == VertexId{to});
      CHECK(route(routes, from, to) == there);
    }
}

TEST_CASE("traffic goes round what is dead, and servers that see less are cut off", "[topologies]") {
  NetworkGraph const graph = fabric_of(4, 4, leaf_spine());
  Routes routes(graph);
  CHECK(routes.cut_off().empty());
  routes.set_alive(vertex(graph, "network/spine-1"), false);
  for (std::uint32_t lane = 0; lane < 32; ++lane) CHECK(passes(graph, route(routes, 0, 15, lane)) == "leaf-1 spine-2 leaf-4");
  CHECK(routes.cut_off().empty());
  routes.set_alive(vertex(graph, "network/leaf-4"), false);
  std::vector<Channel> none;
  CHECK_FALSE(routes.find({0}, {15}, 0, none));
  CHECK(none.empty());
  CHECK(routes.cut_off() == std::vector<VertexId>{{12}, {13}, {14}, {15}});
  routes.set_alive(vertex(graph, "network/spine-2"), false);
  CHECK(routes.cut_off().size() == 12);      // the first leaf's four see each other
  CHECK(routes.cut_off().front() == VertexId{4});
  routes.set_alive(vertex(graph, "network/spine-1"), true);
  routes.set_alive(vertex(graph, "network/leaf-4"), true);
  CHECK(passes(graph, route(routes, 0, 15)) == "leaf-1 spine-1 leaf-4");
  CHECK(routes.cut_off().empty());
}

TEST_CASE("a dead link takes its share of the ways, a dead port its server", "[topologies]") {
  NetworkGraph const graph = fabric_of(2, 4, leaf_spine());
  Routes routes(graph);
  REQUIRE(counts(graph).switches == Ints{2, 1});
  std::map<Channel, int> used;
  for (std::uint32_t lane = 0; lane < 400; ++lane) ++used[route(routes, 0, 7, lane)[1]];
  CHECK(used.size() == 4);
  LinkId const dead = link_of(used.begin()->first);
  routes.set_alive(dead, false);
  used.clear();
  for (std::uint32_t lane = 0; lane < 400; ++lane) ++used[route(routes, 0, 7, lane)[1]];
  CHECK(used.size() == 3);
  CHECK_FALSE(used.contains(forward(dead)));
  routes.set_alive(LinkId{7}, false);
  std::vector<Channel> none;
  CHECK_FALSE(routes.find({0}, {7}, 0, none));
  CHECK(routes.cut_off() == std::vector<VertexId>{{7}});
}

// n flows on m = n equal paths: none share one with probability m! / m^n; m (1 - (1 - 1/m)^n) are used on average.
TEST_CASE("choices collide as often as chance says", "[topologies]") {
  struct Row {
    std::uint32_t ways;
    double alone, used;
  };
  for (auto const& [ways, alone, used] : {Row{4, 0.09375, 2.734375}, Row{8, 0.00240326, 5.251129}}) {
    constexpr int draws = 1'000'000;
    double without = 0, sum = 0, squares = 0;
    for (int draw = 0; draw < draws; ++draw) {
      std::uint32_t seen = 0;
      for (std::uint32_t flow = 0; flow < ways; ++flow) seen |= 1U << Routes::choice(7, {draw}, {static_cast<std::int32_t>(1000 + flow)}, flow, {5}, ways);
      double const paths = __builtin_popcount(seen);
      without += paths == ways ? 1 : 0;
      sum += paths;
      squares += paths * paths;
    }
    CAPTURE(ways);
    double const mean = sum / draws;
    CHECK(std::abs(without / draws - alone) <= 3 * std::sqrt(alone * (1 - alone) / draws));
    CHECK(std::abs(mean - used) <= 3 * std::sqrt((squares / draws - mean * mean) / draws));
  }
}
