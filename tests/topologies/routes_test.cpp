#include "topologies/network/routes.h"

#include <cmath>
#include <map>

#include "tests/topologies/network_support.h"

using namespace headroom;

namespace {

std::string leaf_spine(const std::string& more = "") { return "{fabric: leaf-spine, leaf: " + type(8) + more + "}"; }

// Links from each vertex to one of them, by the plainest search there is; -1: no way.
std::vector<int> distances(const NetworkGraph& graph, const Routes& routes, VertexId to) {
  std::vector<int> out(graph.vertices.size(), -1);
  std::vector<VertexId> queue{to};
  out[static_cast<std::size_t>(to)] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (i > 0 && at(graph, queue[i]).kind != VertexKind::network_switch) continue;
    for (Channel channel : graph.leaving(queue[i])) {
      VertexId const next = graph.target(channel);
      if (out[static_cast<std::size_t>(next)] >= 0 || !routes.is_alive(link_of(channel)) || !routes.is_alive(next)) continue;
      out[static_cast<std::size_t>(next)] = out[static_cast<std::size_t>(queue[i])] + 1;
      queue.push_back(next);
    }
  }
  return out;
}

// From everywhere to some: as long as they must be, link by link, over nothing that is dead.
void check_routes(const NetworkGraph& graph, Routes& routes, int every) {
  std::vector<Channel> channels;
  int const servers = graph.fabrics[0].servers;
  for (std::int32_t to = 0; to < servers; to += every) {
    auto const wanted = distances(graph, routes, {to});
    for (std::int32_t from = 0; from < servers; ++from) {
      channels.clear();
      bool const found = routes.find({from}, {to}, static_cast<std::uint32_t>(from % 7), channels);
      REQUIRE(found == (wanted[static_cast<std::size_t>(from)] >= 0));
      if (!found) continue;
      REQUIRE(channels.size() == static_cast<std::size_t>(wanted[static_cast<std::size_t>(from)]));
      VertexId here{from};
      for (Channel channel : channels) {
        REQUIRE(graph.source(channel) == here);
        REQUIRE(routes.is_alive(link_of(channel)));
        here = graph.target(channel);
        REQUIRE(routes.is_alive(here));
      }
      REQUIRE(here == VertexId{to});
    }
  }
}

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

TEST_CASE("routes of every shape are as long as a plain search finds, with and without dead parts", "[topologies]") {
  for (std::string const& fabric : {"fabric: torus, dimensions: [4, 3, 2, 2], leaf: " + type(16), "fabric: jellyfish, jellyfish: {switches: 48, degree: 5}, leaf: " + type(16),
                                    "fabric: dragonfly, dragonfly: {servers: 3, routers: 4, global_links: 2, groups: 7}, leaf: " + type(8), "fabric: fat-tree, k: 8, leaf: " + type(8),
                                    "fabric: clos, leaf: " + type(8), "fabric: rail-optimised, ports: 4, spines: 16, leaf: " + type(16), "fabric: leaf-spine, ports: 2, leaf: " + type(32)}) {
    CAPTURE(fabric);
    NetworkGraph const graph = fabric_of(16, 3, "{" + fabric + "}");
    Routes routes(graph);
    check_routes(graph, routes, 5);
    int const first = graph.fabrics[0].first_switch.index, count = graph.fabrics[0].switches;
    for (int i = 0; i < count; i += 5) routes.set_alive(VertexId{first + i}, false);
    for (std::size_t i = 0; i < graph.links.size(); i += 9) routes.set_alive(LinkId{static_cast<std::int32_t>(i)}, false);
    check_routes(graph, routes, 5);
    for (int i = 0; i < count; i += 5) routes.set_alive(VertexId{first + i}, true);
    for (std::size_t i = 0; i < graph.links.size(); i += 9) routes.set_alive(LinkId{static_cast<std::int32_t>(i)}, true);
    check_routes(graph, routes, 5);
    CHECK(routes.cut_off().empty());
  }
}

TEST_CASE("a random graph has more different ways than are kept", "[topologies]") {
  NetworkGraph const graph = fabric_of(800, 1, "{fabric: jellyfish, leaf: " + type(64) + ", jellyfish: {switches: 800, degree: 40}}");
  Routes routes(graph);
  check_routes(graph, routes, 1);
  routes.set_alive(VertexId{801}, false);
  check_routes(graph, routes, 100);
}

TEST_CASE("flows of many pairs share the spines evenly, and one pair's lanes too", "[topologies]") {
  NetworkGraph const graph = fabric_of(16, 32, "{fabric: leaf-spine, leaf: " + type(64) + "}");
  REQUIRE(counts(graph).switches == Ints{16, 8});
  Routes routes(graph);
  constexpr int flows = 80'000;
  std::map<std::int32_t, int> by_spine, by_lane;
  for (int i = 0; i < flows; ++i) {
    int const from = i % 512, to = (from + 32 + i / 512) % 512;      // never on the same leaf
    if (from / 32 == to / 32) continue;
    ++by_spine[graph.target(route(routes, from, to)[1]).index];
  }
  for (std::uint32_t lane = 0; lane < flows; ++lane) ++by_lane[graph.target(route(routes, 3, 500, lane)[1]).index];
  for (auto const& used : {by_spine, by_lane}) {
    REQUIRE(used.size() == 8);
    double sum = 0;
    for (auto const& [spine, count] : used) sum += count;
    double const mean = sum / 8, deviation = std::sqrt(sum * 7 / 64);
    for (auto const& [spine, count] : used) CHECK(std::abs(count - mean) <= 4 * deviation);
  }
  // another seed, other ways
  Routes other(graph, 2);
  int same = 0;
  for (int to = 32; to < 512; ++to) same += route(routes, 0, to) == route(other, 0, to) ? 1 : 0;
  CHECK(same < 480 / 4);
}

TEST_CASE("lane l leaves by port l and stays on rail l", "[topologies]") {
  NetworkGraph const graph = fabric_of(16, 4, "{fabric: rail-optimised, ports: 8, leaf: " + type(64) + "}");
  Routes routes(graph);
  auto const rails = [&](std::span<const Channel> way) {
    Ints out;
    for (Channel channel : way)
      if (at(graph, graph.target(channel)).tier == 0) out.push_back(at(graph, graph.target(channel)).group);
    return out;
  };
  for (std::uint32_t lane = 0; lane < 24; ++lane) {
    int const rail = static_cast<int>(lane % 8);
    CHECK(route(routes, 0, 31, lane)[0] == graph.leaving({0})[lane % 8]);
    CHECK(rails(route(routes, 0, 31, lane)) == Ints{rail});
    CHECK(rails(route(routes, 0, 63, lane)) == Ints{rail, rail});
  }
  // the leaf of rail 2 that the first 32 hang on is dead: lane 2 takes another; from others it ends on another
  routes.set_alive(vertex(graph, "network/leaf-3"), false);
  auto const round = route(routes, 0, 31, 2);
  CHECK(round.size() == 2);
  CHECK(rails(round) != Ints{2});
  auto const back = rails(route(routes, 63, 0, 2));
  CHECK(back.size() == 2);
  CHECK(back[0] == 2);
  CHECK(back[1] != 2);
  CHECK(routes.cut_off().empty());
}

TEST_CASE("two ports of a server: one dead leaf cuts nobody off", "[topologies]") {
  NetworkGraph const graph = fabric_of(4, 8, "{fabric: leaf-spine, ports: 2, leaf: " + type(16) + "}");
  REQUIRE(counts(graph).switches == Ints{8, 4});
  Routes routes(graph);
  CHECK(passes(graph, route(routes, 0, 1, 0)) == "leaf-1");
  CHECK(passes(graph, route(routes, 0, 1, 1)) == "leaf-2");
  routes.set_alive(vertex(graph, "network/leaf-1"), false);
  CHECK(passes(graph, route(routes, 0, 1, 0)) == "leaf-2");
  CHECK(routes.cut_off().empty());
  routes.set_alive(vertex(graph, "network/leaf-2"), false);
  CHECK(routes.cut_off().size() == 8);
}

TEST_CASE("in a fabric that is written out, routers elsewhere and places outside pass traffic on", "[topologies]") {
  NetworkGraph const graph = fabric_of(2, 1, "{fabric: written, rate: 1 Gbit/s, switches: [{name: a}, {name: b}, {name: far}], links: [{from: h/r-1, to: a}, {from: h/r-2, to: b}, {from: a, to: far, rate: 1 Gbit/s}], "
                                             "wan: [{name: exchange, rate: 1 Gbit/s, count: 2, at: [far, b]}]}");
  Routes routes(graph);
  CHECK(passes(graph, route(routes, 0, 1)) == "a far exchange b");
  CHECK(passes(graph, route(routes, 0, vertex(graph, "exchange").index)) == "a far exchange");
  CHECK(passes(graph, route(routes, vertex(graph, "exchange").index, 0)) == "far a");
  CHECK(route(routes, vertex(graph, "network/a").index, vertex(graph, "network/b").index).size() == 3);
}

TEST_CASE("a route takes the latency of its cables, and of the switch that each leads to", "[topologies]") {
  NetworkGraph const graph = fabric_of(4, 4, leaf_spine(", latency: 1 us, switch_latency: 10 us, wan: [{name: internet, rate: 1 Gbit/s, latency: 4 ms}], spines: 4"));
  Routes routes(graph);
  CHECK(routes.latency(route(routes, 0, 15)) == Duration{4 * 11'000});
  CHECK(routes.latency(route(routes, 0, vertex(graph, "internet").index)) == Duration{2 * 11'000 + 4'000'000});
}
