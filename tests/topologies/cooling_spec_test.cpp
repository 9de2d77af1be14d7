// Cooling as a site writes it: its level, its curve, and that a scheme and the same site written out have one plant.
#include <catch2/catch.hpp>

#include "tests/topologies/support.h"

using namespace headroom;

namespace {

const char* const plain_server = "servers: [{type: generic-100-350w}]";
const char* const plant = "cooling:\n  plant:\n    air_handlers: {type: crah-100kw, count: 3, redundant: 1}\n    chillers: {type: york-ys-781kw, count: 2, redundant: 1, feeds: [switchboard-a]}\n    towers: {type: tower-1200kw}\n";

}  // namespace

TEST_CASE("the level of cooling follows from what is there", "[topologies]") {
  auto const level = [](const std::string& cooling) { return level_of(site_of(racks(plain_server) + two_n + cooling).cooling); };
  CHECK(level("") == CoolingLevel::none);
  CHECK(level("cooling: {proportional: 0.2}\n") == CoolingLevel::constant);
  CHECK(level("cooling: {fixed: 1 kW, curve: [{dry_bulb: 0 C, proportional: 0.1}]}\n") == CoolingLevel::curve);
  CHECK(level(plant) == CoolingLevel::plant);
}

TEST_CASE("a curve of cooling: straight lines between its points, held beyond", "[topologies]") {
  auto const curve = site_of(racks(plain_server) + two_n + "cooling: {curve: [{wet_bulb: 0 C, proportional: 0.1}, {wet_bulb: 20 C, proportional: 0.3}, {wet_bulb: 25 C, proportional: 0.25}]}\n").cooling.curve;
  CHECK(proportional_at(curve, 99, -10) == 0.1);
  CHECK(proportional_at(curve, 99, 0) == 0.1);
  CHECK(proportional_at(curve, 99, 10) == Approx(0.2));
  CHECK(proportional_at(curve, 99, 22.5) == Approx(0.275));
  CHECK(proportional_at(curve, 99, 40) == 0.25);
  CHECK(highest_proportional(curve) == 0.3);
}

TEST_CASE("a plant hangs on the switchboards, or where it says", "[topologies]") {
  PowerGraph const graph = graph_of(racks(plain_server) + two_n + plant);
  CHECK(feeds_of(graph, "h/air-handler:switchboard-a") == Names{"switchboard-a"});
  CHECK(at(graph, "h/air-handler:switchboard-a").count == 2);
  CHECK(at(graph, "h/air-handler:switchboard-b").count == 1);
  CHECK(feeds_of(graph, "chiller") == Names{"switchboard-a"});
  CHECK(at(graph, "chiller").kind == NodeKind::chiller);
  CHECK(at(graph, "cooling-tower:switchboard-a").count == 1);
  CHECK_FALSE(graph.find("cooling-tower:switchboard-b"));
  CHECK_FALSE(graph.find("cooling"));
  CHECK(graph.cooling_plant.elements.size() == 4);
}

TEST_CASE("a scheme with a plant and the same site written out are one graph", "[topologies]") {
  Site const site = site_of(racks(plain_server) + two_n + plant);
  check_same(build_power_graph(site), build_power_graph(written_out(site)));
  Site const again = read_site_text(echo_site(written_out(site)).dump(), "echo.yaml");
  check_same(build_power_graph(site), build_power_graph(again));
  CHECK(build_power_graph(again).cooling_plant.elements.size() == 4);
}
