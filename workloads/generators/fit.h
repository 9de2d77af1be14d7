// A generator like a trace: the spec under which jobs of the same numbers, hours, run times and sizes are made.
#pragma once

#include "workloads/generators/generator.h"
#include "workloads/source.h"

namespace headroom {

// One of the two distributions that are tried: parameters by maximum likelihood over the run times above zero.
struct RuntimeFit {
  DistributionKind kind = DistributionKind::log_normal;
  Seconds mean;
  double cv = 0;
  Seconds mean_to_longest;              // of those that are not longer than the longest of the trace: what the spec makes
  double log_likelihood = 0;
  double distance = 0;                  // Kolmogorov and Smirnov's: the largest difference of the distribution functions
};

struct TraceFit {
  GenerateSpec spec;
  std::vector<RuntimeFit> runtimes;     // the more likely one first; none when all run times are equal
  std::int64_t jobs = 0;
  Seconds mean_runtime;                 // of the trace's jobs with run time
  std::int64_t without_runtime = 0;     // jobs of run time zero: not in the fit of run times
  std::int64_t several_utilisations = 0;          // jobs that change their utilisation; the spec has the mean of all
  std::size_t size_count = 0;           // different sizes
  std::int64_t jobs_of_other_sizes = 0; // of sizes that are not among the most_sizes commonest, which the spec keeps
};
constexpr std::size_t most_sizes = 250;

// `start`: the moment of the trace's time zero, which says what its hours and days are.
//
//   every        (last - first submit) / (jobs - 1)
//   day, week    arrivals of an hour of the day (a day of the week) for each second of it between the first and the last submit;
//                day from a day on, week from two weeks on, else all hours (days) alike
//   cv           of the times between arrivals in the time of that rate
//   log-normal   mu, sigma^2: mean and variance of the logarithms
//                of those up to b: mean x Phi((ln b - mu - sigma^2) / sigma) / Phi((ln b - mu) / sigma)
//   weibull      shape k with sum x^k ln x / sum x^k - 1/k = mean of ln x, by bisection; scale s = (mean of x^k)^(1/k);
//                of those up to b: mean x F(1 + 1/k, (b/s)^k) / (1 - exp(-(b/s)^k)), F of gamma_probability
//
// Holds the submit times and run times. Throws InputError for a trace of fewer than ten jobs with run time or all at one time.
TraceFit fit_trace(JobSource& source, DateTime start, const Location& where);

}  // namespace headroom
