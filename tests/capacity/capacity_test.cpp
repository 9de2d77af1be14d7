// What fits, by hand: sites whose power path has no losses unless they say otherwise.
#include <nlohmann/json.hpp>

#include "analysis/capacity/capacity_text.h"
#include "sim/power/check_ratings.h"
#include "sim/power/limits.h"
#include "tests/capacity/support.h"

using namespace headroom;

namespace {

CapacityAnswer answer(int racks, const std::string& power, const std::string& rest = "") { return capacity(graph_of(hall_of(racks_of_10_kw(racks)) + fmt::format("power: {{{}}}\n{}", power, rest))); }

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
  CapacityAnswer const found = capacity(graph_of(text));
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
  PowerGraph const graph = graph_of(text);
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
  CapacityAnswer const found = capacity(graph_of(text));
  CHECK(without(found, "one").racks_dark == 0);
  CHECK(without(found, "one").servers_dark == 50);       // neighbours take turns between the feeds
  CHECK_FALSE(found.with_one_lost());
  CHECK_THAT(to_text(found), Catch::Matchers::Contains("50 servers dark"));
}

TEST_CASE("load that could go any way through the path is bounded by what the feeds have together", "[capacity]") {
  CapacityAnswer const found = answer(30, two_utilities);
  REQUIRE(found.bound);
  CHECK(found.bound->kw == close_to(1000));      // physics: 800
  CHECK(found.bound->cut == std::vector<std::string>{"one", "two"});
  CHECK_FALSE(answer(5, "scheme: N, utility: [{name: utility, voltage: 400 V}]").bound);
}

TEST_CASE("the ladder says what binds next", "[capacity]") {
  CapacityAnswer const found = answer(10, "scheme: N, utility: [{name: utility, voltage: 400 V, limit: 250 kW}], switchboard: {current: 200 A}");
  REQUIRE(found.ladder.size() == 2);
  CHECK(found.ladder[0].binding == "switchboard-a");
  CHECK(found.ladder[1].binding == "utility");
  CHECK(found.ladder[1].scale == close_to(2.5));
  CHECK(found.racks_that_fit({found.ladder[1]}) == 15);
}

TEST_CASE("with one lost the ladder says which loss makes each limit tight", "[capacity]") {
  CapacityAnswer const found = answer(30, two_utilities);
  REQUIRE(found.ladder_one_lost.size() == 2);
  CHECK(found.ladder_one_lost[0].binding == "two");
  CHECK(found.ladder_one_lost[0].lost == "one");
  CHECK(found.ladder_one_lost[0].scale == close_to(400.0 / 300));
  CHECK(found.ladder_one_lost[1].binding == "one");
  CHECK(found.ladder_one_lost[1].lost == "two");
}

TEST_CASE("what is held for a loss and what is stranded adds up to what is allowed", "[capacity]") {
  CapacityAnswer const found = answer(30, two_utilities);
  REQUIRE(found.stranded.size() == 2);
  for (auto const& node : found.stranded) CHECK(node.normal_kw + node.held_kw + node.stranded_kw == close_to(node.allowed_kw));
  auto const& one = *std::ranges::find(found.stranded, "one", &Stranded::place);
  auto const& two = *std::ranges::find(found.stranded, "two", &Stranded::place);
  CHECK(one.normal_kw == close_to(200));      // 400 kW over two feeds
  CHECK(one.held_kw == close_to(200));
  CHECK(one.held_for == "two");
  CHECK(one.stranded_kw == close_to(200));
  CHECK(two.stranded_kw == Approx(0).margin(1e-9));
}

TEST_CASE("a circuit carries all of its breaker by IEC, 80 % by NEC, and what a breaker of its own says by either", "[capacity]") {
  std::string const path = "nodes: [{name: u, utility: {voltage: 400 V}}, {name: b, switchboard: {}}], circuits: [{from: u, to: b, current: 100 A";
  double const whole_kw = std::sqrt(3.0) * 400 * 100 / 1000;
  auto const largest = [&](const std::string& rest) { return capacity(graph_of(hall_of(racks_of_10_kw(2, "r", ", feeds: [b]")) + "power: {" + path + rest + "}\n")); };
  CHECK(largest("}]").normal.it_kw == close_to(whole_kw));
  CHECK(largest("}], code: NEC").normal.it_kw == close_to(0.8 * whole_kw));
  CHECK(largest(", breaker: {thermal: {time_constant: 600 s, trip_ratio: 1.13}, continuous_load: 1}}], code: NEC").normal.it_kw == close_to(whole_kw));
  CHECK(largest(", breaker: {thermal: {time_constant: 600 s, trip_ratio: 1.13}, continuous_load: 0.9}}]").normal.it_kw == close_to(0.9 * whole_kw));
  CapacityAnswer const nec = largest("}], code: NEC");
  CHECK(nec.normal.first.allowed == close_to(80));
  CHECK(nec.normal.first.rated == close_to(100));
  CHECK_THAT(to_text(nec), Catch::Matchers::Contains("NEC") && Catch::Matchers::Contains("80 circuit A of its 100"));
}

TEST_CASE("warm air takes off a rating what the device says, above its temperature and not below", "[capacity]") {
  auto const largest = [](const std::string& ambient) {
    return capacity(graph_of(hall_of(racks_of_10_kw(2, "r", ", feeds: [t]")) +
                             "power: {nodes: [{name: u, utility: {voltage: 10 kV}}, {name: t, transformer: {rated_apparent_power: 100 kVA, no_load_loss: 0 W, load_loss: 0 W, derating: {above: 30 C, per_kelvin: 0.01}}}], circuits: [{from: u, to: t}]" +
                             ambient + "}\n"));
  };
  CHECK(largest("").normal.it_kw == close_to(100));
  CHECK(largest(", ambient: 30 C").normal.it_kw == close_to(100));
  CHECK(largest(", ambient: 40 C").normal.it_kw == close_to(90));
  CHECK(largest(", ambient: 40 C").normal.first.rated == close_to(100));
}

TEST_CASE("power factor: a limit in kVA lets less kW through", "[capacity]") {
  std::string const site = "kind: site\nversion: 1\nname: s\nhalls: [{name: h, racks: [{name: r, count: 2, feeds: [p], servers: [{type: {cores: 4, memory: 16 GB, power_factor: 0.8, power: {linear: {idle: 1 kW, full: 10 kW}}}}]}]}]\n"
                           "power: {nodes: [{name: u, utility: {voltage: 400 V}}, {name: p, pdu: {rated_apparent_power: 100 kVA}}], circuits: [{from: u, to: p}]}\n";
  CHECK(capacity(graph_of(site)).normal.it_kw == close_to(80));
}

TEST_CASE("places, weight and the cooling of a hall bind like the power path", "[capacity]") {
  std::string const head = "kind: site\nversion: 1\nname: s\nhalls: [{name: h, ";
  std::string const racks = "racks: [{name: r, count: 10, weight: 200 kg, servers: [{type: {cores: 4, memory: 16 GB, weight: 100 kg, power: {linear: {idle: 1 kW, full: 10 kW}}}}]}]}]\npower: {scheme: N, utility: [{name: u, voltage: 400 V, limit: 1 MW}]}\n";
  auto const first = [&](const std::string& keys) { return capacity(graph_of(head + keys + racks)).ladder.front(); };
  CHECK(first("").binding == "u");
  CHECK(first("positions: 14, ").binding == "h: positions");
  CHECK(first("positions: 14, ").scale == close_to(1.4));
  CHECK(first("weight_limit: 3600 kg, ").binding == "h: weight");
  CHECK(first("weight_limit: 3600 kg, ").scale == close_to(1.2));
  CHECK(first("cooling_capacity: 150 kW, ").binding == "h: cooling");
  CHECK(first("cooling_capacity: 150 kW, ").scale == close_to(1.5));
  CapacityAnswer const found = capacity(graph_of(head + "positions: 14, " + racks));
  CHECK(found.racks_that_fit(found.ladder) == 4);
  CHECK_THAT(to_text(found), Catch::Matchers::Contains("4 more racks of the same mix: h: positions binds first, 14 racks"));
}

TEST_CASE("the connection binds what all utilities carry together", "[capacity]") {
  PowerGraph const graph = graph_of(hall_of(racks_of_10_kw(30)) + "power: {" + two_utilities + "}\n");
  CapacityAnswer const found = capacity(graph, {{}, MoreOf::racks, 500.0 * kilowatt});
  CHECK(found.normal.it_kw == close_to(500));
  CHECK(found.normal.first.binding == "the connection");
  CHECK(found.ladder[1].binding == "two");
  CHECK(found.bound->kw == close_to(500));
}

TEST_CASE("more load in the same racks binds at their circuits, too", "[capacity]") {
  PowerGraph const graph = graph_of(hall_of(racks_of_10_kw(4)) + "power: {scheme: N, utility: [{name: u, voltage: 400 V, limit: 1 MW}], rack_circuit: {voltage: 400 V, current: 20 A}}\n");
  double const circuit_kw = std::sqrt(3.0) * 400 * 20 / 1000;
  CHECK(capacity(graph, {{}, MoreOf::racks, {}}).normal.it_kw == close_to(1000));
  CapacityAnswer const load = capacity(graph, {{}, MoreOf::load, {}});
  CHECK(load.normal.it_kw == close_to(4 * circuit_kw));
  CHECK(load.normal.first.unit == "circuit A");
}
