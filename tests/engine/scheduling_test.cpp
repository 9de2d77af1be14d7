// Whole runs under each policy, every start by hand.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <set>

#include "base/random.h"
#include "tests/engine/support.h"

using namespace headroom;

namespace {

const std::string estimates_header = "submit_s,runtime_s,cores,estimate_s\n";

std::vector<double> starts(const std::string& site, const std::string& policy, const std::string& jobs) {
  Run const run(site + jobs_workload + "policy: {" + policy + "}\n", estimates_header + jobs);
  std::vector<double> out(run.jobs().size());
  for (auto const& job : run.jobs()) out[static_cast<std::size_t>(job.trace_id - 1)] = start_s(job);
  return out;
}
std::vector<double> on_four_cores(const std::string& policy, const std::string& jobs) { return starts(one_server, policy, jobs); }

using Times = std::vector<double>;

}  // namespace

TEST_CASE("shortest and longest job first, by estimate, ties by submission", "[engine]") {
  std::string const jobs = "0,100,4,\n1,50,4,\n2,5,4,10\n3,30,4,\n4,10,4,\n";
  CHECK(on_four_cores("order: fcfs", jobs) == Times{0, 100, 150, 155, 185});
  CHECK(on_four_cores("order: sjf", jobs) == Times{0, 145, 100, 115, 105});
  CHECK(on_four_cores("order: ljf", jobs) == Times{0, 100, 180, 150, 185});
}

TEST_CASE("scores that depend on the wait are asked anew at each decision", "[engine]") {
  // at 80 s: waits over estimates 70 / 50 and 20 / 20; at 100 s: 90 / 50 and 40 / 20
  CHECK(on_four_cores("order: wfp3", "0,80,4,\n10,50,4,\n60,20,4,\n") == Times{0, 80, 130});
  CHECK(on_four_cores("order: wfp3", "0,100,4,\n10,50,4,\n60,20,4,\n") == Times{0, 120, 100});
}

TEST_CASE("UNICEP puts a job of one processor first, then small and short ones", "[engine]") {
  // at 100 s: 90 / (2 x 50) and 40 / (1 x 30)
  CHECK(on_four_cores("order: unicep", "0,100,4,\n10,50,4,\n60,30,2,\n") == Times{0, 130, 100});
  CHECK(on_four_cores("order: unicep", "0,100,4,\n10,50,4,\n60,20,1,\n") == Times{0, 120, 100});
}

TEST_CASE("F1 weighs length and size against the date of submission", "[engine]") {
  // 2 x 4 + 870 log10(1000) against 1 x 4 + 870 log10(1001); then against log10(1020)
  CHECK(on_four_cores("order: f1", "0,2000,4,\n1000,100,4,\n1001,10,4,\n") == Times{0, 2010, 2000});
  CHECK(on_four_cores("order: f1", "0,2000,4,\n1000,100,4,\n1020,10,4,\n") == Times{0, 2000, 2100});
}

TEST_CASE("the larger priority first, equals as they arrived", "[engine]") {
  Run const run(one_server + jobs_workload + "policy: {order: priority}\n",
                "submit_s,runtime_s,cores,priority\n0,100,4,0\n1,10,4,0\n2,10,4,5\n3,10,4,-1\n4,10,4,5\n");
  for (auto const& [id, start] : {std::pair{3, 100.0}, {5, 110.0}, {2, 120.0}, {4, 130.0}}) CHECK(start_s(run.job(id)) == start);
}

TEST_CASE("fair share: who has had less of the site is next, as it was used and by what has decayed", "[engine]") {
  std::string const users = "submit_s,runtime_s,cores,user\n";
  auto const start_of = [&](const std::string& half_life, const std::string& jobs, int id) {
    return start_s(Run(one_server + jobs_workload + "policy: {order: fair-share" + half_life + "}\n", users + jobs).job(id));
  };
  // ann has had all for 100 s: bob's jobs are before hers until he has had as much
  std::string const jobs = "0,100,4,ann\n1,10,4,ann\n2,60,4,bob\n3,60,4,bob\n4,10,4,bob\n";
  CHECK(start_of("", jobs, 3) == 100);
  CHECK(start_of("", jobs, 4) == 160);
  CHECK(start_of("", jobs, 2) == 220);
  CHECK(start_of("", jobs, 5) == 230);
  // in half-lives of 10 s, at 160 s her 100 s are worth 100 / 64 of what they were: less than bob's last 60 s
  CHECK(start_of(", fair_share_half_life: 10 s", jobs, 2) == 160);
}

TEST_CASE("fair share counts what an interrupted job held, too, and backfills in its order", "[engine]") {
  std::string const outage = "events: [{at: 20 s, fail: utility, for: 10 s}]\npolicy: {order: fair-share, backfill: easy}\n";
  Run const run(one_server + jobs_workload + outage, "submit_s,runtime_s,cores,user\n0,100,4,ann\n5,50,4,bob\n");
  CHECK(start_s(run.job(2)) < start_s(run.job(1)));
}

TEST_CASE("every placement runs a workload of shares, whole GPUs and cores to its end", "[engine]") {
  std::string const site = "site:\n  name: s\n  halls:\n    - name: h\n      racks:\n        - name: r\n          count: 2\n"
                           "          servers: [{type: {cores: 8, gpus: 4, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}, count: 2}]\n"
                           "  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}\n";
  for (auto const& [placement, name] : names(Placement{})) {
    CAPTURE(name);
    Run const run(site + jobs_workload + "policy: {backfill: easy, placement: " + name + "}\n",
                  "submit_s,runtime_s,cores,gpus\n0,10,1.5,0.25\n0,10,1,0.5\n1,10,1,0.5\n2,20,4,4\n3,10,8,0\n4,10,2,2\n5,10,0.5,0.75\n");
    CHECK(run.counts.completed == 7);
  }
}

TEST_CASE("a requeued job has its place by its score again", "[engine]") {
  std::string const outage = "events: [{at: 20 s, fail: utility, for: 10 s}]\npolicy: {order: sjf}\n";
  Run const run(one_server + jobs_workload + outage, estimates_header + "0,100,4,\n5,50,4,\n6,60,4,\n");
  CHECK(start_s(run.job(2)) < start_s(run.job(3)));
  CHECK(start_s(run.job(3)) < start_s(run.job(1)));
}

TEST_CASE("conservative backfilling keeps the second in the queue from being overtaken to its harm", "[engine]") {
  // 3 of 4 cores busy to 100 s. The head wants 4, the next 4; the last would hold a core beyond 100 s.
  std::string const jobs = "0,100,2,\n1,50,3,\n2,50,4,\n3,200,1,\n4,90,1,\n";
  CHECK(on_four_cores("backfill: none", jobs) == Times{0, 100, 150, 200, 200});
  CHECK(on_four_cores("backfill: easy", jobs) == Times{0, 100, 203, 3, 4});
  CHECK(on_four_cores("backfill: conservative", jobs) == Times{0, 100, 150, 200, 4});
}

TEST_CASE("with exact estimates and conservative backfilling no job delays an earlier one", "[engine]") {
  RandomStream random(1, "jobs");
  for (bool places : {false, true}) {
    CAPTURE(places);
    std::vector<std::string> lines;
    std::uint64_t submit_s = 0;
    for (int i = 0; i < 120; ++i) {
      submit_s += random.below(12);
      lines.push_back(fmt::format("{},{},{},{}\n", submit_s, 1 + random.below(100), 1 + random.below(places ? 4 : 8), places ? std::to_string(1 + random.below(8)) : ""));
    }
    auto const starts_of = [&](std::size_t count) {
      std::string text = "submit_s,runtime_s,cores,memory_gb\n";
      for (std::size_t i = 0; i < count; ++i) text += lines[i];
      Run const run(two_servers + fmt::format("workload: [{{trace: ./jobs.csv, several_servers: {}}}]\npolicy: {{backfill: conservative}}\n", !places), text);
      std::vector<double> out(count);
      for (auto const& job : run.jobs()) out[static_cast<std::size_t>(job.trace_id - 1)] = start_s(job);
      return out;
    };
    Times const all = starts_of(120);
    for (std::size_t count : {30u, 60u, 90u}) CHECK(starts_of(count) == Times(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)));
  }
}

TEST_CASE("placement spreads or packs", "[engine]") {
  auto const placed = [](const std::string& placement) {
    Run const run(two_servers + jobs_workload + "policy: {placement: " + placement + "}\n", estimates_header + "0,100,1,\n1,100,1,\n2,100,1,\n");
    return std::set<std::string>{run.job(1).placement, run.job(2).placement, run.job(3).placement}.size();
  };
  CHECK(placed("first-fit") == 1);
  CHECK(placed("best-fit") == 1);
  CHECK(placed("worst-fit") == 2);
  CHECK(placed("round-robin") == 2);
}

TEST_CASE("random placement is the same for the same seed", "[engine]") {
  std::string jobs = estimates_header;
  for (int i = 0; i < 40; ++i) jobs += fmt::format("{},1,1,\n", 2 * i);
  auto const placed = [&](int seed) {
    Run const run(two_servers + jobs_workload + fmt::format("policy: {{placement: random}}\nseed: {}\n", seed), jobs);
    std::string out;
    for (auto const& job : run.jobs()) out += job.placement + " ";
    return out;
  };
  CHECK(placed(1) == placed(1));
  CHECK(placed(1) != placed(2));
}

TEST_CASE("every order, backfilling and placement completes all jobs, with faults, too", "[engine]") {
  RandomStream random(2, "jobs");
  std::string jobs = estimates_header;
  std::uint64_t submit_s = 0;
  for (int i = 0; i < 80; ++i) {
    submit_s += random.below(15);
    auto const runtime_s = 1 + random.below(60);
    jobs += fmt::format("{},{},{},{}\n", submit_s, runtime_s, 1 + random.below(4), runtime_s / 2 + random.below(100));
  }
  for (auto const& [order, order_name] : names(Order{}))
    for (auto const& [backfill, backfill_name] : names(Backfill{}))
      for (auto const& [placement, placement_name] : names(Placement{})) {
        CAPTURE(order_name, backfill_name, placement_name);
        Run const run(two_servers + jobs_workload + fmt::format("policy: {{order: {}, backfill: {}, placement: {}}}\nevents: [{{at: 100 s, fail: utility, for: 60 s}}]\n", order_name, backfill_name, placement_name), jobs);
        CHECK(run.counts.completed == 80);
      }
}

TEST_CASE("the compatibility modes complete all jobs, with faults, too", "[engine]") {
  for (const char* policy : {"backfill: none, compatibility: rlscheduler", "backfill: easy, compatibility: rlscheduler-corrected, order: wfp3", "backfill: easy, compatibility: batsim", "backfill: conservative, compatibility: batsim"}) {
    CAPTURE(policy);
    Run const run(two_servers + "workload: [{trace: ./jobs.csv, several_servers: true}]\npolicy: {" + policy + "}\nevents: [{at: 100 s, fail: utility, for: 60 s}]\n",
                  estimates_header + "0,100,4,50\n0,40,4,\n0,0,2,\n5,100,8,120\n5,100,2,20\n100,10,4,\n100,20,1,\n101,7,8,\n160,1,3,\n");
    CHECK(run.counts.completed == 9);
  }
}

TEST_CASE("RLScheduler stays with the head that it has chosen", "[engine]") {
  std::string const jobs = "0,100,4,\n1,50,4,\n2,10,4,\n";
  CHECK(on_four_cores("order: sjf", jobs) == Times{0, 110, 100});
  CHECK(on_four_cores("order: sjf, compatibility: rlscheduler", jobs) == Times{0, 100, 150});
}

TEST_CASE("RLScheduler decides after each arrival, even of one instant", "[engine]") {
  // two jobs arrive at 1 s: the first is chosen before the shorter one is there
  std::string const jobs = "0,100,1,\n1,50,4,\n1,10,4,\n";
  CHECK(on_four_cores("order: sjf", jobs) == Times{0, 110, 100});
  CHECK(on_four_cores("order: sjf, compatibility: rlscheduler", jobs) == Times{0, 100, 150});
}

TEST_CASE("RLScheduler backfills what ends before the shadow time", "[engine]") {
  std::string const jobs = "0,100,3,\n1,50,4,\n2,98,1,\n3,96,1,\n";
  CHECK(on_four_cores("backfill: easy", jobs) == Times{0, 100, 2, 150});
  CHECK(on_four_cores("backfill: easy, compatibility: rlscheduler", jobs) == Times{0, 100, 150, 3});
}

TEST_CASE("a compatibility mode refuses a backfilling that the other program does not have", "[engine]") {
  auto const read = [](const std::string& policy) { return read_scenario_text(scenario_text(one_server + jobs_workload + "policy: {" + policy + "}\n"), "scenario.yaml"); };
  CHECK_THROWS_WITH(read("backfill: conservative, compatibility: rlscheduler"), Catch::Contains("policy: compatibility with rlscheduler has no conservative backfilling; write none or easy"));
  CHECK_THROWS_WITH(read("compatibility: batsim"), Catch::Contains("policy: compatibility with batsim is of backfilling; write easy or conservative"));
}
