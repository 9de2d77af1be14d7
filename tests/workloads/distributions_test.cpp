#include "workloads/generators/distributions.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using namespace headroom;

namespace {

struct Moments {
  double mean, variance, mean_error, variance_error;      // errors: standard errors
};

// Of what `draw` gives, so many times.
template <class Draw>
Moments moments_of(int n, Draw draw) {
  std::vector<double> values;
  for (int i = 0; i < n; ++i) values.push_back(draw());
  double mean = 0, second = 0, fourth = 0;
  for (double x : values) mean += x / n;
  for (double x : values) {
    double const square = (x - mean) * (x - mean);
    second += square / n;
    fourth += square * square / n;
  }
  return {mean, second, std::sqrt(second / n), std::sqrt((fourth - second * second) / n)};
}

constexpr int draws = 400'000;

}  // namespace

TEST_CASE("the standard normal, exponential and gamma have their mean and variance", "[workloads]") {
  RandomStream random(1, "moments");
  auto const check = [&](double mean, double variance, auto draw) {
    Moments const got = moments_of(draws, draw);
    CAPTURE(mean, variance, got.mean, got.variance);
    CHECK(std::abs(got.mean - mean) < 4 * got.mean_error);
    CHECK(std::abs(got.variance - variance) < 4 * got.variance_error);
  };
  check(0, 1, [&] { return standard_normal(random); });
  check(1, 1, [&] { return standard_exponential(random); });
  for (double shape : {0.05, 0.5, 1.0, 4.2, 312.0}) check(shape, shape, [&] { return gamma_distributed(random, shape); });
}

TEST_CASE("every distribution has the mean and the coefficient of variation that it was asked for", "[workloads]") {
  using enum DistributionKind;
  struct Row {
    DistributionKind kind;
    std::optional<double> cv;
    double is;
  };
  for (auto const& row : {Row{exponential, {}, 1}, Row{gamma, 0.5, 0.5}, Row{gamma, 2, 2}, Row{hyperexponential, 1, 1}, Row{hyperexponential, 2, 2}, Row{log_normal, 0.3, 0.3},
                          Row{log_normal, 1.5, 1.5}, Row{weibull, 0.2, 0.2}, Row{weibull, 1, 1}, Row{weibull, 2.5, 2.5}}) {
    Distribution const distribution({row.kind, 600 * second, row.cv, {}, {}});
    RandomStream random(7, "moments");
    Moments const got = moments_of(draws, [&] { return distribution.seconds(random); });
    CAPTURE(static_cast<int>(row.kind), row.is, got.mean, std::sqrt(got.variance) / 600);
    CHECK(std::abs(got.mean - 600) < 4 * got.mean_error);
    CHECK(std::abs(got.variance - 600 * 600 * row.is * row.is) < 4 * got.variance_error);
  }
}

TEST_CASE("a constant draws nothing and is itself", "[workloads]") {
  RandomStream random(1, "constant"), untouched(1, "constant");
  CHECK(Distribution({DistributionKind::constant, 17 * second, {}, {}, {}}).seconds(random) == 17);
  CHECK(random.next() == untouched.next());
}

TEST_CASE("what is longer than at_most is drawn again, so the rest keeps its proportions", "[workloads]") {
  Distribution const cut({DistributionKind::exponential, 100 * second, {}, whole_seconds(150), {}});
  RandomStream random(3, "cut");
  Moments const got = moments_of(draws, [&] {
    double const seconds = cut.seconds(random);
    REQUIRE(seconds <= 150);
    return seconds;
  });
  double const kept = 1 - std::exp(-1.5);      // mean of an exponential below b: m - b e^(-b/m) / (1 - e^(-b/m))
  CHECK(std::abs(got.mean - (100 - 150 * (1 - kept) / kept)) < 4 * got.mean_error);
}

TEST_CASE("the shape of a Weibull distribution is found from its coefficient of variation", "[workloads]") {
  CHECK(weibull_shape(1) == Approx(1).epsilon(1e-12));
  CHECK(weibull_shape(std::sqrt(5.0)) == Approx(0.5).epsilon(1e-12));                        // k = 1/2: variance 20, mean 2
  CHECK(weibull_shape(std::sqrt(4 / 3.141592653589793 - 1)) == Approx(2).epsilon(1e-12));    // Rayleigh
  CHECK_THROWS_AS(weibull_shape(1e9), ContractError);
}

TEST_CASE("the incomplete gamma function is the published one", "[workloads]") {
  CHECK(gamma_probability(1, 2) == Approx(1 - std::exp(-2.0)).epsilon(1e-14));
  CHECK(gamma_probability(0.5, 1) == Approx(std::erf(1.0)).epsilon(1e-14));
  CHECK(gamma_probability(3, 2.5) == Approx(1 - std::exp(-2.5) * (1 + 2.5 + 3.125)).epsilon(1e-14));
  CHECK(gamma_probability(312, 400) == Approx(1 - 1.4e-6).margin(1e-5));
  CHECK(gamma_probability(3, 0) == 0);
}
