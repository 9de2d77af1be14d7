// Where new racks go on whole sites, by hand: paths without losses unless they say otherwise.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "analysis/placement/limit_uses.h"
#include "analysis/placement/placement.h"
#include "analysis/placement/placement_text.h"
#include "analysis/placement/read_plan.h"
#include "analysis/placement/site_growth.h"
#include "base/shipped.h"
#include "base/yaml_text.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

const std::string server_10_kw = "{cores: 4, memory: 16 GB, supplies: 2, power: {linear: {idle: 1 kW, full: 10 kW}}}";

// `racks` racks of one server of 10 kW at full load, two power supplies.
Site site(int racks, const std::string& power, const std::string& hall = "", const std::string& rest = "") {
  return read_site_text(fmt::format("kind: site\nversion: 1\nname: s\nhalls: [{{name: h, {}racks: [{{name: r, count: {}, servers: [{{type: {}}}]}}]}}]\npower: {{{}}}\n{}", hall, racks, server_10_kw, power, rest), "site.yaml");
}

Plan plan(const std::string& racks) { return read_plan_text("kind: plan\nversion: 1\nname: p\nracks: [" + racks + "]\n", "plan.yaml"); }

const std::string two_utilities = "scheme: 2N, utility: [{name: one, voltage: 400 V, limit: 600 kW}, {name: two, voltage: 400 V, limit: 400 kW}]";

PlacementAnswer more_racks(const Site& on, int count) { return place_racks({on, {}}, plan(fmt::format("{{name: r, count: {}}}", count))); }

}  // namespace

TEST_CASE("two feeds of 600 kW and 400 kW take ten more racks of 10 kW beside thirty, and not eleven: one feed must carry them all", "[placement]") {
  PlacementAnswer const fit = more_racks(site(30, two_utilities), 10);
  CHECK(fit.all_placed());
  CHECK(placed(fit.packing) == 10);
  REQUIRE(fit.after.fullest);
  CHECK(fit.after.fullest->name == "two");
  CHECK(fit.after.fullest->state == "one");
  CHECK(fit.after.fullest->carried == Approx(400));
  CHECK(fit.after.passed.empty());
  CHECK(fit.after.racks == 40);
  CHECK(fit.after.it_kw == Approx(400));

  PlacementAnswer const too_many = more_racks(site(30, two_utilities), 11);
  CHECK(placed(too_many.packing) == 10);
  REQUIRE(too_many.left_over.size() == 1);
  CHECK(too_many.left_over[0].racks == 1);
  CHECK_FALSE(too_many.left_over[0].nowhere);
  REQUIRE(too_many.left_over[0].refusals.size() == 1);
  CHECK(limit_name(too_many.left_over[0].refusals[0].limit) == "two kW when one is lost");
  CHECK(too_many.left_over[0].refusals[0].over() == Approx(10));
  REQUIRE(too_many.clash.limits.size() == 1);
  CHECK(too_many.clash.smallest);
  CHECK(limit_name(too_many.problem.limits[static_cast<std::size_t>(too_many.clash.limits[0])]) == "two kW when one is lost");
}

TEST_CASE("racks even out the feeds that they find", "[placement]") {
  std::string const text = R"(kind: site
version: 1
name: s
halls:
  - name: h
    racks:
      - {name: a, count: 4, servers: [{type: SERVER}], feeds: [pdu-1]}
      - {name: b, count: 1, servers: [{type: SERVER}], feeds: [pdu-2]}
power:
  nodes:
    - {name: grid, utility: {voltage: 400 V}}
    - {name: pdu-1, pdu: {rated_apparent_power: 100 kVA}}
    - {name: pdu-2, pdu: {rated_apparent_power: 100 kVA}}
  circuits: [{from: grid, to: pdu-1, voltage: 400 V}, {from: grid, to: pdu-2, voltage: 400 V}]
)";
  std::string with_servers = text;
  for (std::size_t at = 0; (at = with_servers.find("SERVER")) != std::string::npos;) with_servers.replace(at, 6, server_10_kw);
  PlacementAnswer const answer = place_racks({read_site_text(with_servers, "site.yaml"), {}}, plan("{name: b, count: 5}"));
  CHECK(answer.packing == Packing{1, 4});      // five on each then
  CHECK(answer.all_placed());
  Site const written = answer.site;
  REQUIRE(written.halls[0].racks.size() == 4);
  CHECK(written.halls[0].racks[2].name == "b");
  CHECK(written.halls[0].racks[2].first == 2);
  CHECK(written.halls[0].racks[3].first == 3);
}

TEST_CASE("a rack whose own circuit cannot carry it alone fits nowhere, and the answer says which circuit", "[placement]") {
  std::string const circuit = two_utilities + ", rack_circuit: {voltage: 400 V, current: 32 A}";      // 22.2 kVA
  PlacementAnswer const answer = place_racks({site(10, circuit), {}}, plan(fmt::format("{{name: big, count: 2, servers: [{{type: {}, count: 3}}]}}, {{name: r, count: 1}}", server_10_kw)));
  CHECK(placed(answer.packing) == 1);
  REQUIRE(answer.left_over.size() == 1);
  CHECK(answer.left_over[0].nowhere);
  REQUIRE(answer.left_over[0].refusals.size() == 1);
  Refusal const& refusal = answer.left_over[0].refusals[0];
  CHECK(limit_name(refusal.limit) == "its circuit from two A when one is lost");
  CHECK(refusal.needed == Approx(30e3 / (std::sqrt(3.0) * 400)));
  CHECK(answer.clash.limits.empty());
  // two servers of 10 kW fit
  CHECK(place_racks({site(10, circuit), {}}, plan(fmt::format("{{name: big, count: 2, servers: [{{type: {}, count: 2}}]}}", server_10_kw))).all_placed());
}

TEST_CASE("positions, weight and heat of a hall bind as its power does", "[placement]") {
  CHECK(placed(more_racks(site(10, two_utilities, "positions: 13, "), 5).packing) == 3);
  PlacementAnswer const heat = more_racks(site(10, two_utilities, "cooling_capacity: 125 kW, "), 5);
  CHECK(placed(heat.packing) == 2);
  REQUIRE(heat.left_over.size() == 1);
  CHECK(heat.left_over[0].refusals[0].limit.name == "h: cooling");
  CHECK(heat.left_over[0].refusals[0].over() == Approx(5));
  CHECK(placed(more_racks(site(10, two_utilities, "cooling_capacity: 150 kW, "), 5).packing) == 5);
}

TEST_CASE("what may be drawn from all utilities together is a limit, too", "[placement]") {
  PlacementAnswer const answer = place_racks({site(10, two_utilities), 125.0 * kilowatt}, plan("{name: r, count: 5}"));
  CHECK(placed(answer.packing) == 2);
  REQUIRE(answer.left_over.size() == 1);
  CHECK(answer.left_over[0].refusals[0].limit.name == "the connection");
}

TEST_CASE("a star has the ports that its switch has, a leaf-spine grows", "[placement]") {
  auto const with_fabric = [](const std::string& fabric) { return site(10, two_utilities, "", "network: " + fabric + "\n"); };
  std::string const leaf = "leaf: {ports: 12, port_rate: 10 Gbit/s, power: 0 W}";
  PlacementAnswer const star = more_racks(with_fabric("{fabric: star, " + leaf + "}"), 5);
  CHECK(placed(star.packing) == 2);
  REQUIRE(star.left_over.size() == 1);
  CHECK(star.left_over[0].refusals[0].limit.unit == "servers");
  CHECK_FALSE(star.network_grows);
  PlacementAnswer const grows = more_racks(with_fabric("{fabric: leaf-spine, " + leaf + "}"), 5);
  CHECK(grows.all_placed());
  CHECK(grows.network_grows);
}

TEST_CASE("racks of the plan that stand in the graph switched off change nothing of today's load", "[placement]") {
  Site const hub = read_site(find_mentioned("site", "hub-2n", {}));
  PackingProblem const problem = packing_problem(planned_places({hub, {}}, plan("{name: compute, count: 4}, {name: gpu, count: 1, servers: [{type: dgx-a100}]}")));
  Proof const today = prove(hub, {});
  REQUIRE(today.fullest);
  double highest = 0;
  for (auto const& limit : problem.limits) highest = std::max(highest, limit.carried / limit.allowed);
  CHECK(highest == Approx(today.fullest->carried / today.fullest->allowed).epsilon(1e-9));
}

TEST_CASE("with every loss of a real path, what is placed is proven, and one more would pass a limit", "[placement]") {
  Site const hub = read_site(find_mentioned("site", "hub-2n", {}));
  Plan const asked = plan("{name: compute, count: 40}");
  PlacementAnswer const answer = place_racks({hub, {}}, asked);
  CHECK(placed(answer.packing) == 26);         // 688.5 of 484.6 kW with any one element lost, by `headroom capacity`: 26.5 racks
  CHECK(answer.after.passed.empty());
  PlannedPlaces const places = planned_places({hub, {}}, asked);
  for (std::size_t i = 0; i < places.options.size(); ++i) {
    Packing one_more = answer.packing;
    ++one_more[i];
    CHECK_FALSE(prove(with_racks(places, one_more, {0, 1, 2, 3}), {}).passed.empty());
  }
  // the site is one that can be read
  Site const again = read_site_text(yaml_text(echo_site(answer.site)), "again.yaml");
  CHECK(prove(again, {}).it_kw == Approx(answer.after.it_kw));
  if (answer.best) CHECK(answer.best->bound == 26);
}

TEST_CASE("growth takes the limits of the site, and the steps of its connection", "[placement]") {
  std::string const text = "kind: plan\nversion: 1\nname: p\ngrowth:\n  demand: [{date: 2026, demand: 300 kW}, {date: 2028, demand: 500 kW}]\n";
  GrowthAnswer const answer = grow({site(30, two_utilities), {}}, read_plan_text(text, "plan.yaml"));
  REQUIRE(!answer.dates.empty());
  GrowthLimit const& first = answer.problem.limits[static_cast<std::size_t>(answer.dates[0].limit)];
  CHECK(first.name == "two");
  CHECK(first.scale == Approx(400.0 / 300));
  REQUIRE(answer.dates[0].mid);
  CHECK(PlanDate{answer.dates[0].mid->from}.whole() == "2027-01-02");
  GrowthAnswer const stepped = grow({site(30, two_utilities), {}}, read_plan_text(text + "  connection: [{date: 2026-06, limit: 450 kW, feed: two}, {date: 2027, limit: 1 MW, feed: two}, {date: 2026-03, limit: 350 kW}]\n", "plan.yaml"));
  REQUIRE(stepped.dates.size() == 3);
  CHECK(stepped.problem.limits[static_cast<std::size_t>(stepped.dates[0].limit)].name == "the connection");
  CHECK(PlanDate{stepped.dates[0].mid->from}.whole() == "2026-07-03");      // 350 kW: 182.5 days of 730
  CHECK(stepped.problem.limits[static_cast<std::size_t>(stepped.dates[1].limit)].name == "one");      // 600 kW: never
  CHECK_FALSE(stepped.dates[1].mid);
}

TEST_CASE("a refresh of some racks raises a demand in racks by their share", "[placement]") {
  std::string const text = "kind: plan\nversion: 1\nname: p\ngrowth: {demand: [{date: 2026, demand: 30 racks}, {date: 2028, demand: 30 racks}], refresh: [{date: 2027, racks: r, " ;
  auto const factor = [&](const std::string& rest) { return grow({site(30, two_utilities), {}}, read_plan_text(text + rest + "}]}\n", "plan.yaml")).problem.refresh.at(0).factor; };
  CHECK(factor("power: 1.4") == Approx(1.4));
  CHECK(factor("servers: {cores: 4, memory: 16 GB, supplies: 2, power: {linear: {idle: 1 kW, full: 15 kW}}}") == Approx(1.5));
}
