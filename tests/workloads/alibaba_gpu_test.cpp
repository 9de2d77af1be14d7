#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

TEST_CASE("a pod holds its share of one GPU from when it was created as long as it ran", "[workloads]") {
  TemporaryFile const file(".csv",
                           "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n"
                           "late,12500,16384,8,1000,V100M16|V100M32,LS,Running,100,500,130\n"
                           "never,1000,1024,1,1000,,LS,Pending,3,700,\n"
                           "early,500,512,1,460,,BE,Failed,5,7,9\n");
  auto const source = open_file(file.path());
  auto const jobs = jobs_of(*source);
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].id == 3);
  CHECK(jobs[0].submit == Instant{} + whole_seconds(5));
  CHECK(jobs[0].runtime == Duration{});
  CHECK(jobs[0].processors.text() == "0.5");
  CHECK(jobs[0].gpus.text() == "0.46");
  CHECK(jobs[1].runtime == whole_seconds(370));
  CHECK(jobs[1].processors.text() == "12.5");
  CHECK(jobs[1].gpus == 8);
  CHECK(jobs[1].memory.si() / 8 == Approx(16384.0 * 1024 * 1024));
  CHECK(source->counts().records == 3);
  CHECK(source->counts().skipped == std::map<std::string, std::int64_t>{{"never scheduled: no run time", 1}});
  CHECK(source->counts().changed == std::map<std::string, std::int64_t>{{"deleted before it was scheduled: run time 0", 1}, {"gpu_spec is not honoured: runs on any model of GPU", 1}});
}

TEST_CASE("a list without times is packed at once", "[workloads]") {
  TemporaryFile const file(".csv", "name,cpu_milli,memory_mib,num_gpu,gpu_milli\np0,12000,16384,1,1000\np1,6000,12288,0,0\n");
  auto const source = open_file(file.path());
  auto const jobs = jobs_of(*source);
  REQUIRE(jobs.size() == 2);
  for (auto const& job : jobs) {
    CHECK(job.submit == Instant{});
    CHECK(job.runtime == whole_seconds(86400));
  }
  CHECK(source->counts().changed == std::map<std::string, std::int64_t>{{"no times in the list: submitted at 0, for 1 d", 2}});
}

TEST_CASE("the lists of Alibaba's pods have their totals", "[workloads]") {
  auto const folder = data_folder("alibaba-gpu-2023");
  if (!folder) return;
  struct List {
    const char* name;
    std::int64_t pods, unscheduled, with_spec;
    double core_hours, gpu_hours;
  };
  for (auto const& list : {List{"default", 8152, 897, 0, 696260.443, 51470.674}, List{"gpuspec33", 8152, 897, 2388, 696260.443, 51470.674}, List{"cpu0", 7064, 861, 0, 588027.666, 51470.674}}) {
    CAPTURE(list.name);
    TraceTotals const totals = totals_of(*open_file(*folder / (std::string("openb_pod_list_") + list.name + ".csv.gz")));
    CHECK(totals.counts.records == list.pods);
    CHECK(totals.counts.skipped.at("never scheduled: no run time") == list.unscheduled);
    CHECK(totals.processor_seconds / 3600 == Approx(list.core_hours).margin(5e-4));
    CHECK(totals.gpu_seconds / 3600 == Approx(list.gpu_hours).margin(5e-4));
    auto const spec = totals.counts.changed.find("gpu_spec is not honoured: runs on any model of GPU");
    CHECK((spec == totals.counts.changed.end()) == (list.with_spec == 0));
    if (list.with_spec > 0) CHECK(spec->second <= list.with_spec);
  }
  TraceTotals const packed = totals_of(*open_file(*folder / "openb_pod_list_multigpu20.csv.gz"));
  CHECK(packed.counts.used == 8324);
  CHECK(packed.processors_requested == Approx(95171.812).margin(5e-4));
  CHECK(packed.gpus_requested == Approx(7086.8).margin(5e-4));
}
