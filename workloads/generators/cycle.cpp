#include "workloads/generators/cycle.h"

#include <cmath>
#include <numeric>

#include "base/errors.h"

namespace headroom {

Cycle::Cycle(std::vector<double> weights, Duration slot, Duration phase) : weights_(std::move(weights)), slot_(slot), phase_(phase) {
  expects(!weights_.empty() && slot.ns > 0 && phase.ns >= 0, "a cycle has slots of some length and begins in one of them");
  double const mean = std::accumulate(weights_.begin(), weights_.end(), 0.0) / static_cast<double>(weights_.size());
  expects(mean > 0, "a cycle lets something pass");
  for (double& weight : weights_) weight /= mean;
  slot_number_ = phase.ns / slot.ns;
  passed_s_ = weight() * Duration{phase.ns % slot.ns}.seconds();
}

Instant Cycle::advance(double mean_seconds) {
  passed_s_ += mean_seconds;
  while (passed_s_ > weight() * slot_.seconds()) {
    passed_s_ -= weight() * slot_.seconds();
    if (++slot_number_ > (longest_duration.ns + phase_.ns) / slot_.ns) return never;
  }
  double const into_slot_s = weight() > 0 ? passed_s_ / weight() : 0;
  Instant const at{slot_number_ * slot_.ns + std::llround(into_slot_s * 1e9) - phase_.ns};
  return at > Instant{} + longest_duration ? never : at;
}

std::vector<double> hours_of_week(const std::vector<double>& day, const std::vector<double>& week) {
  std::vector<double> out;
  for (std::size_t d = 0; d < 7; ++d)
    for (std::size_t h = 0; h < 24; ++h) out.push_back((day.empty() ? 1 : day[h]) * (week.empty() ? 1 : week[d]));
  return out;
}

Duration into_week(DateTime moment) {
  constexpr std::int64_t day_s = 86400, week_s = 7 * day_s;
  std::int64_t const since_monday = moment.unix_s + moment.offset_s + 3 * day_s;      // 1970-01-01 was a Thursday
  return whole_seconds(((since_monday % week_s) + week_s) % week_s);
}

}  // namespace headroom
