// A value that is constant between changes, and its exact integral. Nothing is sampled.
#pragma once

#include <vector>

#include "base/time.h"

namespace headroom {

// value(t) = values[i] for times[i] <= t < times[i+1]; the first time is where the series begins.
class StepSeries {
 public:
  // Appends a change. Times must not decrease; a second value at the same instant replaces the first.
  void set(Instant time, double value);
  double at(Instant time) const;                                   // expects begin <= time
  double integral(Instant from, Instant to) const;                 // value x seconds, compensated
  bool empty() const { return times_.empty(); }
  std::size_t size() const { return times_.size(); }
  const std::vector<Instant>& times() const { return times_; }
  const std::vector<double>& values() const { return values_; }

 private:
  std::vector<Instant> times_;
  std::vector<double> values_;
};

}  // namespace headroom
