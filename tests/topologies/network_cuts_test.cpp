#include "topologies/graph/network_cuts.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <ctime>
#include <limits>
#include <numeric>
#include <set>

#include "base/random.h"
#include "tests/topologies/hand_made_network.h"

using namespace headroom;

namespace {

double links_of(DataRate rate) { return rate / (100.0 * gigabit_per_second); }

// A random connected-or-not graph: servers with one to three ports, links of several rates, some side by side.
NetworkGraph random_network(std::uint64_t seed, int servers, int switches, int links) {
  RandomStream random(seed, "network");
  HandMadeNetwork made(servers, switches);
  auto const draw = [&](int below) { return static_cast<int>(random.below(static_cast<std::uint64_t>(below))); };
  for (int i = 0; i < servers; ++i)
    for (int port = 0; port <= draw(3); ++port) made.server(i, draw(switches), 100 * (1 + draw(3)));
  for (int i = 0; i < links; ++i)
    if (int const a = draw(switches), b = draw(switches); a != b) made.link(a, b, 100 * (1 + draw(4)));
  return made.graph();
}

// The least cut over all 2^n sides of the switches (max-flow min-cut, Ford and Fulkerson 1956).
double least_cut(const NetworkGraph& graph, const std::vector<char>& on_first_side) {
  Fabric const& fabric = graph.fabrics[0];
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t side = 0; side < 1U << fabric.switches; ++side) {
    auto const with_source = [&](VertexId v) { return v.index < fabric.servers ? on_first_side[static_cast<std::size_t>(v)] != 0 : (side >> (v.index - fabric.servers) & 1) != 0; };
    double cut = 0;
    for (auto const& link : graph.links)
      if (with_source(link.a) != with_source(link.b)) cut += link.rate / (100.0 * gigabit_per_second);
    least = std::min(least, cut);
  }
  return least;
}

// By how much a loss makes the largest sets of servers that see each other through one part smaller, within what was joined.
int cut_off_by_hand(const NetworkGraph& graph, VertexId lost_switch, LinkId lost_link) {
  auto const servers = static_cast<std::size_t>(graph.fabrics[0].servers);
  auto const parts_without = [&](VertexId v, LinkId l) {
    std::vector<std::size_t> part(graph.vertices.size());
    std::iota(part.begin(), part.end(), std::size_t{0});
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < graph.links.size(); ++i) {
        auto const a = static_cast<std::size_t>(graph.links[i].a), b = static_cast<std::size_t>(graph.links[i].b);
        if (a < servers || graph.links[i].a == v || graph.links[i].b == v || static_cast<std::int32_t>(i) == l.index || part[a] == part[b]) continue;
        part[a] = part[b] = std::min(part[a], part[b]);
        changed = true;
      }
    }
    std::vector<std::set<std::size_t>> seen(graph.vertices.size());      // servers of each part
    for (std::size_t i = 0; i < graph.links.size(); ++i)
      if (graph.links[i].a.index < graph.fabrics[0].servers && graph.links[i].b != v) seen[part[static_cast<std::size_t>(graph.links[i].b)]].insert(static_cast<std::size_t>(graph.links[i].a));
    return seen;
  };
  // Islands: servers joined by parts, before the loss.
  std::vector<std::size_t> island(servers);
  std::iota(island.begin(), island.end(), std::size_t{0});
  auto const before = parts_without({}, {});
  for (std::size_t pass = 0; pass < servers; ++pass)
    for (auto const& part : before) {
      std::size_t least = servers;
      for (auto const s : part) least = std::min(least, island[s]);
      for (auto const s : part) island[s] = least;
    }
  int lost = 0;
  auto const after = parts_without(lost_switch, lost_link);
  auto const largest = [&](const std::vector<std::set<std::size_t>>& parts, std::size_t of) {
    std::size_t most = 0;
    for (auto const& part : parts)
      if (!part.empty() && island[*part.begin()] == of) most = std::max(most, part.size());
    return static_cast<int>(most);
  };
  for (std::size_t of = 0; of < servers; ++of) lost += largest(before, of) - largest(after, of);
  return lost;
}

int lost_with(const NetworkSinglePoints& points, VertexId of_switch) {
  for (auto const& point : points.points)
    if (point.of_switch == of_switch) return point.servers;
  return 0;
}
int lost_with(const NetworkSinglePoints& points, LinkId link) {
  for (auto const& point : points.points)
    if (point.link == link) return point.servers;
  return 0;
}

}  // namespace

TEST_CASE("bisection of a fat tree: k^3/8 links between the halves by pods", "[topologies]") {
  for (int const k : {4, 8, 16}) {
    CAPTURE(k);
    NetworkGraph const graph = fat_tree_by_hand(k);
    Bisection const cut = bisection(graph, 0);
    CHECK(links_of(cut.rate) == k * k * k / 8);
    CHECK(cut.first == k * k * k / 8);
    CHECK(cut.second == cut.first);
    CHECK(cut.halved_switches == 0);
  }
}

TEST_CASE("bisection of a torus: two cuts across its first dimension", "[topologies]") {
  // enough servers that the links between the halves bind, not the ports of servers
  CHECK(links_of(bisection(torus_by_hand({8}, 4), 0).rate) == 2);
  CHECK(links_of(bisection(torus_by_hand({6, 4}, 4), 0).rate) == 2 * 4);
  CHECK(links_of(bisection(torus_by_hand({4, 4, 4}, 8), 0).rate) == 2 * 16);
  CHECK(links_of(bisection(torus_by_hand({2, 5}, 8), 0).rate) == 5);      // no wrap-around between two
  // few servers: their ports bind
  CHECK(links_of(bisection(torus_by_hand({4, 4, 4}, 1), 0).rate) == 32);
  CHECK(links_of(bisection(torus_by_hand({8, 2}, 1), 0).rate) == 4);
}

TEST_CASE("traffic between servers of one switch stays on it", "[topologies]") {
  HandMadeNetwork made(6, 2);
  for (int i = 0; i < 6; ++i) made.server(i, i < 5 ? 0 : 1);
  made.link(0, 1, 50);
  NetworkGraph const graph = made.graph();
  Bisection const cut = bisection(graph, 0);
  CHECK(cut.halved_switches == 1);
  CHECK(links_of(cut.rate) == 2.5);      // two inside the switch, and the link's half
}

TEST_CASE("a backplane limits what a switch passes on", "[topologies]") {
  HandMadeNetwork made(8, 3);
  for (int i = 0; i < 8; ++i) made.server(i, i / 4);
  for (int j = 0; j < 2; ++j) {
    made.link(0, 2, 400);
    made.link(1, 2, 400);
  }
  made.raw().backplanes.push_back({150.0 * gigabit_per_second, {}});
  made.vertex(2).backplane = 0;
  CHECK(links_of(bisection(made.graph(), 0).rate) == 1.5);
}

TEST_CASE("the flow between any two sides is the least cut", "[topologies]") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    NetworkGraph const graph = random_network(seed, 12, 7, 14);
    RandomStream random(seed, "sides");
    std::vector<char> on_first_side(12);
    for (auto& side : on_first_side) side = static_cast<char>(random.below(2));
    CAPTURE(seed);
    CHECK(links_of(flow_between(graph, 0, on_first_side)) == least_cut(graph, on_first_side));
  }
}

TEST_CASE("ways without a link in common: shortest and all", "[topologies]") {
  PathDiversity const tree = path_diversity(fat_tree_by_hand(4), 0);
  CHECK(tree.pairs == 28);
  CHECK_FALSE(tree.sampled);
  CHECK(tree.shortest_least == 2);
  CHECK(tree.shortest_median == 2);
  CHECK(tree.all_least == 2);
  // a ring of 8: one shortest way, two to the opposite switch (4 of 28 pairs); two ways for all
  PathDiversity const ring = path_diversity(torus_by_hand({8}, 1), 0);
  CHECK(ring.shortest_least == 1);
  CHECK(ring.shortest_median == 1);
  CHECK(ring.all_least == 2);
  CHECK(ring.all_median == 2);
  CHECK(path_diversity(torus_by_hand({5, 5}, 1), 0, 1000).all_least == 4);
  // links side by side are ways of their own
  HandMadeNetwork made(2, 2);
  for (int i = 0; i < 2; ++i) made.server(i, i);
  for (int i = 0; i < 3; ++i) made.link(0, 1);
  PathDiversity const thick = path_diversity(made.graph(), 0);
  CHECK(thick.shortest_least == 3);
  CHECK(thick.all_least == 3);
}

TEST_CASE("ways between corners of a hypercube: as many shortest as they are apart, as many in all as dimensions", "[topologies]") {
  // C(4, d) x 8 pairs at distance d: 32, 48, 32, 8
  PathDiversity const cube = path_diversity(torus_by_hand({2, 2, 2, 2}, 1), 0);
  CHECK(cube.pairs == 120);
  CHECK(cube.shortest_least == 1);
  CHECK(cube.shortest_median == 2);
  CHECK(cube.all_least == 4);
  CHECK(cube.all_median == 4);
}

TEST_CASE("ways between two switches are as many as the flow of one unit a link", "[topologies]") {
  int connected = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    RandomStream random(seed, "ways");
    HandMadeNetwork made(2, 9);
    for (int i = 0; i < 2; ++i) made.server(i, i, 1e5);
    for (int i = 0; i < 18; ++i)
      if (auto const a = random.below(9), b = random.below(9); a != b) made.link(static_cast<int>(a), static_cast<int>(b));
    NetworkGraph const graph = made.graph();
    PathDiversity const ways = path_diversity(graph, 0);
    CAPTURE(seed);
    CHECK(ways.all_least == links_of(flow_between(graph, 0, {1, 0})));
    CHECK(ways.shortest_least <= ways.all_least);
    connected += static_cast<int>(ways.pairs);
  }
  CHECK(connected >= 20);
}

TEST_CASE("drawn pairs are the same for the same seed, and said to be drawn", "[topologies]") {
  NetworkGraph const graph = torus_by_hand({9, 9}, 1);
  PathDiversity const once = path_diversity(graph, 0, 50, 7), again = path_diversity(graph, 0, 50, 7);
  CHECK(once.sampled);
  CHECK(once.pairs == 50);
  CHECK(once.shortest_median == again.shortest_median);
  CHECK(once.all_least == 4);
}

TEST_CASE("a star and domains of their own have no two leaves to go between", "[topologies]") {
  HandMadeNetwork made(4, 2);      // two domains of one switch
  for (int i = 0; i < 4; ++i) made.server(i, i / 2);
  NetworkGraph const graph = made.graph();
  CHECK(path_diversity(graph, 0).pairs == 0);
  CHECK(distances(graph, 0).longest == 2);
  CHECK(distances(graph, 0).mean == 2);
}

TEST_CASE("distances in links from server to server", "[topologies]") {
  // k = 4: 1 other server on the leaf, 2 in the pod, 12 beyond: (2 + 2 x 4 + 12 x 6) / 15
  Distances const tree = distances(fat_tree_by_hand(4), 0);
  CHECK(tree.longest == 6);
  CHECK(tree.mean == Approx(82.0 / 15).epsilon(1e-12));
  CHECK_FALSE(tree.sampled);
  // a ring of 8, one server each: 2 + (1 1 2 2 3 3 4) / 7
  Distances const ring = distances(torus_by_hand({8}, 1), 0);
  CHECK(ring.longest == 6);
  CHECK(ring.mean == Approx(2 + 16.0 / 7).epsilon(1e-12));
  // from three places only
  Distances const some = distances(torus_by_hand({8}, 1), 0, 3 * (16 + 8 + 8));
  CHECK(some.sampled);
  CHECK(some.starts == 3);
  CHECK(some.mean == Approx(ring.mean).epsilon(1e-12));      // every place of a ring is alike
}

TEST_CASE("single points: leaves of servers with one link, switches and links that split the rest", "[topologies]") {
  NetworkSinglePoints const tree = network_single_points(fat_tree_by_hand(4), 0);
  CHECK(tree.points.size() == 8);      // the leaves
  for (auto const& point : tree.points) CHECK(point.servers == 2);
  CHECK(tree.single_homed == 16);
  // a chain: 3 - 1 - 2 servers
  HandMadeNetwork made(6, 3);
  for (int i = 0; i < 6; ++i) made.server(i, i < 3 ? 0 : i < 4 ? 1 : 2);
  made.link(0, 1);
  made.link(1, 2);
  made.link(1, 2);
  NetworkGraph const chain = made.graph();
  NetworkSinglePoints const points = network_single_points(chain, 0);
  CHECK(lost_with(points, VertexId{6}) == 3);
  CHECK(lost_with(points, VertexId{7}) == 3);      // of three parts the largest stays
  CHECK(lost_with(points, VertexId{8}) == 2);
  CHECK(lost_with(points, LinkId{6}) == 3);
  CHECK(points.points.size() == 4);                // the link that is doubled is none
}

TEST_CASE("two planes that meet only in servers stand in for each other", "[topologies]") {
  HandMadeNetwork made(4, 4);
  for (int i = 0; i < 4; ++i) {
    made.server(i, i / 2);
    if (i < 3) made.server(i, 2 + i / 2);
  }
  made.link(0, 1);
  made.link(2, 3);
  NetworkSinglePoints const points = network_single_points(made.graph(), 0);
  CHECK(points.points.size() == 3);                 // server 3 hangs on one plane alone
  CHECK(lost_with(points, VertexId{5}) == 1);
  CHECK(lost_with(points, LinkId{7}) == 1);
  CHECK(lost_with(points, VertexId{4}) == 1);
  CHECK(points.single_homed == 1);
}

TEST_CASE("what each loss cuts off, against counting by hand on random graphs", "[topologies]") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    NetworkGraph const graph = random_network(seed, 9, 8, seed % 2 == 0 ? 9 : 7);
    NetworkSinglePoints const points = network_single_points(graph, 0);
    CAPTURE(seed);
    for (std::int32_t s = 9; s < 17; ++s) CHECK(lost_with(points, VertexId{s}) == cut_off_by_hand(graph, {s}, {}));
    for (std::size_t i = 0; i < graph.links.size(); ++i)
      if (graph.links[i].a.index >= 9) CHECK(lost_with(points, LinkId{static_cast<std::int32_t>(i)}) == cut_off_by_hand(graph, {}, {static_cast<std::int32_t>(i)}));
  }
}

TEST_CASE("a fat tree of 27,648 servers is answered in seconds", "[topologies]") {
  NetworkGraph const graph = fat_tree_by_hand(48);
  auto const start = std::clock();
  CHECK(links_of(bisection(graph, 0).rate) == 13824);
  CHECK(path_diversity(graph, 0).all_least == 24);
  CHECK(distances(graph, 0).longest == 6);
  CHECK(network_single_points(graph, 0).points.size() == 1152);
  CHECK(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < 20);      // under one of an optimised build
}
