#include "workloads/generators/generator.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "base/json_fields.h"
#include "base/read_fields.h"
#include "base/yaml.h"
#include "tests/workloads/support.h"
#include "workloads/generators/cycle.h"
#include "workloads/spec_fields.h"

using namespace headroom;

namespace {

constexpr DateTime monday{1736121600, 0};      // 2025-01-06T00:00:00Z

GenerateSpec generate_spec_of(const std::string& yaml) {
  TemporaryFile const file(".yaml", yaml + "\n");
  ReadContext context;
  GenerateSpec spec;
  read_value(*read_yaml(file.path()), Path{}, Rule{}, context, spec);
  context.finish();
  return spec;
}

std::vector<Job> jobs_of_spec(const std::string& yaml, GeneratorSeat seat = {0, 1, monday, 1}) { return jobs_of(*open_generator(generate_spec_of(yaml), seat)); }

const std::string steady = "arrivals: {every: 10 s}, runtime: {mean: 60 s}, sizes: [{processors: 1}]";

}  // namespace

TEST_CASE("generated jobs come in order, numbered from 1, as many as asked for", "[workloads]") {
  auto const jobs = jobs_of_spec("{jobs: 1000, " + steady + "}", {3, 1, monday, 1});
  REQUIRE(jobs.size() == 1000);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    CHECK(jobs[i].id == static_cast<std::int64_t>(i) + 1);
    CHECK(jobs[i].workload == 3);
    CHECK(jobs[i].processors == Amount(1));
    CHECK(jobs[i].estimate == jobs[i].runtime);
    if (i > 0) CHECK(jobs[i].submit >= jobs[i - 1].submit);
  }
}

TEST_CASE("the same seed and workload give the same jobs, another seed or workload gives others", "[workloads]") {
  std::string const spec = "{jobs: 50, " + steady + "}";
  auto const submits = [&](GeneratorSeat seat) {
    std::vector<std::int64_t> out;
    for (auto const& job : jobs_of_spec(spec, seat)) out.push_back(job.submit.ns);
    return out;
  };
  auto const hash = [&](GeneratorSeat seat) { return open_generator(generate_spec_of(spec), seat)->sha256(); };
  auto const first = submits({0, 1, monday, 1});
  CHECK(first == submits({0, 1, monday, 1}));
  CHECK(first != submits({0, 2, monday, 1}));
  CHECK(first != submits({1, 1, monday, 1}));
  CHECK(hash({0, 1, monday, 1}) == hash({0, 1, monday, 1}));
  CHECK(hash({0, 1, monday, 1}) != hash({0, 2, monday, 1}));
  CHECK(hash({0, 1, monday, 1}).size() == 64);
}

TEST_CASE("other sizes do not move the arrivals and the run times", "[workloads]") {
  auto const a = jobs_of_spec("{jobs: 100, arrivals: {every: 10 s}, runtime: {mean: 60 s}, sizes: [{processors: 1}]}");
  auto const b = jobs_of_spec("{jobs: 100, arrivals: {every: 10 s}, runtime: {mean: 60 s}, sizes: [{processors: 1}, {gpus: 8, memory: 64 GB, weight: 3}]}");
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].submit == b[i].submit);
    CHECK(a[i].runtime == b[i].runtime);
  }
}

TEST_CASE("`for` ends the arrivals before that time", "[workloads]") {
  auto const jobs = jobs_of_spec("{for: 10 h, " + steady + "}");
  CHECK(jobs.back().submit < Instant{} + whole_seconds(36000));
  CHECK(std::abs(static_cast<double>(jobs.size()) - 3600) < 4 * 60);
  auto const regular = jobs_of_spec("{for: 1 h, arrivals: {every: 10 s, cv: 0}, runtime: {mean: 60 s}, sizes: [{processors: 1}]}");
  REQUIRE(regular.size() == 359);
  CHECK(regular.back().submit == Instant{} + whole_seconds(3590));
}

TEST_CASE("Poisson arrivals have the counts of a Poisson process in every hour of the week", "[workloads]") {
  std::string day = "[", week = "[1, 1, 1, 1, 1, 0.5, 0]";
  for (int h = 0; h < 24; ++h) day += (h > 0 ? ", " : "") + std::to_string(h < 8 ? 1 : 4);
  auto const jobs = jobs_of_spec("{for: 700 d, arrivals: {every: 60 s, day: " + day + "], week: " + week + "}, runtime: {mean: 1 s}, sizes: [{processors: 1}]}");
  std::map<std::pair<int, int>, double> counts;      // by day of the week and hour
  for (auto const& job : jobs) {
    auto const h = job.submit.ns / whole_seconds(3600).ns % 168;
    ++counts[{static_cast<int>(h / 24), static_cast<int>(h % 24)}];
  }
  double const mean_of_factors = (8 + 16 * 4) / 24.0 * 5.5 / 7;
  double chi_square = 0;
  for (int d = 0; d < 7; ++d)
    for (int h = 0; h < 24; ++h) {
      double const factor = (h < 8 ? 1 : 4) * (d < 5 ? 1.0 : d == 5 ? 0.5 : 0.0);
      double const expected = 100 * 60 * factor / mean_of_factors;
      if (factor == 0) CHECK(counts.count({d, h}) == 0);
      else chi_square += (counts[{d, h}] - expected) * (counts[{d, h}] - expected) / expected;
    }
  CHECK(std::abs(chi_square - 144) < 4 * std::sqrt(2.0 * 144));      // 144 hours in which something arrives
}

TEST_CASE("the clock of the start decides in which hour and on which day a run begins", "[workloads]") {
  CHECK(into_week(monday) == Duration{});
  CHECK(into_week({monday.unix_s - 1, 0}) == whole_seconds(7 * 86400 - 1));
  CHECK(into_week({monday.unix_s, -6 * 3600}) == whole_seconds(6 * 86400 + 18 * 3600));      // Sunday, 18:00
  CHECK(into_week({-1, 0}) == whole_seconds(3 * 86400 - 1));                                // before 1970: a Wednesday
  std::string const sunday = "{jobs: 1, arrivals: {every: 1 h, week: [0, 0, 0, 0, 0, 0, 1]}, runtime: {mean: 1 s}, sizes: [{processors: 1}]}";
  CHECK(jobs_of_spec(sunday).front().submit >= Instant{} + whole_seconds(6 * 86400));
  CHECK(jobs_of_spec(sunday, {0, 1, {monday.unix_s - 7200, 0}, 1}).front().submit < Instant{} + whole_seconds(7200));
}

TEST_CASE("twice the arrival rate makes twice the jobs and leaves the hours where they are", "[workloads]") {
  std::string day = "[1";
  for (int h = 1; h < 24; ++h) day += ", 0";
  std::string const spec = "{for: 50 d, arrivals: {every: 10 min, day: " + day + "]}, runtime: {mean: 1 s}, sizes: [{processors: 1}]}";
  auto const once = jobs_of_spec(spec), twice = jobs_of_spec(spec, {0, 1, monday, 2});
  CHECK(std::abs(static_cast<double>(twice.size()) - 2.0 * static_cast<double>(once.size())) < 4 * std::sqrt(6.0 * 7200));
  for (auto const& job : twice) CHECK(job.submit.ns % whole_seconds(86400).ns <= whole_seconds(3600).ns);
}

TEST_CASE("a cycle's inversion is exact", "[workloads]") {
  Cycle cycle({1, 3, 0}, whole_seconds(100), Duration{});      // weights 0.75, 2.25, 0
  CHECK(cycle.advance(37.5) == Instant{} + whole_seconds(50));
  CHECK(cycle.advance(37.5) == Instant{} + whole_seconds(100));
  CHECK(cycle.advance(112.5) == Instant{} + whole_seconds(150));
  CHECK(cycle.advance(112.5 + 0.75) == Instant{} + whole_seconds(301));      // over the slot in which nothing passes
  Cycle later({1, 3, 0}, whole_seconds(100), whole_seconds(150));
  CHECK(later.advance(112.5) == Instant{} + whole_seconds(50));
  CHECK(later.advance(1e12) == never);
}

TEST_CASE("sizes come as often as their weights say", "[workloads]") {
  auto const jobs = jobs_of_spec("{jobs: 100000, arrivals: {every: 1 s}, runtime: {mean: 1 s}, sizes: [{processors: 1, weight: 6}, {processors: 4, gpus: 2, memory: 16 GB, weight: 3}, "
                                 "{gpus: 0.5, weight: 1}, {processors: 9, weight: 0}]}");
  double ones = 0, fours = 0, shares = 0;
  for (auto const& job : jobs) {
    ones += job.processors == Amount(1);
    fours += job.processors == Amount(4) && job.gpus == Amount(2) && job.memory == 16 * gigabyte;
    shares += job.processors == Amount() && job.gpus == Amount::of_thousandths(500);
  }
  CHECK(ones + fours + shares == 100000);
  CHECK(std::abs(ones - 60000) < 4 * std::sqrt(100000 * 0.6 * 0.4));
  CHECK(std::abs(fours - 30000) < 4 * std::sqrt(100000 * 0.3 * 0.7));
}

TEST_CASE("jobs that would arrive beyond 100 years are an error at the generator's place", "[workloads]") {
  CHECK(problem_of([] { jobs_of_spec("{jobs: 1000, arrivals: {every: 365 d, cv: 0}, runtime: {mean: 1 s}, sizes: [{processors: 1}]}"); }) ==
        "generate: job 101 of 1000 would arrive beyond 100 years; write fewer jobs, or more frequent ones");
  CHECK(jobs_of_spec("{for: 36000 d, arrivals: {every: 365 d, cv: 0}, runtime: {mean: 1 s}, sizes: [{processors: 1}]}").size() == 98);
}

TEST_CASE("the echo of a generator is a generator of the same jobs", "[workloads]") {
  for (const char* yaml : {"{jobs: 20, arrivals: {every: 12.5 min, cv: 2, week: [1, 2, 3, 4, 5, 6, 7]}, runtime: {kind: weibull, mean: 2 h, cv: 0.7, at_most: 1 d}, sizes: [{processors: 3, gpus: 0.5}, "
                           "{gpus: 8, memory: 2 GB, weight: 0.1}], utilisation: 0.4}",
                           "{for: 3 d, lublin: {processors: 100, log2_middle: 3}}"}) {
    GenerateSpec const spec = generate_spec_of(yaml), again = generate_spec_of(echo(spec).dump());
    CHECK(open_generator(spec, {0, 1, monday, 1})->sha256() == open_generator(again, {0, 1, monday, 1})->sha256());
    CHECK(totals_of(*open_generator(spec, {0, 1, monday, 1})).processor_seconds == totals_of(*open_generator(again, {0, 1, monday, 1})).processor_seconds);
  }
}

TEST_CASE("generated jobs can be scaled to a load as those of a trace", "[workloads]") {
  WorkloadSpec spec;
  spec.generate = generate_spec_of("{jobs: 20000, " + steady + "}");
  spec.scale_to = LoadTarget{0.5, whole_seconds(60)};
  auto const source = open_workload(spec, 0, {{}, 40, 1, monday});
  CHECK(totals_of(*source).offered_load(40).value() == Approx(0.5).margin(0.02));
}
