#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

TEST_CASE("twice the arrival rate halves the submit times, to the nanosecond", "[workloads]") {
  auto const source = with_arrivals(list({job_at(3, 1), job_at(100, 2)}), 4, 2.0, {});
  auto const jobs = jobs_of(*source);
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].submit.ns == 1'500'000'000);
  CHECK(jobs[1].submit.ns == 50'000'000'000);
  CHECK(jobs[1].workload == 4);
  CHECK(jobs[1].runtime == whole_seconds(100));
}

TEST_CASE("submit times are divided by the factor and rounded to the nearest nanosecond", "[workloads]") {
  auto const jobs = jobs_of(*with_arrivals(list({job_at(1, 1), job_at(2, 2)}), 0, 3.0, {}));
  CHECK(jobs.at(0).submit.ns == 333'333'333);
  CHECK(jobs.at(1).submit.ns == 666'666'667);
}

TEST_CASE("jobs that a high arrival rate makes simultaneous come by number", "[workloads]") {
  auto const jobs = jobs_of(*with_arrivals(list({job_at(1, 9), job_at(2, 3)}), 0, 1e12, {}));
  CHECK(jobs.at(0).id == 3);
  CHECK(jobs.at(1).id == 9);
}

TEST_CASE("an arrival rate so low that jobs leave the century is an error of the scenario", "[workloads]") {
  auto const source = with_arrivals(list({job_at(86400, 7)}), 0, 1e-6, {"s.yaml", 4, 3});
  Job job;
  try {
    source->next(job);
    FAIL("86,400 million seconds are more than a century");
  } catch (const InputError& e) {
    CHECK(std::string(e.what()) == "s.yaml:4:3: error: arrivals: 1e-06 puts the arrival of job 7 beyond 100 years");
  }
}

TEST_CASE("a workload opens its trace in the format it names, whatever the file is called", "[workloads]") {
  TemporaryFile const file(".json", "submit_s,runtime_s,cores\n0,100,4\n");
  WorkloadSpec spec;
  spec.format = TraceFormat::jobs_csv;
  auto const jobs = jobs_of(*open_workload(spec, 2, {file.path(), 100, 1}));
  REQUIRE(jobs.size() == 1);
  CHECK(jobs[0].workload == 2);
  spec.format.reset();
  CHECK_THROWS_AS(open_workload(spec, 2, {file.path(), 100, 1}), InputError);
}

TEST_CASE("a flop rate is for traces that state work, with others it is a mistake of the scenario", "[workloads]") {
  TemporaryFile const work(".json", R"({"nb_res": 2, "jobs": [{"id": 1, "subtime": 0, "res": 2, "profile": "p"}], "profiles": {"p": {"type": "parallel_homogeneous", "cpu": 6e9, "com": 0}}})");
  TemporaryFile const table(".csv", "submit_s,runtime_s,cores\n0,100,4\n");
  WorkloadSpec spec;
  spec.flop_rate = 2e9;
  CHECK(jobs_of(*open_workload(spec, 0, {work.path(), 100, 1})).at(0).runtime == whole_seconds(3));
  CHECK(problem_of([&] { open_workload(spec, 0, {table.path(), 100, 1}); }) == "flop_rate: the jobs of this trace state their run times, not their work; leave it out");
}

TEST_CASE("arrivals come before scaling: the target is met by what the site sees", "[workloads]") {
  std::string text = "submit_s,runtime_s,cores\n";
  for (int i = 0; i < 1000; ++i) text += std::to_string(10 * i) + ",10,1\n";
  TemporaryFile const file(".csv", text);
  WorkloadSpec spec;
  spec.arrivals = 4.0;
  spec.scale_to = LoadTarget{2.0, Duration{}};
  auto const source = open_workload(spec, 0, {file.path(), 10, 1});
  TraceTotals const totals = totals_of(*source);
  CHECK(totals.offered_load(10).value() == Approx(2.0).margin(0.1));
}
