#include "analysis/placement/growth_limits.h"

#include <algorithm>
#include <map>
#include <utility>

#include "analysis/placement/path_states.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

constexpr int grid_points = 32;
constexpr int nothing_lost = -1;

bool on_the_path(const PowerNode& node) {
  return node.kind != NodeKind::rack && node.kind != NodeKind::enclosure && node.kind != NodeKind::server && !is_load_of_its_own(node.kind);
}

struct Found {
  double scale = 0;                        // by straight lines between the points of the grid
  int fault = nothing_lost;
  Limit limit;
};

class Ladder {
 public:
  Ladder(const Site& site, double most) : graph_(build_power_graph(site)), flow_(graph_), steady_(graph_), faults_(counted_faults(graph_)), most_(most) {
    load_fully(flow_);
    steady_.settle(flow_);
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
      if (on_the_path(graph_.nodes[i])) path_.push_back({static_cast<std::int32_t>(i)});
  }

  std::vector<GrowthLimit> find() {
    for (int fault = nothing_lost; fault < static_cast<int>(faults_.size()); ++fault) {
      flow_.begin_trial();
      if (fault != nothing_lost) take_out(faults_[static_cast<std::size_t>(fault)], flow_, steady_);
      look(fault);
      flow_.undo();
    }
    std::vector<GrowthLimit> out;
    for (auto const& [key, found] : first_) {
      std::string const state = found.fault == nothing_lost ? "" : faults_[static_cast<std::size_t>(found.fault)].name;
      out.push_back({graph_.nodes[static_cast<std::size_t>(key.first)].name, found.limit.unit, state, found.limit.allowed, exactly(key, found), false, {}});
    }
    std::ranges::stable_sort(out, {}, &GrowthLimit::scale);
    return out;
  }

 private:
  using Key = std::pair<int, std::size_t>;       // node, number of its limit

  void set_scale(double scale) {
    flow_.set_rack_scale(scale);
    flow_.update();
  }

  // Carried loads bend little with scale: a coarse grid says where, and in which state, each limit is reached first.
  void look(int fault) {
    std::map<Key, double> before;
    for (int point = 0; point <= grid_points; ++point) {
      double const step = most_ / grid_points, scale = step * point;
      set_scale(scale);
      for (NodeId node : path_) {
        auto const limits = limits_now(flow_, node, false);
        for (std::size_t k = 0; k < limits.size(); ++k) {
          Key const key{node.index, k};
          double const used = limits[k].used_share();
          if (used > 1 && (point == 0 || before[key] <= 1)) note(key, point == 0 ? 0 : scale - step * (used - 1) / (used - before[key]), fault, limits[k]);
          before[key] = used;
        }
      }
    }
  }

  void note(Key key, double scale, int fault, const Limit& limit) {
    auto const known = first_.find(key);
    if (known == first_.end() || scale < known->second.scale) first_[key] = {scale, fault, limit};
  }

  // Bisection on the solve itself, in the state that the grid has found.
  double exactly(Key key, const Found& found) {
    flow_.begin_trial();
    if (found.fault != nothing_lost) take_out(faults_[static_cast<std::size_t>(found.fault)], flow_, steady_);
    double const step = most_ / grid_points;
    double low = std::max(0.0, found.scale - 2 * step), high = found.scale + 2 * step;
    for (int i = 0; i < 60 && high - low > 1e-12 * high; ++i) {
      double const middle = (low + high) / 2;
      set_scale(middle);
      (limits_now(flow_, {key.first}, false)[key.second].used_share() <= 1 ? low : high) = middle;
    }
    flow_.undo();
    return low;
  }

  PowerGraph const graph_;
  PowerFlow flow_;
  SteadyState steady_;
  std::vector<PathFault> const faults_;
  double const most_;
  std::vector<NodeId> path_;
  std::map<Key, Found> first_;             // the state in which each is reached first
};

}  // namespace

std::vector<GrowthLimit> growth_limits(const Site& site, double scale_at_most) { return Ladder(site, scale_at_most).find(); }

}  // namespace headroom
