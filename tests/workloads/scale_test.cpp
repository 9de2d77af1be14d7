#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <tuple>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

// One job of 100 s on one processor every 100 s: an offered load of 1 to one processor.
std::unique_ptr<JobSource> steady_jobs(int jobs = 2000) {
  std::vector<Job> all;
  for (int i = 0; i < jobs; ++i) all.push_back(job_at(100 * i, i + 1));
  return list(std::move(all));
}

std::vector<Job> scaled_jobs(double load, std::uint64_t seed = 1, Duration jitter = whole_seconds(3600), int index = 0, std::int64_t processors = 1) {
  return jobs_of(*scaled(steady_jobs(), {load, jitter}, index, processors, seed, {"s.yaml", 5, 3}));
}

std::set<std::pair<std::int64_t, std::int64_t>> identities(const std::vector<Job>& jobs) {
  std::set<std::pair<std::int64_t, std::int64_t>> out;
  for (auto const& job : jobs) out.emplace(job.id, job.submit.ns);
  return out;
}

}  // namespace

TEST_CASE("a trace that offers what is asked for is left as it is", "[workloads]") {
  auto const jobs = scaled_jobs(1.0);
  REQUIRE(jobs.size() == 2000);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    CHECK(jobs[i].id == static_cast<std::int64_t>(i) + 1);
    CHECK(jobs[i].submit == Instant{} + whole_seconds(100 * static_cast<std::int64_t>(i)));
  }
}

TEST_CASE("copies bring the offered load near the target", "[workloads]") {
  for (double target : {0.3, 1.5, 3.0, 7.25}) {
    CAPTURE(target);
    auto const source = scaled(steady_jobs(), {target, whole_seconds(3600)}, 0, 1, 1, {});
    auto const jobs = jobs_of(*source);
    // binomial: 2000 x 0.25 at most of variance, so 0.03 of a copy is more than two deviations; jitter lengthens 200,000 s by 3,600 s at most
    TraceTotals const totals = totals_of(*list(jobs));
    CHECK(totals.offered_load(1).value() == Approx(target).epsilon(0.025).margin(0.035));
  }
}

TEST_CASE("whole multiples are whole copies", "[workloads]") {
  CHECK(scaled_jobs(3.0).size() == 6000);
}

TEST_CASE("jobs of further copies come later by less than the jitter, and none before its time", "[workloads]") {
  for (auto const& job : scaled_jobs(3.0)) {
    std::int64_t const copy = job.id / 10000, number = job.id % 10000;      // 2000 jobs: the stride is 10,000
    Duration const shift = job.submit - (Instant{} + whole_seconds(100 * (number - 1)));
    CHECK(shift >= Duration{});
    CHECK(shift < whole_seconds(copy == 0 ? 0 : 3600) + Duration{copy == 0 ? 1 : 0});
  }
}

TEST_CASE("without jitter the copies are simultaneous", "[workloads]") {
  auto const jobs = scaled_jobs(2.0, 1, Duration{});
  REQUIRE(jobs.size() == 4000);
  CHECK(jobs[0].submit == jobs[1].submit);
  CHECK(jobs[0].id == 1);
  CHECK(jobs[1].id == 10001);
}

TEST_CASE("a scaled trace is sorted by submit time and number, and no number stands twice", "[workloads]") {
  auto const jobs = scaled_jobs(4.5, 1, whole_seconds(3600), 3);
  CHECK(std::is_sorted(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return std::tie(a.submit, a.id) < std::tie(b.submit, b.id); }));
  std::set<std::int64_t> numbers;
  for (auto const& job : jobs) numbers.insert(job.id);
  CHECK(numbers.size() == jobs.size());
  CHECK(std::all_of(jobs.begin(), jobs.end(), [](const Job& job) { return job.workload == 3; }));
}

TEST_CASE("the same seed makes the same jobs, another seed or workload others", "[workloads]") {
  CHECK(identities(scaled_jobs(1.5, 1)) == identities(scaled_jobs(1.5, 1)));
  CHECK(identities(scaled_jobs(1.5, 1)) != identities(scaled_jobs(1.5, 2)));
  CHECK(identities(scaled_jobs(1.5, 1)) != identities(scaled_jobs(1.5, 1, whole_seconds(3600), 1)));
}

TEST_CASE("a higher target only adds jobs", "[workloads]") {
  auto const low = identities(scaled_jobs(2.3)), high = identities(scaled_jobs(2.6)), next = identities(scaled_jobs(3.1));
  CHECK(std::includes(high.begin(), high.end(), low.begin(), low.end()));
  CHECK(std::includes(next.begin(), next.end(), high.begin(), high.end()));
}

TEST_CASE("a target for more processors needs more copies", "[workloads]") {
  CHECK(scaled_jobs(0.5, 1, whole_seconds(3600), 0, 10).size() == 10000);
}

TEST_CASE("counts and hash of a scaled trace are those of the trace", "[workloads]") {
  auto const source = scaled(steady_jobs(), {3.0, whole_seconds(3600)}, 0, 1, 1, {});
  CHECK(source->counts().records == 2000);
  CHECK(source->sha256() == "hash");
}

TEST_CASE("a trace that keeps no processor busy cannot be scaled", "[workloads]") {
  std::string const sentence = "scale_to: no job of the trace keeps a processor busy, so no number of copies offers a load";
  CHECK(problem_of([] { scaled(list({}), {1.0, Duration{}}, 0, 1, 1, {}); }) == sentence);
  CHECK(problem_of([] { scaled(list({job_at(0, 1, 0), job_at(5, 2, 0)}), {1.0, Duration{}}, 0, 1, 1, {}); }) == sentence);
}

TEST_CASE("a target beyond reason is refused before it fills the memory", "[workloads]") {
  CHECK(problem_of([] { scaled_jobs(1e9); }) ==
        "scale_to.offered_load: the trace offers 1 to 1 processors, so 1e+09 would be 1e+09 copies of it, 2e+12 jobs; 2e+08 jobs are the most");
}
