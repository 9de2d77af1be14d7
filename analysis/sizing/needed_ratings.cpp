#include "analysis/sizing/needed_ratings.h"

#include <algorithm>

#include "sim/power/limits.h"
#include "sim/power/lines.h"

namespace headroom {
namespace {

class NeedFinder {
 public:
  NeedFinder(const PowerGraph& graph, const PowerGraph& built, const std::vector<LoadCase>& cases) : graph_(graph), built_(built), cases_(cases) {
    out_.nodes.resize(graph.nodes.size());
    out_.hall_heat_w.resize(graph.halls.size());
  }

  NeededRatings find() {
    LoadStates const states(graph_);
    out_.states = states.names();
    for (auto const& loads : cases_) {
      out_.loads.push_back(loads.name);
      auto const counts = counts_for(loads, graph_.nodes.size());
      states.each(loads, [&](const PowerFlow& flow, std::size_t state, std::span<const NodeId> changed) {
        state_ = static_cast<int>(state);
        for (NodeId node : changed)
          if (counts[static_cast<std::size_t>(node)] != 0) look_at(flow, node);
        if (loads.only.empty()) look_at_site(flow);
      });
    }
    return std::move(out_);
  }

 private:
  // Of equal ones the first, whatever the rounding of their sums.
  void note(GreatestNeed& need, double value) const {
    if (value > need.value * (1 + 1e-12)) need = {value, static_cast<int>(out_.loads.size()) - 1, state_};
  }

  void look_at(const PowerFlow& flow, NodeId id) {
    auto const index = static_cast<std::size_t>(id);
    PowerNode const& node = graph_.nodes[index];
    NodeFlow const& now = flow.at(id);
    if (!now.energised || !has_rating(node)) return;
    NodeNeeds& needs = out_.nodes[index];
    int const devices = std::min(node.count - node.redundant, flow.units(id));
    if (devices > 0 && (!is_short_of_devices(flow, id) || built_carries(flow, id, devices))) {
      double const va = now.output.s().si() / devices;
      note(needs.w, now.output.p.si() / devices);
      note(needs.va, va);
      note(needs.line_va, node.rating.current && flow.feeds_single_phases(id) ? va * line_imbalance(flow, id) : va);
    }
    if (node.rating.circuit && now.live_parents > 0) note(needs.connection_va, now.input.s().si() / now.live_parents);
  }

  bool built_carries(const PowerFlow& flow, NodeId id, int devices) const {
    PowerNode const& node = built_.nodes[static_cast<std::size_t>(id)];
    NodeFlow const& now = flow.at(id);
    double const usable = node.rating.usable * devices / (node.count - node.redundant);
    auto const limits = limits_of(node.rating, {now.output.p.si(), now.output.s().si(), 0});
    return std::ranges::all_of(limits, [&](const Limit& limit) { return limit.carried <= limit.allowed * usable * (1 + 1e-9); });
  }

  void look_at_site(const PowerFlow& flow) {
    note(out_.it_w, flow.it_power().si());
    note(out_.facility_w, flow.facility_power().si());
    for (std::size_t hall = 0; hall < out_.hall_heat_w.size(); ++hall) note(out_.hall_heat_w[hall], heat_of_hall_w(flow, static_cast<int>(hall)));
  }

  const PowerGraph& graph_;
  const PowerGraph& built_;
  const std::vector<LoadCase>& cases_;
  int state_ = 0;
  NeededRatings out_;
};

}  // namespace

bool has_rating(const PowerNode& node) {
  Rating const& rating = node.rating;
  return rating.power || rating.apparent || rating.current || rating.circuit;
}

bool is_short_of_devices(const PowerFlow& flow, NodeId id) {
  PowerNode const& node = flow.graph().nodes[static_cast<std::size_t>(id)];
  return flow.units(id) < node.count - node.redundant;
}

double heat_of_hall_w(const PowerFlow& flow, int hall) {
  PowerGraph const& graph = flow.graph();
  double sum = 0;
  for (auto const& rack : graph.racks) {
    if (rack.hall != hall) continue;
    for (NodeId strip : rack.strips)
      for (NodeId feed : graph.nodes[static_cast<std::size_t>(strip)].parents) sum += flow.drawn_from(strip, feed).p.si();
  }
  return sum;
}

NeededRatings needed_ratings(const PowerGraph& graph, const PowerGraph& built, const std::vector<LoadCase>& cases) { return NeedFinder(graph, built, cases).find(); }

}  // namespace headroom
