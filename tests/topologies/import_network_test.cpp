// What is imported as a network that carries: latencies, backplanes, ways that are written out.
#include <catch2/catch.hpp>

#include "tests/topologies/import_support.h"
#include "topologies/network/routes.h"

using namespace headroom;

namespace {

struct Built {
  explicit Built(const Site& read) : site(read), power(build_power_graph(site)), graph(power.network) {}
  VertexId server(const std::string& name) const {
    auto const found = std::find_if(power.servers.begin(), power.servers.end(), [&](const ServerPlace& place) { return place.name == name; });
    REQUIRE(found != power.servers.end());
    return *graph.of_server(0, static_cast<std::int32_t>(found - power.servers.begin()));
  }
  std::vector<Channel> way(Routes& routes, const std::string& from, const std::string& to) const {
    std::vector<Channel> out;
    REQUIRE(routes.find(server(from), server(to), 0, out));
    return out;
  }
  Site site;
  PowerGraph power;
  const NetworkGraph& graph;
};

// Servers 1 and 2 on a ring of four switches: a on 1, c on 2, b and d between them; and what `more` says.
Site ring(const std::string& more) {
  return site_of("halls: [{name: h, racks: [{name: r, servers: [{type: generic-100-350w, count: 2}]}]}]\npower: {scheme: N, utility: [{name: u, voltage: 400 V}]}\n"
                 "network:\n  fabric: written\n  switches: [{name: a}, {name: b}, {name: c}, {name: d}]\n  links:\n"
                 "  - {from: h/r-1/1, to: a, rate: 1 Gbit/s}\n  - {from: h/r-1/2, to: c, rate: 1 Gbit/s}\n  - {from: a, to: c, rate: 1 Gbit/s}\n"
                 "  - {from: a, to: b, rate: 1 Gbit/s}\n  - {from: b, to: c, rate: 1 Gbit/s}\n  - {from: c, to: d, rate: 1 Gbit/s}\n  - {from: d, to: a, rate: 1 Gbit/s}\n" + more);
}

std::string network_problem_of(const std::string& more) {
  try {
    Built const built(ring(more));
  } catch (const InputError& e) {
    return e.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a way in an imported cluster crosses the link up, the backplane and the link down", "[topologies]") {
  auto const cluster = [](const std::string& id) { return "<cluster id=\"" + id + "\" prefix=\"" + id + "\" suffix=\"\" radical=\"0-9\" speed=\"1Gf\" bw=\"1GBps\" lat=\"5us\" bb_bw=\"3GBps\" bb_lat=\"3us\"/>"; };
  std::string const link = "<link id=\"backbone\" bandwidth=\"5GBps\" latency=\"2us\"/>";
  std::string const route = "<zoneRoute src=\"A\" dst=\"M\" gw_src=\"AA_router\" gw_dst=\"MM_router\"><link_ctn id=\"backbone\"/></zoneRoute>";
  Built const built(read_imported(platform(cluster("A") + cluster("M") + link + route)));
  Routes routes(built.graph);
  auto const inside = built.way(routes, "h1/A-1/1", "h1/A-1/2"), across = built.way(routes, "h1/A-1/1", "h1/M-1/1");
  CHECK(inside.size() == 2);
  CHECK(routes.latency(inside) == Duration{13'000});
  CHECK(across.size() == 3);
  CHECK(routes.latency(across) == Duration{18'000});
  REQUIRE(built.graph.backplanes.size() == 2);
  CHECK(built.graph.backplanes[0].rate == 24.0 * gigabit_per_second);
  NetworkLink const& backbone = built.graph.links[static_cast<std::size_t>(link_of(across[1]))];
  CHECK(backbone.rate == 40.0 * gigabit_per_second);
  CHECK(backbone.shared);
}

TEST_CASE("a written route is taken while all of it lives, the way back is the shortest", "[topologies]") {
  Built const built(ring("  routes: [{from: h/r-1/1, to: h/r-1/2, via: [a, b, c]}]\n"));
  Routes routes(built.graph);
  CHECK(built.way(routes, "h/r-1/1", "h/r-1/2").size() == 4);
  CHECK(built.way(routes, "h/r-1/2", "h/r-1/1").size() == 3);
  VertexId const b = *built.graph.find("network/b");
  routes.set_alive(b, false);
  CHECK(built.way(routes, "h/r-1/1", "h/r-1/2").size() == 3);
  routes.set_alive(b, true);
  LinkId const first = link_of(built.way(routes, "h/r-1/1", "h/r-1/2")[1]);
  routes.set_alive(first, false);
  CHECK(built.way(routes, "h/r-1/1", "h/r-1/2").size() == 3);
  routes.set_alive(first, true);
  CHECK(built.way(routes, "h/r-1/1", "h/r-1/2").size() == 4);
}

TEST_CASE("each mistake of a written route is named", "[topologies]") {
  CHECK(network_problem_of("") == "accepted");
  auto const routes = [](const std::string& what) { return network_problem_of("  routes:\n  - " + what + "\n"); };
  CHECK(routes("{from: h/r-1/1, to: h/r-1/2, via: [a, b, c]}") == "accepted");
  CHECK(routes("{from: h/r-1/1, to: h/r-1/2, via: [a, x, c]}") == "site.yaml:18:5: error: network[network]: routes: there is no switch 'x' on this fabric");
  CHECK(routes("{from: h/r-1/1, to: h/r-1/3, via: [a, c]}") == "site.yaml:18:5: error: network[network]: routes: there is no server 'h/r-1/3' on this fabric; such as 'h1/gpu-3/2' would do");
  CHECK(routes("{from: h/r-1/1, to: h/r-1/2, via: [a, b, d, c]}") == "site.yaml:18:5: error: network[network]: routes: there is no link from b to d");
  CHECK(routes("{from: h/r-1/1, to: h/r-1/2, via: [b, c]}") == "site.yaml:18:5: error: network[network]: routes: there is no link from h/r-1/1 to b");
  CHECK(routes("{from: h/r-1/1, to: h/r-1/2, via: [a, c]}\n  - {from: h/r-1/1, to: h/r-1/2, via: [a, d, c]}") == "site.yaml:19:5: error: network[network]: routes: the way from h/r-1/1 to h/r-1/2 is there twice");
}

TEST_CASE("links of other rates may stand side by side, equal ones are written with a count", "[topologies]") {
  std::string const text = "network:\n  fabric: written\n  switches: [{name: a}, {name: b}]\n  links:\n  - {from: servers, to: a, rate: 1 Gbit/s}\n  - {from: a, to: b, rate: 1 Gbit/s}\n  - {from: a, to: b, rate: ";
  std::string const front = "halls: [{name: h, racks: [{name: r, servers: [{type: generic-100-350w, count: 2}]}]}]\npower: {scheme: N, utility: [{name: u, voltage: 400 V}]}\n";
  CHECK(Built(site_of(front + text + "2 Gbit/s}\n")).graph.links.size() == 4);
  CHECK_THROWS_WITH(Built(site_of(front + text + "1 Gbit/s}\n")), Catch::Contains("a to b is written twice; for links side by side, write count"));
}
