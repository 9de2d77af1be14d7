// Runs in which power is lost: what becomes of servers and of their jobs. A server draws 100 W idle and 50 W more for each
// of its four cores that is busy.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/random.h"
#include "tests/engine/support.h"

using namespace headroom;
using Catch::Detail::Approx;

namespace {

const std::string faults_header = "submit_s,runtime_s,cores\n";
Approx faults_close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }

// Servers of one utility without losses; `more`: of their data sheet.
std::string servers(int count, const std::string& more = "hold_up: 0 s, boot: {time: 0 s}", const std::string& power = "scheme: N, utility: [{name: utility, voltage: 400 V}]", int supplies = 1) {
  return fmt::format(R"(site:
  name: s
  halls:
    - name: h
      racks: [{{name: r, count: {}, servers: [{{type: {{cores: 4, memory: 16 GB, supplies: {}, power: {{linear: {{idle: 100 W, full: 300 W}}}}, {}}}}}]}}]
  power: {{{}}}
workload: [{{trace: ./jobs.csv}}]
window: all
)", count, supplies, more, power);
}

// One job may use several of them.
std::string spread(std::string text) { return text.replace(text.find("./jobs.csv"), 10, "./jobs.csv, several_servers: true"); }

std::int64_t all_jobs(const RunCounts& c) { return c.rejected + c.completed + c.killed + c.lost + c.running_at_end + c.queued_at_end; }
double it_j(const Run& run) { return run.totals(it_meter).input_j; }
bool has_change(const Run& run, const std::string& element, const std::string& to) {
  for (auto const& change : run.reader().changes())
    if (change.element == element && change.to == to) return true;
  return false;
}

const std::string one_outage = "events: [{at: 30 s, fail: utility, for: 20 s}]\n";

}  // namespace

TEST_CASE("a job that loses its server is killed", "[engine]") {
  Run const run(servers(1) + one_outage + "policy: {on_failure: kill}\n", faults_header + "0,100,4\n");
  CHECK(run.counts.killed == 1);
  CHECK(run.job(1).state == JobState::killed);
  CHECK(end_s(run.job(1)) == 30);
  CHECK(run.counts.end == Instant{} + whole_seconds(30));
  auto const changes = run.reader().changes();
  REQUIRE(run.job(1).cause > 0);
  std::int64_t cause = run.job(1).cause;
  while (changes[static_cast<std::size_t>(cause) - 1].cause != 0) cause = changes[static_cast<std::size_t>(cause) - 1].cause;
  CHECK(changes[static_cast<std::size_t>(cause) - 1].element == "utility");
}

TEST_CASE("a job that is queued again starts over when its server is back", "[engine]") {
  Run const run(servers(1) + one_outage, faults_header + "0,100,4\n");
  CHECK(run.counts.completed == 1);
  CHECK(run.counts.requeued == 1);
  CHECK(start_s(run.job(1)) == 50);
  CHECK(end_s(run.job(1)) == 150);
  CHECK(run.job(1).interruptions == 1);
  CHECK(it_j(run) == faults_close_to(300 * 130));
  auto const interruptions = run.reader().interruptions();
  REQUIRE(interruptions.size() == 1);
  CHECK(interruptions[0].end_ns == 30 * nanoseconds_per_second);
  CHECK(interruptions[0].lost_s == 30);
}

TEST_CASE("a job that is queued again goes on from its last checkpoint", "[engine]") {
  Run const run(servers(1) + one_outage + "policy: {checkpoint: {every: 10 s, cost: 1 s}}\n", faults_header + "0,100,4\n");
  // at 30 s: two written, 22 s; 80 s are left, with seven checkpoints
  CHECK(end_s(run.job(1)) == 50 + 80 + 7);
  CHECK(run.reader().interruptions().at(0).lost_s == 10);
}

TEST_CASE("a job is given up after so many attempts", "[engine]") {
  std::string events = "events:\n";
  for (int i = 0; i < 5; ++i) events += fmt::format("  - {{at: {} s, fail: utility, for: 10 s}}\n", 50 * (i + 1));
  Run const run(servers(1) + events + "policy: {attempts: 3}\n", faults_header + "0,100,4\n1,20,4\n");
  CHECK(run.job(1).state == JobState::lost);
  CHECK(end_s(run.job(1)) == 150);
  CHECK(run.job(1).interruptions == 3);
  CHECK(run.job(2).state == JobState::completed);
  CHECK(end_s(run.job(2)) == 180);
  CHECK(all_jobs(run.counts) == run.counts.submitted);
}

TEST_CASE("an interruption shorter than the hold-up is not noticed", "[engine]") {
  // 10 ms at full load: 15 ms at 200 W
  for (auto const& [gap, rides] : {std::pair{"14 ms", true}, std::pair{"15 ms", false}, std::pair{"16 ms", false}}) {
    CAPTURE(gap);
    Run const run(servers(1, "hold_up: 10 ms, boot: {time: 0 s}") + "events: [{at: 30 s, fail: utility, for: " + gap + "}]\n", faults_header + "0,100,2\n");
    CHECK((run.counts.requeued == 0) == rides);
    CHECK(all_jobs(run.counts) == 1);
  }
}

TEST_CASE("a server boots when its power returns, draws its boot power and takes no jobs until it is up", "[engine]") {
  Run const run(servers(1, "hold_up: 0 s, boot: {time: 40 s, power: 250 W}") + one_outage, faults_header + "0,100,4\n");
  CHECK(start_s(run.job(1)) == 90);
  CHECK(it_j(run) == faults_close_to(300 * 30 + 250 * 40 + 300 * 100));
  Run const idle(servers(1, "hold_up: 0 s, boot: {time: 40 s}") + one_outage, faults_header + "0,100,4\n");
  CHECK(it_j(idle) == faults_close_to(300 * 30 + 100 * 40 + 300 * 100));
}

TEST_CASE("the inrush comes on top of the boot power for its time", "[engine]") {
  Run const run(servers(1, "hold_up: 0 s, boot: {time: 40 s, power: 250 W}, inrush: {power: 500 W, time: 2 s}") + one_outage, faults_header + "0,100,4\n");
  CHECK(run.totals(it_meter).input_peak_w == faults_close_to(750));
  CHECK(start_s(run.job(1)) == 90);
  CHECK(it_j(run) == faults_close_to(300 * 30 + 250 * 40 + 500 * 2 + 300 * 100));
}

TEST_CASE("power that is lost again during the boot starts the boot anew", "[engine]") {
  Run const run(servers(1, "hold_up: 0 s, boot: {time: 40 s}") + "events: [{at: 30 s, fail: utility, for: 20 s}, {at: 60 s, fail: utility, for: 10 s}]\n", faults_header + "0,100,4\n");
  CHECK(start_s(run.job(1)) == 110);
  CHECK(run.counts.requeued == 1);
}

TEST_CASE("a server that fails itself draws nothing, or its idle power", "[engine]") {
  std::string const event = "events: [{at: 30 s, fail: h/r-1/1, for: 20 s}]\n";
  Run const none(servers(1) + event, faults_header + "0,100,4\n");
  CHECK(it_j(none) == faults_close_to(300 * 130));
  CHECK(end_s(none.job(1)) == 150);
  Run const idle(servers(1) + event + "failed_server_power: idle\n", faults_header + "0,100,4\n");
  CHECK(it_j(idle) == faults_close_to(300 * 130 + 100 * 20));
  CHECK(end_s(idle.job(1)) == 150);
}

TEST_CASE("a failed server whose feed is lost and returns meanwhile is back when both are", "[engine]") {
  for (auto power : {"none", "idle"})
    for (auto const& [feed_until, server_until] : {std::pair{60, 80}, std::pair{80, 60}, std::pair{70, 70}}) {
      CAPTURE(power, feed_until, server_until);
      Run const run(servers(1, "hold_up: 0 s, boot: {time: 10 s}") + fmt::format("failed_server_power: {}\nevents: [{{at: 30 s, fail: h/r-1/1, until: {} s}}, {{at: 40 s, fail: utility, until: {} s}}]\n", power, server_until, feed_until),
                    faults_header + "0,100,4\n");
      CHECK(start_s(run.job(1)) == std::max(feed_until, server_until) + 10);
      CHECK(run.counts.requeued == 1);
    }
}

TEST_CASE("a job that ends as its server fails has ended, and one that comes with the repair starts", "[engine]") {
  Run const run(servers(1) + one_outage, faults_header + "0,30,4\n50,10,4\n");
  CHECK(run.counts.requeued == 0);
  CHECK(end_s(run.job(1)) == 30);
  CHECK(start_s(run.job(2)) == 50);
}

TEST_CASE("a site that is dark from the start takes its first job when it has power", "[engine]") {
  Run const run(servers(1, "hold_up: 0 s, boot: {time: 40 s}") + "events: [{at: 0 s, fail: utility, for: 20 s}]\n", faults_header + "0,100,4\n");
  CHECK(start_s(run.job(1)) == 60);
  CHECK(run.counts.requeued == 0);
  CHECK(it_j(run) == faults_close_to(100 * 40 + 300 * 100));
}

TEST_CASE("a device that cannot bear its load at all is off from the first instant", "[engine]") {
  Run const run(R"(site:
  name: s
  halls: [{name: h, racks: [{name: r, feeds: [u], servers: [{type: {cores: 4, memory: 16 GB, hold_up: 0 s, power: {linear: {idle: 100 W, full: 300 W}}}}]}]}]
  power:
    oversubscribed: true
    nodes: [{name: mains, utility: {voltage: 400 V}}, {name: u, ups: {rated_power: 50 W, rated_apparent_power: 50 VA, efficiency: [{load: 0.25, efficiency: 1}, {load: 0.5, efficiency: 1}, {load: 1, efficiency: 1}], overload: [{load: 1.1, time: 60 s}]}}]
    circuits: [{from: mains, to: u}]
workload: [{trace: ./jobs.csv}]
)", faults_header + "10,100,4\n");
  CHECK(run.counts.queued_at_end == 1);
  CHECK(run.reader().changes().at(0).to == "overloaded");
  CHECK(run.reader().changes().at(0).time_ns == 0);
  CHECK(it_j(run) == faults_close_to(0));
}

TEST_CASE("a job that holds several servers loses them all with one", "[engine]") {
  Run const run(spread(servers(2)) + "events: [{at: 30 s, fail: h/r-2, for: 20 s}]\n", faults_header + "0,100,8\n");
  CHECK(run.counts.requeued == 1);
  CHECK(end_s(run.job(1)) == 150);
  CHECK(it_j(run) == faults_close_to(2 * 300 * 30 + 100 * 20 + 2 * 300 * 100));
}

TEST_CASE("jobs of other servers go on, and one that waits takes the free server", "[engine]") {
  Run const run(servers(2) + "events: [{at: 30 s, fail: h/r-1, for: 200 s}]\n", faults_header + "0,100,4\n0,50,4\n");
  CHECK(end_s(run.job(2)) == 50);
  CHECK(start_s(run.job(1)) == 50);
  CHECK(end_s(run.job(1)) == 150);
  CHECK(run.counts.end == Instant{} + whole_seconds(150));
}

TEST_CASE("a site on which nothing survives ends its run", "[engine]") {
  Run const run(servers(2) + "events: [{at: 30 s, fail: utility}]\n", faults_header + "0,100,4\n0,100,4\n40,10,1\n");
  CHECK(run.counts.queued_at_end == 3);
  CHECK(run.counts.end == Instant{} + whole_seconds(40));
  CHECK(all_jobs(run.counts) == 3);
  CHECK(it_j(run) == faults_close_to(600 * 30));
}

TEST_CASE("a run that waits for a repair that helps nobody ends there", "[engine]") {
  Run const run(servers(2) + "events: [{at: 30 s, fail: h}, {at: 500 s, fail: utility, for: 100 s}]\n", faults_header + "0,100,4\n");
  CHECK(run.counts.queued_at_end == 1);
  CHECK(run.counts.end == Instant{} + whole_seconds(600));
  CHECK(run.totals(it_meter).input_j == faults_close_to(400 * 30));
}

TEST_CASE("an event after the last job has ended does not prolong the run", "[engine]") {
  Run const run(servers(1) + "events: [{at: 1 h, fail: utility, for: 1 h}]\n", faults_header + "0,100,4\n");
  CHECK(run.counts.end == Instant{} + whole_seconds(100));
  CHECK(run.counts.changes == 0);
}

TEST_CASE("events up to the horizon happen, those beyond do not", "[engine]") {
  Run const run(servers(1) + "horizon: 1000 s\nevents: [{at: 500 s, fail: utility, for: 100 s}, {at: 1000 s, fail: h/r-1}, {at: 1001 s, fail: utility}]\n", faults_header + "0,100,4\n");
  CHECK(run.counts.end == Instant{} + whole_seconds(1000));
  CHECK(it_j(run) == faults_close_to(300 * 100 + 100 * 800));
  CHECK(has_change(run, "h/r-1", "failed"));
  std::int64_t last = 0;
  for (auto const& change : run.reader().changes()) last = std::max(last, change.time_ns);
  CHECK(last == 1000 * nanoseconds_per_second);
}

TEST_CASE("maintenance takes a side away, and servers with two cords stay", "[engine]") {
  std::string const two_n = "scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}]";
  Run const run(servers(1, "hold_up: 0 s", two_n, 2) + "events: [{at: 30 s, maintain: ua, for: 20 s}]\n", faults_header + "0,100,4\n");
  CHECK(run.counts.requeued == 0);
  CHECK(has_change(run, "ua", "maintenance"));
  CHECK(run.totals(run.node("ua")).input_j == faults_close_to(150 * 80));
  CHECK(run.totals(run.node("ub")).input_j == faults_close_to(150 * 80 + 300 * 20));
}

TEST_CASE("a static switch is quicker than the hold-up of servers, an automatic one without a UPS is not", "[engine]") {
  auto const site = [](const std::string& type) {
    return servers(1, "hold_up: 10 ms, boot: {time: 0 s}", "nodes: [{name: x, utility: {voltage: 400 V}}, {name: y, utility: {voltage: 400 V}}, {name: switch, transfer_switch: " + type + "}], circuits: [{from: x, to: switch}, {from: y, to: switch}]");
  };
  auto const feeds = [](std::string text) { return text.replace(text.find("name: r, "), 9, "name: r, feeds: [switch], "); };
  std::string const event = "events: [{at: 30 s, fail: x}]\n";
  CHECK(Run(feeds(site("sts-400a")) + event, faults_header + "0,100,4\n").counts.requeued == 0);
  Run const automatic(feeds(site("ats-400a")) + event, faults_header + "0,100,4\n");
  CHECK(automatic.counts.requeued == 1);
  CHECK(start_s(automatic.job(1)) == faults_close_to(31.2));
}

TEST_CASE("a common cause takes all of its elements at once", "[engine]") {
  std::string const two_n = "scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}], common_causes: [{name: substation, elements: [ua, ub]}]";
  Run const run(servers(2, "hold_up: 0 s, boot: {time: 0 s}", two_n, 2) + "events: [{at: 30 s, fail: substation, for: 20 s}, {at: 200 s, fail: h, for: 10 s}]\n", faults_header + "0,100,4\n0,300,4\n");
  CHECK(end_s(run.job(1)) == 150);
  CHECK(start_s(run.job(2)) == 210);
  CHECK(run.counts.dark.all_s == faults_close_to(30));
  CHECK(run.counts.dark.rack_s == faults_close_to(60));
}

TEST_CASE("jobs that are queued again stand in their old places, also among those of one submit time", "[engine]") {
  Run const run(servers(2) + "events: [{at: 30 s, fail: utility, for: 20 s}]\n", faults_header + "0,100,4\n0,100,4\n0,10,4\n0,10,4\n");
  CHECK(start_s(run.job(1)) == 50);
  CHECK(start_s(run.job(2)) == 50);
  CHECK(start_s(run.job(3)) == 150);
  CHECK(start_s(run.job(4)) == 150);
}

TEST_CASE("GPUs are lost and given back with their server", "[engine]") {
  std::string const gpus = "gpus: 2, hold_up: 0 s, boot: {time: 0 s}";
  Run const run(servers(2, gpus) + "events: [{at: 30 s, fail: h/r-1, for: 20 s}]\n", "submit_s,runtime_s,cores,gpus\n0,100,1,2\n0,100,1,2\n0,10,1,2\n");
  CHECK(end_s(run.job(1)) == 150);
  CHECK(end_s(run.job(2)) == 100);
  CHECK(start_s(run.job(3)) == 100);
}

TEST_CASE("backfill goes on around lost servers", "[engine]") {
  Run const run(spread(servers(3)) + "policy: {backfill: easy}\nevents: [{at: 10 s, fail: h/r-3, for: 1000 s}]\n",
                faults_header + "0,100,4\n20,100,12\n21,50,4\n22,5000,4\n");
  // the second job needs all three; while one is out nothing is reserved for it
  CHECK(start_s(run.job(3)) == 21);
  CHECK(start_s(run.job(4)) >= 22);
  CHECK(run.counts.completed == 4);
  CHECK(start_s(run.job(2)) >= 1010);
}

TEST_CASE("failures by chance come from the seed, and from each element's own name", "[engine]") {
  auto const dates = [](int count, int seed) {
    Run const run(servers(count) + fmt::format("horizon: 30 d\nseed: {}\nfailures: [{{class: server, mtbf: 100 h, mttr: 5 h}}]\n", seed), faults_header + "0,100,4\n");
    std::map<std::string, std::vector<std::int64_t>> out;
    for (auto const& change : run.reader().changes())
      if (change.element.starts_with("h/r-") && change.element.ends_with("/1")) out[change.element].push_back(change.time_ns);
    return out;
  };
  auto const two = dates(2, 1), three = dates(3, 1), other = dates(2, 2);
  CHECK(two == dates(2, 1));
  CHECK(two != other);
  REQUIRE(two.size() == 2);
  CHECK(two.at("h/r-1/1") == three.at("h/r-1/1"));
  CHECK(two.at("h/r-2/1") == three.at("h/r-2/1"));
  CHECK(two.at("h/r-1/1") != two.at("h/r-2/1"));
}

TEST_CASE("random failures take the share of time that their means say", "[engine]") {
  Run const run(servers(40) + "horizon: 400 d\nfailures: [{class: server, mtbf: 90 h, mttr: 10 h}]\n", faults_header + "0,100,4\n");
  double const up = it_j(run) / (40 * 100.0 * 400 * 86400);
  CHECK(up == Approx(0.9).margin(0.005));
}

TEST_CASE("jobs add up and energy balances through random failures of everything", "[engine]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    RandomStream random(seed, "jobs");
    std::string jobs = "submit_s,runtime_s,cores\n";
    double submit = 0;
    for (int i = 0; i < 150; ++i) jobs += fmt::format("{},{},{}\n", submit += static_cast<double>(random.below(60)), random.below(10) == 0 ? 0 : random.below(900), 1 + random.below(5));
    std::string const power = "scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}], generator: {type: diesel-150kw}, transfer_switch: ats-400a, ups: {type: ups-modern-100kw}, battery: {type: vrla-100kw-5min}, pdu: {type: pdu-floor-75kva, racks: 3}";
    std::string const policy = fmt::format("policy: {{backfill: {}, on_failure: {}, attempts: {}{}}}\nfailed_server_power: {}\nreset_after: 10 min\nseed: {}\n{}", seed % 2 == 0 ? "easy" : "none", seed % 5 == 0 ? "kill" : "requeue",
                                           seed % 4, seed % 3 == 0 ? ", checkpoint: {every: 50 s, cost: 3 s}" : "", seed % 2 == 0 ? "idle" : "none", seed, seed % 3 == 1 ? "horizon: 1 h\n" : "");
    Run const run(servers(6, seed % 2 == 0 ? "hold_up: 0 s, boot: {time: 0 s}" : "hold_up: 10 ms, boot: {time: 30 s, power: 200 W}, inrush: {power: 50 W, time: 1 s}", power, 2) + policy +
                      "failures: [{class: server, mtbf: 1 h, mttr: 5 min}, {class: utility, mtbf: 30 min, mttr: 2 min}, {class: ups, mtbf: 2 h, mttr: 10 min}, {class: pdu, mtbf: 2 h, mttr: 10 min}, {element: h, mtbf: 3 h, mttr: 4 min}]\n",
                  jobs);
    CHECK(run.counts.submitted == all_jobs(run.counts));
    CHECK(run.counts.worst_imbalance < 1e-9);
    CHECK(run.jobs().size() == static_cast<std::size_t>(run.counts.submitted));
    CHECK(static_cast<std::int64_t>(run.reader().interruptions().size()) == run.counts.requeued + run.counts.killed + run.counts.lost);
    CHECK(run.counts.requeued + run.counts.killed + run.counts.lost > 0);
    for (auto const& change : run.reader().changes()) {
      REQUIRE(change.time_ns <= run.counts.end.ns);
      REQUIRE(change.cause < change.id);
    }
  }
}
