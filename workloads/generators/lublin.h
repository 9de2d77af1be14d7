// The workload model of Lublin and Feitelson, "The workload on parallel supercomputers: modeling the characteristics of rigid
// jobs", JPDC 63(11) (2003), with the parameters published for all jobs together (neither batch nor interactive apart).
//
//   size       1 with probability `serial`; else 2^x, x of a two-stage uniform distribution: with probability low_share
//              from [log2_low, log2_middle), else from [log2_middle, log2 processors). With probability `power_of_two` (of
//              all jobs) x is rounded first, else 2^x is
//   run time   e^y s, y of gamma(short_shape, short_scale) with probability p, else of gamma(long_shape, long_scale);
//              p = short_share + short_share_per_processor x size, kept in 0..1; p and y are drawn again while y is above
//              runtime_log_limit
//   arrivals   every e^z s of rush hour, z of gamma(arrival_shape x rush_to_all, arrival_scale), z above arrival_log_limit drawn
//              again; the rate of half hour i of the day (i = 11..58, 1 being the one from midnight, modulo 48) is
//              proportional to F(i + 1/2) - F(i - 1/2), F of gamma(day_shape, day_scale)
//
// gamma(shape, scale) has the mean shape x scale. Run times and submit times are whole seconds, rounded down, as there.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/errors.h"
#include "base/random.h"
#include "base/time.h"
#include "workloads/generators/cycle.h"

namespace headroom {

struct LublinSpec {
  std::int64_t processors = 0;            // of the machine
  double serial = 0.244, power_of_two = 0.576;
  double log2_low = 0.8;
  std::optional<double> log2_middle;      // log2(processors) - 2.5 by default
  double low_share = 0.86;
  double short_shape = 4.2, short_scale = 0.94, long_shape = 312, long_scale = 0.03;
  double short_share = 0.78, short_share_per_processor = -0.0054;
  double runtime_log_limit = 12;
  double arrival_shape = 10.2303, arrival_scale = 0.4871, rush_to_all = 1.0225, arrival_log_limit = 13;
  double day_shape = 8.1737, day_scale = 3.9631;
  Location where;

  double highest_log2() const;            // log2(processors)
  double middle_log2() const;
};

// The weights of the 48 half hours from midnight.
std::vector<double> lublin_half_hours(const LublinSpec& spec);

std::int64_t lublin_size(const LublinSpec& spec, RandomStream& random);
Duration lublin_runtime(const LublinSpec& spec, std::int64_t size, RandomStream& random);
// Seconds of the mean rate to the next arrival.
double lublin_gap(const LublinSpec& spec, RandomStream& random);

// Means in closed form, before the rounding. Of e^y with y of a mixture of gammas up to the limit L:
//   (p (1 - s1)^-k1 F(k1, L (1 - s1) / s1) + (1 - p) (1 - s2)^-k2 F(k2, L (1 - s2) / s2)) / (p F(k1, L / s1) + (1 - p) F(k2, L / s2))
// where F(k, x) is gamma_probability. The scales are below 1.
double lublin_mean_runtime_s(const LublinSpec& spec, std::int64_t size);
double lublin_mean_gap_s(const LublinSpec& spec);

}  // namespace headroom
