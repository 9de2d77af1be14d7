// Allocation and fragments of GPUs over time, by hand.
#include <catch2/catch.hpp>

#include "analysis/measures/gpu_use.h"
#include "analysis/summary/summary.h"
#include "tests/engine/support.h"

using namespace headroom;

namespace {

// One server of eight cores and two GPUs.
const std::string site = R"(site:
  name: one
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 8, gpus: 2, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
window: all
)";
const std::string gpu_header = "submit_s,runtime_s,cores,gpus\n";
Approx use_close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-12); }

}  // namespace

TEST_CASE("GPUs are allocated while jobs hold them, and free ones are fragments to jobs that cannot use them", "[measures]") {
  // half a GPU from 0 s to 40 s, another half beside it from 10 s to 20 s; two GPUs from 40 s to 100 s
  Run const run(site + jobs_workload, gpu_header + "0,40,1,0.5\n10,10,1,0.5\n11,60,1,2\n");
  CHECK(run.job(1).placement == "0:1/0.5@0");
  CHECK(run.job(2).placement == "0:1/0.5@0");
  CHECK(run.job(3).placement == "0:1/2");
  auto const use = gpu_use(run.reader());
  REQUIRE(use);
  CHECK(use->allocation_mean == use_close_to((0.5 * 30 + 1 * 10 + 2 * 60) / (2 * 100.0)));
  CHECK(use->allocation_peak == 1);
  // two of three jobs ask for half a GPU, one for two. Free with one half taken: 1.5, all of it a fragment to the third job;
  // with both halves taken: 1
  CHECK(use->fragmentation_mean == use_close_to((1.5 / 3 * 30 + 1.0 / 3 * 10) / (2 * 100.0)));
  CHECK(use->fragmentation_peak == use_close_to(1.5 / 3 / 2));
  CHECK(use->times_s == std::vector<double>{0, 10, 20, 40, 100});
  CHECK(use->allocated.back() == 0);
  CHECK(use->fragmented.back() == 0);

  auto const service = to_json(summarise(run.reader()), {})["service"];
  CHECK(service["gpu_allocation_mean"] == use->allocation_mean);
  CHECK(service["gpu_fragmentation_peak"] == use->fragmentation_peak);
}

TEST_CASE("free GPUs are fragments where cores are short, and to jobs of cores alone", "[measures]") {
  Run const run(site + jobs_workload, gpu_header + "0,100,6,0\n0,100,1,1\n0,1,4,1\n");
  auto const use = gpu_use(run.reader());
  REQUIRE(use);
  // from 0 s to 100 s one GPU and one core are free: a fragment to the jobs of six and of four cores
  CHECK(use->fragmented.front() == use_close_to(2.0 / 3 / 2));
}

TEST_CASE("a site without GPUs has no use of them", "[measures]") {
  Run const run(one_server + jobs_workload, "submit_s,runtime_s,cores\n0,1,1\n");
  CHECK_FALSE(gpu_use(run.reader()));
  CHECK_FALSE(to_json(summarise(run.reader()), {})["service"].contains("gpu_allocation_mean"));
}

TEST_CASE("what an interrupted attempt held counts, and whole servers take all GPUs of theirs", "[measures]") {
  std::string const outage = "events: [{at: 20 s, fail: utility, for: 10 s}]\npolicy: {on_failure: kill}\n";
  Run const run(site + "workload: [{trace: ./jobs.csv, processor: server}]\nhorizon: 100 s\n" + outage, gpu_header + "0,60,1,0\n");
  auto const use = gpu_use(run.reader());
  REQUIRE(use);
  CHECK(use->allocation_mean == use_close_to(0.2001));      // to 20.01 s: its supplies hold up for 10 ms
  CHECK(use->fragmentation_peak == 0);
}
