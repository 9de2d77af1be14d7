#include "sim/policies/backfill/unit_plan.h"

#include <algorithm>

namespace headroom {

void UnitProfile::frees(Instant end, const Units& units) {
  if (end > steps_.back().from) steps_.push_back({end, steps_.back().free});
  steps_.back().free += units;
}

void UnitProfile::advance(Instant now) {
  while (first_ + 1 < steps_.size() && steps_[first_ + 1].from <= now) ++first_;
  steps_[first_].from = now;
  if (first_ * 2 <= steps_.size()) return;
  steps_.erase(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(first_));
  first_ = 0;
}

Instant UnitProfile::reserve(const Units& need, Duration length) {
  std::size_t first = first_;
  for (std::size_t i = first_; i < steps_.size() && (i <= first || steps_[i].from < steps_[first].from + length); ++i)
    if (!need.within(steps_[i].free)) first = i + 1;
  if (first == steps_.size()) return never;
  Instant const start = steps_[first].from, end = start + length;
  std::size_t i = first;
  for (; i < steps_.size() && steps_[i].from < end; ++i) steps_[i].free -= need;
  if (i < steps_.size() && steps_[i].from == end) return start;
  Units after = steps_[i - 1].free;
  after += need;
  steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(i), {end, after});
  return start;
}

}  // namespace headroom
