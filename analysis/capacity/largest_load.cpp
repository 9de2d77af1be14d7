#include "analysis/capacity/largest_load.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace headroom {
namespace {

constexpr double close_enough = 1e-12;      // of the first limit that may be left over

// Where the straight line through two points of a limit's use meets 1.
double crossing(double s0, double u0, double s1, double u1) {
  double const slope = (u1 - u0) / (s1 - s0);
  if (!(slope > 1e-15 * std::max(u0, u1))) return std::max(u0, u1) > 1 ? 0.0 : never_reached;      // does not follow the load of racks
  return std::clamp(s1 + (1 - u1) / slope, 0.0, never_reached);
}

}  // namespace

LargestLoad::LargestLoad(const PowerGraph& graph, const std::vector<PathLimit>& limits, const RackLoads& loads) : limits_(limits), times_(limits.size(), 1.0), shares_(limits.size(), 0.0) {
  std::unordered_map<std::int32_t, std::size_t> rack_of;
  for (std::size_t r = 0; r < graph.racks.size(); ++r)
    for (NodeId strip : graph.racks[r].strips) rack_of.emplace(strip.index, r);
  for (std::size_t i = 0; i < limits.size(); ++i)
    if (limits[i].in_rack) times_[i] = strip_times(loads, rack_of.at(limits[i].node.index));
}

const std::vector<double>& LargestLoad::shares_at(PowerFlow& flow, double scale) {
  flow.set_rack_scale(scale);
  flow.update();
  for (std::size_t i = 0; i < limits_.size(); ++i) shares_[i] = used_share(limits_[i], flow, limits_[i].in_rack ? scale * times_[i] : 1.0);
  return shares_;
}

std::size_t LargestLoad::fullest() const { return static_cast<std::size_t>(std::ranges::max_element(shares_) - shares_.begin()); }

// From today's load by the proportion of its fullest limit, then along the secant through the last two solves.
LimitScales LargestLoad::reach(PowerFlow& flow) {
  LimitScales out;
  out.scale.assign(limits_.size(), never_reached);
  if (limits_.empty()) return out;
  double before_scale = 1, scale = 1;
  std::vector<double> before = shares_at(flow, before_scale);
  double const most = before[fullest()];
  scale = most > 1e-6 && std::abs(most - 1) > 1e-3 ? 1 / most : 2;
  shares_at(flow, scale);
  constexpr int most_steps = 40;
  for (int step = 0; step < most_steps; ++step) {
    for (std::size_t i = 0; i < limits_.size(); ++i) out.scale[i] = crossing(before_scale, before[i], scale, shares_[i]);
    out.limit = static_cast<std::size_t>(std::ranges::min_element(out.scale) - out.scale.begin());
    out.first = out.scale[out.limit];
    if (out.first >= never_reached) return out;
    if (out.first <= 0 || std::abs(out.first - scale) <= 1e-15 * scale) break;
    before = shares_;
    before_scale = std::exchange(scale, out.first);
    shares_at(flow, scale);
    out.limit = fullest();
    if (double const left = 1 - shares_[out.limit]; left >= 0 && left < close_enough) return out;
  }
  // to the safe side of the last digit
  for (int step = 0; step < 64 && out.first > 0 && shares_at(flow, out.first)[fullest()] > 1; ++step) out.first *= 1 - std::ldexp(1e-16, step);
  if (out.first <= 0) shares_at(flow, 0);
  out.limit = fullest();
  out.scale[out.limit] = out.first;
  return out;
}

}  // namespace headroom
