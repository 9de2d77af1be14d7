#include "analysis/placement/growth.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace headroom {
namespace {

double value_of(const GrowthDemand& demand, DemandCase which) { return which == DemandCase::low ? demand.low : which == DemandCase::mid ? demand.mid : demand.high; }

double load_on(const GrowthProblem& problem, const GrowthLimit& limit, DemandCase which, Day day) {
  return demand_at(problem, which, day) * (limit.counts_racks ? 1 : refresh_at(problem, day));
}

// Day by day: forty years are 15,000 of them.
std::optional<Shortage> shortage(const GrowthProblem& problem, const GrowthLimit& limit, DemandCase which) {
  std::optional<Shortage> out;
  for (Day day = problem.demand.front().date; day <= problem.demand.back().date; day += std::chrono::days{1}) {
    double const allowed = scale_at(limit, day);
    bool const is_short = load_on(problem, limit, which, day) > allowed + 1e-9 * std::abs(allowed);
    if (is_short && !out) out = Shortage{day, {}};
    if (is_short || !out) continue;
    out->until = day;
    break;
  }
  return out;
}

}  // namespace

double demand_at(const GrowthProblem& problem, DemandCase which, Day day) {
  auto const& demand = problem.demand;
  auto const after = std::ranges::find_if(demand, [&](const GrowthDemand& point) { return point.date > day; });
  if (after == demand.begin()) return value_of(demand.front(), which);
  if (after == demand.end()) return value_of(demand.back(), which);
  GrowthDemand const& from = *(after - 1);
  double const share = static_cast<double>((day - from.date).count()) / static_cast<double>((after->date - from.date).count());
  return std::lerp(value_of(from, which), value_of(*after, which), share);
}

double refresh_at(const GrowthProblem& problem, Day day) {
  double factor = 1;
  for (auto const& step : problem.refresh)
    if (step.date <= day) factor *= step.factor;
  return factor;
}

double scale_at(const GrowthLimit& limit, Day day) {
  double scale = limit.scale;
  for (auto const& step : limit.steps)
    if (step.date <= day) scale = step.scale;
  return scale;
}

std::vector<LimitDates> dates_of_limits(const GrowthProblem& problem) {
  std::vector<LimitDates> out;
  if (problem.demand.empty()) return out;
  Day const end = problem.demand.back().date;
  for (std::size_t i = 0; i < problem.limits.size(); ++i) {
    GrowthLimit const& limit = problem.limits[i];
    LimitDates dates{static_cast<int>(i), shortage(problem, limit, DemandCase::low), shortage(problem, limit, DemandCase::mid), shortage(problem, limit, DemandCase::high), 0};
    dates.used_at_end = load_on(problem, limit, DemandCase::mid, end) / scale_at(limit, end);
    out.push_back(dates);
  }
  auto const key = [&](const LimitDates& dates) {
    Day const mid = dates.mid ? dates.mid->from : Day::max(), high = dates.high ? dates.high->from : Day::max();
    return std::tuple(mid, high, problem.limits[static_cast<std::size_t>(dates.limit)].scale);
  };
  std::ranges::stable_sort(out, [&](const LimitDates& a, const LimitDates& b) { return key(a) < key(b); });
  return out;
}

}  // namespace headroom
