#include "analysis/statics/capacity.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/power/check_ratings.h"
#include "sim/power/steady_state.h"

namespace headroom {
namespace {

bool on_the_path(NodeKind kind) {
  return kind != NodeKind::rack && kind != NodeKind::enclosure && kind != NodeKind::server && !is_load_of_its_own(kind);
}

// The fullest node of the path: new racks bring their own circuits, so those of today's do not bind.
struct Fullest {
  std::string node;
  std::optional<Limit> limit;
};
Fullest fullest(const PowerFlow& flow) {
  Fullest out;
  auto const& nodes = flow.graph().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!on_the_path(nodes[i].kind)) continue;
    NodeFlow const& at = flow.at({static_cast<std::int32_t>(i)});
    double const connection_va = at.input.s().si() / std::max(1, at.live_parents);
    auto const limit = binding_limit(limits_of(nodes[i].rating, {at.output.p.si(), at.output.s().si(), connection_va}));
    if (limit && (!out.limit || limit->used_share() > out.limit->used_share())) out = {nodes[i].name, limit};
  }
  return out;
}

Fullest at_scale(PowerFlow& flow, double scale) {
  flow.set_rack_scale(scale);
  flow.update();
  return fullest(flow);
}

// Bisection: what a node carries rises with the load below it.
void find_largest_scale(PowerFlow& flow, CapacityState& state) {
  Fullest found = at_scale(flow, 1.0);
  state.bounded = found.limit.has_value();
  if (!state.bounded) return;
  double low = 0, high = 1;
  while (at_scale(flow, high).limit->used_share() <= 1 && high < 1e6) low = std::exchange(high, high * 2);
  for (int i = 0; i < 60 && high - low > 1e-12 * high; ++i) {
    double const middle = (low + high) / 2;
    (at_scale(flow, middle).limit->used_share() <= 1 ? low : high) = middle;
  }
  found = at_scale(flow, low);
  state.scale = low;
  state.it_kw = flow.it_power() / kilowatt;
  state.binding = found.node;
  state.limit = *found.limit;
}

void count_racks(const PowerFlow& flow, CapacityState& state) {
  for (auto const& rack : flow.graph().racks) {
    auto const live = std::count_if(rack.strips.begin(), rack.strips.end(), [&](NodeId strip) { return flow.at(strip).energised; });
    if (live == 0) ++state.racks_dark;
    else if (live < std::ssize(rack.strips)) ++state.racks_short;
  }
  auto const& nodes = flow.graph().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    bool const load = nodes[i].kind == NodeKind::server || is_load_of_its_own(nodes[i].kind);
    if (!load || flow.at({static_cast<std::int32_t>(i)}).energised) continue;
    state.loads_dark = true;
    if (nodes[i].kind == NodeKind::server) ++state.servers_dark;
  }
}

}  // namespace

CapacityAnswer capacity(const PowerGraph& graph) {
  CapacityAnswer answer;
  answer.racks = static_cast<int>(graph.racks.size());
  answer.servers = static_cast<int>(graph.servers.size());
  PowerFlow flow(graph);
  load_fully(flow);
  answer.it_nameplate_kw = flow.it_power() / kilowatt;
  answer.facility_nameplate_kw = flow.facility_power() / kilowatt;
  find_largest_scale(flow, answer.normal);
  SteadyState steady(graph);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (!on_the_path(graph.nodes[i].kind)) continue;
    CapacityState state;
    state.lost = graph.nodes[i].name;
    flow.begin_trial();
    flow.set_in_service({static_cast<std::int32_t>(i)}, false);
    steady.settle(flow);
    count_racks(flow, state);
    find_largest_scale(flow, state);
    flow.undo();
    answer.lost.push_back(std::move(state));
  }
  std::stable_sort(answer.lost.begin(), answer.lost.end(), [](const CapacityState& a, const CapacityState& b) {
    return a.racks_dark != b.racks_dark ? a.racks_dark > b.racks_dark : a.scale < b.scale;
  });
  return answer;
}

std::optional<CapacityState> CapacityAnswer::with_one_lost() const {
  for (auto const& state : lost)
    if (!state.loads_dark) return state;
  return std::nullopt;
}

std::optional<int> CapacityAnswer::racks_that_fit() const {
  if (!normal.bounded) return std::nullopt;
  return std::max(0, static_cast<int>(std::floor((normal.scale - 1) * racks + 1e-9)));
}

}  // namespace headroom
