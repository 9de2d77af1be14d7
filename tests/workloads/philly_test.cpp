#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

const std::string philly_header = "timestamp,duration,num_gpus,gpu_time,cluster\n";

}  // namespace

TEST_CASE("a row of a Philly table becomes a job of GPUs, the first time stamp is second zero", "[workloads]") {
  TemporaryFile const file(".csv", philly_header + "2017-10-09 07:01:55,66.5,2,133.0,11cb48\n2017-10-08 23:59:59,10,1,10,6214e9\n");
  auto const source = open_file(file.path());
  CHECK(source->header().at("StartTime") == "2017-10-08 23:59:59");
  auto const jobs = jobs_of(*source);
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].id == 2);      // its row
  CHECK(jobs[0].submit == Instant{});
  CHECK(jobs[1].submit == Instant{} + whole_seconds(7 * 3600 + 60 + 56));
  CHECK(jobs[1].runtime.ns == 66'500'000'000);
  CHECK(jobs[1].estimate == jobs[1].runtime);
  CHECK(jobs[1].processors == 2);
  CHECK(jobs[1].gpus == 0);
  CHECK(jobs[1].user == "11cb48");
}

TEST_CASE("leap days and the ends of years count as the calendar says", "[workloads]") {
  auto const jobs = jobs_in(".csv", "timestamp,duration,num_gpus\n2016-02-28 00:00:00,1,1\n2016-03-01 00:00:00,1,1\n2017-01-01 00:00:00,1,1\n");
  REQUIRE(jobs.size() == 3);
  CHECK(jobs[1].submit == Instant{} + whole_seconds(2 * 86400));
  CHECK(jobs[2].submit == Instant{} + whole_seconds(308 * 86400));
}

TEST_CASE("jobs of one second come by row, those without GPUs are skipped and counted", "[workloads]") {
  TemporaryFile const file(".csv", philly_header + "2017-10-09 07:00:00,5,1,5,a\n2017-10-09 06:00:00,5,0,0,a\n2017-10-09 07:00:00,0,1,0,a\n");
  auto const source = open_file(file.path());
  auto const jobs = jobs_of(*source);
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].id == 1);
  CHECK(jobs[1].id == 3);
  CHECK(jobs[0].submit == Instant{} + whole_seconds(3600));      // the job that is skipped was submitted, too
  CHECK(source->counts().records == 3);
  CHECK(source->counts().skipped == std::map<std::string, std::int64_t>{{"no GPUs", 1}});
}

TEST_CASE("a table without rows has no jobs", "[workloads]") { CHECK(jobs_in(".csv", philly_header).empty()); }

TEST_CASE("the Philly trace has its published totals", "[workloads]") {
  auto const folder = data_folder("philly-jobs");
  if (!folder) return;
  auto const source = open_file(*folder / "philly_jobs_shared.csv.gz");
  CHECK(source->header().at("StartTime") == "2017-09-04 10:30:41");
  TraceTotals const totals = totals_of(*source);
  CHECK(totals.counts.records == 71157);
  CHECK(totals.counts.used == 71157);
  CHECK(totals.largest_job_processors == 128);
  CHECK(totals.processor_seconds / 3600 == Approx(886937.756).margin(0.0006));
  CHECK(totals.runtime_mean_s == Approx(12488.096).margin(0.0006));
  CHECK(totals.last_submit_s == 9408690);
}

TEST_CASE("the extract of the Philly trace that ships has its totals", "[workloads]") {
  TraceTotals const totals = totals_of(*open_file(std::filesystem::path(HEADROOM_SOURCE_DIR) / "workloads/traces/philly-500.csv"));
  CHECK(totals.counts.used == 500);
  CHECK(totals.largest_job_processors == 8);
  CHECK(totals.processor_seconds == 11099356);
}
