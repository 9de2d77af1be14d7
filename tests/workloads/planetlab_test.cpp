#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

TEST_CASE("each virtual machine of PlanetLab is a job of one core with a fragment a sample", "[workloads]") {
  auto const jobs = jobs_in(".planetlab.csv", "host_a,host_b\n20,0\n20,100\n50,0\n");
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].id == 1);
  CHECK(jobs[0].user == "host_a");
  CHECK(jobs[0].submit == Instant{});
  CHECK(jobs[0].runtime == whole_seconds(900));
  CHECK(jobs[0].processors == 1);
  REQUIRE(jobs[0].fragments.size() == 2);
  CHECK(jobs[0].fragments[0].length == whole_seconds(600));
  CHECK(jobs[0].fragments[0].utilisation == 0.2);
  CHECK(jobs[0].utilisation == 0.5);
  CHECK(jobs[1].fragments.size() == 3);
  CHECK(jobs[1].utilisation == 1);
}

TEST_CASE("the days of PlanetLab have their totals", "[workloads]") {
  auto const folder = data_folder("planetlab");
  if (!folder) return;
  struct Day {
    const char* file;
    int machines;
    double sum;
  };
  for (auto const& day : {Day{"planetlab_20110303.csv.gz", 1052, 3730979}, Day{"planetlab_20110306.csv.gz", 898, 2958567}}) {
    TraceTotals const totals = totals_of(*open_job_source(TraceFormat::planetlab, *folder / day.file));
    CHECK(totals.counts.used == day.machines);
    CHECK(totals.processor_seconds_whole == day.machines * std::int64_t{288 * 300});
    CHECK(totals.busy_processor_seconds / 300 * 100 == Approx(day.sum).epsilon(1e-12));
  }
}
