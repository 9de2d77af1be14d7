// A rate that repeats: slots of equal length, each with its weight. Arrivals are made in the time of the mean rate and put
// where the rate has let so much of it pass (inversion, exact for a rate that is constant in each slot).
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"

namespace headroom {

class Cycle {
 public:
  // Weights are none negative and not all zero; only their proportions matter. The run begins `phase` after the begin of the
  // first slot. `slot` is above zero.
  Cycle(std::vector<double> weights, Duration slot, Duration phase);

  // Moves on by so much time of the mean rate and gives the instant of the run: where the integral of weight / mean weight
  // from the start is the sum of all that was moved on by. `never` beyond 100 years.
  Instant advance(double mean_seconds);

 private:
  double weight() const { return weights_[static_cast<std::size_t>(slot_number_) % weights_.size()]; }
  std::vector<double> weights_;      // mean 1
  Duration slot_, phase_;
  std::int64_t slot_number_;         // since the begin of the first slot
  double passed_s_;                  // in the slot, in time of the mean rate
};

// Slots of an hour for a week that begins on Monday at midnight: the product of the hour's factor (24) and the day's (7,
// Monday first). An empty list is one of ones.
std::vector<double> hours_of_week(const std::vector<double>& day, const std::vector<double>& week);

// How far the moment is into its week, by its own clock (its offset from UTC): Monday at midnight is zero.
Duration into_week(DateTime moment);

}  // namespace headroom
