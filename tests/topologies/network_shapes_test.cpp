// Each shape against its published counts, and what makes it that shape.
#include <map>
#include <set>

#include "tests/topologies/network_support.h"

using namespace headroom;

namespace {

// Links from one vertex to each other, by number of the other.
std::map<std::int32_t, int> beside(const NetworkGraph& graph, VertexId v, int tier) {
  std::map<std::int32_t, int> out;
  for (Channel channel : graph.leaving(v))
    if (graph.links[static_cast<std::size_t>(link_of(channel))].tier == tier) ++out[graph.target(channel).index];
  return out;
}

std::vector<int> links_of_switches(const NetworkGraph& graph, int tier) {
  std::vector<int> out;
  for (std::size_t v = 0; v < graph.vertices.size(); ++v)
    if (graph.vertices[v].kind == VertexKind::network_switch && graph.vertices[v].tier == tier) out.push_back(static_cast<int>(graph.leaving({static_cast<std::int32_t>(v)}).size()));
  return out;
}

bool all_are(const std::vector<int>& values, int wanted) {
  return std::ranges::all_of(values, [&](int value) { return value == wanted; });
}

NetworkGraph rails(int nodes, const std::string& more = "") { return fabric_of(nodes, 1, "{fabric: rail-optimised, ports: 8, leaf: " + type(64) + more + "}"); }

}  // namespace

TEST_CASE("fat tree: k^3/4 servers, 5 k^2/4 switches of which (k/2)^2 are cores, every port taken", "[topologies]") {
  for (int k : {4, 8, 16, 48}) {
    CAPTURE(k);
    int const half = k / 2, hosts = k * k * k / 4;
    NetworkGraph const graph = fabric_of(k * half, half, "{fabric: fat-tree, k: " + std::to_string(k) + ", leaf: " + type(k) + "}");
    CHECK(graph.fabrics[0].servers == hosts);
    CHECK(graph.fabrics[0].switches == 5 * k * k / 4);
    CHECK(counts(graph).switches == Ints{k * half, k * half, half * half});
    CHECK(counts(graph).links == Ints{hosts, hosts, hosts});
    for (int tier : {0, 1, 2}) CHECK(all_are(links_of_switches(graph, tier), k));
    for (auto const& [spine, links] : beside(graph, vertex(graph, "network/leaf-1"), 1)) CHECK(links == 1);
    for (auto const& [spine, links] : beside(graph, vertex(graph, "network/core-1"), 2)) CHECK(links == 1);
    CHECK(beside(graph, vertex(graph, "network/core-1"), 2).size() == static_cast<std::size_t>(k));
    CHECK(at(graph, "network/leaf-1").group == 0);
    CHECK(at(graph, "network/spine-" + std::to_string(half + 1)).group == 1);
    CHECK(at(graph, "network/core-1").group == -1);
  }
}

TEST_CASE("NVIDIA DGX SuperPOD B200: every row of the reference architecture", "[topologies]") {
  struct Row {
    int nodes;
    Ints switches, links;
  };
  for (auto const& [nodes, switches, links] : {Row{64, {16, 8}, {512, 512}}, Row{128, {32, 16}, {1024, 1024}}, Row{256, {64, 32}, {2048, 2048}}, Row{512, {128, 128, 64}, {4096, 4096, 4096}},
                                               Row{1024, {256, 256, 128}, {8192, 8192, 8192}}, Row{2048, {512, 512, 256}, {16384, 16384, 16384}}}) {
    CAPTURE(nodes);
    NetworkGraph const graph = rails(nodes);
    CHECK(counts(graph).switches == switches);
    CHECK(counts(graph).links == links);
    for (std::size_t tier = 0; tier < switches.size(); ++tier) CHECK(all_are(links_of_switches(graph, static_cast<int>(tier)), 64));
    // port i of every server on a leaf of rail i
    for (int server : {0, nodes - 1})
      for (std::size_t port = 0; port < 8; ++port) CHECK(at(graph, graph.target(graph.leaving({server})[port])).group == static_cast<int>(port));
  }
}

TEST_CASE("NVIDIA DGX SuperPOD B300: two tiers up to 1,024 nodes, by the number of spines", "[topologies]") {
  CHECK(counts(rails(64)).switches == Ints{16, 8});
  NetworkGraph const graph = rails(1024, ", spines: 128");
  CHECK(counts(graph).switches == Ints{256, 128});
  CHECK(counts(graph).links == Ints{8192, 8192});
  Routes routes(graph);
  // on the same rail in two tiers from one end to the other
  CHECK(route(routes, 0, 1023, 3).size() == 4);
  CHECK(at(graph, graph.target(route(routes, 0, 1023, 3)[2])).group == 3);
}

TEST_CASE("NVIDIA DGX SuperPOD H100: a node fewer, and four cables to the fabric managers", "[topologies]") {
  struct Row {
    int nodes;
    Ints switches;
    int cables, uplinks;
    const char* more;
  };
  for (auto const& [nodes, switches, cables, uplinks, more] :
       {Row{31, {8, 4}, 252, 256, ""}, Row{63, {16, 8}, 508, 512, ""}, Row{95, {24, 16}, 764, 768, ""}, Row{95, {24, 16}, 764, 768, ", spines: 16"}, Row{127, {32, 16}, 1020, 1024, ""}}) {
    CAPTURE(nodes);
    int const last = switches[0];      // the leaves of the set with a free port
    NetworkGraph const graph = rails(nodes, std::string(more) + ", wan: [{name: ufm, rate: 400 Gbit/s, count: 4, at: [leaf-" + std::to_string(last) + ", leaf-" + std::to_string(last - 1) + ", leaf-" +
                                                std::to_string(last - 2) + ", leaf-" + std::to_string(last - 3) + "]}]");
    CHECK(counts(graph).switches == switches);
    CHECK(counts(graph).links[0] + counts(graph).wan == cables);
    CHECK(counts(graph).links[1] == uplinks);
  }
  // 24 leaves x 32 / 64 = 12 spines would have the ports; 12 do not divide 32 uplinks
  CHECK_THAT(problem(servers(95, 1) + "network: {fabric: rail-optimised, ports: 8, leaf: " + type(64) + ", spines: 12}\n"), Catch::Contains("spines: 12 do not take the 32 uplinks of each of 24 leaves evenly; 16 or 32 would"));
}

TEST_CASE("clos at scale: 5 N / P switches and 2 N links above the servers", "[topologies]") {
  NetworkGraph const graph = fabric_of(256, 32, "{fabric: clos, leaf: " + type(64) + "}");      // N = 8192
  CHECK(counts(graph).switches == Ints{256, 256, 128});
  CHECK(counts(graph).links == Ints{8192, 8192, 8192});
  CHECK(at(graph, "network/leaf-33").group == 1);
  CHECK(at(graph, "network/spine-256").group == 7);
  // 3:1 at the leaves: ceil(N / 48) leaves of 16 uplinks; spines N / 3 / 32, cores N / 3 / 64
  NetworkGraph const thin = fabric_of(128, 48, "{fabric: clos, leaf: " + type(64) + ", oversubscription: 3}");      // N = 6144
  CHECK(counts(thin).switches == Ints{128, 64, 32});
  CHECK(counts(thin).links == Ints{6144, 2048, 2048});
  // and 3:1 at the spines: 48 down, 16 up
  NetworkGraph const thinner = fabric_of(144, 48, "{fabric: clos, leaf: " + type(64) + ", oversubscription: 3, spine_oversubscription: 3}");
  CHECK(counts(thinner).switches == Ints{144, 48, 16});
  CHECK(counts(thinner).links == Ints{6912, 2304, 768});
}

TEST_CASE("clos of a number that does not divide: pods evenly filled, every spine of equal links", "[topologies]") {
  NetworkGraph const graph = fabric_of(100, 32, "{fabric: clos, leaf: " + type(64) + "}");      // 100 leaves in 4 pods of 25
  auto const count = counts(graph);
  CHECK(count.switches == Ints{100, 128, 64});
  CHECK(count.links == Ints{3200, 3200, 3328});      // 25 links down ask for 25 up; with 26 two cores a group do
  CHECK(all_are(links_of_switches(graph, 1), 25 + 26));
  CHECK(all_are(links_of_switches(graph, 2), 4 * 13));
}

TEST_CASE("cores and spines as written", "[topologies]") {
  NetworkGraph const graph = fabric_of(64, 32, "{fabric: clos, leaf: " + type(64) + ", spines: 64, cores: 128}");      // two pods of 32 leaves
  CHECK(counts(graph).switches == Ints{64, 64, 128});
  CHECK(counts(graph).links == Ints{2048, 2048, 2048});
  std::string const body = servers(64, 32) + "network: {fabric: clos, leaf: " + type(64);
  CHECK_THAT(problem(body + ", spines: 65}\n"), Catch::Contains("spines: 65 do not take the 32 uplinks of each of 32 leaves in each of 2 parts evenly; 64 would"));
  CHECK_THAT(problem(body + ", spines: 32}\n"), Catch::Contains("spines: 32 do not take the 32 uplinks of each of 32 leaves in each of 2 parts evenly; 64 would"));
  CHECK_THAT(problem(body + ", cores: 33}\n"), Catch::Contains("cores: 33 do not take the 32 or more uplinks of 64 spines evenly; 32 would"));
}

TEST_CASE("ports of their own look up, and faster ones above take several", "[topologies]") {
  std::string const leaf = "{name: tor, ports: 48, port_rate: 25 Gbit/s, uplinks: {ports: 8, port_rate: 100 Gbit/s}, power: 100 W}";
  // 1:1: 32 servers a leaf (800 Gbit/s); 1.5:1: all 48; 3:1: 48 on 4 uplinks; 1.4:1: 44
  struct Row {
    const char* oversubscription;
    Ints switches, links;
  };
  for (auto const& [oversubscription, switches, links] : {Row{"1", {6, 2}, {192, 48}}, Row{"1.5", {4, 1}, {192, 32}}, Row{"3", {4, 1}, {192, 16}}, Row{"1.4", {5, 2}, {192, 40}}}) {
    CAPTURE(oversubscription);
    NetworkGraph const graph = fabric_of(4, 48, "{fabric: leaf-spine, leaf: " + leaf + ", spine: " + type(32, "100 Gbit/s") + ", oversubscription: " + oversubscription + "}");
    CHECK(counts(graph).switches == switches);
    CHECK(counts(graph).links == links);
    CHECK(graph.links.front().rate == 25.0 * gigabit_per_second);
    CHECK(graph.links.back().rate == 100.0 * gigabit_per_second);
  }
  // a port of 800 takes two of 400: 32 down, 16 up
  NetworkGraph const graph = fabric_of(16, 32, "{fabric: leaf-spine, leaf: " + type(64) + ", spine: " + type(64, "800 Gbit/s") + "}");
  CHECK(counts(graph).switches == Ints{16, 4});
  CHECK(counts(graph).links == Ints{512, 256});
  CHECK(graph.links.back().rate == 800.0 * gigabit_per_second);
  // one of 400 above ports of 300 takes two, too: 64 - 2 u down, 300 d <= 400 u
  NetworkGraph const odd = fabric_of(1, 24, "{fabric: leaf-spine, leaf: " + type(64, "300 Gbit/s") + ", spine: " + type(64) + "}");
  CHECK(counts(odd).links == Ints{24, 19});
  CHECK(odd.links.back().rate == 400.0 * gigabit_per_second);
}

TEST_CASE("leaves in racks take as many uplinks as their servers ask for", "[topologies]") {
  NetworkGraph const graph = fabric_of(10, 12, "{fabric: leaf-spine, leaf: " + type(64) + ", leaf_in_rack: true, oversubscription: 3}");
  CHECK(counts(graph).switches == Ints{10, 1});
  CHECK(counts(graph).links == Ints{120, 40});
  for (int i = 1; i <= 10; ++i) CHECK(at(graph, "network/leaf-" + std::to_string(i)).rack == i - 1);
  // two ports: two leaves in each rack; 40 servers at 32 a leaf: two sets of 20
  NetworkGraph const pairs = fabric_of(3, 40, "{fabric: leaf-spine, leaf: " + type(64) + ", leaf_in_rack: true, ports: 2}");
  CHECK(counts(pairs).switches == Ints{12, 4});
  CHECK(counts(pairs).links == Ints{240, 240});
  for (int server = 0; server < 120; ++server) CHECK(beside(pairs, {server}, 0).size() == 2);
  CHECK(all_are(links_of_switches(pairs, 0), 40));
}

TEST_CASE("dragonfly: p = h = 8, a = 16 makes 129 groups, 16,512 servers, 15,480 + 8,256 links", "[topologies]") {
  NetworkGraph const graph = fabric_of(258, 64, "{fabric: dragonfly, leaf: " + type(31) + ", dragonfly: {servers: 8, routers: 16, global_links: 8}}");
  CHECK(graph.fabrics[0].servers == 16512);
  CHECK(counts(graph).switches == Ints{2064});
  CHECK(all_are(links_of_switches(graph, 0), 31));
  int local = 0;
  std::map<std::pair<int, int>, int> global;
  for (auto const& link : graph.links) {
    if (link.tier == 0) continue;
    auto const [low, high] = std::minmax(at(graph, link.a).group, at(graph, link.b).group);
    if (low == high) ++local;
    else ++global[{low, high}];
  }
  CHECK(local == 15480);
  CHECK(global.size() == 8256);
  CHECK(std::ranges::all_of(global, [](auto const& pair) { return pair.second == 1; }));
}

TEST_CASE("dragonfly of fewer groups: every port taken, pairs as even as can be", "[topologies]") {
  for (int groups = 1; groups <= 13; ++groups)
    for (int h : {1, 3}) {
      if (groups > 4 * h + 1) continue;
      CAPTURE(groups, h);
      NetworkGraph const graph = fabric_of(groups, 4, "{fabric: dragonfly, leaf: " + type(16) + ", dragonfly: {servers: 1, routers: 4, global_links: " + std::to_string(h) + ", groups: " + std::to_string(groups) + "}}");
      std::map<std::pair<int, int>, int> global;
      for (auto const& link : graph.links)
        if (auto const [low, high] = std::minmax(at(graph, link.a).group, at(graph, link.b).group); link.tier == 1 && low != high) ++global[{low, high}];
      if (groups == 1) {
        CHECK(global.empty());
        continue;
      }
      int sum = 0, least = 1000, most = 0;
      for (auto const& [pair, links] : global) {
        sum += links;
        least = std::min(least, links);
        most = std::max(most, links);
      }
      CHECK(sum == groups * 4 * h / 2);
      CHECK(global.size() == static_cast<std::size_t>(groups * (groups - 1) / 2));
      CHECK(most - least <= 1);
      CHECK(all_are(links_of_switches(graph, 0), 1 + 3 + h));
    }
  // a h = 3 x 3 over 4 others: two each and one over, of an odd number of groups: one port stays free
  NetworkGraph const odd = fabric_of(5, 3, "{fabric: dragonfly, leaf: " + type(16) + ", dragonfly: {servers: 1, routers: 3, global_links: 3, groups: 5}}");
  CHECK(counts(odd).links == Ints{15, 15 + 22});
}

TEST_CASE("torus: a link to each neighbour, round each dimension", "[topologies]") {
  NetworkGraph const graph = fabric_of(24, 1, "{fabric: torus, leaf: " + type(6) + ", dimensions: [4, 3, 2]}");
  CHECK(counts(graph).switches == Ints{24});
  CHECK(counts(graph).links == Ints{24, 24 + 24 + 12});
  auto const router = [&](int x, int y, int z) { return vertex(graph, "network/router-" + std::to_string((x * 3 + y) * 2 + z + 1)).index; };
  for (int x = 0; x < 4; ++x)
    for (int y = 0; y < 3; ++y)
      for (int z = 0; z < 2; ++z) {
        std::map<std::int32_t, int> const wanted{{router((x + 1) % 4, y, z), 1}, {router((x + 3) % 4, y, z), 1}, {router(x, (y + 1) % 3, z), 1}, {router(x, (y + 2) % 3, z), 1}, {router(x, y, 1 - z), 1}};
        CHECK(beside(graph, {router(x, y, z)}, 1) == wanted);
      }
  Routes routes(graph);
  CHECK(route(routes, 0, router(2, 1, 1) - 24).size() == 2 + 2 + 1 + 1);
  // 10 servers on 4 switches: 3, 2, 3, 2
  NetworkGraph const spread = fabric_of(10, 1, "{fabric: torus, leaf: " + type(6) + ", dimensions: [2, 2]}");
  CHECK(links_of_switches(spread, 0) == Ints{5, 4, 5, 4});
}

TEST_CASE("jellyfish: a simple connected graph of one degree, the same for the same seed", "[topologies]") {
  struct Row {
    int switches, degree;
  };
  for (auto const& [switches, degree] : {Row{2, 1}, Row{5, 4}, Row{6, 4}, Row{20, 3}, Row{50, 49}, Row{200, 12}, Row{245, 14}}) {
    std::string const figures = "{fabric: jellyfish, leaf: " + type(64) + ", jellyfish: {switches: " + std::to_string(switches) + ", degree: " + std::to_string(degree) + ", seed: ";
    for (int seed : {0, 1, 2}) {
      CAPTURE(switches, degree, seed);
      NetworkGraph const graph = fabric_of(switches, 1, figures + std::to_string(seed) + "}}");
      CHECK(counts(graph).links == Ints{switches, switches * degree / 2});
      for (int i = 0; i < switches; ++i) {
        auto const others = beside(graph, {switches + i}, 1);
        CHECK(others.size() == static_cast<std::size_t>(degree));
        CHECK_FALSE(others.contains(switches + i));
      }
    }
  }
  auto const links = [](int seed) {
    std::set<std::pair<int, int>> out;
    for (auto const& link : fabric_of(20, 1, "{fabric: jellyfish, leaf: " + type(8) + ", jellyfish: {switches: 20, degree: 3, seed: " + std::to_string(seed) + "}}").links) out.emplace(link.a.index, link.b.index);
    return out;
  };
  CHECK(links(1) == links(1));
  CHECK(links(1) != links(2));
}

TEST_CASE("scale-up: domains that do not see each other", "[topologies]") {
  NetworkGraph const graph = fabric_of(5, 4, "{name: nvlink, fabric: scale-up, domain: 8, leaf: " + type(8) + "}");
  CHECK(counts(graph).switches == Ints{3});
  CHECK(at(graph, "nvlink/domain-3").group == 2);
  CHECK(graph.leaving(vertex(graph, "nvlink/domain-3")).size() == 4);
  Routes routes(graph);
  CHECK(route(routes, 0, 7).size() == 2);
  std::vector<Channel> none;
  CHECK_FALSE(routes.find({0}, {8}, 0, none));
  CHECK(routes.cut_off().empty());
  routes.set_alive(vertex(graph, "nvlink/domain-3"), false);
  CHECK(routes.cut_off() == std::vector<VertexId>{{16}, {17}, {18}, {19}});
  // 18 ports of 4 servers on switches of 8 ports: 9 switches, of which each takes two ports of each
  NetworkGraph const wide = fabric_of(2, 4, "{fabric: scale-up, domain: 4, ports: 18, leaf: " + type(8) + "}");
  CHECK(counts(wide).switches == Ints{18});
  CHECK(all_are(links_of_switches(wide, 0), 8));
  CHECK(beside(wide, {7}, 0).size() == 9);
  CHECK(at(wide, "network/domain-2/9").group == 1);
  CHECK(Routes(wide).cut_off().empty());
}

TEST_CASE("written: tiers by the distance from servers, figures of each link", "[topologies]") {
  NetworkGraph const graph = fabric_of(2, 2, R"({fabric: written, rate: 10 Gbit/s, latency: 1 us, switch_latency: 2 us,
    switches: [{name: far}, {name: core, type: )" + type(8, "100 Gbit/s") + R"(, backplane: 50 Gbit/s, backplane_latency: 3 us}, {name: b, type: )" + type(8, "100 Gbit/s") + R"(, rack: h/r-2}, {name: a, type: )" +
                                                    type(8, "25 Gbit/s") + R"(}],
    links: [{from: core, to: a, length: 7 m}, {from: b, to: network/core, count: 2, latency: 5 us}, {from: far, to: core, rate: 1 Gbit/s, shared: true}, {from: b, to: h/r-2}, {from: a, to: h/r-1/1, count: 2}, {from: h/r-1/2, to: a, rate: 25 Gbit/s}]})");
  CHECK(counts(graph).switches == Ints{2, 1, 1});
  CHECK(counts(graph).links == Ints{5, 3, 1});
  CHECK(graph.fabrics[0].ports == 2);
  CHECK(graph.fabrics[0].rate == 10.0 * gigabit_per_second);
  CHECK(at(graph, "network/b").rack == 1);
  CHECK(at(graph, "network/a").rack == 0);
  CHECK(at(graph, "network/far").rack == -1);
  CHECK(at(graph, "network/far").type == -1);
  CHECK_FALSE(at(graph, "network/far").node.valid());
  CHECK(at(graph, "network/core").node.valid());
  auto const& links = graph.links;
  CHECK(links[2].rate == 25.0 * gigabit_per_second);
  CHECK(links[5].a == vertex(graph, "network/a"));
  CHECK(links[5].rate == 25.0 * gigabit_per_second);
  CHECK(links[5].length == 7.0 * metre);
  CHECK(links[5].latency == Duration{1000});
  CHECK(links[6].latency == Duration{5000});
  CHECK(links[6].rate == 100.0 * gigabit_per_second);
  CHECK(links[8].shared);
  CHECK(links[8].length == Length{});
  CHECK(links[8].medium == Medium::none);
  Routes routes(graph);
  auto const there = route(routes, 0, 3);
  CHECK(passes(graph, there) == "a core b");
  CHECK(routes.latency(there) == Duration{3000 + 1000 + 3000 + 5000 + 3000});
}

TEST_CASE("WAN links: on switches by name, or on those of the highest tier in turn", "[topologies]") {
  NetworkGraph const graph = fabric_of(4, 3, "{fabric: leaf-spine, leaf: " + type(16, "100 Gbit/s") + ", spines: 4, wan: [{name: internet, rate: 100 Gbit/s, count: 3, latency: 4 ms}, "
                                             "{name: internet, rate: 10 Gbit/s, at: leaf-2}, {name: other-site, rate: 40 Gbit/s, count: 2, distance: 80 km}]}");
  REQUIRE(counts(graph).wan == 6);
  CHECK(at(graph, "internet").kind == VertexKind::outside);
  CHECK(at(graph, "internet").tier == 2);
  CHECK(at(graph, "internet").rack == -1);
  auto const ends = [&](const std::string& name) {
    std::vector<std::string> out;
    for (Channel channel : graph.leaving(vertex(graph, name))) out.push_back(at(graph, graph.target(channel)).name);
    return out;
  };
  CHECK(ends("internet") == Names{"network/spine-1", "network/spine-2", "network/spine-3", "network/leaf-2"});
  CHECK(ends("other-site") == Names{"network/spine-4", "network/spine-1"});
  for (auto const& link : graph.links)
    if (link.wan) CHECK(link.latency == (link.rate == 100.0 * gigabit_per_second ? Duration{4'000'000} : Duration{10'000'000}));
  CHECK(graph.links.back().length == 80'000.0 * metre);
  Routes routes(graph);
  VertexId const internet = vertex(graph, "internet");
  CHECK(passes(graph, route(routes, 11, internet.index)).starts_with("leaf-"));
  // no way leads through the Internet
  for (auto const* spine : {"network/spine-1", "network/spine-2", "network/spine-3", "network/spine-4"}) routes.set_alive(vertex(graph, spine), false);
  std::vector<Channel> none;
  CHECK_FALSE(routes.find({0}, {11}, 0, none));
}

TEST_CASE("several fabrics of one site: servers first, then switches, then places outside", "[topologies]") {
  NetworkGraph const graph = network_of(R"(halls:
  - {name: h1, racks: [{name: gpu, count: 2, servers: [{type: generic-100-350w, count: 4}]}, {name: net}]}
  - {name: h2, racks: [{name: cpu, count: 2, servers: [{type: generic-100-350w, count: 3}]}, {name: gpu, servers: [{type: generic-100-350w}]}]}
power: {scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}]}
network:
  - {name: front, fabric: leaf-spine, leaf: )" + type(8) + R"(, switch_racks: h1/net, wan: [{name: internet, rate: 100 Gbit/s}], spine: )" + type(32) + R"(}
  - {name: back, fabric: rail-optimised, ports: 2, leaf: )" + type(8) + R"(, racks: gpu, essential: false}
)");
  REQUIRE(graph.fabrics.size() == 2);
  CHECK(graph.fabrics[0].servers == 15);
  CHECK(graph.fabrics[1].servers == 9);
  CHECK(graph.fabrics[1].first_server == VertexId{15});
  CHECK(graph.fabrics[0].first_switch == VertexId{24});
  CHECK(graph.vertices.back().name == "internet");
  CHECK(graph.of_server(1, 7) == VertexId{22});
  CHECK_FALSE(graph.of_server(1, 8));
  CHECK(graph.of_server(1, 14) == VertexId{23});
  CHECK_FALSE(graph.fabrics[1].essential);
  CHECK(at(graph, "front/spine-1").rack == 2);
  CHECK(at(graph, "back/leaf-1").rack == 0);
  CHECK(at(graph, "back/leaf-5").rack == 5);
  CHECK(graph.switch_types.size() == 2);
  for (auto const& link : graph.links) CHECK(at(graph, link.a).fabric == at(graph, link.b).fabric);
  Routes routes(graph);
  std::vector<Channel> none;
  CHECK_FALSE(routes.find({0}, {15}, 0, none));
}

TEST_CASE("spines are spread over the racks of the fabric, or stand where they are told", "[topologies]") {
  NetworkGraph const graph = fabric_of(4, 4, "{fabric: leaf-spine, leaf: " + type(8) + ", spines: 4}");
  for (int i = 0; i < 4; ++i) CHECK(at(graph, "network/spine-" + std::to_string(i + 1)).rack == i);
  std::string const hall = "halls: [{name: h, racks: [{name: r, count: 4, servers: [{type: generic-100-350w, count: 4}]}, {name: net, count: 2}]}]\npower: {scheme: N, utility: [{name: u, voltage: 400 V}]}\nnetwork: ";
  NetworkGraph const told = network_of(hall + "{fabric: leaf-spine, leaf: " + type(8) + ", spines: 4, switch_racks: net}\n");
  for (int i = 0; i < 4; ++i) CHECK(at(told, "network/spine-" + std::to_string(i + 1)).rack == 4 + i % 2);
  for (int i = 0; i < 4; ++i) CHECK(at(told, "network/leaf-" + std::to_string(i + 1)).rack == i);
  NetworkGraph const routers = network_of(hall + "{fabric: torus, leaf: " + type(8) + ", dimensions: [2, 2], switch_racks: net}\n");
  for (int i = 0; i < 4; ++i) CHECK(at(routers, "network/router-" + std::to_string(i + 1)).rack == 4 + i % 2);
}
