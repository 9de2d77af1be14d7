#include "workloads/generators/lublin.h"

#include <algorithm>
#include <cmath>

#include "workloads/generators/distributions.h"

namespace headroom {
namespace {

constexpr int half_hours = 48, first_half_hour = 11;

double between(double low, double high, RandomStream& random) { return low + (high - low) * random.uniform(); }

double share_of_short(const LublinSpec& spec, std::int64_t size) {
  return std::clamp(spec.short_share + spec.short_share_per_processor * static_cast<double>(size), 0.0, 1.0);
}

// The mean of e^y where y <= limit, else of zero; y of gamma(shape, scale). e^y times the density is (1 - scale)^-shape times the
// density of gamma(shape, scale / (1 - scale)).
double mean_below(double shape, double scale, double limit) {
  expects(scale < 1, "e^y has a mean when the scale of y is below one");
  return std::pow(1 - scale, -shape) * gamma_probability(shape, limit * (1 - scale) / scale);
}

}  // namespace

double LublinSpec::highest_log2() const { return std::log2(static_cast<double>(processors)); }
double LublinSpec::middle_log2() const { return log2_middle.value_or(highest_log2() - 2.5); }

std::vector<double> lublin_half_hours(const LublinSpec& spec) {
  auto const at = [&](double i) { return gamma_probability(spec.day_shape, i / spec.day_scale); };
  std::vector<double> weights(half_hours);
  for (int i = first_half_hour; i < first_half_hour + half_hours; ++i) weights[static_cast<std::size_t>((i - 1) % half_hours)] = at(i + 0.5) - at(i - 0.5);
  return weights;
}

std::int64_t lublin_size(const LublinSpec& spec, RandomStream& random) {
  double const kind = random.uniform();
  if (kind < spec.serial) return 1;
  bool const low = random.uniform() < spec.low_share;
  double x = low ? between(spec.log2_low, spec.middle_log2(), random) : between(spec.middle_log2(), spec.highest_log2(), random);
  if (kind < spec.serial + spec.power_of_two) x = std::round(x);
  return std::clamp<std::int64_t>(std::llround(std::exp2(x)), 1, spec.processors);
}

Duration lublin_runtime(const LublinSpec& spec, std::int64_t size, RandomStream& random) {
  double log_s = spec.runtime_log_limit + 1;
  while (log_s > spec.runtime_log_limit) {
    bool const is_short = random.uniform() < share_of_short(spec, size);
    log_s = is_short ? spec.short_scale * gamma_distributed(random, spec.short_shape) : spec.long_scale * gamma_distributed(random, spec.long_shape);
  }
  return whole_seconds(static_cast<std::int64_t>(std::exp(log_s)));
}

double lublin_gap(const LublinSpec& spec, RandomStream& random) {
  double log_s = spec.arrival_log_limit + 1;
  while (log_s > spec.arrival_log_limit) log_s = spec.arrival_scale * gamma_distributed(random, spec.arrival_shape * spec.rush_to_all);
  return std::exp(log_s);
}

double lublin_mean_runtime_s(const LublinSpec& spec, std::int64_t size) {
  double const p = share_of_short(spec, size), limit = spec.runtime_log_limit;
  double const mean = p * mean_below(spec.short_shape, spec.short_scale, limit) + (1 - p) * mean_below(spec.long_shape, spec.long_scale, limit);
  return mean / (p * gamma_probability(spec.short_shape, limit / spec.short_scale) + (1 - p) * gamma_probability(spec.long_shape, limit / spec.long_scale));
}

double lublin_mean_gap_s(const LublinSpec& spec) {
  double const shape = spec.arrival_shape * spec.rush_to_all, limit = spec.arrival_log_limit;
  return mean_below(shape, spec.arrival_scale, limit) / gamma_probability(shape, limit / spec.arrival_scale);
}

}  // namespace headroom
