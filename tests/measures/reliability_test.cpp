// Outages, their chains and what they cost, from run files written by hand.
#include "analysis/measures/reliability.h"

#include <catch2/catch.hpp>
#include <stdlib.h>

#include "analysis/summary/summary.h"
#include "tests/support/temporary.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

std::int64_t ns(double t_s) { return static_cast<std::int64_t>(t_s * 1e9); }

// 1000 s of a site with three racks, of which r-3 has one cord; what happens is added before reader() is called.
class WrittenRun {
 public:
  WrittenRun() {
    file_ = std::make_unique<RunFile>(folder_.path());
    file_->meta("end_ns", ns(1000));
    file_->meta("window_to_ns", ns(1000));
    file_->meta("cores", std::int64_t{8});
    file_->meta("workload 0 unit", std::string_view("core"));
    file_->meta("workload 0 units", std::int64_t{8});
    for (auto const* name : {"utility-a", "utility-b"}) node(name, "utility");
    for (auto const* name : {"ups-a", "ups-b"}) node(name, "ups");
    for (auto const* name : {"pdu-a-1", "pdu-a-2", "pdu-b-1"}) node(name, "pdu");
    for (auto const* name : {"h1/r-1:a", "h1/r-1:b", "h1/r-2:a", "h1/r-2:b", "h1/r-3"}) node(name, "rack");
    node("cooling", "auxiliary");
  }
  WrittenRun(const WrittenRun&) = delete;
  WrittenRun& operator=(const WrittenRun&) = delete;

  void node(const char* name, const char* kind, const char* part = "") {
    NodeRow row;
    row.id = nodes_++;
    row.name = name;
    row.kind = kind;
    row.part = part;
    file_->node(row);
  }
  // Its id.
  std::int64_t change(double t_s, const char* element, const char* to, std::int64_t cause = 0) {
    file_->change({++changes_, ns(t_s), element, "before", to, cause, cause == 0 ? "event" : ""});
    return changes_;
  }
  RunFile& file() { return *file_; }
  const RunReader& reader() {
    if (!reader_) {
      file_->finish();
      reader_.emplace(folder_.path());
    }
    return *reader_;
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<RunFile> file_;
  std::optional<RunReader> reader_;
  int nodes_ = 0;
  std::int64_t changes_ = 0;
};

std::vector<std::string> told(const std::vector<ChangeRow>& chain) {
  std::vector<std::string> out;
  for (auto const& change : chain) out.push_back(change.element + " " + change.to);
  return out;
}
using Told = std::vector<std::string>;
using Names = std::vector<std::string>;

Approx reliability_close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }

}  // namespace

TEST_CASE("an outage is told from its fault to the rack that went dark", "[measures]") {
  WrittenRun run;
  run.change(100, "utility-a", "failed");
  run.change(100, "ups-a", "on battery", 1);
  run.change(400, "ups-a", "battery empty", 2);
  run.change(400, "pdu-a-1", "dark", 3);
  run.change(400, "h1/r-3", "dark", 4);
  run.change(700, "utility-a", "live");
  run.change(700, "ups-a", "recharging", 6);
  run.change(700, "pdu-a-1", "live", 7);
  run.change(700, "h1/r-3", "live", 8);
  Reliability const r = reliability(run.reader());
  REQUIRE(r.outages.size() == 1);
  Outage const& outage = r.outages.front();
  CHECK(outage.change == 5);
  CHECK(outage.element == "h1/r-3");
  CHECK(outage.racks == Names{"h1/r-3"});
  CHECK(outage.loads.empty());
  CHECK(told(outage.chain) == Told{"utility-a failed", "ups-a on battery", "ups-a battery empty", "pdu-a-1 dark", "h1/r-3 dark"});
  CHECK(outage.earlier.empty());
  CHECK(outage.from_s == 400);
  CHECK(outage.to_s == 700);
  CHECK(outage.over);
  CHECK(outage.rack_dark_s == reliability_close_to(300));

  CHECK(r.changes == 9);
  CHECK(r.faults == 1);      // the repair is none
  CHECK(r.battery_discharges == 1);
  CHECK(r.rack_outages == 1);
  CHECK(r.racks_dark_most == 1);
  CHECK(r.rack_dark_s == reliability_close_to(300));
  CHECK(r.it_availability == reliability_close_to(1 - 300 / (3 * 1000.0)));
  REQUIRE(r.fault_chains.size() == 1);
  CHECK(r.fault_chains[0].changes == 5);
  CHECK(r.fault_chains[0].outages == 1);
}

TEST_CASE("a rack with two strips is dark when both are, and both chains are told", "[measures]") {
  WrittenRun run;
  run.change(50, "ups-b", "maintenance");
  run.change(50, "h1/r-1:b", "dark", 1);
  run.change(200, "utility-a", "failed");
  run.change(200, "h1/r-1:a", "dark", 3);
  run.change(260, "ups-b", "live");
  run.change(260, "h1/r-1:b", "live", 5);
  run.change(300, "h1/r-1:a", "live");
  Reliability const r = reliability(run.reader());
  REQUIRE(r.outages.size() == 1);
  CHECK(r.outages[0].racks == Names{"h1/r-1"});
  CHECK(told(r.outages[0].chain) == Told{"utility-a failed", "h1/r-1:a dark"});
  CHECK(told(r.outages[0].earlier) == Told{"ups-b maintenance", "h1/r-1:b dark"});
  CHECK(r.outages[0].from_s == 200);
  CHECK(r.outages[0].to_s == 260);
  CHECK(r.rack_dark_s == reliability_close_to(60));
  CHECK(r.faults == 2);
  REQUIRE(r.fault_chains.size() == 2);
  CHECK(r.fault_chains[0].outages == 1);      // each took a strip
  CHECK(r.fault_chains[1].outages == 1);
  CHECK(r.fault_chains[1].racks == 1);
}

TEST_CASE("a rack that fails as an element takes its strips with it and is told once", "[measures]") {
  WrittenRun run;
  run.node("h1/r-1/leaf", "auxiliary", "it");
  run.change(50, "h1/r-1:a", "failed");
  run.change(50, "h1/r-1:b", "failed");
  run.change(50, "h1/r-1/leaf", "dark", 1);
  Reliability const r = reliability(run.reader());
  REQUIRE(r.outages.size() == 1);
  CHECK(told(r.outages[0].chain) == Told{"h1/r-1:b failed"});
  CHECK(r.outages[0].earlier.empty());
  CHECK(r.outages[0].loads.empty());      // a switch within it is no load of its own
  REQUIRE(r.fault_chains.size() == 2);
  for (auto const& fault : r.fault_chains) CHECK(fault.racks == 1);
}

TEST_CASE("racks that go dark at one instant by one fault are one outage", "[measures]") {
  WrittenRun run;
  run.change(10, "ups-a", "failed");
  run.change(10, "pdu-a-1", "dark", 1);
  run.change(10, "h1/r-1", "dark", 2);      // the rack as a whole
  run.change(10, "pdu-a-2", "dark", 1);
  run.change(10, "h1/r-3", "dark", 4);
  run.change(10, "cooling", "dark", 1);
  run.change(20, "h1/r-3", "live");
  Reliability const r = reliability(run.reader());
  REQUIRE(r.outages.size() == 1);
  CHECK(r.outages[0].racks == Names{"h1/r-1", "h1/r-3"});
  CHECK(r.outages[0].loads == Names{"cooling"});
  CHECK(told(r.outages[0].chain) == Told{"ups-a failed", "h1/r-1 dark"});      // what they share, and the first
  CHECK_FALSE(r.outages[0].over);
  CHECK(r.outages[0].to_s == 1000);
  CHECK(r.outages[0].rack_dark_s == reliability_close_to(990 + 10));
  CHECK(r.rack_outages == 2);
  CHECK(r.racks_dark_most == 2);
}

TEST_CASE("racks that go dark by different faults or later are outages of their own", "[measures]") {
  WrittenRun run;
  run.change(10, "pdu-a-1", "failed");
  run.change(10, "h1/r-3", "dark", 1);
  run.change(10, "pdu-a-2", "failed");
  run.change(10, "h1/r-1", "failed", 3);
  run.change(11, "h1/r-2", "dark", 3);
  run.change(12, "h1/r-2", "live");
  run.change(13, "h1/r-2", "maintenance");
  Reliability const r = reliability(run.reader());
  CHECK(r.outages.size() == 4);
  CHECK(r.racks_dark_most == 3);
  CHECK(r.it_availability == reliability_close_to(1 - (990 + 990 + 1 + 987) / 3000.0));
}

TEST_CASE("a fault that darkens no rack is told as survived", "[measures]") {
  WrittenRun run;
  run.change(1, "utility-a", "failed");
  run.change(1, "ups-a", "on battery", 1);
  run.change(1, "generator-a", "starting", 1);
  run.change(13, "generator-a", "running", 3);
  run.change(14, "ats-a", "on generator-a", 4);
  run.change(14, "ups-a", "recharging", 5);
  run.change(500, "utility-a", "live");
  run.change(560, "ats-a", "on transformer-a", 7);
  run.change(560, "generator-a", "cooling down", 8);
  Reliability const r = reliability(run.reader());
  CHECK(r.outages.empty());
  CHECK(r.it_availability == 1);
  CHECK(r.generator_starts == 1);
  CHECK(r.generator_start_failures == 0);
  CHECK(r.transfers == 2);
  REQUIRE(r.fault_chains.size() == 1);
  CHECK(r.fault_chains[0].root.element == "utility-a");
  CHECK(r.fault_chains[0].changes == 6);
  CHECK(told(r.fault_chains[0].followed) == Told{"ups-a on battery", "generator-a starting", "generator-a running", "ats-a on generator-a", "ups-a recharging"});
}

TEST_CASE("equipment that fails is counted by what it does", "[measures]") {
  WrittenRun run;
  run.change(1, "utility-a", "failed");
  run.change(1, "generator-a", "starting", 1);
  run.change(9, "generator-a", "failed to start", 2);
  run.change(9, "generator-a", "starting", 3);
  run.change(20, "pdu-a-1 circuit from ups-a", "tripped", 1);
  Reliability const r = reliability(run.reader());
  CHECK(r.generator_starts == 2);
  CHECK(r.generator_start_failures == 1);
  CHECK(r.breaker_trips == 1);
  CHECK(r.faults == 1);
}

TEST_CASE("interrupted jobs belong to the outage that took their servers", "[measures]") {
  WrittenRun run;
  run.change(100, "ups-a", "failed");
  run.change(100, "h1/r-3", "dark", 1);
  run.change(100, "h1/r-3/1", "dark", 2);      // a server, by its rack
  run.change(300, "h1/r-1/2", "failed");       // a server by itself
  run.file().interruption({0, 1, ns(0), ns(100), 4, 0, 100, 3, "0:4"});
  run.file().interruption({0, 2, ns(40), ns(100), 2, 0, 60, 2, "0:2"});
  run.file().interruption({0, 3, ns(200), ns(300), 1, 0, 10, 4, "1:1"});
  JobRow job{.workload = 0, .trace_id = 1, .state = JobState::completed, .submit_ns = 0, .start_ns = ns(200), .end_ns = ns(400), .runtime_ns = ns(200), .servers = 1, .cores = 4, .interruptions = 1, .placement = "0:4"};
  run.file().job(job);
  job = {.workload = 0, .trace_id = 2, .state = JobState::killed, .submit_ns = ns(30), .start_ns = ns(40), .end_ns = ns(100), .runtime_ns = ns(90), .servers = 1, .cores = 2, .cause = 2, .interruptions = 1, .placement = "0:2"};
  run.file().job(job);
  job = {.workload = 0, .trace_id = 3, .state = JobState::lost, .submit_ns = 0, .start_ns = ns(200), .end_ns = ns(300), .runtime_ns = ns(90), .servers = 1, .cores = 1, .cause = 4, .interruptions = 1, .placement = "1:1"};
  run.file().job(job);

  Reliability const r = reliability(run.reader());
  CHECK(r.interruptions == 3);
  CHECK(r.jobs_killed == 1);
  CHECK(r.jobs_lost == 1);
  CHECK(r.requeues == 1);
  CHECK(r.lost_core_s == reliability_close_to(4 * 100 + 2 * 60 + 10));
  REQUIRE(r.outages.size() == 1);
  CHECK(r.outages[0].interruptions == 2);
  CHECK(r.outages[0].lost_core_s == reliability_close_to(520));
  REQUIRE(r.fault_chains.size() == 2);
  CHECK(r.fault_chains[1].interruptions == 1);

  // every attempt holds its cores once, whether a row of the jobs repeats it or not
  JobMeasures const jobs = job_measures(run.reader());
  CHECK(jobs.counts.core_s == reliability_close_to(4 * 100 + 2 * 60 + 1 * 100 + 4 * 200));
  CHECK(jobs.counts.server_s == reliability_close_to(100 + 60 + 100 + 200));
  CHECK(jobs.counts.requeued == 1);
  CHECK(jobs.counts.killed == 1);
  CHECK(jobs.counts.lost == 1);
  CHECK(jobs.service.wait_mean_s == reliability_close_to(200));
  CHECK(jobs.service.utilisation_mean == reliability_close_to(jobs.counts.core_s / (8 * 1000)));
  CHECK(jobs.activity.times_s == std::vector<double>{0, 30, 40, 100, 200, 300, 400});
  CHECK(jobs.activity.waiting == std::vector<double>{1, 2, 1, 2, 0, 0, 0});
  CHECK(jobs.activity.running == std::vector<double>{1, 1, 2, 0, 2, 1, 0});
}

TEST_CASE("what batteries took or gave is a flow of its own", "[measures]") {
  WrittenRun run;
  TotalsRow row{.node = 2, .span = "run", .input_j = 10 * 3.6e6, .output_j = 7 * 3.6e6, .loss_j = 3.6e6, .stored_j = 2 * 3.6e6};
  run.file().totals(row);
  row = {.node = 4, .span = "run", .input_j = 1 * 3.6e6, .output_j = 4 * 3.6e6, .loss_j = 0, .stored_j = -3 * 3.6e6};
  run.file().totals(row);
  EnergyUse const use = energy_use(run.reader());
  CHECK(use.stored_kwh == reliability_close_to(-1));
  REQUIRE(use.flows.size() == 3);
  CHECK(use.flows[0].from == "battery");
  CHECK(use.flows[0].to == "pdu");
  CHECK(use.flows[0].kwh == reliability_close_to(3));
  CHECK(use.flows[1].from == "ups");
  CHECK(use.flows[1].to == "battery");
  CHECK(use.flows[1].kwh == reliability_close_to(2));
  CHECK(use.flows[2].to == "losses: ups");
}

TEST_CASE("the summary speaks of reliability only where something changed state", "[measures]") {
  WrittenRun quiet, faulty;
  CHECK_FALSE(to_json(summarise(quiet.reader()), std::nullopt).contains("reliability"));
  faulty.change(100, "h1/r-3", "failed");
  Summary const summary = summarise(faulty.reader());
  auto const json = to_json(summary, std::nullopt);
  CHECK(json.at("reliability").at("faults") == 1);
  CHECK(json.at("reliability").at("outages") == 1);
  CHECK(json.at("reliability").at("rack_dark_s").get<double>() == reliability_close_to(900));
  CHECK(json.at("jobs").at("requeued") == 0);
  CHECK(to_text(summary).find("racks dark            1 time, at most 1 at once") != std::string::npos);
}
