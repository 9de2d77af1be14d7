#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

struct Published {
  std::int64_t records, with_work, first_submit, last_submit, last_end, processors, largest_job, core_seconds;
  double runtime_mean_s, processors_mean, offered_load;
};

// Every figure to the digits in which it is printed.
void check_against(const std::filesystem::path& file, const Published& p) {
  auto const source = open_file(file);
  TraceTotals const t = totals_of(*source);
  CHECK(t.counts.records == p.records);
  CHECK(t.counts.used == p.records);
  CHECK(t.counts.skipped.empty());
  CHECK(t.jobs_with_work == p.with_work);
  CHECK(t.first_submit_s == static_cast<double>(p.first_submit));
  CHECK(t.last_submit_s == static_cast<double>(p.last_submit));
  CHECK(t.last_end_s == static_cast<double>(p.last_end));
  CHECK(t.machine_processors == p.processors);
  CHECK(t.largest_job_processors == p.largest_job);
  CHECK(t.processor_seconds_whole == p.core_seconds);
  CHECK(t.processor_seconds == static_cast<double>(p.core_seconds));
  CHECK(t.runtime_mean_s == Approx(p.runtime_mean_s).margin(0.005).epsilon(0));
  CHECK(t.processors_mean == Approx(p.processors_mean).margin(0.0005).epsilon(0));
  CHECK(t.offered_load(p.processors).value() == Approx(p.offered_load).margin(0.00005).epsilon(0));
}

std::filesystem::path shipped(const char* name) { return std::filesystem::path(HEADROOM_SOURCE_DIR) / "workloads/traces" / name; }

}  // namespace

TEST_CASE("the NASA iPSC trace has its published totals", "[workloads]") {
  check_against(shipped("nasa-ipsc.swf.gz"), {18239, 18066, 0, 7948936, 7949022, 128, 128, 474238015, 772.21, 16.807, 0.4661});
}

TEST_CASE("the Lublin trace has its published totals", "[workloads]") {
  check_against(shipped("lublin-256.swf.gz"), {10000, 10000, 5094, 7711701, 7739924, 256, 256, 2092781168, 4862.77, 22.101, 1.0569});
}

TEST_CASE("the LCG trace has its published totals", "[workloads]") {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data == nullptr) {
    std::cout << "skipped: set HEADROOM_DATA\n";
    return;
  }
  check_against(std::filesystem::path(data) / "swf/LCG-2005-1.swf.gz", {188041, 187520, 0, 950392, 1123132, 24515, 1, 1502530759, 8012.64, 1.0, 0.0546});
}

TEST_CASE("the hash of a trace is that of its bytes before packing", "[workloads]") {
  auto const source = open_file(shipped("nasa-ipsc.swf.gz"));
  CHECK(source->sha256() == "9d997a2c20a7f7b0b6d81638d756ce8b2c524c4f2e9ec78da36001743ca33d76");
}

TEST_CASE("totals add up what a few jobs ask for", "[workloads]") {
  Job gpu_job = job_at(50, 3, 10, 0);
  gpu_job.gpus = 8;
  // 2 x 100 + 3 x 300 = 1,100 processor-seconds from 10 s to 320 s
  TraceTotals const t = totals_of(*list({job_at(10, 1, 100, 2), job_at(20, 2, 300, 3), gpu_job, job_at(60, 4, 0, 64)}));
  CHECK(t.jobs_with_work == 2);
  CHECK(t.processor_seconds_whole == 1100);
  CHECK(t.gpu_seconds == 80);
  CHECK(t.runtime_mean_s == 200);
  CHECK(t.processors_mean == 2.5);
  CHECK(t.largest_job_processors == 64);
  CHECK(t.first_submit_s == 10);
  CHECK(t.last_submit_s == 60);
  CHECK(t.last_end_s == 320);
  CHECK(t.load_span_s == 310);
  CHECK(t.offered_load(11).value() == 1100.0 / (11 * 310));
}

TEST_CASE("processor-seconds do not overflow for the largest jobs there may be", "[workloads]") {
  TraceTotals const t = totals_of(*list({job_at(0, 1, 3162240000, INT32_MAX), job_at(0, 2, 3162240000, INT32_MAX)}));
  CHECK(t.processor_seconds == Approx(2.0 * 3162240000.0 * INT32_MAX));
}

TEST_CASE("an empty trace offers no load, and none is offered to no processors", "[workloads]") {
  CHECK(!totals_of(*list({})).offered_load(10));
  CHECK(!totals_of(*list({job_at(0, 1)})).offered_load(0));
  CHECK(totals_of(*list({job_at(0, 1)})).offered_load(1).value() == 1.0);
}

TEST_CASE("what jobs request and what they keep busy is counted apart", "[workloads]") {
  std::vector<Job> jobs{job_at(0, 1, 100, 4), job_at(0, 2, 100, 2)};
  jobs[0].utilisation = 0.25;
  jobs[1].gpus = Amount::of_thousandths(500);
  jobs[1].fragments = {{whole_seconds(60), 0.5}, {whole_seconds(40), 1.0}};
  TraceTotals const totals = totals_of(*list(jobs));
  CHECK(totals.processors_requested == 6);
  CHECK(totals.gpus_requested == 0.5);
  CHECK(totals.processor_seconds == 600);
  CHECK(totals.busy_processor_seconds == 240);
}
