#include <catch2/catch.hpp>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

std::string workload(const std::string& jobs, const std::string& profiles) { return "{\"nb_res\": 4, \"jobs\": [" + jobs + "], \"profiles\": {" + profiles + "}}"; }

std::string job(const std::string& id, const std::string& profile, const std::string& more = "\"res\": 4") {
  return "{\"id\": " + id + ", \"subtime\": 0, \"profile\": \"" + profile + "\", " + more + "}";
}

// The one job of a profile, on 4 machines of 1 GFLOP/s.
Job job_with(const std::string& profile) {
  TemporaryFile const file(".json", workload(job("1", "p"), "\"p\": " + profile + ", \"ten\": {\"type\": \"delay\", \"delay\": 10}"));
  auto const jobs = jobs_of(*open_file(file.path(), {1e9}));
  REQUIRE(jobs.size() == 1);
  return jobs.front();
}

// Why the one job of a profile is skipped.
std::string skipped(const std::string& profile, std::optional<double> flop_rate) {
  TemporaryFile const file(".json", workload(job("1", "p"), "\"p\": " + profile));
  auto const source = open_file(file.path(), {flop_rate});
  CHECK(jobs_of(*source).empty());
  CHECK(source->counts().records == 1);
  return source->counts().skipped.empty() ? "" : source->counts().skipped.begin()->first;
}

}  // namespace

TEST_CASE("jobs of a Batsim workload name profiles, in the words of either version", "[workloads]") {
  for (const char* type : {"delay", "DelayProfile"}) {
    TemporaryFile const file(".json", workload(R"({"id": 3, "subtime": 57.245384205516594, "walltime": 300, "res": 8, "profile": "d", "note": [1, {"x": null}]},
      {"id": 2, "subtime": 1e1, "res": 1, "walltime": -1, "profile": "d"})", std::string("\"d\": {\"type\": \"") + type + "\", \"delay\": 113.8}"));
    auto const source = open_file(file.path());
    CHECK(source->machine_processors() == 4);
    auto const jobs = jobs_of(*source);
    REQUIRE(jobs.size() == 2);
    CHECK(jobs[0].id == 2);
    CHECK(jobs[0].submit == Instant{} + whole_seconds(10));
    CHECK(jobs[0].estimate == jobs[0].runtime);
    CHECK(jobs[1].id == 3);
    CHECK(jobs[1].submit.ns == 57'245'384'206);
    CHECK(jobs[1].runtime.ns == 113'800'000'000);
    CHECK(jobs[1].estimate == whole_seconds(300));
    CHECK(jobs[1].processors == 8);
    CHECK(jobs[1].utilisation == 0.0);
  }
}

TEST_CASE("where one id is text, the jobs are numbered as they stand", "[workloads]") {
  auto const jobs = jobs_in(".json", workload(job("7", "d") + "," + job("\"w0!1\"", "d"), R"("d": {"type": "delay", "delay": 1})"));
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].id == 1);
  CHECK(jobs[1].id == 2);
}

TEST_CASE("a job ends at its walltime, and that is counted", "[workloads]") {
  TemporaryFile const file(".json", workload(job("1", "d", R"("res": 1, "walltime": 2.5)") + "," + job("2", "d", R"("res": 1, "walltime": 10)"), R"("d": {"type": "delay", "delay": 10})"));
  auto const source = open_file(file.path());
  auto const jobs = jobs_of(*source);
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].runtime.ns == 2'500'000'000);
  CHECK(jobs[1].runtime == whole_seconds(10));
  CHECK(source->counts().changed == std::map<std::string, std::int64_t>{{"job that ends at its walltime", 1}});
}

TEST_CASE("work takes as long as the flop rate says", "[workloads]") {
  CHECK(job_with(R"({"type": "parallel_homogeneous", "cpu": 8e9, "com": 0})").runtime == whole_seconds(8));
  CHECK(job_with(R"({"type": "ParallelTaskHomogeneousProfile", "cpu": 8e9})").runtime == whole_seconds(8));
  CHECK(job_with(R"({"type": "ptask_homogeneous", "cpu": 8e9, "com": 0})").runtime == whole_seconds(8));
  CHECK(job_with(R"({"type": "parallel_homogeneous_total", "cpu": 8e9, "com": 0})").runtime == whole_seconds(2));
  CHECK(job_with(R"({"type": "ParallelTaskHomogeneousProfile", "cpu": 8e9, "com": 0, "generation_strategy": "DefinedAmountsSpreadUniformly"})").runtime == whole_seconds(2));
  CHECK(job_with(R"({"type": "parallel_homogeneous", "cpu": 0, "com": 0})").runtime == Duration{});
}

TEST_CASE("machines with unequal work are used as much as they compute on average", "[workloads]") {
  Job const job = job_with(R"({"type": "ParallelTaskProfile", "cpu": [8e9, 4e9, 0, 0], "com": [0,0,0,0, 0,0,0,0, 0,0,0,0, 0,0,0,0]})");
  CHECK(job.runtime == whole_seconds(8));
  CHECK(job.utilisation == 0.375);
}

TEST_CASE("a composition is its parts, as often as it says", "[workloads]") {
  Job const equal = job_with(R"({"type": "composed", "repeat": 1000000, "seq": ["ten", "ten"]})");
  CHECK(equal.runtime == whole_seconds(20'000'000));
  CHECK(equal.fragments.empty());
  TemporaryFile const file(".json", workload(job("1", "outer", R"("res": 2, "walltime": 45)"), R"("half": {"type": "parallel", "cpu": [4e9, 0]}, "ten": {"type": "delay", "delay": 10},
      "inner": {"type": "SequentialCompositionProfile", "seq": ["half", "ten"]}, "outer": {"type": "composed", "repeat": 3, "seq": ["inner", "half"]})"));
  auto const jobs = jobs_of(*open_file(file.path(), {1e9}));
  REQUIRE(jobs.size() == 1);
  CHECK(jobs[0].runtime == whole_seconds(45));      // of 3 x 18
  std::vector<std::pair<std::int64_t, double>> fragments;
  for (auto const& fragment : jobs[0].fragments) fragments.emplace_back(fragment.length.ns / nanoseconds_per_second, fragment.utilisation.cores);
  CHECK(fragments == std::vector<std::pair<std::int64_t, double>>{{4, 0.5}, {10, 0}, {8, 0.5}, {10, 0}, {8, 0.5}, {5, 0}});
}

TEST_CASE("what cannot be run is skipped with its reason", "[workloads]") {
  CHECK(skipped(R"({"type": "parallel_homogeneous", "cpu": 8e9, "com": 1})", 1e9) == "sends data between machines");
  CHECK(skipped(R"({"type": "parallel_homogeneous", "cpu": 8e9, "com": 0})", std::nullopt) == "states its work, and flop_rate is not given");
  CHECK(skipped(R"({"type": "data_staging", "nb_bytes": 8e9})", 1e9) == "profile of type data_staging");
  CHECK(skipped(R"({"type": "smpi", "trace": "."})", 1e9) == "replays a trace of actions");
  CHECK(skipped(R"({"type": "composed", "seq": ["q"]}, "q": {"type": "send"})", 1e9) == "profile of type send");
}

TEST_CASE("a mistake is found at its line and column, behind texts and numbers of any kind", "[workloads]") {
  TemporaryFile const file(".json", "{\"a\\\\\": \"x\\\"y\\u00e9\", \"b\": [true, null, -0, 1.5e-3],\n \"nb_res\": \"four\"}");
  try {
    open_file(file.path());
    FAIL("nb_res is no number");
  } catch (const InputError& e) {
    CHECK(e.problems().front().where.line == 2);
    CHECK(e.problems().front().where.column == 12);
    CHECK(e.problems().front().what == "nb_res: expected a number, found text in quotes");
  }
}

TEST_CASE("Batsim's own workloads load, but for those that cannot", "[workloads]") {
  auto const folder = data_folder("batsim");
  if (!folder) return;
  int loaded = 0;
  std::map<std::string, std::string> problems;
  for (auto const& entry : std::filesystem::directory_iterator(*folder / "workloads")) {
    try {
      auto const source = open_file(entry.path(), {1e9});
      jobs_of(*source);
      ReadCounts const counts = source->counts();
      std::int64_t records = counts.used;
      for (auto const& [reason, count] : counts.skipped) records += count;
      CHECK(counts.records == records);
      ++loaded;
    } catch (const InputError& e) {
      problems[entry.path().filename().string()] = std::string(e.what()).substr(entry.path().string().size());
    }
  }
  CHECK(loaded == 10);
  CHECK(problems == std::map<std::string, std::string>{
                        {"test_long_workload.json", ":16:29: error: jobs[10].subtime: 1e10 s is beyond 100 years"},
                        {"test_usage_trace.json", ":86:25: error: profiles.ut-homo-onephase-100.filename: there is no file 'usage-trace/homo-onephase-100/traces.txt'"}});
  TraceTotals const late = totals_of(*open_file(*folder / "medium_late/medium_late.json"));
  CHECK(late.counts.used == 801);
  CHECK(late.machine_processors == 32);
  CHECK(late.processor_seconds == Approx(256450.464).epsilon(1e-12));
}

TEST_CASE("the Batsim workload that ships has its published totals", "[workloads]") {
  auto const source = open_file(std::filesystem::path(HEADROOM_SOURCE_DIR) / "workloads/traces/batsim-medium-late.json.gz");
  TraceTotals const totals = totals_of(*source);
  CHECK(totals.counts.used == 801);
  CHECK(totals.machine_processors == 32);
  CHECK(totals.processor_seconds == Approx(256450.464).epsilon(1e-12));      // resource-seconds of Batsim's own run
  CHECK(totals.sha256 == "b875d37a0cda19b8bea57a3a31225d3711fed3e51bae8bc511a71a0cfb3e1311");
}
