#include "workloads/generators/distributions.h"

#include <cmath>
#include <limits>

namespace headroom {
namespace {

double squared_cv_of_weibull(double shape) { return std::expm1(std::lgamma(1 + 2 / shape) - 2 * std::lgamma(1 + 1 / shape)); }

// The series x^a e^-x / G(a) x sum of x^n / (a (a + 1) ... (a + n)).
double gamma_series(double shape, double x) {
  double term = 1 / shape, sum = term;
  for (double n = shape + 1; term > sum * std::numeric_limits<double>::epsilon(); ++n) sum += term *= x / n;
  return sum * std::exp(-x + shape * std::log(x) - std::lgamma(shape));
}

// 1 - P as a continued fraction, evaluated from the front (modified Lentz).
double gamma_fraction(double shape, double x) {
  constexpr double tiny = 1e-300;
  double b = x + 1 - shape, c = 1 / tiny, d = 1 / b, fraction = d;
  for (int i = 1; i < 1000; ++i) {
    double const a = -i * (i - shape);
    b += 2;
    d = a * d + b;
    d = 1 / (std::abs(d) < tiny ? tiny : d);
    c = b + a / c;
    if (std::abs(c) < tiny) c = tiny;
    fraction *= c * d;
    if (std::abs(c * d - 1) < std::numeric_limits<double>::epsilon()) break;
  }
  return fraction * std::exp(-x + shape * std::log(x) - std::lgamma(shape));
}

}  // namespace

double standard_exponential(RandomStream& random) { return -std::log1p(-random.uniform()); }

double gamma_probability(double shape, double x) {
  expects(shape > 0, "the shape of a gamma distribution is above zero");
  if (x <= 0) return 0;
  return x < shape + 1 ? gamma_series(shape, x) : 1 - gamma_fraction(shape, x);
}

double weibull_shape(double cv) {
  expects(cv >= smallest_cv && cv <= largest_cv, "the coefficient of variation is in the range that is solved for");
  double low = std::log(0.05), high = std::log(400.0);      // cv falls with the shape: beyond 1000 and below 0.005 at these ends
  for (int i = 0; i < 100; ++i) {
    double const middle = (low + high) / 2;
    (squared_cv_of_weibull(std::exp(middle)) > cv * cv ? low : high) = middle;
  }
  return std::exp((low + high) / 2);
}

Distribution::Distribution(const DistributionSpec& spec) : kind_(spec.kind), mean_(spec.mean.si()), most_(spec.at_most.value_or(longest_duration).seconds()) {
  expects(mean_ > 0, "the mean of a distribution is above zero");
  double const cv = spec.cv.value_or(1);
  if (kind_ == DistributionKind::gamma) {
    shape_ = 1 / (cv * cv);
    scale_ = mean_ * cv * cv;
  } else if (kind_ == DistributionKind::hyperexponential) {
    shape_ = (1 + std::sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
  } else if (kind_ == DistributionKind::log_normal) {
    shape_ = std::sqrt(std::log1p(cv * cv));
    scale_ = std::log(mean_) - shape_ * shape_ / 2;
  } else if (kind_ == DistributionKind::weibull) {
    shape_ = weibull_shape(cv);
    scale_ = mean_ / std::tgamma(1 + 1 / shape_);
  }
}

double Distribution::draw(RandomStream& random) const {
  switch (kind_) {
    case DistributionKind::constant: return mean_;
    case DistributionKind::exponential: return mean_ * standard_exponential(random);
    case DistributionKind::gamma: return scale_ * gamma_distributed(random, shape_);
    case DistributionKind::hyperexponential: {
      double const share = random.uniform() < shape_ ? shape_ : 1 - shape_;
      return mean_ / (2 * share) * standard_exponential(random);
    }
    case DistributionKind::log_normal: return std::exp(scale_ + shape_ * standard_normal(random));
    case DistributionKind::weibull: return scale_ * std::pow(standard_exponential(random), 1 / shape_);
  }
  throw ContractError("every distribution can be drawn");
}

double Distribution::seconds(RandomStream& random) const {
  double drawn = draw(random);
  while (drawn > most_) drawn = draw(random);
  return drawn;
}

}  // namespace headroom
