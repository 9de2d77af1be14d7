// What comes from the jobs of a run, by hand. One server of four cores unless it says otherwise.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "analysis/measures/measures.h"
#include "tests/engine/support.h"

using namespace headroom;

namespace {
const std::string header = "submit_s,runtime_s,cores\n";
const std::string plain = one_server + jobs_workload;
Approx close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }
}  // namespace

TEST_CASE("waits are start minus submit of completed jobs", "[measures]") {
  // one after the other: waits 0, 90, 180; the fourth still runs and the fifth still waits at the horizon
  Run const run(plain + "horizon: 310 s\n", header + "0,100,4\n10,100,4\n20,100,4\n30,100,4\n40,100,4\n");
  JobMeasures const jobs = job_measures(run.reader());
  CHECK(jobs.counts.completed == 3);
  CHECK(jobs.counts.running_at_end == 1);
  CHECK(jobs.counts.queued_at_end == 1);
  CHECK(jobs.counts.submitted == 5);
  CHECK(jobs.service.wait_mean_s == close_to(90));
  CHECK(jobs.service.wait_max_s == close_to(180));
  CHECK(jobs.service.end_s == close_to(300));
  CHECK(jobs.service.makespan_s == close_to(300));
  CHECK(jobs.counts.core_s == close_to(4 * 310));      // the running one to the end of the run
}

TEST_CASE("a response is wait and run of a completed job", "[measures]") {
  // one after the other: responses 100, 190, 280; the fourth still runs at the horizon
  Run const run(plain + "horizon: 310 s\n", header + "0,100,4\n10,100,4\n20,100,4\n30,100,4\n");
  Service const service = job_measures(run.reader()).service;
  CHECK(service.response_mean_s == close_to(190));
  CHECK(service.response_p50_s == close_to(190));
  CHECK(service.response_p95_s == close_to(280));
  CHECK(service.response_p99_s == close_to(280));
  CHECK(service.response_max_s == close_to(280));
  // in the system: 100 + 190 + 280 of those completed, 280 of the one that runs, over 310 s
  CHECK(service.in_system_mean == close_to(850.0 / 310));
}

TEST_CASE("Little's law holds on the path of a run in which all jobs completed", "[measures]") {
  // mean number in the system = completed x mean response / time
  std::string trace = header;
  for (int i = 0; i < 2000; ++i) trace += fmt::format("{}.{:03},{}.{:03},{}\n", i * 7 + i * i % 5, i * 37 % 1000, 1 + i * i % 23, i * 91 % 1000, 1 + i * 13 % 4);
  for (const char* rest : {"", "policy: {backfill: easy}\n", "events: [{at: 500 s, fail: h, for: 100 s}]\n"}) {
    CAPTURE(rest);
    JobMeasures const jobs = job_measures(Run(plain + rest, trace).reader());
    REQUIRE(jobs.counts.completed == 2000);
    double const little = 2000 * jobs.service.response_mean_s / jobs.service.makespan_s;
    CHECK(jobs.service.wait_mean_s > 1);
    CHECK(jobs.service.in_system_mean == Approx(little).epsilon(1e-9));
  }
}

TEST_CASE("the 95 % wait is by nearest rank", "[measures]") {
  // jobs of 100 s at 0, 1, 2 ... one after the other: waits 0, 99, 198 ... (99 i)
  auto const p95 = [](int jobs) {
    std::string trace = header;
    for (int i = 0; i < jobs; ++i) trace += fmt::format("{},100,4\n", i);
    return job_measures(Run(plain, trace).reader()).service.wait_p95_s;
  };
  CHECK(p95(1) == close_to(0));
  CHECK(p95(19) == close_to(99 * 18));      // rank ceil(18.05) = 19
  CHECK(p95(20) == close_to(99 * 18));      // rank 19
  CHECK(p95(21) == close_to(99 * 19));      // rank ceil(19.95) = 20
  CHECK(p95(40) == close_to(99 * 37));      // rank 38
}

TEST_CASE("the bounded slowdown counts short jobs as 10 s long", "[measures]") {
  // run 20 s, wait 0: 1; run 2 s, wait 19 s: 21 / 10; run 100 s, wait 20 s: 1.2; run 0 s, wait 119 s: 11.9
  Run const run(plain, header + "0,20,4\n1,2,4\n2,100,4\n3,0,4\n");
  JobMeasures const jobs = job_measures(run.reader());
  CHECK(jobs.service.bounded_slowdown_mean == close_to((1 + 2.1 + 1.2 + 11.9) / 4));
}

TEST_CASE("no slowdown is below 1", "[measures]") {
  Run const run(plain, header + "0,1,1\n5,2,1\n");
  CHECK(job_measures(run.reader()).service.bounded_slowdown_mean == close_to(1));
}

TEST_CASE("utilisation is core-seconds in the window over cores times window", "[measures]") {
  // 2 of 4 cores from 0 s to 100 s, 4 of 4 from 150 s to 400 s
  std::string const trace = header + "0,100,2\n150,250,4\n200,0,1\n";
  CHECK(job_measures(Run(plain, trace).reader()).service.utilisation_mean == close_to((2 * 100 + 4 * 50) / (4 * 200.0)));      // 0 s to 200 s
  CHECK(job_measures(Run(plain + "window: all\nhorizon: 1000 s\n", trace).reader()).service.utilisation_mean == close_to((2 * 100 + 4 * 250) / (4 * 1000.0)));
  CHECK(job_measures(Run(plain + "window: {from: 50 s, to: 150 s}\n", trace).reader()).service.utilisation_mean == close_to(2 * 50 / (4 * 100.0)));
}

TEST_CASE("core-seconds are held, whatever the job makes of them", "[measures]") {
  Run const run(plain, "submit_s,runtime_s,cores,utilisation\n0,100,2,0.5\n");
  CHECK(job_measures(run.reader()).counts.core_s == close_to(200));
}

TEST_CASE("the makespan is from the first submission", "[measures]") {
  Run const run(plain, header + "100,50,1\n120,10,1\n");
  JobMeasures const jobs = job_measures(run.reader());
  CHECK(jobs.service.end_s == close_to(150));
  CHECK(jobs.service.makespan_s == close_to(50));
}

TEST_CASE("the offered load is what is asked for over what the site has until the last job would end", "[measures]") {
  // 4 x 100 + 2 x 60 core-seconds in 4 cores x 110 s; what waits does not count
  Run const run(plain, header + "10,100,4\n60,60,2\n");
  CHECK(job_measures(run.reader()).service.offered_load == close_to(520 / (4 * 110.0)));
}

TEST_CASE("jobs over time: waiting, running, busy", "[measures]") {
  Run const run(plain + "horizon: 300 s\n", header + "0,100,4\n10,100,2\n");
  Activity const activity = job_measures(run.reader()).activity;
  CHECK(activity.times_s == std::vector<double>{0, 10, 100, 200});
  CHECK(activity.waiting == std::vector<double>{0, 1, 0, 0});
  CHECK(activity.running == std::vector<double>{1, 1, 1, 0});
  CHECK(activity.busy_share == std::vector<double>{1, 1, 0.5, 0});
  CHECK(activity.end_s == close_to(300));
}

TEST_CASE("a run without jobs has no waits and no load", "[measures]") {
  Run const run(plain + "horizon: 300 s\n", header);
  JobMeasures const jobs = job_measures(run.reader());
  CHECK(jobs.counts.submitted == 0);
  CHECK(jobs.service.wait_mean_s == 0);
  CHECK(jobs.service.utilisation_mean == 0);
  CHECK(jobs.service.offered_load == 0);
  CHECK(jobs.waits_s.empty());
}

TEST_CASE("what a trace holds beside jobs is counted by its reason", "[measures]") {
  std::string swf = "; MaxProcs: 2\n";
  for (int job = 1; job <= 2; ++job) swf += fmt::format("{} {} 0 {} 1 -1 -1 1 -1 -1 1 1 1 1 1 1 -1 -1\n", job, job * 10, job == 1 ? 100 : -1);
  Run const run(two_servers + "workload: [{trace: ./jobs.swf}]\n", {{"jobs.swf", swf}});
  JobCounts const counts = job_measures(run.reader()).counts;
  CHECK(counts.records == 2);
  std::int64_t skipped = 0;
  for (auto const& [reason, count] : counts.skipped) skipped += count;
  CHECK(counts.submitted + skipped == 2);
}
