#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "sim/power/check_ratings.h"
#include "sim/power/limits.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

// Ten dual-corded servers of 1 kW in a rack.
PowerGraph rack_rated(const std::string& rated) {
  return build_power_graph(read_site_text(
      fmt::format("kind: site\nversion: 1\nname: s\nhalls: [{{name: h, racks: [{{name: r, rated_power: {}, servers: [{{count: 10, type: {{cores: 1, memory: 1 GB, supplies: 2, power: {{linear: {{idle: 1 kW, "
                  "full: 1 kW}}}}}}}}]}}]}}]\npower: {{scheme: 2N, utility: [{{name: a, voltage: 400 V}}, {{name: b, voltage: 400 V}}]}}\n",
                  rated),
      "site.yaml"));
}

}  // namespace

TEST_CASE("a rack may draw its rated power on both feeds together, and not a watt more", "[power]") {
  CHECK_NOTHROW(check_ratings(rack_rated("10 kW"), {}));
  CHECK_THROWS_WITH(check_ratings(rack_rated("9.999 kW"), {}), Catch::Matchers::Contains("rack 'h/r-1' is rated 9.999 kW, its servers and other loads draw 10 kW"));
}

TEST_CASE("each feed of a rack may carry the rack's rated power alone", "[power]") {
  PowerGraph const graph = rack_rated("10 kW");
  PowerFlow flow(graph);
  flow.set_in_service(*graph.find("a"), false);
  flow.update();
  NodeId const strip = graph.racks[0].strips[1];
  auto const limits = limits_of(graph.nodes[static_cast<std::size_t>(strip)].rating, {flow.at(strip).output.p.si(), 0, 0});
  REQUIRE(limits.size() == 1);
  CHECK(limits[0].allowed == 10);
  CHECK(limits[0].used_share() == Approx(1));
}
