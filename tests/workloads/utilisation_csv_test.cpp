#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

const std::string header = "job,submit_s,cores,duration_s,utilisation\n";

std::vector<Job> jobs_of_rows(const std::string& rows) { return jobs_in(".utilisation.csv", header + rows); }

std::vector<std::pair<double, double>> fragments_of(const Job& job) {
  std::vector<std::pair<double, double>> out;
  for (auto const& fragment : job.fragments) out.emplace_back(fragment.length.seconds(), fragment.utilisation.cores);
  return out;
}
using Fragments = std::vector<std::pair<double, double>>;

}  // namespace

TEST_CASE("rows of one job are its fragments, in their order", "[workloads]") {
  auto const jobs = jobs_in(".utilisation.csv",
                            "job,submit_s,cores,duration_s,utilisation,memory_gb,gpus,estimate_s,user\n"
                            "12,0.5,16,60,0.25,2,1,1000,ann\n"
                            "12,0.5,16,30.5,1,2.0,1,1000,ann\n"
                            "12,,,30,0.25,,,,\n"
                            "\n"
                            "3,70,4,10,0.75,,,,\n");
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].id == 12);
  CHECK(jobs[0].submit.ns == 500'000'000);
  CHECK(jobs[0].processors == 16);
  CHECK(jobs[0].gpus == 1);
  CHECK(jobs[0].memory / gigabyte == 2.0);
  CHECK(jobs[0].user == "ann");
  CHECK(jobs[0].runtime.ns == 120'500'000'000);
  CHECK(jobs[0].estimate == whole_seconds(1000));
  CHECK(jobs[0].utilisation == 1.0);
  CHECK(fragments_of(jobs[0]) == Fragments{{60, 0.25}, {30.5, 1}, {30, 0.25}});
  CHECK(jobs[1].id == 3);
  CHECK(jobs[1].runtime == whole_seconds(10));
  CHECK(jobs[1].estimate == jobs[1].runtime);
  CHECK(jobs[1].utilisation == 0.75);
  CHECK(jobs[1].fragments.empty());
  CHECK(jobs[1].gpus == 0);
  CHECK(jobs[1].user.empty());
}

TEST_CASE("neighbouring fragments of one utilisation are one, and a job of one fragment lists none", "[workloads]") {
  auto const jobs = jobs_of_rows("1,0,4,60,0.5\n1,0,4,60,0.5\n1,0,4,60,0.50\n2,0,4,60,0.5\n2,0,4,60,0.5\n2,0,4,60,0\n2,0,4,60,0\n");
  REQUIRE(jobs.size() == 2);
  CHECK(jobs[0].fragments.empty());
  CHECK(jobs[0].utilisation == 0.5);
  CHECK(jobs[0].runtime == whole_seconds(180));
  CHECK(fragments_of(jobs[1]) == Fragments{{120, 0.5}, {120, 0}});
}

TEST_CASE("a fragment without length is none, unless the job has no other", "[workloads]") {
  auto const jobs = jobs_of_rows("1,0,4,0,1\n1,0,4,60,0.5\n1,0,4,0,0.75\n1,0,4,60,0.5\n2,0,4,0,0.25\n3,0,4,0,1\n3,0,4,0,0.5\n");
  REQUIRE(jobs.size() == 3);
  CHECK(jobs[0].fragments.empty());
  CHECK(jobs[0].utilisation == 0.5);
  CHECK(jobs[0].runtime == whole_seconds(120));
  CHECK(jobs[1].runtime == Duration{});
  CHECK(jobs[1].utilisation == 0.25);
  CHECK(jobs[2].fragments.empty());
}

TEST_CASE("jobs of one submit time come by number, and may be many", "[workloads]") {
  auto const jobs = jobs_of_rows("9,0,1,1,1\n9,0,1,1,0.5\n2,0,1,1,1\n5,1,1,1,1\n9,2,1,1,1\n");      // 9 again, later: another job, for all that is known
  REQUIRE(jobs.size() == 4);
  CHECK(jobs[0].id == 2);
  CHECK(jobs[1].id == 9);
  CHECK(jobs[1].fragments.size() == 2);
  CHECK(jobs[2].id == 5);
  CHECK(jobs[3].id == 9);
}

TEST_CASE("the limits of a fragment, from both sides", "[workloads]") {
  CHECK(jobs_of_rows("0,0,1,1,0\n").at(0).utilisation == 0);
  CHECK(jobs_of_rows("1000000000000000,0,1,1,1\n").size() == 1);
  CHECK(jobs_of_rows("1,0,1,3162239999,1\n1,0,1,1,0.5\n").at(0).runtime == longest_duration);
  CHECK(problem_of([] { jobs_of_rows("1,0,1,3162239999,1\n1,0,1,1.000000001,0.5\n"); }) == "duration_s: with these 1.000000001 s the job is longer than 100 years");
  CHECK(problem_of([] { jobs_of_rows("1,0,1,1,-0.0001\n"); }) == "utilisation: -0.0001 is negative");
  CHECK(problem_of([] { jobs_of_rows("1,0,1,1,1.0001\n"); }) == "utilisation: 1.0001 is too large, at most 1 would do");
}

TEST_CASE("a packed table of fragments is the same trace", "[workloads]") {
  std::string const text = header + "1,0,4,60,0.5\n1,0,4,60,1\n2,5,4,60,1\n";
  TemporaryFile const plain(".utilisation.csv", text);
  auto const source = open_file(HEADROOM_SOURCE_DIR "/tests/workloads/two_jobs.utilisation.csv.gz"), other = open_file(plain.path());
  auto const jobs = jobs_of(*source);
  REQUIRE(jobs.size() == 2);
  CHECK(fragments_of(jobs[0]) == fragments_of(jobs_of(*other)[0]));
  CHECK(source->sha256() == other->sha256());
  CHECK(source->counts().records == 2);
  CHECK(source->counts().used == 2);
}

TEST_CASE("a table of fragments with a header alone has no jobs", "[workloads]") {
  CHECK(jobs_of_rows("").empty());
}

TEST_CASE("processor-seconds of fragments are those allocated, not those used", "[workloads]") {
  TemporaryFile const file(".utilisation.csv", header + "1,0,4,60,0.5\n1,0,4,40,0\n2,10,2,10,0.1\n");
  TraceTotals const totals = totals_of(*open_file(file.path()));
  CHECK(totals.processor_seconds_whole == 4 * 100 + 2 * 10);
  CHECK(totals.last_end_s == 100);
  CHECK(totals.counts.records == 2);
}

TEST_CASE("fragments go with their job through arrivals, scaling and merging", "[workloads]") {
  TemporaryFile const file(".utilisation.csv", header + "1,0,4,60,0.5\n1,0,4,40,1\n2,50,4,10,0.25\n3,50,4,100,1\n3,50,4,100,0.5\n");
  WorkloadSpec spec;
  spec.arrivals = 0.5;
  TraceTotals const totals = totals_of(*open_workload(spec, 0, {file.path(), 4, 1}));
  spec.scale_to = LoadTarget{2 * totals.offered_load(4).value(), Duration{}};
  std::vector<std::unique_ptr<JobSource>> sources;
  sources.push_back(open_workload(spec, 0, {file.path(), 4, 1}));
  sources.push_back(list({job_at(0, 1, 100, 1, 1), job_at(150, 2, 100, 1, 1)}));
  auto const jobs = jobs_of(*merge(std::move(sources)));
  REQUIRE(jobs.size() == 8);
  for (auto const& job : jobs) {
    CAPTURE(job.workload, job.id);
    if (job.workload == 1 || job.id % 10 == 2) CHECK(job.fragments.empty());
    else CHECK(fragments_of(job) == (job.id % 10 == 1 ? Fragments{{60, 0.5}, {40, 1}} : Fragments{{100, 1}, {100, 0.5}}));
  }
}

static bool equal(const Job& a, const Job& b) {
  auto const same = [](const Fragment& x, const Fragment& y) { return x.length == y.length && x.utilisation == y.utilisation; };
  return a.id == b.id && a.submit == b.submit && a.runtime == b.runtime && a.processors == b.processors && a.memory == b.memory && a.utilisation == b.utilisation &&
         std::equal(a.fragments.begin(), a.fragments.end(), b.fragments.begin(), b.fragments.end(), same);
}

// A week of a national cluster, 2.3 million fragments of 30 s; made by scripts/convert/opendc_to_utilisation_csv.py. The
// tables themselves give the same jobs.
TEST_CASE("a week of a real cluster reads as its publisher counts it", "[workloads]") {
  const char* data = std::getenv("HEADROOM_DATA");
  std::filesystem::path const folder = data == nullptr ? std::filesystem::path() : std::filesystem::path(data) / "opendc-surf";
  if (data == nullptr || !std::filesystem::exists(folder / "surf_week_tasks.csv.gz")) {
    std::cout << "skipped: set HEADROOM_DATA to a folder with opendc-surf/surf_week_tasks.csv.gz\n";
    return;
  }
  TemporaryFile const file(".utilisation.csv.gz", "");
  std::string const command = std::string("python3 ") + HEADROOM_SOURCE_DIR + "/scripts/convert/opendc_to_utilisation_csv.py " + (folder / "surf_week_tasks.csv.gz").string() + " " +
                              (folder / "surf_week_fragments.csv.gz").string() + " " + file.path().string();
  REQUIRE(std::system(command.c_str()) == 0);
  auto const source = open_file(file.path()), direct = open_file(folder);
  Job job, same;
  std::int64_t jobs = 0, core_ns = 0, different = 0;
  double used_mhz_hours = 0;
  while (source->next(job)) {
    if (!direct->next(same) || !equal(job, same)) ++different;
    ++jobs;
    core_ns += job.runtime.ns / 1000 * job.processors.whole();
    if (job.fragments.empty()) used_mhz_hours += job.utilisation.cores * 33600 * job.runtime.seconds() / 3600;
    for (auto const& fragment : job.fragments) used_mhz_hours += fragment.utilisation.cores * 33600 * fragment.length.seconds() / 3600;
  }
  CHECK(different == 0);
  CHECK_FALSE(direct->next(same));
  CHECK(jobs == 6295);
  CHECK(static_cast<double>(core_ns) * 1e-6 / 3600 == Approx(309796.667).epsilon(1e-8));
  CHECK(used_mhz_hours == Approx(423336017.125).epsilon(1e-9));
}
