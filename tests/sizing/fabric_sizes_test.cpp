#include "analysis/sizing/fabric_sizes.h"
#include "analysis/sizing/sizing_text.h"
#include "tests/sizing/support.h"

using namespace headroom;

TEST_CASE("a leaf-spine fabric by the formula", "[sizing]") {
  auto const one = leaf_spine_count(2048, 64, 1);      // 32 down, 32 up: 64 leaves
  REQUIRE(one);
  CHECK(one->leaves == 64);
  CHECK(one->spines == 32);
  CHECK(one->switch_links == 2048);
  auto const three = leaf_spine_count(2048, 64, 3);      // 48 down, 16 up: 43 leaves, 688 links, 11 spines of 64 ports: 16 divides 16
  REQUIRE(three);
  CHECK(three->down == 48);
  CHECK(three->leaves == 43);
  CHECK(three->spines == 16);
  CHECK(three->switch_links == 688);
}

TEST_CASE("95 nodes of 8 ports take 24 leaves and 16 spines, as an H100 SuperPOD of three units", "[sizing]") {
  auto const count = leaf_spine_count(95 * 8, 64, 1);
  REQUIRE(count);
  CHECK(count->leaves == 24);
  CHECK(count->spines == 16);      // 12 would carry the links, and divide no 32 uplinks
}

TEST_CASE("two tiers hold half the square of the ports, and not one more", "[sizing]") {
  CHECK(leaf_spine_count(64 * 32, 64, 1));
  CHECK_FALSE(leaf_spine_count(64 * 32 + 1, 64, 1));
}

TEST_CASE("the oversubscription that would do lies between 1 and the most that is allowed", "[sizing]") {
  CHECK(sufficient_oversubscription(1000, 200, {0.25, 8}) == close_to(4));
  CHECK(sufficient_oversubscription(1000, 900, {0.25, 8}) == 1);
  CHECK(sufficient_oversubscription(1000, 10, {0.25, 8}) == 8);
  CHECK(sufficient_oversubscription(1000, 0, {0.25, 8}) == 8);
}

namespace {

NetworkMeasures traffic_of(double gbit_s) {
  GroupLoad between_racks;
  between_racks.fabric = "network";
  between_racks.what = "cross-rack";
  between_racks.p999_gbit_s = gbit_s;
  NetworkMeasures out;
  out.groups.push_back(between_racks);
  return out;
}

}  // namespace

TEST_CASE("a fabric is sized from the traffic between racks, and says where there is none", "[sizing]") {
  Site const site = site_from(two_sides() + "network: {fabric: leaf-spine, leaf: {name: l, ports: 16, port_rate: 10 Gbit/s, power: 100 W}}\n");
  PowerGraph const graph = build_power_graph(site);
  auto const found = fabric_sizes(site, graph, traffic_of(50));      // 300 Gbit/s offered, 50 with half as much again: 4
  REQUIRE(found.size() == 1);
  CHECK(found[0].why_not.empty());
  CHECK(found[0].server_ports == 30);
  CHECK(found[0].sized.oversubscription == close_to(4));
  CHECK(found[0].sized.down == 12);
  CHECK(found[0].sized.leaves == 3);
  CHECK(found[0].sized.switch_links == 12);
  CHECK(found[0].built.leaves == 4);
  CHECK(found[0].built.spines == 2);
  CHECK(found[0].built.switches() == found[0].switches_built);
  auto const none = fabric_sizes(site, graph, std::nullopt);
  REQUIRE(none.size() == 1);
  CHECK(none[0].why_not.find("nothing to size it from") != std::string::npos);
  CHECK(to_text(none).find("not sized") != std::string::npos);
  CHECK(fabric_sizes(site_from(two_sides()), build_power_graph(site_from(two_sides())), std::nullopt).empty());
}
