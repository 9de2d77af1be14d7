#include "analysis/draws/uncertain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/errors.h"

namespace headroom {
namespace {

double triangular_at(double low, double mid, double high, double u) {
  double const width = high - low, rise = mid - low;
  if (u * width < rise) return low + std::sqrt(u * width * rise);
  return high - std::sqrt((1 - u) * width * (high - mid));
}

}  // namespace

Uncertain fixed(const std::string& name, double value) { return {.name = name, .shape = UncertainShape::fixed, .low = value, .mid = value, .high = value}; }

Uncertain triangular(const std::string& name, double low, double mid, double high, const std::string& group) {
  expects(low <= mid && mid <= high, "low, mid and high of a triangular distribution rise");
  if (low == high) return fixed(name, mid);
  return {.name = name, .shape = UncertainShape::triangular, .low = low, .mid = mid, .high = high, .group = group};
}

Uncertain zero_or_lognormal(const std::string& name, double zero_probability, double median, double p90, const std::string& group) {
  expects(zero_probability >= 0 && zero_probability < 1, "the probability of nothing is at least 0 and below 1");
  expects(median > 0 && p90 >= median, "a lognormal's median is above zero, and its P90 not below it");
  return {.name = name, .shape = UncertainShape::zero_or_lognormal, .zero_probability = zero_probability, .median = median, .p90 = p90, .group = group};
}

double normal_cumulative(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_quantile(double u) {
  double const tail = std::min(u, 1 - u);
  if (tail <= 0) return u < 0.5 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  double const t = std::sqrt(-2 * std::log(tail));
  double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (int step = 0; step < 2; ++step) {
    double const density = std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi);
    double const newton = (tail - normal_cumulative(-z)) / density;
    z -= newton / (1 + 0.5 * z * newton);      // Halley's correction: the density changes on the way
  }
  return u < 0.5 ? -z : z;
}

double value_at(const Uncertain& quantity, double u) {
  switch (quantity.shape) {
    case UncertainShape::fixed: return quantity.mid;
    case UncertainShape::triangular: return triangular_at(quantity.low, quantity.mid, quantity.high, u);
    case UncertainShape::zero_or_lognormal: break;
  }
  double const within = (u - quantity.zero_probability) / (1 - quantity.zero_probability);
  if (within <= 0) return 0;
  static const double z90 = normal_quantile(0.9);
  return quantity.median * std::exp(std::log(quantity.p90 / quantity.median) / z90 * normal_quantile(within));
}

}  // namespace headroom
