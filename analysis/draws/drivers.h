// What the draws of an outcome say: percentiles, and which inputs move it.
//
// Percentile p of n values: linear between the sorted values at (n-1) p (definition 7 of Hyndman and Fan, The American Statistician 50(4), 1996).
// Spearman's rank correlation: the linear correlation of the ranks, equal values at the mean of their ranks; from -1 to 1, 0 where either does not vary.
#pragma once

#include <string>
#include <vector>

#include "analysis/draws/draw_table.h"

namespace headroom {

double percentile(std::vector<double> values, double share);      // share 0.1 is P10; of at least one value

struct Percentiles {
  double p10 = 0, p50 = 0, p90 = 0;
};
Percentiles percentiles(std::vector<double> values);

double rank_correlation(const std::vector<double>& a, const std::vector<double>& b);

// One bar of a tornado plot.
struct Driver {
  std::string name;
  double rank_correlation = 0;
  double input_p10 = 0, input_p90 = 0;
  double outcome_at_p10 = 0, outcome_at_p90 = 0;      // as who makes it says: drivers() takes the mean outcome of the draws whose input lies within 5 points of its P10 or P90
};

// The inputs with the largest rank correlation, falling. Of more than `drivers_sample` draws the first so many stand for all: sampling then moves a
// correlation by about 0.01.
constexpr std::size_t drivers_sample = 10'000;
std::vector<Driver> drivers(const DrawTable& draws, const std::vector<double>& outcome, std::size_t most = 10);

}  // namespace headroom
