// Single faults and pairs, by hand where they can be.
#include "analysis/statics/contingency.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cmath>

#include "analysis/statics/contingency_text.h"
#include "topologies/graph/single_points.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

Approx close_to(double value) { return Approx(value).epsilon(1e-9); }

PowerGraph graph_of(const std::string& racks, const std::string& power) {
  return build_power_graph(read_site_text("kind: site\nversion: 1\nname: s\nhalls: [{name: h, racks: [" + racks + "]}]\npower: {" + power + "}\n", "site.yaml"));
}

// Racks of one server that always draws so much, two power supplies.
std::string racks(int count, double kw, const std::string& more = "", const std::string& name = "r") {
  return fmt::format("{{name: {}, count: {}, servers: [{{type: {{cores: 4, memory: 16 GB, supplies: 2, power: {{linear: {{idle: {} kW, full: {} kW}}}}}}}}]{}}}", name, count, kw, kw, more);
}

const FaultOutcome& fault(const std::vector<FaultOutcome>& outcomes, std::string_view name) {
  for (auto const& outcome : outcomes)
    if (outcome.fault.name == name) return outcome;
  throw std::runtime_error("no such fault");
}

// Output of each side's UPS as a share of its 100 kW, with one of them lost before anything trips; a lost one: 0.
std::vector<double> ups_loads(const PowerGraph& graph, const std::string& lost = "") {
  PowerFlow flow(graph);
  if (!lost.empty()) flow.set_in_service(*graph.find(lost), false);
  transfer_to_steady_state(flow);
  std::vector<double> out;
  for (char side = 'a'; auto const id = graph.find(std::string("ups-") + side); ++side) out.push_back(flow.at(*id).output.p / kilowatt / 100);
  return out;
}

std::string sides(const std::string& scheme, int utilities) {
  std::string out = "scheme: " + scheme + ", utility: [";
  for (int i = 0; i < utilities; ++i) out += fmt::format("{}{{name: u{}, voltage: 400 V}}", i == 0 ? "" : ", ", i);
  return out + "], oversubscribed: true, ups: {type: ups-modern-100kw}";
}

const std::string both = ", feeds: [a, b]";
const std::string two_boards = "nodes: [{name: ua, utility: {voltage: 400 V}}, {name: ub, utility: {voltage: 400 V}}, {name: a, switchboard: {}}, {name: b, switchboard: {}}], "
                               "circuits: [{from: ua, to: a, voltage: 400 V, current: 100 A}, {from: ub, to: b, voltage: 400 V, current: 100 A}]";
double const full_circuit_kw = 100 * std::sqrt(3.0) * 400 / 1000;

}  // namespace

TEST_CASE("what the survivors of shared redundancy carry", "[statics]") {
  struct Case {
    const char* scheme;
    int sides, racks;
    double rack_kw, before, after;
  };
  for (auto const& [scheme, count, rack_count, rack_kw, before, after] :
       {Case{"4N/3", 4, 6, 50, 0.75, 1.0}, Case{"4N/3", 4, 6, 200.0 / 3, 1.0, 4.0 / 3}, Case{"2N", 2, 1, 100, 0.5, 1.0}, Case{"3N/2", 3, 3, 200.0 / 3, 2.0 / 3, 1.0}}) {
    CAPTURE(scheme, before);
    PowerGraph const graph = graph_of(racks(rack_count, rack_kw), sides(scheme, count));
    for (double load : ups_loads(graph)) CHECK(load == close_to(before));
    auto const left = ups_loads(graph, "ups-a");
    CHECK(left[0] == 0);
    for (std::size_t i = 1; i < left.size(); ++i) CHECK(left[i] == close_to(after));
  }
}

TEST_CASE("unequal pairs: the fullest survivor takes half of what it shared with the lost one", "[statics]") {
  double const pair_kw[4][4] = {{0, 10, 25, 40}, {10, 0, 15, 5}, {25, 15, 0, 30}, {40, 5, 30, 0}};
  std::string groups;
  for (int i = 0; i < 4; ++i)
    for (int j = i + 1; j < 4; ++j)
      groups += (groups.empty() ? "" : ", ") + racks(1, pair_kw[i][j], fmt::format(", feeds: [{}, {}]", static_cast<char>('a' + i), static_cast<char>('a' + j)), fmt::format("p{}{}", i, j));
  PowerGraph const graph = graph_of(groups, sides("4N/3", 4));
  double by_hand = 0, solved = 0;
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) {
      if (i == j) continue;
      double own = 0;
      for (int k = 0; k < 4; ++k) own += pair_kw[j][k] / 2;
      by_hand = std::max(by_hand, (own + pair_kw[i][j] / 2) / 100);
    }
    for (double load : ups_loads(graph, std::string("ups-") + static_cast<char>('a' + i))) solved = std::max(solved, load);
  }
  CHECK(solved == close_to(by_hand));
}

TEST_CASE("feeds of 600 kW and 400 kW are full at 800 kW, and at 400 kW with one lost", "[statics]") {
  std::string const power = "scheme: 2N, oversubscribed: true, utility: [{name: one, voltage: 400 V, limit: 600 kW}, {name: two, voltage: 400 V, limit: 400 kW}]";
  PowerGraph const normal = graph_of(racks(80, 10), power), reduced = graph_of(racks(40, 10), power);
  auto const worst = [](const PowerGraph& graph, const std::string& lost) {
    Contingency work(graph);
    return fault(work.singles(), lost);
  };
  CHECK(worst(normal, "h/r-1:a").limit->used_share() == close_to(400.0 / 400 + 5.0 / 400));      // a strip's half moves over
  CHECK(worst(reduced, "one").fullest == "two");
  CHECK(worst(reduced, "one").limit->used_share() == close_to(1));
  CHECK(worst(normal, "one").limit->used_share() == close_to(2));
}

TEST_CASE("both sides at 70 %: losing one trips the other, and everything is dark", "[statics]") {
  PowerGraph const graph = graph_of(racks(10, 1.4 * full_circuit_kw / 10, both), two_boards);
  ContingencyAnswer const found = contingency(graph);
  FaultOutcome const& lost = fault(found.singles, "ua");
  REQUIRE(lost.cascade.size() == 1);
  CHECK(lost.cascade[0].element == "b circuit from ub");
  CHECK(lost.cascade[0].effect == "opens");
  CHECK(lost.cascade[0].load == close_to(1.4));
  CHECK(lost.cascade[0].after_s == close_to(600 * std::log((1.96 - 0.49) / (1.96 - 1.13 * 1.13))));
  CHECK(lost.racks.size() == 10);
  CHECK(lost.servers.size() == 10);
  CHECK(lost.it_kw_lost == close_to(1.4 * full_circuit_kw));
  CHECK(lost.first_dark_s == lost.cascade[0].at_s);
  CHECK(found.unprovoked.empty());
  CHECK(found.verdict.tolerance == Tolerance::n);
}

TEST_CASE("what bears its overload for ever trips nothing, and is not borne", "[statics]") {
  PowerGraph const graph = graph_of(racks(10, 1.1 * full_circuit_kw / 10, both), two_boards);      // below 1.13
  ContingencyAnswer const found = contingency(graph);
  CHECK(fault(found.singles, "ua").cascade.empty());
  CHECK(fault(found.singles, "ua").limit->used_share() == close_to(1.1));
  CHECK(fault(found.singles, "ua").overloads());
  CHECK(found.verdict.tolerance == Tolerance::n);
  REQUIRE(!found.verdict.shortfalls.empty());
  CHECK(found.verdict.shortfalls.back().why.find("at 110 % of its circuit A") != std::string::npos);
  ContingencyAnswer const within = contingency(graph_of(racks(10, full_circuit_kw / 10, both), two_boards));
  CHECK(within.verdict.tolerance == Tolerance::fault_tolerant);
}

TEST_CASE("what is found in time lowers the verdict", "[statics]") {
  ToleranceVerdict verdict{Tolerance::fault_tolerant, {}};
  lower(verdict, {Tolerance::fault_tolerant, "u", 1, 10, false, "in time: generator stalls"});
  CHECK(verdict.tolerance == Tolerance::concurrently_maintainable);
  REQUIRE(verdict.shortfalls.size() == 1);
  lower(verdict, {Tolerance::fault_tolerant, "v", 2, 20, false, "in time"});
  CHECK(verdict.shortfalls.size() == 1);
  CHECK(verdict.shortfalls[0].fault == "v");
  lower(verdict, {Tolerance::fault_tolerant, "w", 1, 1, true, "in time"});
  CHECK(verdict.shortfalls[0].fault == "v");
}

TEST_CASE("a lone generator is no N+1: its loss counts while nothing else feeds", "[statics]") {
  std::string const path = "oversubscribed: true, nodes: [{name: u, utility: {voltage: 400 V}}, {name: g, count: COUNT, generator: diesel-150kw}, {name: ats, transfer_switch: ats-400a}, "
                           "{name: ua, switchboard: {}}], circuits: [{from: u, to: ats}, {from: g, to: ats}, {from: ats, to: ua}]";
  auto const with = [&](const char* count) {
    std::string text = path;
    text.replace(text.find("COUNT"), 5, count);
    return contingency(graph_of(racks(10, 5, ", feeds: [ua]"), text)).verdict.tolerance;
  };
  CHECK(with("1") == Tolerance::n);
  CHECK(with("2") == Tolerance::n_plus_1);
}

TEST_CASE("an overloaded UPS goes to its bypass and nobody goes dark, or off and everybody does", "[statics]") {
  std::string const data_sheet = "{rated_power: 100 kW, rated_apparent_power: 100 kVA, efficiency: [{load: 0.25, efficiency: 0.95}, {load: 0.5, efficiency: 0.96}, {load: 1, efficiency: 0.96}], overload: [{load: 1.1, time: 10 min}, {load: 1.5, time: 10 s}]";
  auto const with = [&](const std::string& bypass) {
    return contingency(graph_of(racks(14, 10), "scheme: 2N, oversubscribed: true, utility: [{name: u1, voltage: 400 V}, {name: u2, voltage: 400 V}], ups: {type: " + data_sheet + ", bypass: " + bypass + "}}"));
  };
  ContingencyAnswer const automatic = with("automatic"), none = with("none");
  REQUIRE(fault(automatic.singles, "ups-a").cascade.size() == 1);
  CHECK(fault(automatic.singles, "ups-a").cascade[0].effect == "bypass");
  CHECK_FALSE(fault(automatic.singles, "ups-a").darkens());
  REQUIRE(fault(none.singles, "ups-a").cascade.size() == 1);
  CHECK(fault(none.singles, "ups-a").cascade[0].effect == "off");
  // the logarithm of the time is straight between the points
  CHECK(fault(none.singles, "ups-a").cascade[0].after_s == close_to(std::exp(std::log(600) + 0.75 * (std::log(10) - std::log(600)))));
  CHECK(fault(none.singles, "ups-a").racks.size() == 14);
}

TEST_CASE("N: nothing is spare", "[statics]") {
  ContingencyAnswer const found = contingency(graph_of(racks(4, 5), "scheme: N, utility: [{name: utility, voltage: 400 V}], switchboard: {}"));
  CHECK(found.verdict.tolerance == Tolerance::n);
  REQUIRE(found.verdict.shortfalls.size() == 3);
  CHECK(found.verdict.shortfalls[0].missed == Tolerance::n_plus_1);
  CHECK(found.verdict.shortfalls[1].racks == 4);
  CHECK(found.single_points.size() == 2);
  CHECK_THAT(verdict_text(found), Catch::Matchers::Contains("The power path is N"));
}

TEST_CASE("N+1: one unit may fail, the whole may not", "[statics]") {
  ContingencyAnswer const found = contingency(graph_of(racks(8, 10), "scheme: N+1, utility: [{name: utility, voltage: 400 V}], ups: {type: ups-modern-100kw, count: 1}"));
  CHECK(found.verdict.tolerance == Tolerance::n_plus_1);
  CHECK_FALSE(fault(found.singles, "ups-a (1 of 2)").interrupts());
  CHECK(fault(found.singles, "ups-a (1 of 2)").limit->used_share() == close_to(0.8));
  CHECK(fault(found.singles, "ups-a").racks.size() == 8);
  REQUIRE(found.verdict.shortfalls.size() == 2);
  CHECK(found.verdict.shortfalls[0].missed == Tolerance::concurrently_maintainable);
  CHECK(found.verdict.shortfalls[0].racks == 8);
}

TEST_CASE("concurrently maintainable: the utility can be taken out, but its loss is a gap that no battery bridges", "[statics]") {
  std::string const power = "scheme: 2N, utility: [{name: utility, voltage: 400 V}], transformer: {type: transformer-eu-dry-1000kva}, generator: {type: diesel-150kw}, transfer_switch: ats-400a, ups: {type: ups-modern-100kw}";
  ContingencyAnswer const found = contingency(graph_of(racks(8, 10), power));
  CHECK(found.verdict.tolerance == Tolerance::concurrently_maintainable);
  REQUIRE(found.verdict.shortfalls.size() == 1);
  CHECK(found.verdict.shortfalls[0].fault == "utility");
  CHECK(found.verdict.shortfalls[0].for_a_while);
  CHECK(found.verdict.shortfalls[0].racks == 8);
  CHECK(fault(found.singles, "utility").first_dark_s == 0.0);
  CHECK_FALSE(fault(found.singles, "utility").darkens());

  ContingencyAnswer const bridged = contingency(graph_of(racks(8, 10), power + ", battery: {type: vrla-100kw-5min}"));
  CHECK(bridged.verdict.tolerance == Tolerance::fault_tolerant);
  CHECK(bridged.verdict.shortfalls.empty());
  auto const& bridge = fault(bridged.singles, "utility").gap.bridge;
  REQUIRE(bridge);
  CHECK(bridge->holds);
  CHECK(bridge->autonomy_s > *bridge->needed_s);
  CHECK(fault(bridged.singles, "utility").gap.batteries == 2);
}

TEST_CASE("a battery that does not last until the generator runs is no bridge", "[statics]") {
  std::string const battery = "{type: {capacity: 100 Wh, rated_power: 100 kW, discharge_efficiency: 1, charge_power: 1 kW}}";
  std::string const power = "scheme: 2N, utility: [{name: utility, voltage: 400 V}], transformer: {type: transformer-eu-dry-1000kva}, generator: {type: diesel-150kw}, transfer_switch: ats-400a, ups: {type: ups-modern-100kw}, battery: ";
  ContingencyAnswer const found = contingency(graph_of(racks(8, 10), power + battery));
  FaultOutcome const& lost = fault(found.singles, "utility");
  REQUIRE(lost.gap.bridge);
  CHECK_FALSE(lost.gap.bridge->holds);
  CHECK(lost.gap.bridge->autonomy_s == Approx(100 * 3600 / 40e3).epsilon(0.1));      // the losses of the UPS on top
  CHECK(lost.first_dark_s == lost.gap.bridge->autonomy_s);
  CHECK(lost.gap.racks.size() == 8);
  CHECK(found.verdict.tolerance == Tolerance::concurrently_maintainable);
}

TEST_CASE("a common cause that the site names counts, halls and racks do not", "[statics]") {
  PowerGraph const graph = graph_of(racks(4, 5), "scheme: 2N, utility: [{name: u1, voltage: 400 V}, {name: u2, voltage: 400 V}], switchboard: {}, common_causes: [{name: substation, elements: [u1, u2]}]");
  ContingencyAnswer const found = contingency(graph);
  CHECK(found.verdict.tolerance == Tolerance::concurrently_maintainable);
  REQUIRE(found.verdict.shortfalls.size() == 1);
  CHECK(found.verdict.shortfalls[0].fault == "substation");
  CHECK(fault(found.singles, "h").racks.size() == 4);
  CHECK_FALSE(fault(found.singles, "h").fault.counts);
}

TEST_CASE("an element dominates a rack exactly if its fault darkens it", "[statics]") {
  for (auto const* layout : {"rack", "hall-2n", "hub-2n", "hall-block", "flex-4n3"}) {
    CAPTURE(layout);
    PowerGraph const graph = build_power_graph(read_site(std::string(HEADROOM_SOURCE_DIR) + "/topologies/layouts/" + layout + ".yaml"));
    SinglePoints const points = single_points(graph);
    CHECK(points.unreached.empty());
    Contingency work(graph, std::vector<Power>(graph.servers.size()));      // no load, no overload
    for (auto const& single : work.singles()) {
      if (single.fault.kind != FaultKind::element) continue;
      CAPTURE(single.fault.name);
      REQUIRE(single.cascade.empty());
      std::vector<int> dominated;
      for (std::size_t rack = 0; rack < graph.racks.size(); ++rack)
        if (std::ranges::find(points.of_rack[rack], single.fault.nodes[0]) != points.of_rack[rack].end()) dominated.push_back(static_cast<int>(rack));
      REQUIRE(single.racks == dominated);
      REQUIRE(static_cast<int>(single.servers.size()) == points.servers[static_cast<std::size_t>(single.fault.nodes[0])]);
    }
  }
}

TEST_CASE("a pair is what both faults at once are", "[statics]") {
  PowerGraph const graph = graph_of(racks(6, 0.7 * 2 * full_circuit_kw / 6, both), two_boards);
  Contingency work(graph);
  PairsAnswer const found = work.pairs(1000);
  CHECK(found.pairs == std::ssize(found.faults) * (std::ssize(found.faults) - 1) / 2);
  std::int64_t darken = 0;
  for (std::size_t i = 0; i < found.faults.size(); ++i)
    for (std::size_t k = i + 1; k < found.faults.size(); ++k) {
      PathFault both = found.faults[i];
      both.nodes.insert(both.nodes.end(), found.faults[k].nodes.begin(), found.faults[k].nodes.end());
      FaultOutcome const single = work.outcome(both);
      darken += single.darkens() ? 1 : 0;
      for (auto const& pair : found.worst)
        if (pair.first == static_cast<int>(i) && pair.second == static_cast<int>(k)) {
          CHECK(pair.racks_dark == std::ssize(single.racks));
          CHECK(pair.servers_dark == std::ssize(single.servers));
          CHECK(pair.it_kw_lost == Approx(single.it_kw_lost).margin(1e-9));
        }
    }
  CHECK(found.darken == darken);
  REQUIRE(found.worst_of_all);
  CHECK(found.worst_of_all->racks_dark == 6);
}

TEST_CASE("pairs beyond what is kept are counted", "[statics]") {
  PowerGraph const graph = graph_of(racks(20, 1), "scheme: 2N, utility: [{name: u1, voltage: 400 V}, {name: u2, voltage: 400 V}], switchboard: {}");
  PairsAnswer const all = Contingency(graph).pairs(100'000), few = Contingency(graph).pairs(5);
  CHECK(all.worse == few.worse);
  CHECK(std::ssize(all.worst) == all.worse);
  REQUIRE(few.worst.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) CHECK((few.worst[i].first == all.worst[i].first && few.worst[i].second == all.worst[i].second));
}

TEST_CASE("with a side in maintenance every fault of the other one darkens", "[statics]") {
  PowerGraph const graph = graph_of(racks(4, 5), "scheme: 2N, utility: [{name: u1, voltage: 400 V}, {name: u2, voltage: 400 V}], switchboard: {}");
  Contingency work(graph, {}, {{*graph.find("switchboard-a"), 0}});
  CHECK(work.servers_dark().empty());
  auto const singles = work.singles();
  CHECK(fault(singles, "u2").racks.size() == 4);
  CHECK_FALSE(fault(singles, "u1").darkens());
}
