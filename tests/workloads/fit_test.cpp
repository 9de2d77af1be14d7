#include "workloads/generators/fit.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "tests/workloads/support.h"

using namespace headroom;

namespace {

constexpr DateTime first_monday{1736121600, 0};

GenerateSpec office_hours(DistributionKind kind, double cv) {
  GenerateSpec spec;
  spec.length = whole_seconds(28 * 86400);
  spec.arrivals.emplace().every = 30 * second;
  for (int h = 0; h < 24; ++h) spec.arrivals->day.push_back(h < 8 ? 0.5 : 1.25);
  spec.arrivals->week = {1.2, 1.2, 1.2, 1.2, 1.2, 0.5, 0.5};
  spec.runtime = DistributionSpec{kind, 1800 * second, cv, {}, {}};
  spec.sizes = {{1, 0, {}, 6, {}}, {16, 0, {}, 3, {}}, {4, 4, {}, 1, {}}};
  spec.utilisation = 0.5;
  return spec;
}

TraceFit fit_of(const GenerateSpec& spec) { return fit_trace(*open_generator(spec, {0, 5, first_monday, 1}), first_monday, {}); }

}  // namespace

TEST_CASE("a fit of generated jobs gives back what they were made of", "[workloads]") {
  for (auto const& [kind, cv] : {std::pair{DistributionKind::log_normal, 1.5}, std::pair{DistributionKind::weibull, 1.5}, std::pair{DistributionKind::weibull, 0.4}}) {
    TraceFit const fit = fit_of(office_hours(kind, cv));
    double const n = static_cast<double>(fit.jobs);      // about 80,640
    CAPTURE(static_cast<int>(kind), fit.spec.runtime->mean.si(), *fit.spec.runtime->cv);
    CHECK(std::abs(fit.spec.arrivals->every.si() - 30) < 4 * 30 / std::sqrt(n));
    CHECK(std::abs(fit.spec.arrivals->cv - 1) < 4 / std::sqrt(n));      // the cv of n exponentials: standard error 1/sqrt(n)
    REQUIRE(fit.spec.arrivals->day.size() == 24);
    REQUIRE(fit.spec.arrivals->week.size() == 7);
    for (std::size_t h = 0; h < 24; ++h) CHECK(std::abs(fit.spec.arrivals->day[h] - (h < 8 ? 0.5 : 1.25)) < 4 * 1.25 / std::sqrt(n / 48) + 0.001);
    for (std::size_t day = 0; day < 7; ++day) CHECK(std::abs(fit.spec.arrivals->week[day] - (day < 5 ? 1.2 : 0.5)) < 4 * 1.2 / std::sqrt(n / 14) + 0.001);
    CHECK(fit.spec.runtime->kind == kind);
    CHECK(fit.spec.runtime->mean.si() == Approx(1800).epsilon(0.03));
    CHECK(*fit.spec.runtime->cv == Approx(cv).epsilon(0.03));
    CHECK(fit.runtimes.front().distance < 1.63 / std::sqrt(n));      // 1 % point of Kolmogorov and Smirnov
    CHECK(fit.runtimes.back().distance > 5 * fit.runtimes.front().distance);
    REQUIRE(fit.spec.sizes.size() == 3);
    CHECK(std::abs(fit.spec.sizes[0].weight / n - 0.6) < 4 * std::sqrt(0.24 / n));
    CHECK(fit.spec.sizes[1].gpus == Amount(4));
    CHECK(fit.spec.utilisation == Approx(0.5).epsilon(1e-9));
  }
}

TEST_CASE("the likelihoods are those of the two distributions, by hand", "[workloads]") {
  std::vector<Job> jobs;
  for (int i = 0; i < 12; ++i) jobs.push_back(job_at(10 * i, i + 1, i % 2 == 0 ? 10 : 1000));
  TraceFit const fit = fit_trace(*list(jobs), first_monday, {});
  double const sigma = std::log(10.0), mu = std::log(100.0);      // logs are mu -+ sigma
  auto const& normal = fit.runtimes[0].kind == DistributionKind::log_normal ? fit.runtimes[0] : fit.runtimes[1];
  double by_hand = 0;
  for (int i = 0; i < 12; ++i) by_hand += -std::log((i % 2 == 0 ? 10 : 1000) * sigma * std::sqrt(2 * 3.14159265358979)) - 0.5;
  CHECK(normal.log_likelihood == Approx(by_hand).epsilon(1e-12));
  CHECK(normal.mean.si() == Approx(std::exp(mu + sigma * sigma / 2)).epsilon(1e-12));
  CHECK(normal.distance == Approx(0.5 - 0.158655).margin(1e-5));      // at mu - sigma: from 0.5 to Phi(-1)
  CHECK(fit.spec.arrivals->every == 10 * second);
  CHECK(fit.spec.arrivals->cv == 0);
  CHECK(fit.spec.arrivals->day.empty());
}

TEST_CASE("equal run times are a constant, jobs without run time are counted", "[workloads]") {
  std::vector<Job> jobs;
  for (int i = 0; i < 20; ++i) jobs.push_back(job_at(i, i + 1, i < 5 ? 0 : 60));
  TraceFit const fit = fit_trace(*list(jobs), first_monday, {});
  CHECK(fit.spec.runtime->kind == DistributionKind::constant);
  CHECK(fit.spec.runtime->mean == 60 * second);
  CHECK(fit.without_runtime == 5);
}

TEST_CASE("a trace that says too little cannot be fitted", "[workloads]") {
  CHECK(problem_of([] { fit_trace(*list({job_at(0, 1), job_at(5, 2)}), first_monday, {}); }) == "the trace has 2 jobs with a run time; a fit needs 10 at least");
  std::vector<Job> together;
  for (int i = 0; i < 20; ++i) together.push_back(job_at(3, i + 1, 10 + i));
  CHECK(problem_of([&] { fit_trace(*list(together), first_monday, {}); }) == "all jobs of the trace arrive at one time; there is no rate to fit");
}
