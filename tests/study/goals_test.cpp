// Goals: their text, their values, and where and when one is lost, on runs small enough to follow by hand.
#include "analysis/study/goals.h"

#include <catch2/catch.hpp>

#include "tests/engine/support.h"

using namespace headroom;

namespace {

Goal read_goal(std::string_view text) {
  auto const parsed = Goal::parse(text);
  if (auto const* problem = std::get_if<std::string>(&parsed)) throw std::runtime_error(*problem);
  return std::get<Goal>(parsed);
}

std::string problem(std::string_view text) {
  auto const parsed = Goal::parse(text);
  auto const* what = std::get_if<std::string>(&parsed);
  return what == nullptr ? "" : *what;
}

GoalResult result(const Run& run, std::string_view text) { return judge(run.reader(), {read_goal(text)}).front(); }

// One server of 4 cores: job 2 waits 90 s for job 1, job 3 waits 80 + 100 s, job 4 never waits.
const std::string jobs = "submit_s,runtime_s,cores\n0,100,4\n10,100,4\n20,50,2\n1000,10,1\n";

// A rack of 300 W at full load behind a connection rated below that.
std::string tight(const std::string& limit, const std::string& rest = "") {
  return "site:\n  name: tight\n  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}}]}]}]\n"
         "  power: {scheme: N, oversubscribed: true, utility: [{name: utility, voltage: 400 V, limit: " + limit + "}]" + rest + "}\n";
}

}  // namespace

TEST_CASE("every measure reads back from its text", "[goals]") {
  for (auto const& measure : goal_measures()) {
    CAPTURE(measure.name);
    std::string const limit = measure.sense == GoalSense::holds ? "" : measure.sense == GoalSense::at_least ? " >= 0.9" : measure.unit == GoalUnit::seconds ? " <= 90 s" : " <= 5";
    Goal const read = read_goal(measure.name + limit);
    CHECK(read.measure == &measure);
    CHECK(read_goal(read.text()).limit == read.limit);
    CHECK(read_goal(read.text()).text() == read.text());
    CHECK((measure.of_jobs != nullptr) != (measure.of_run != nullptr));
  }
  CHECK(read_goal("wait_mean <= 10 min").limit == 600);
  CHECK(read_goal("  wait_p95<=1 h ").text() == "wait_p95 <= 1 h");
  CHECK(read_goal("goodput >= 0.95").text() == "goodput >= 0.95");
  CHECK(read_goal(" no_trip ").text() == "no_trip");
}

TEST_CASE("what is no goal is told with what would do", "[goals]") {
  CHECK(problem("wait_men <= 10 min") == "there is no measure 'wait_men', did you mean 'wait_mean'?");
  CHECK(problem("no_trips") == "there is no measure 'no_trips', did you mean 'no_trip'?");
  CHECK_THAT(problem("happiness >= 3"), Catch::Matchers::StartsWith("there is no measure 'happiness'; it is one of wait_mean, wait_p95,"));
  CHECK(problem("wait_mean") == "write 'wait_mean <= 10 min'");
  CHECK(problem("wait_mean <=") == "write 'wait_mean <= 10 min'");
  CHECK(problem("wait_mean >= 10 min") == "wait_mean is to be low; write 'wait_mean <= 10 min'");
  CHECK(problem("wait_mean = 10 min") == "wait_mean is to be low; write 'wait_mean <= 10 min'");
  CHECK(problem("goodput <= 0.9") == "goodput is to be high; write 'goodput >= 0.95'");
  CHECK(problem("goodput >= 95") == "goodput is a share from 0 to 1, found 95");
  CHECK(problem("no_trip <= 3") == "no_trip holds or not; write it alone");
  CHECK(problem("wait_mean <= 10") == "'10' has no unit; write ns, us, ms, s, min, h or d");
  CHECK(problem("wait_mean <= -1 s") == "'-1 s' is below zero");
  CHECK(problem("bounded_slowdown_mean <= -1") == "'-1' is below zero");
  CHECK_THAT(problem(""), Catch::Matchers::StartsWith("expected MEASURE <= LIMIT"));
  CHECK_THAT(problem("<= 3"), Catch::Matchers::StartsWith("expected MEASURE <= LIMIT"));
}

TEST_CASE("waits are judged on both sides of their limit, with the job that waited and when it was too late", "[goals]") {
  Run const run(one_server + jobs_workload, jobs);
  // waits 0, 90, 180, 0: mean 67.5 s
  CHECK(result(run, "wait_mean <= 67.5 s").met);
  GoalResult const mean = result(run, "wait_mean <= 67.4 s");
  CHECK_FALSE(mean.met);
  CHECK(mean.value == Approx(67.5));
  CHECK(mean.where == "job 3");
  CHECK(mean.why == "waited longest, 3 min for 2 cores from 20 s on");
  CHECK(*mean.at_s == Approx(200));                                    // 4 x 67.4 s are used up when job 3 starts
  CHECK(*result(run, "wait_mean <= 22 s").at_s == Approx(100));        // 4 x 22 s by job 2 already
  CHECK(result(run, "wait_max <= 180 s").met);
  CHECK(*result(run, "wait_max <= 179 s").at_s == Approx(200));
  CHECK(*result(run, "wait_max <= 60 s").at_s == Approx(100));
  CHECK(result(run, "wait_p95 <= 3 min").met);
  CHECK(*result(run, "wait_p95 <= 100 s").at_s == Approx(200));
}

TEST_CASE("responses and slowdowns are judged when the job has ended", "[goals]") {
  Run const run(one_server + jobs_workload, jobs);
  // responses 100, 190, 230, 10; slowdowns 1, 1.9, 4.6, 1
  CHECK(result(run, "response_mean <= 132.5 s").met);
  CHECK(*result(run, "response_mean <= 132 s").at_s == Approx(1010));
  CHECK(result(run, "response_p50 <= 100 s").met);
  CHECK(*result(run, "response_p50 <= 99 s").at_s == Approx(250));     // the third of four beyond it
  CHECK(result(run, "response_max <= 230 s").met);
  CHECK(result(run, "response_p99 <= 229 s").why == "took longest, 3.833 min on 2 cores from 20 s on");
  CHECK(result(run, "bounded_slowdown_mean <= 2.125").met);
  GoalResult const slowdown = result(run, "bounded_slowdown_mean <= 2");
  CHECK(slowdown.value == Approx(2.125));
  CHECK(*slowdown.at_s == Approx(250));
  CHECK(slowdown.why == "was slowed most, 4.6 times: 3.833 min for 50 s of work on 2 cores from 20 s on");
}

TEST_CASE("goodput counts the work of what completes against all that was asked for", "[goals]") {
  Run const all(one_server + jobs_workload, jobs);
  CHECK(result(all, "goodput >= 1").met);
  Run const half(one_server + jobs_workload + "horizon: 150 s\n", jobs);      // job 1 done; 2 runs, 3 waits, 4 never comes
  GoalResult const goodput = result(half, "goodput >= 0.5");
  CHECK(goodput.value == Approx(400.0 / 900));
  CHECK_FALSE(goodput.met);
  CHECK(goodput.where == "job 2");
  CHECK_THAT(goodput.why, Catch::Matchers::StartsWith("did not complete, the largest of 2 such jobs: 0.1111 core-hours on 4 cores"));
  CHECK(*goodput.at_s == Approx(150));
  CHECK(result(half, "goodput >= 0.4444").met);
  Run const rejected(one_server + jobs_workload, "submit_s,runtime_s,cores\n0,100,4\n30,100,12\n");
  CHECK(result(rejected, "goodput >= 0.26").value == Approx(0.25));
  CHECK(*result(rejected, "goodput >= 0.26").at_s == Approx(30));
}

TEST_CASE("a mean of no completed job is missed and says so", "[goals]") {
  Run const none(one_server + jobs_workload + "horizon: 50 s\n", jobs);
  GoalResult const wait = result(none, "wait_mean <= 1 h");
  CHECK_FALSE(wait.met);
  CHECK_FALSE(wait.judged);
  CHECK(result_text(read_goal("wait_mean <= 1 h"), wait) == "wait_mean not to be had: no job completed");
  Run const idle(one_server + "workload: []\nhorizon: 1 h\n", "");
  CHECK_THROWS_WITH(judge(idle.reader(), {read_goal("wait_mean <= 1 h")}), Catch::Matchers::Contains("wait_mean is of jobs, and none was submitted in this run"));
  CHECK(result(idle, "no_trip").met);
}

TEST_CASE("a node beyond its rating is named with its peak, and one at its rating is within", "[goals]") {
  CHECK(result(Run(tight("300 W") + jobs_workload, jobs), "within_ratings").met);
  GoalResult const beyond = result(Run(tight("299 W") + jobs_workload, jobs), "within_ratings");
  CHECK_FALSE(beyond.met);
  CHECK(beyond.value == 1);
  CHECK(beyond.where == "utility");
  CHECK(beyond.why == "carries 0.3 kW, rated 0.299, at its peak");
  CHECK(*beyond.at_s == Approx(0));
}

TEST_CASE("a breaker that an overload opens is a trip, one that a fault leaves alone is not", "[goals]") {
  // 300 W at 400 V are 0.43 A on three phases
  auto const with_circuit = [](const std::string& current) { return tight("1 kW", ", rack_circuit: {voltage: 400 V, phases: 3, current: " + current + ", breaker: thermal-magnetic}"); };
  std::string const long_jobs = "submit_s,runtime_s,cores\n100,7200,4\n";
  CHECK(result(Run(with_circuit("0.5 A") + jobs_workload, long_jobs), "no_trip").met);
  GoalResult const tripped = result(Run(with_circuit("0.3 A") + jobs_workload + "horizon: 4 h\n", long_jobs), "no_trip");
  CHECK_FALSE(tripped.met);
  CHECK(tripped.value >= 1);
  CHECK_THAT(tripped.why, Catch::Matchers::StartsWith("tripped (load 14"));
  CHECK(*tripped.at_s > 100);
  CHECK(result(Run(with_circuit("0.5 A") + jobs_workload + "events: [{at: 200 s, fail: utility, for: 60 s}]\n", long_jobs), "no_trip").met);
}

TEST_CASE("two feeds that carry each other are safe at half their load and not beyond it", "[goals]") {
  auto const two_feeds = [](const std::string& limit) {
    return "site:\n  name: two-feeds\n  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 4, memory: 16 GB, supplies: 2, power: {linear: {idle: 100 W, full: 300 W}}}}]}]}]\n"
           "  power: {scheme: 2N, oversubscribed: true, utility: [{name: utility-a, voltage: 400 V, limit: " + limit + "}, {name: utility-b, voltage: 400 V, limit: " + limit + "}]}\n";
  };
  CHECK(result(Run(two_feeds("300 W") + jobs_workload, jobs), "n_minus_1_safe").met);
  Run const run(two_feeds("280 W") + jobs_workload, jobs);
  CHECK(result(run, "within_ratings").met);                            // 150 W each
  GoalResult const unsafe = result(run, "n_minus_1_safe");
  CHECK_FALSE(unsafe.met);
  CHECK(unsafe.value >= 2);
  CHECK_THAT(unsafe.where, Catch::Matchers::StartsWith("the loss of "));
  CHECK_THAT(unsafe.why, Catch::Matchers::Contains("at 107.1 % of its kW"));
  // one feed: its loss darkens everything, and nothing because of it
  CHECK(result(Run(one_server + jobs_workload, jobs), "n_minus_1_safe").met);
}
