// Single faults in time, and against the static answer.
#include "analysis/study/contingency_in_time.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "analysis/study/study_text.h"
#include "tests/support/temporary.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

PowerGraph graph_of(int racks, const std::string& power) {
  return build_power_graph(read_site_text(fmt::format("kind: site\nversion: 1\nname: s\nhalls: [{{name: h, racks: [{{name: r, count: {}, servers: [{{type: {{cores: 4, memory: 16 GB, supplies: 2, "
                                                      "power: {{linear: {{idle: 1 kW, full: 10 kW}}}}}}}}]}}]}}]\npower: {{{}}}\n", racks, power),
                                          "site.yaml"));
}

const std::string standby = "utility: [{name: utility, voltage: 400 V}], transformer: {type: transformer-eu-dry-1000kva}, transfer_switch: ats-400a, ups: {type: ups-modern-100kw}";
const std::string sure = ", generator: {type: {rated_power: 150 kW, rated_apparent_power: 188 kVA, run_up: 8 s, start_failure: 0, block_load: 1, block_interval: 5 s, fuel: 2000 L, fuel_use: [{load: 1, use: 40 L/h}], cool_down: 5 min}}";
const std::string never_starts = ", generator: {type: {rated_power: 150 kW, rated_apparent_power: 188 kVA, run_up: 8 s, start_failure: 1, block_load: 1, block_interval: 5 s, fuel: 2000 L, fuel_use: [{load: 1, use: 40 L/h}], cool_down: 5 min}}";

Study study_of(const PowerGraph& graph) {
  StudySubject subject;
  subject.graph = &graph;
  subject.moment = full_load_moment(graph);
  return study(subject);
}

const StudiedFault& fault(const Study& study, std::string_view name) {
  for (auto const& each : study.faults)
    if (each.fixed.fault.name == name) return each;
  throw std::runtime_error("no such fault");
}

}  // namespace

TEST_CASE("every disagreement on the 2N hall has a reason, and so has every difference", "[study]") {
  PowerGraph const graph = build_power_graph(read_site(std::string(HEADROOM_SOURCE_DIR) + "/topologies/layouts/hall-2n.yaml"));
  Study const found = study_of(graph);
  CHECK(found.unprovoked.empty());
  CHECK(found.faults.size() == found.fixed.singles.size());
  for (auto const& each : found.faults) {
    CAPTURE(each.fixed.fault.name);
    REQUIRE(each.timed);
    for (auto const& disagreement : each.disagreements) {
      CHECK_FALSE(disagreement.reason.empty());
      CHECK_FALSE(disagreement.where.empty());
    }
    bool const told = std::ranges::any_of(each.disagreements, [](const Disagreement& one) { return one.what.starts_with("dark at the end"); });
    CHECK(told == (each.timed->racks != each.fixed.racks));
  }
}

TEST_CASE("a generator that does not start is dark in time and not in the static answer", "[study]") {
  PowerGraph const graph = graph_of(4, "scheme: N, " + standby + never_starts + ", battery: {type: vrla-100kw-5min}");
  Study const found = study_of(graph);
  StudiedFault const& lost = fault(found, "utility");
  CHECK(lost.fixed.racks.empty());
  CHECK(lost.timed->racks.size() == 4);
  REQUIRE(lost.disagreements.size() == 1);
  CHECK(lost.disagreements[0].what == "dark at the end in time only");
  CHECK(lost.disagreements[0].where.size() == 4);
  CHECK_THAT(lost.disagreements[0].reason, Catch::Matchers::Contains("failed to start by chance"));
  CHECK(lost.timed->next == "generator-a");
  CHECK(*lost.timed->first_dark_s == Approx(fault(found, "ats-a").fixed.gap.bridge->autonomy_s).epsilon(1e-6));
}

TEST_CASE("a gap without a battery is dark for as long as the static answer says", "[study]") {
  PowerGraph const graph = graph_of(4, "scheme: N, " + standby + sure);
  Study const found = study_of(graph);
  StudiedFault const& lost = fault(found, "utility");
  CHECK(lost.fixed.racks.empty());
  CHECK(lost.fixed.gap.racks.size() == 4);
  REQUIRE(lost.timed->for_a_while.size() == 4);
  CHECK(lost.timed->for_a_while[0].dark_s == Approx(9.2));      // detection, run-up, transfer
  CHECK(lost.timed->for_a_while[0].servers_lost);
  CHECK(lost.timed->servers_lost == 4);
  CHECK(lost.timed->racks.empty());
  CHECK(lost.disagreements.empty());
}

TEST_CASE("a cascade takes as long in time as the static answer says", "[study]") {
  double const full_circuit_kw = 100 * std::sqrt(3.0) * 400 / 1000;
  std::string const text = fmt::format("kind: site\nversion: 1\nname: s\nhalls: [{{name: h, racks: [{{name: r, count: 10, feeds: [a, b], servers: [{{type: {{cores: 4, memory: 16 GB, supplies: 2, power: {{linear: {{idle: 1 kW, full: {} kW}}}}}}}}]}}]}}]\n"
                                       "power: {{nodes: [{{name: ua, utility: {{voltage: 400 V}}}}, {{name: ub, utility: {{voltage: 400 V}}}}, {{name: a, switchboard: {{}}}}, {{name: b, switchboard: {{}}}}], "
                                       "circuits: [{{from: ua, to: a, voltage: 400 V, current: 100 A}}, {{from: ub, to: b, voltage: 400 V, current: 100 A}}]}}\n",
                                       1.4 * full_circuit_kw / 10);
  PowerGraph const graph = build_power_graph(read_site_text(text, "site.yaml"));
  Study const found = study_of(graph);
  StudiedFault const& lost = fault(found, "ua");
  REQUIRE(lost.fixed.cascade.size() == 1);
  CHECK(lost.timed->racks == lost.fixed.racks);
  CHECK(*lost.timed->first_dark_s == Approx(lost.fixed.cascade[0].at_s).epsilon(1e-6));
  CHECK(lost.timed->next == lost.fixed.cascade[0].element);
  CHECK(lost.disagreements.empty());
}

TEST_CASE("jobs on servers that went dark are lost with what they had done", "[study]") {
  PowerGraph const graph = graph_of(4, "scheme: N, utility: [{name: utility, voltage: 400 V}], switchboard: {}");
  StudySubject subject;
  subject.graph = &graph;
  subject.moment.at = Instant{} + whole_seconds(7200);
  subject.moment.jobs = {{Instant{}, 8, 1.0, {{0, {4, 0, 0}}, {1, {4, 0, 0}}}}, {Instant{} + whole_seconds(3600), 2, 1.0, {{2, {2, 0, 0}}}}};
  auto const delivered = delivered_at(graph, subject.moment);
  CHECK(delivered[0] == 10.0 * kilowatt);
  CHECK(delivered[2] == 5.5 * kilowatt);
  CHECK(delivered[3] == 1.0 * kilowatt);
  Study const all = study(subject);
  TimedOutcome const& lost = *fault(all, "utility").timed;
  CHECK(lost.jobs_lost == 2);
  CHECK(lost.core_hours_lost == Approx(8 * 2.0 + 2 * 1.0).epsilon(1e-4));      // and what the supplies held
  CHECK(lost.it_kw_lost == Approx(26.5));
  TimedOutcome const& rack = *fault(all, "h/r-3").timed;
  CHECK(rack.jobs_lost == 1);
  CHECK(rack.core_hours_lost == Approx(2).epsilon(1e-4));
}

TEST_CASE("maintenance is studied fault by fault", "[study]") {
  PowerGraph const graph = graph_of(4, "scheme: 2N, utility: [{name: u1, voltage: 400 V}, {name: u2, voltage: 400 V}], switchboard: {}");
  StudySubject subject;
  subject.graph = &graph;
  subject.moment = full_load_moment(graph);
  ScheduledOutage outage;
  outage.planned = true;
  outage.nodes = {*graph.find("u1")};
  outage.name = "u1";
  subject.planned = {outage};
  Study const found = study(subject);
  REQUIRE(found.maintenance.size() == 1);
  CHECK(found.maintenance[0].servers_dark == 0);
  CHECK(std::ranges::any_of(found.maintenance[0].worst, [](const FaultOutcome& outcome) { return outcome.fault.name == "u2" && outcome.racks.size() == 4; }));
  CHECK(to_json(found, graph)["maintenance"].size() == 1);
  CHECK_THAT(to_text(found), Catch::Matchers::Contains("During maintenance"));
}

TEST_CASE("a moment of a run has the jobs that ran then, interrupted attempts included", "[study]") {
  TemporaryFolder const folder;
  {
    RunFile file(folder.path());
    auto const job = [&](std::int64_t id, std::int64_t start, std::int64_t end, const std::string& placement, int interruptions = 0) {
      JobRow row;
      row.trace_id = id;
      row.start_ns = start;
      row.end_ns = end;
      row.cores = 4;
      row.utilisation = 0.5;
      row.interruptions = interruptions;
      row.placement = placement;
      file.job(row);
    };
    job(1, 0, 100, "0:4");
    job(2, 100, 200, "1:4");
    job(3, 250, -1, "2:4", 1);
    file.interruption({0, 3, 20, 120, 4, 0, 0, 1, "3:4"});
    file.totals({facility_meter, "run", 0, 0, 0, 0, 0, 1.5e-7, 0, 0, 0, 0});
    file.finish();
  }
  RunReader const run(folder.path());
  CHECK(peak_of(run).ns == 150);
  Moment const then = moment_of(run, {100});
  REQUIRE(then.jobs.size() == 2);
  CHECK(then.jobs[0].pieces[0].server == 1);
  CHECK(then.jobs[1].pieces[0].server == 3);
  CHECK(then.jobs[1].utilisation.cores == 0.5);
  CHECK(moment_of(run, {300}).jobs.size() == 1);
}
