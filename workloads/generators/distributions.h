// Random numbers of the usual positive distributions, named by their mean and their coefficient of variation (standard
// deviation / mean), so that one can be put in the place of another.
#pragma once

#include <array>
#include <optional>

#include "base/errors.h"
#include "base/quantity.h"
#include "base/random.h"
#include "base/time.h"

namespace headroom {

enum class DistributionKind { constant, exponential, gamma, hyperexponential, log_normal, weibull };
constexpr auto names(DistributionKind) {
  return std::array{std::pair{DistributionKind::constant, "constant"}, std::pair{DistributionKind::exponential, "exponential"},
                    std::pair{DistributionKind::gamma, "gamma"},       std::pair{DistributionKind::hyperexponential, "hyperexponential"},
                    std::pair{DistributionKind::log_normal, "log-normal"}, std::pair{DistributionKind::weibull, "weibull"}};
}

// As it is written. `cv` says how wide it is: of a constant it is 0 and of an exponential 1, so there it is not given; of a
// hyperexponential it is 1 or more.
struct DistributionSpec {
  DistributionKind kind = DistributionKind::exponential;
  Seconds mean;
  std::optional<double> cv;
  std::optional<Duration> at_most;     // longer ones are drawn again; the mean and cv are those before that
  Location where;
};

// exp(-x), x >= 0: by the inverse of the distribution function.
double standard_exponential(RandomStream& random);

// P(X <= x) of a gamma distribution of scale 1: series below shape + 1, continued fraction above (Abramowitz and Stegun 6.5.29,
// 6.5.31).
double gamma_probability(double shape, double x);

// The shape of the Weibull distribution of this coefficient of variation: cv^2 = G(1 + 2/k) / G(1 + 1/k)^2 - 1, solved by
// bisection on ln k; 0.005 <= cv <= 1000.
double weibull_shape(double cv);
constexpr double smallest_cv = 0.005, largest_cv = 1000;

// In terms of mean m and coefficient of variation c:
//   gamma              shape 1/c^2, scale m c^2
//   hyperexponential   mean m / (2 p) with probability p = (1 + sqrt((c^2 - 1) / (c^2 + 1))) / 2, else m / (2 (1 - p)): two phases of equal load
//   log-normal         exp(mu + sigma Z), sigma^2 = ln(1 + c^2), mu = ln m - sigma^2 / 2
//   weibull            scale (-ln(1 - U))^(1/k), scale = m / G(1 + 1/k)
class Distribution {
 public:
  // The mean in seconds is above zero, cv as DistributionSpec allows (the checks of its fields).
  explicit Distribution(const DistributionSpec& spec);
  double seconds(RandomStream& random) const;      // at most 100 years, or at_most

 private:
  double draw(RandomStream& random) const;
  DistributionKind kind_;
  double mean_, most_;
  double shape_ = 0, scale_ = 0;                    // log-normal: sigma and mu; hyperexponential: p in shape
};

}  // namespace headroom
