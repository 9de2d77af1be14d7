#include <catch2/catch.hpp>

#include "tests/support/temporary.h"
#include "tests/workloads/support.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

const std::string tasks = "id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity\n";
const std::string fragments = "id,duration,cpu_usage\n";

}  // namespace

TEST_CASE("tasks and the fragments beside them become jobs", "[workloads]") {
  TemporaryFolder const folder;
  folder.write("a_tasks.csv", tasks + "8,5000,60000,4,8000,512\n7,2000,90000,16,33600,100000\n9,5000,1,1,2000,1\n");
  folder.write("a_fragments.csv", fragments + "7,30000,8400\n8,60000,9000\n7,30000,16800\n7,30000,16800\n7,0,1\n");
  for (fs::path const& given : {folder.path(), folder.path() / "a_tasks.csv"}) {
    auto const source = open_file(given);
    auto const jobs = jobs_of(*source);
    REQUIRE(jobs.size() == 2);
    CHECK(jobs[0].id == 7);
    CHECK(jobs[0].submit == Instant{});
    CHECK(jobs[0].processors == 16);
    CHECK(jobs[0].runtime == whole_seconds(90));
    CHECK(jobs[0].memory == 100 * gigabyte);
    REQUIRE(jobs[0].fragments.size() == 2);      // neighbours of one utilisation are joined
    CHECK(jobs[0].fragments[0].utilisation == 0.25);
    CHECK(jobs[0].fragments[1].length == whole_seconds(60));
    CHECK(jobs[0].utilisation == 0.5);
    CHECK(jobs[1].submit == Instant{} + whole_seconds(3));
    CHECK(jobs[1].utilisation == 1.0);           // 9,000 of 8,000 MHz
    CHECK(jobs[1].fragments.empty());
    ReadCounts const counts = source->counts();
    CHECK(counts.records == 3);
    CHECK(counts.skipped == std::map<std::string, std::int64_t>{{"no fragments", 1}});
    CHECK(counts.changed == std::map<std::string, std::int64_t>{{"fragment cut to the capacity of its task", 1}});
  }
}

// The table that scripts/convert/opendc_to_utilisation_csv.py makes gives the same jobs: utilisation_csv_test.cpp.
TEST_CASE("the week of SURF Lisa has its published totals", "[workloads]") {
  auto const folder = data_folder("opendc-surf");
  if (!folder) return;
  auto const source = open_file(*folder);
  Job job;
  std::int64_t jobs = 0;
  double core_hours = 0, mhz_hours = 0;
  while (source->next(job)) {
    ++jobs;
    core_hours += job.processors * (job.runtime.seconds() / 3600);
    if (job.fragments.empty()) mhz_hours += job.utilisation.cores * 33600 * job.runtime.seconds() / 3600;
    for (auto const& fragment : job.fragments) mhz_hours += fragment.utilisation.cores * 33600 * fragment.length.seconds() / 3600;
  }
  CHECK(jobs == 6295);
  CHECK(core_hours == Approx(309796.667).epsilon(1e-8));
  CHECK(mhz_hours == Approx(423336017.125).epsilon(1e-9));
  CHECK(source->counts().skipped.empty());
  CHECK(source->counts().changed.empty());
}

TEST_CASE("the Bitbrains sample reads whole, what is above capacity is counted", "[workloads]") {
  auto const folder = data_folder("opendc-bitbrains");
  if (!folder) return;
  auto const source = open_file(*folder / "tasks.csv.gz");
  CHECK(jobs_of(*source).size() == 50);
  CHECK(source->counts().changed.at("fragment cut to the capacity of its task") == 19461);
}
