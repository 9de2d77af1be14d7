#include "topologies/network/cabling.h"

#include "tests/topologies/network_support.h"

using namespace headroom;

namespace {

// Two halls of 6 racks in 2 rows; one server a rack on one star, whose switch stands in the first rack.
NetworkGraph star(const std::string& cabling) {
  return network_of(R"(halls:
  - {name: h1, rows: 2, racks: [{name: r, count: 6, servers: [{type: generic-100-350w}]}]}
  - {name: h2, rows: 2, racks: [{name: r, count: 6, servers: [{type: generic-100-350w}]}]}
power: {scheme: N, utility: [{name: u, voltage: 400 V}]}
network: {fabric: star, leaf: )" + type(16) + ", cabling: {" + cabling + "}}\n");
}

const char* const cables = "cables: [{name: dac, rate: 400 Gbit/s, reach: 5.5 m, medium: copper}, {name: aoc, rate: 400 Gbit/s, reach: 9 m, medium: active-optical, power: 5 W}, "
                           "{name: dac-3, rate: 400 Gbit/s, reach: 3 m, medium: copper}, {name: slow, rate: 100 Gbit/s, reach: 100 m, medium: copper}]";
const char* const optics = ", optics: [{name: sr, rate: 400 Gbit/s, reach: 10 m, fibre: multimode, power: 8 W}, {name: dr, rate: 400 Gbit/s, reach: 500 m, fibre: single-mode, power: 9 W}]";

}  // namespace

TEST_CASE("cables run along the rows, up and down the risers, and have slack", "[topologies]") {
  NetworkGraph const graph = star("slack: 0.5");
  auto const length = [&](int server) { return graph.links[static_cast<std::size_t>(server)].length / metre; };
  CHECK(length(0) == 2.0);
  CHECK(length(1) == Approx(1.5 * (4 + 0.6)));
  CHECK(length(2) == Approx(1.5 * (4 + 1.2)));
  CHECK(length(3) == Approx(1.5 * (4 + 3)));              // the next row
  CHECK(length(5) == Approx(1.5 * (4 + 3 + 1.2)));
  CHECK(length(6) == Approx(1.5 * (4 + 50)));             // the other hall
  CHECK(length(11) == Approx(1.5 * (4 + 50 + 3 + 1.2)));
}

TEST_CASE("copper as far as it reaches, then active optical, multimode and single-mode", "[topologies]") {
  NetworkGraph const graph = star(std::string(cables) + optics);
  auto const& links = graph.links;
  CHECK(links[0].medium == Medium::copper);
  CHECK(graph.cables[static_cast<std::size_t>(links[0].cable)].name == "dac-3");      // the shortest that reaches
  CHECK(links[1].medium == Medium::copper);                                           // 5.06 m
  CHECK(graph.cables[static_cast<std::size_t>(links[1].cable)].name == "dac");
  CHECK(links[3].medium == Medium::active_optical);                                   // 7.7 m
  CHECK(links[3].cable >= 0);
  CHECK(links[3].optic == -1);
  CHECK(links[5].medium == Medium::multimode);                                        // 9.02 m
  CHECK(links[5].cable == -1);
  CHECK(graph.optics[static_cast<std::size_t>(links[5].optic)].name == "sr");
  CHECK(links[6].medium == Medium::single_mode);
  CHECK(graph.cables.size() == 3);
  CHECK(graph.optics.size() == 2);
}

TEST_CASE("a link that none of the named cables and optics reaches is a mistake", "[topologies]") {
  try {
    star(std::string(cables) + ", optics: [{name: sr, rate: 400 Gbit/s, reach: 10 m, fibre: multimode, power: 8 W}]");
    FAIL("accepted");
  } catch (const InputError& e) {
    CHECK_THAT(e.what(), Catch::Contains("network[network].cabling: a link of 400 Gbit/s is 59.4 m long, and no cable or optic of that rate reaches so far; name one that does"));
  }
}
