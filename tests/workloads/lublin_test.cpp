#include "workloads/generators/lublin.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "tests/workloads/support.h"
#include "workloads/generators/distributions.h"

using namespace headroom;

namespace {

LublinSpec machine(std::int64_t processors) {
  LublinSpec spec;
  spec.processors = processors;
  return spec;
}

bool is_power_of_two(std::int64_t n) { return (n & (n - 1)) == 0; }

GenerateSpec generator(std::int64_t processors, std::int64_t jobs) {
  GenerateSpec spec;
  spec.jobs = jobs;
  spec.lublin = machine(processors);
  return spec;
}

struct Sample {
  double mean = 0, error = 0;      // of the mean, standard
};

template <class Draw>
Sample sample(int n, Draw draw) {
  double sum = 0, squares = 0;
  for (int i = 0; i < n; ++i) {
    double const x = draw();
    sum += x;
    squares += x * x;
  }
  double const mean = sum / n;
  return {mean, std::sqrt((squares / n - mean * mean) / n)};
}

}  // namespace

TEST_CASE("shares of serial jobs and of sizes that are powers of two", "[workloads]") {
  LublinSpec const spec = machine(256);
  RandomStream random(1, "sizes");
  int const n = 200'000;
  double serial = 0, largest = 0;
  for (int i = 0; i < n; ++i) {
    std::int64_t const size = lublin_size(spec, random);
    serial += size == 1;
    largest = std::max(largest, static_cast<double>(size));
  }
  // the smallest parallel job has 2^0.8 = 1.7 processors, which is rounded to 2
  CHECK(std::abs(serial / n - 0.244) < 4 * std::sqrt(0.244 * 0.756 / n));
  CHECK(largest <= 256);
  LublinSpec only_odd = spec;
  only_odd.serial = 0;
  only_odd.power_of_two = 1;
  for (int i = 0; i < 10'000; ++i) CHECK(is_power_of_two(lublin_size(only_odd, random)));
}

TEST_CASE("the mean of powers of two is the closed form of the two-stage distribution", "[workloads]") {
  LublinSpec spec = machine(256);
  spec.serial = 0;
  spec.power_of_two = 1;
  auto const below = [&](double x) {      // P(log2 < x)
    double const low = std::clamp((x - 0.8) / (5.5 - 0.8), 0.0, 1.0), high = std::clamp((x - 5.5) / 2.5, 0.0, 1.0);
    return 0.86 * low + 0.14 * high;
  };
  double mean = 0;
  for (int k = 0; k <= 8; ++k) mean += std::exp2(k) * (below(k + 0.5) - below(k - 0.5));
  RandomStream random(2, "sizes");
  Sample const got = sample(200'000, [&] { return static_cast<double>(lublin_size(spec, random)); });
  CHECK(std::abs(got.mean - mean) < 4 * got.error);
}

TEST_CASE("run times have the mean of the mixture in closed form, and grow with the size", "[workloads]") {
  LublinSpec const spec = machine(256);
  for (std::int64_t size : {1, 16, 128}) {
    RandomStream random(3, "run times");
    Sample const got = sample(300'000, [&] { return lublin_runtime(spec, size, random).seconds() + 0.5; });      // rounded down: half a second on the mean
    CAPTURE(size, got.mean, got.error, lublin_mean_runtime_s(spec, size));
    CHECK(std::abs(got.mean - lublin_mean_runtime_s(spec, size)) < 4 * got.error);
  }
  CHECK(lublin_mean_runtime_s(spec, 128) > 2 * lublin_mean_runtime_s(spec, 1));
}

TEST_CASE("times between arrivals have the mean in closed form", "[workloads]") {
  LublinSpec const spec = machine(256);
  RandomStream random(4, "arrivals");
  Sample const got = sample(1'000'000, [&] { return lublin_gap(spec, random); });
  CAPTURE(got.mean, got.error, lublin_mean_gap_s(spec));
  CHECK(std::abs(got.mean - lublin_mean_gap_s(spec)) < 4 * got.error);
}

TEST_CASE("the half hours of the day: a peak around noon, a trough before dawn", "[workloads]") {
  auto const weights = lublin_half_hours(machine(256));
  REQUIRE(weights.size() == 48);
  auto const peak = std::max_element(weights.begin(), weights.end()) - weights.begin(), trough = std::min_element(weights.begin(), weights.end()) - weights.begin();
  CHECK(peak == 27);
  CHECK(trough == 10);
  double sum = 0;
  for (double weight : weights) sum += weight;
  CHECK(sum == Approx(gamma_probability(8.1737, 58.5 / 3.9631) - gamma_probability(8.1737, 10.5 / 3.9631)).epsilon(1e-12));
}

TEST_CASE("jobs are whole seconds in order, and no larger than the machine", "[workloads]") {
  auto const source = open_generator(generator(128, 100'000), {0, 1, {1736121600, 0}, 1});
  CHECK(source->machine_processors() == 128);
  Job job;
  Instant before{};
  while (source->next(job)) {
    REQUIRE(job.submit.ns % nanoseconds_per_second == 0);
    REQUIRE(job.runtime.ns % nanoseconds_per_second == 0);
    REQUIRE(job.submit >= before);
    REQUIRE(job.processors <= Amount(128));
    before = job.submit;
  }
  CHECK(source->counts().used == 100'000);
}

// The times between arrivals, and so the load, are three deviations apart: docs/models.md says why.
TEST_CASE("the model's own 10,000 jobs for 256 processors lie within four deviations of a run of ours", "[workloads]") {
  auto const trace = totals_of(*open_file(find_trace("lublin-256", {})));
  double const span_s = (trace.last_submit_s - trace.first_submit_s) / 9999;
  std::vector<std::vector<double>> figures(4);      // mean processors, mean run time, mean time between arrivals, offered load
  int const runs = 40;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    auto const got = totals_of(*open_generator(generator(256, 10'000), {0, seed, {1736121600, 0}, 1}));
    figures[0].push_back(got.processors_mean);
    figures[1].push_back(got.runtime_mean_s);
    figures[2].push_back((got.last_submit_s - got.first_submit_s) / 9999);
    figures[3].push_back(got.offered_load(256).value());
  }
  double const published[4] = {trace.processors_mean, trace.runtime_mean_s, span_s, trace.offered_load(256).value()};
  for (std::size_t i = 0; i < 4; ++i) {
    std::size_t k = 0;
    Sample const got = sample(runs, [&] { return figures[i][k++]; });
    double const deviation = got.error * std::sqrt(runs);      // of one run of 10,000 jobs
    CAPTURE(i, published[i], got.mean, deviation);
    CHECK(std::abs(published[i] - got.mean) < 4 * deviation);
  }
}
