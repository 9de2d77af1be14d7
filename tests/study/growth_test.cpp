// What grows with a scale, as settings.
#include "analysis/study/growth.h"

#include <catch2/catch.hpp>

#include "sim/model/model.h"

using namespace headroom;

namespace {

Scenario scenario(const std::string& workload, const std::string& racks = "{name: r, count: 8, servers: [{type: generic-100-350w}]}") {
  return read_scenario_text("kind: scenario\nversion: 1\nname: s\nsite:\n  name: s\n  halls: [{name: h, racks: [" + racks + "]}]\n  power: {scheme: N, utility: [{name: u, voltage: 400 V}]}\n" + workload + "\n", "scenario.yaml");
}

using Settings = std::vector<std::string>;

}  // namespace

TEST_CASE("arrivals multiply what the scenario says, and the load where that decides", "[growth]") {
  Growth const growth(scenario("workload: [{trace: lublin-256, arrivals: 1.4}, {trace: nasa-ipsc}, {trace: lublin-256, scale_to: {offered_load: 0.7}}]"), Grow::arrivals);
  CHECK(growth.settings(1.189) == Settings{"workload[0].arrivals=1.6646", "workload[1].arrivals=1.189", "workload[2].scale_to.offered_load=0.8323"});
  CHECK(growth.settings(1) == Settings{"workload[0].arrivals=1.4", "workload[1].arrivals=1", "workload[2].scale_to.offered_load=0.7"});
  CHECK(growth.snap(1.41421356) == 1.414);
  CHECK(growth.snap(0.70710678) == 0.7071);
  CHECK(growth.text(1.414) == "1.414 times the arrivals");
}

TEST_CASE("racks come in whole numbers, and arrivals with them", "[growth]") {
  Growth const growth(scenario("workload: [{trace: lublin-256, arrivals: 0.5}, {trace: lublin-256, scale_to: {offered_load: 0.7}}]"), Grow::racks);
  CHECK(growth.snap(1.3) == 10.0 / 8);
  CHECK(growth.snap(0.01) == 1.0 / 8);
  CHECK(growth.settings(1.25) == Settings{"workload[0].arrivals=0.625", "site.halls[0].racks[0].count=10", "site.power.oversubscribed=true"});
  CHECK(growth.text(1.25) == "10 racks and 1.25 times the arrivals");
  CHECK(growth.label(1.25) == "10 racks");
}

TEST_CASE("racks are spread over groups in their proportions, and none loses one when the site gets one", "[growth]") {
  std::string const groups = "{name: a, count: 6, servers: [{type: generic-100-350w}]}, {name: b, count: 3, servers: [{type: generic-100-350w}]}, {name: c, servers: [{type: generic-100-350w}]}";
  Growth const growth(scenario("workload: [{trace: lublin-256}]", groups), Grow::racks);
  auto const counts = [&](double scale) {
    std::vector<int> out;
    for (auto const& setting : growth.settings(scale))
      if (setting.find(".count=") != std::string::npos) out.push_back(std::stoi(setting.substr(setting.find('=') + 1)));
    return out;
  };
  CHECK(counts(1) == std::vector<int>{6, 3, 1});
  CHECK(counts(2) == std::vector<int>{12, 6, 2});
  std::vector<int> before{1, 1, 1};
  for (int racks = 3; racks <= 60; ++racks) {
    auto const now = counts(racks / 10.0);
    CAPTURE(racks);
    CHECK(now[0] + now[1] + now[2] == racks);
    for (std::size_t g = 0; g < 3; ++g) CHECK(now[g] >= before[g]);
    before = now;
  }
}

TEST_CASE("a scenario without jobs has no arrivals to grow", "[growth]") {
  CHECK_THROWS_WITH(Growth(scenario("workload: []\nhorizon: 1 h"), Grow::arrivals), Catch::Matchers::Contains("no workload of this scenario has jobs"));
  CHECK(Growth(scenario("workload: []\nhorizon: 1 h"), Grow::racks).settings(2) == Settings{"site.halls[0].racks[0].count=16", "site.power.oversubscribed=true"});
  CHECK_THROWS_WITH(Growth(scenario("workload: [{trace: hourly-cpu-load}]\nhorizon: 1 d"), Grow::arrivals), Catch::Matchers::Contains("no arrivals can grow"));
}

TEST_CASE("what grows is not set twice, however it is written", "[growth]") {
  Scenario const given = scenario("workload: [{trace: lublin-256}, {trace: lublin-256, scale_to: {offered_load: 0.7}}]");
  Growth const arrivals(given, Grow::arrivals), racks(given, Grow::racks);
  for (const char* setting : {"workload[0].arrivals=2", "workload[1].scale_to.offered_load=0.5"}) CHECK(arrivals.sets(setting));
  for (const char* setting : {"site.halls[0].racks[r].count=4", "site.halls[h].racks[0].count=4", "site.halls[h].racks[r].count=4", "site.power.oversubscribed=false", "workload[0].arrivals=2"}) CHECK(racks.sets(setting));
  for (const char* setting : {"workload[1].scale_to.offered_load=0.5", "policy.backfill=none", "site.halls[h].racks[s].count=4"}) CHECK_FALSE(racks.sets(setting));
  CHECK_FALSE(arrivals.sets("site.halls[h].racks[r].count=4"));
}
