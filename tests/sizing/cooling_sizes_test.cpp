#include "tests/sizing/support.h"

using namespace headroom;

TEST_CASE("cooling without machines is told the heat that it is sized for, and its load model stays", "[sizing]") {
  Site const site = site_from(two_sides() + "cooling: {fixed: 10 kW, proportional: 0.2}\n");
  SizedSite const sized = size_site(site, {every_server_at(site, 5.0 * kilowatt)}, {0.2, 0.8});
  SizedElement const& cooling = element(sized, "cooling");
  CHECK(cooling.built == close_to(300));
  CHECK(cooling.needed == close_to(150 * 0.8 * 1.2));      // 144 kW
  CHECK(cooling.sized == close_to(160));
  CHECK(cooling.rule == SizingRule::fifteen_minutes);
  CHECK(sized.cooling_ratio == close_to(160.0 / 300));
  CHECK(sized.site.cooling.proportional == 0.2);
  CHECK(sized.site.cooling.fixed / kilowatt == close_to(10));
}

TEST_CASE("cooling for every server full is as large as it was built, whatever a lost side does to the losses of power supplies", "[sizing]") {
  Site const site = read_site(HEADROOM_SOURCE_DIR "/topologies/layouts/gpu-pod.yaml");
  SizedSite const sized = size_site(site, {full_load_case()}, {0, 1});
  SizedElement const& cooling = element(sized, "cooling");
  CHECK(cooling.needed == close_to(cooling.built));
  CHECK(cooling.sized == close_to(cooling.built));
  CHECK(sized.cooling_ratio == close_to(1));
}

TEST_CASE("what a hall's cooling may remove follows its heat", "[sizing]") {
  std::string text = two_sides();
  text.replace(text.find("name: h,"), 8, "name: h, cooling_capacity: 400 kW,");
  SizedSite const sized = at_nameplate(text);
  CHECK(element(sized, "h").needed == close_to(300));
  CHECK(element(sized, "h").sized == close_to(315));
  CHECK(*sized.site.halls[0].cooling_capacity / kilowatt == close_to(315));
}

TEST_CASE("the machines of a plant stay as many, and their rated heat follows the heat to remove", "[sizing]") {
  Site const site = read_site(HEADROOM_SOURCE_DIR "/topologies/layouts/cooled-hall.yaml");
  PowerGraph const graph = build_power_graph(site);
  LoadCase half = full_load_case();
  half.name = "half";
  for (auto const& server : graph.servers) half.delivered.push_back(0.5 * server_power(graph.server_types[static_cast<std::size_t>(server.type)].power, {1.0, 1.0}));
  SizedSite const sized = size_site(site, {half}, {0, 1});
  REQUIRE(site.cooling.plant);
  PlantSpec const &built = *site.cooling.plant, &now = *sized.site.cooling.plant;
  REQUIRE_FALSE(built.air_handlers.empty());
  double const before = built.air_handlers[0].type.value.capacity.si(), after = now.air_handlers[0].type.value.capacity.si();
  CHECK(now.air_handlers[0].count == built.air_handlers[0].count);
  CHECK(after < 0.75 * before);
  CHECK(after > 0.45 * before);
  CHECK(now.air_handlers[0].type.value.fan_power.si() / after == close_to(built.air_handlers[0].type.value.fan_power.si() / before));
  CHECK(now.air_handlers[0].type.value.name.find("resized to") != std::string::npos);
  build_power_graph(sized.site);      // it still is a site
}
