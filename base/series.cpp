#include "base/series.h"

#include <algorithm>

#include "base/errors.h"
#include "base/sum.h"

namespace headroom {

void StepSeries::set(Instant time, double value) {
  expects(times_.empty() || times_.back() <= time, "a step series is written in the order of time");
  if (!times_.empty() && times_.back() == time) {
    values_.back() = value;
    return;
  }
  times_.push_back(time);
  values_.push_back(value);
}

double StepSeries::at(Instant time) const {
  expects(!times_.empty() && times_.front() <= time, "the series has begun");
  auto const after = std::upper_bound(times_.begin(), times_.end(), time);
  return values_[static_cast<std::size_t>(after - times_.begin()) - 1];
}

double StepSeries::integral(Instant from, Instant to) const {
  if (to <= from) return 0.0;
  expects(!times_.empty() && times_.front() <= from, "the series has begun");
  auto i = static_cast<std::size_t>(std::upper_bound(times_.begin(), times_.end(), from) - times_.begin()) - 1;
  CompensatedSum sum;
  for (Instant begin = from; begin < to; ++i) {
    Instant const end = i + 1 < times_.size() ? std::min(times_[i + 1], to) : to;
    sum.add(values_[i] * (end - begin).seconds());
    begin = end;
  }
  return sum.value();
}

}  // namespace headroom
