// What fits, by hand: sites whose power path has no losses unless they say otherwise.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/capacity_text.h"
#include "sim/power/check_ratings.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

Approx close_to(double value) { return Approx(value).epsilon(1e-9); }

// `racks` racks of one server of 10 kW at full load, two power supplies.
CapacityAnswer answer(int racks, const std::string& power, const std::string& rest = "") {
  std::string const text = fmt::format(
      "kind: site\nversion: 1\nname: s\nhalls: [{{name: h, racks: [{{name: r, count: {}, servers: [{{type: {{cores: 4, memory: 16 GB, supplies: 2, power: {{linear: {{idle: 1 kW, full: 10 kW}}}}}}}}]}}]}}]\n"
      "power: {{{}}}\n{}",
      racks, power, rest);
  return capacity(build_power_graph(read_site_text(text, "site.yaml")));
}

const CapacityState& without(const CapacityAnswer& answer, std::string_view node) {
  for (auto const& state : answer.lost)
    if (state.lost == node) return state;
  throw std::runtime_error("no such element");
}

const std::string two_utilities = "scheme: 2N, utility: [{name: one, voltage: 400 V, limit: 600 kW}, {name: two, voltage: 400 V, limit: 400 kW}]";

}  // namespace

TEST_CASE("two feeds of 600 kW and 400 kW carry 800 kW of dual-corded racks, and what is left of them with one lost", "[capacity]") {
  CapacityAnswer const found = answer(30, two_utilities);
  CHECK(found.it_nameplate_kw == close_to(300));
  CHECK(found.normal.it_kw == close_to(800));      // even shares: twice the smaller feed
  CHECK(found.normal.scale == close_to(800.0 / 300));
  CHECK(found.normal.first.binding == "two");
  CHECK(found.normal.first.unit == "kW");
  CHECK(found.racks_that_fit(found.ladder) == 50);
  CHECK(without(found, "one").it_kw == close_to(400));
  CHECK(without(found, "two").it_kw == close_to(600));
  CHECK(without(found, "one").racks_short == 30);
  CHECK(without(found, "one").racks_dark == 0);
  REQUIRE(found.with_one_lost());
  CHECK(found.with_one_lost()->it_kw == close_to(400));      // not 800
  CHECK(found.with_one_lost()->lost == "one");
}

TEST_CASE("single-corded racks have what their own feed has", "[capacity]") {
  std::string const text = R"(kind: site
version: 1
name: s
halls:
  - name: h
    racks:
      - {name: x, count: 10, servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 1 kW, full: 10 kW}}}}], feeds: [a]}
      - {name: y, count: 10, servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 1 kW, full: 10 kW}}}}], feeds: [b]}
power: {scheme: 2N, utility: [{name: one, voltage: 400 V, limit: 600 kW}, {name: two, voltage: 400 V, limit: 400 kW}]}
)";
  CapacityAnswer const found = capacity(build_power_graph(read_site_text(text, "site.yaml")));
  CHECK(found.normal.it_kw == close_to(800));      // more of the same mix: both groups grow together
  CHECK(found.normal.first.binding == "two");
  CHECK(without(found, "one").racks_dark == 10);
  CHECK(without(found, "one").it_kw == close_to(400));
  CHECK_FALSE(found.with_one_lost());               // whichever is lost, some racks go dark
}

TEST_CASE("a path of one side carries its limit, and nothing when part of it is lost", "[capacity]") {
  CapacityAnswer const found = answer(10, "scheme: N, utility: [{name: utility, voltage: 400 V, limit: 250 kW}], switchboard: {current: 200 A}");
  double const board_kw = 200 * std::sqrt(3.0) * 400 / 1000;      // 138.6 kW
  CHECK(found.normal.it_kw == close_to(board_kw));
  CHECK(found.normal.first.binding == "switchboard-a");
  CHECK(found.normal.first.unit == "A");
  CHECK(found.normal.first.allowed == close_to(200));
  CHECK(found.racks_that_fit(found.ladder) == 3);
  CHECK(found.lost.size() == 2);
  CHECK(without(found, "utility").racks_dark == 10);
  CHECK_FALSE(found.with_one_lost());
}

TEST_CASE("a site that is full takes no more racks", "[capacity]") {
  CapacityAnswer const full = answer(10, "scheme: N, utility: [{name: utility, voltage: 400 V, limit: 100 kW}]");
  CHECK(full.normal.scale == close_to(1));
  CHECK(full.racks_that_fit(full.ladder) == 0);
  CapacityAnswer const over = answer(10, "scheme: N, utility: [{name: utility, voltage: 400 V, limit: 70 kW}], oversubscribed: true");
  CHECK(over.normal.scale == close_to(0.7));
  CHECK(over.racks_that_fit(over.ladder) == 0);      // never a negative number of racks
}

TEST_CASE("cooling and losses are part of what a feed carries", "[capacity]") {
  // 10 kW and a quarter of IT on 135 kW: IT of 100 kW
  CapacityAnswer const found = answer(5, "scheme: N, utility: [{name: utility, voltage: 400 V, limit: 135 kW}]", "cooling: {fixed: 10 kW, proportional: 0.25}\n");
  CHECK(found.normal.it_kw == close_to(100));
  CHECK(found.facility_nameplate_kw == close_to(50 * 1.25 + 10));
  CapacityAnswer const nothing_left = answer(5, "scheme: N, utility: [{name: utility, voltage: 400 V, limit: 5 kW}], oversubscribed: true", "cooling: {fixed: 10 kW}\n");
  CHECK(nothing_left.normal.it_kw == Approx(0).margin(1e-6));
}

TEST_CASE("a site without limits says so", "[capacity]") {
  CapacityAnswer const found = answer(5, "scheme: N, utility: [{name: utility, voltage: 400 V}]");
  CHECK_FALSE(found.normal.bounded);
  CHECK_FALSE(found.racks_that_fit(found.ladder));
  auto const json = to_json(found);
  CHECK_FALSE(json.contains("racks_that_fit"));
  CHECK_FALSE(json["normal"].contains("scale"));
  CHECK(to_text(found).find("nothing on the path states a limit") != std::string::npos);
}

TEST_CASE("what fits is on the limit, and a thousandth more is past it", "[capacity]") {
  std::string const text = R"(kind: site
version: 1
name: s
halls: [{name: h, racks: [{name: r, count: 8, servers: [{type: dell-poweredge-r740, count: 10, supplies: 2}]}]}]
power:
  scheme: 2N
  utility: [{name: one, voltage: 480 V, limit: 150 kW}, {name: two, voltage: 480 V, limit: 150 kW}]
  transformer: {type: transformer-us-dry-300kva}
  ups: {type: ups-modern-100kw}
  pdu: {type: pdu-floor-75kva, racks: 8}
cooling: {fixed: 4 kW, proportional: 0.22, power_factor: 0.9}
)";
  PowerGraph const graph = build_power_graph(read_site_text(text, "site.yaml"));
  CapacityAnswer const found = capacity(graph);
  PowerFlow flow(graph);
  load_fully(flow);
  auto const used_most = [&](double scale) {
    flow.set_rack_scale(scale);
    flow.update();
    double most = 0;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      auto const kind = graph.nodes[i].kind;
      if (kind == NodeKind::rack || kind == NodeKind::server || kind == NodeKind::auxiliary) continue;
      NodeFlow const& at = flow.at({static_cast<std::int32_t>(i)});
      if (auto const limit = binding_limit(limits_of(graph.nodes[i].rating, {at.output.p.si(), at.output.s().si(), at.input.s().si() / std::max(1, at.live_parents)}))) most = std::max(most, limit->used_share());
    }
    return most;
  };
  CHECK(used_most(found.normal.scale) <= 1);
  CHECK(used_most(found.normal.scale) == close_to(1));
  CHECK(used_most(found.normal.scale * 1.001) > 1);
  REQUIRE(found.with_one_lost());
  CHECK(found.with_one_lost()->scale < found.normal.scale);
}

TEST_CASE("the tightest loss stands first", "[capacity]") {
  CapacityAnswer const found = answer(30, two_utilities);
  for (std::size_t i = 1; i < found.lost.size(); ++i) {
    auto const &a = found.lost[i - 1], &b = found.lost[i];
    CHECK((a.racks_dark > b.racks_dark || (a.racks_dark == b.racks_dark && a.scale <= b.scale)));
  }
}

TEST_CASE("a loss that darkens single-corded servers is not counted as survived", "[capacity]") {
  std::string const text =
      "kind: site\nversion: 1\nname: s\nhalls: [{name: h, racks: [{name: r, count: 10, servers: [{count: 10, type: {cores: 4, memory: 16 GB, supplies: 1, power: {linear: {idle: 1 kW, full: 1 kW}}}}]}]}]\n"
      "power: {" + two_utilities + "}\n";
  CapacityAnswer const found = capacity(build_power_graph(read_site_text(text, "site.yaml")));
  CHECK(without(found, "one").racks_dark == 0);
  CHECK(without(found, "one").servers_dark == 50);       // neighbours take turns between the feeds
  CHECK_FALSE(found.with_one_lost());
  CHECK_THAT(to_text(found), Catch::Matchers::Contains("50 servers dark"));
}
