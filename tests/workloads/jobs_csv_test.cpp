#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

TEST_CASE("a row of a table of jobs becomes a job, numbered by its row", "[workloads]") {
  auto const jobs = jobs_in(".csv",
                            "submit_s,runtime_s,cores,gpus,memory_gb,utilisation,user,estimate_s\n"
                            "0.001,100,4,2,1.5,0.25,\"ann, b\",200\n"
                            "\n"
                            "0.001,0,0,1,,,,\n");
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].id == 1);
  CHECK(jobs[0].submit.ns == 1'000'000);
  CHECK(jobs[0].runtime == whole_seconds(100));
  CHECK(jobs[0].estimate == whole_seconds(200));
  CHECK(jobs[0].processors == 4);
  CHECK(jobs[0].gpus == 2);
  CHECK(jobs[0].memory / gigabyte == 1.5);
  CHECK(jobs[0].utilisation == 0.25);
  CHECK(jobs[0].user == "ann, b");
  CHECK(jobs[1].id == 2);
  CHECK(jobs[1].runtime == Duration{});
  CHECK(jobs[1].processors == 0);
  CHECK(jobs[1].memory.si() == 0);
  CHECK(jobs[1].utilisation == 1.0);
  CHECK(jobs[1].estimate == Duration{});
}

TEST_CASE("times of a table are exact to the nanosecond", "[workloads]") {
  auto const jobs = jobs_in(".csv", "submit_s,runtime_s,cores\n0.1,0.123456789,1\n86399.999999999,12.5,1\n");
  CHECK(jobs.at(0).submit.ns == 100'000'000);
  CHECK(jobs.at(0).runtime.ns == 123'456'789);
  CHECK(jobs.at(1).submit.ns == 86'399'999'999'999);
}

TEST_CASE("the columns of a table may stand in any order", "[workloads]") {
  auto const jobs = jobs_in(".csv", "cores,submit_s,runtime_s\n8,1,2\n");
  CHECK(jobs.at(0).processors == 8);
  CHECK(jobs.at(0).submit == Instant{} + whole_seconds(1));
}

TEST_CASE("a table with a header alone has no jobs", "[workloads]") {
  CHECK(jobs_in(".csv", "submit_s,runtime_s,cores\n").empty());
}

TEST_CASE("utilisation lies between 0 and 1, ends included", "[workloads]") {
  std::string const header = "submit_s,runtime_s,cores,utilisation\n";
  CHECK(jobs_in(".csv", header + "0,1,1,0\n0,1,1,1\n").size() == 2);
  CHECK(problem_of([&] { jobs_in(".csv", header + "0,1,1,1.0001\n"); }) == "utilisation: 1.0001 is too large, at most 1 would do");
  CHECK(problem_of([&] { jobs_in(".csv", header + "0,1,1,-0.1\n"); }) == "utilisation: -0.1 is negative");
}

TEST_CASE("cores and GPUs may have decimals, GPUs below one alone", "[workloads]") {
  std::string const header = "submit_s,runtime_s,cores,gpus\n";
  auto const jobs = jobs_in(".csv", header + "0,1,0.5,0.25\n0,1,2.125,8\n0,1,1.0,1.0\n");
  CHECK(jobs.at(0).processors == Amount::of_thousandths(500));
  CHECK(jobs.at(0).gpus == Amount::of_thousandths(250));
  CHECK(jobs.at(1).processors == Amount::of_thousandths(2125));
  CHECK(jobs.at(1).gpus == 8);
  CHECK(jobs.at(2).gpus == 1);
  CHECK_FALSE(problem_of([&] { jobs_in(".csv", header + "0,1,1,1.001\n"); }).empty());
}

TEST_CASE("a priority may be negative, and is none where the cell is blank", "[workloads]") {
  auto const jobs = jobs_in(".csv", "submit_s,runtime_s,cores,priority\n0,1,1,-7\n0,1,1,\n0,1,1,2147483647\n");
  CHECK(jobs.at(0).priority == -7);
  CHECK(jobs.at(1).priority == 0);
  CHECK(jobs.at(2).priority == 2147483647);
}

TEST_CASE("a job needs a core or a GPU", "[workloads]") {
  std::string const header = "submit_s,runtime_s,cores,gpus\n";
  CHECK(jobs_in(".csv", header + "0,1,0,1\n").size() == 1);
  CHECK(problem_of([&] { jobs_in(".csv", header + "0,1,0,0\n"); }) == "cores: the job asks for no cores and no GPUs; it needs one at least");
}
