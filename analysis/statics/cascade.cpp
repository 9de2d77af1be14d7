#include "analysis/statics/cascade.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "sim/power/lines.h"

namespace headroom {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

template <class Spec>
const Spec& device(const PowerGraph& graph, const PowerNode& node) {
  return std::get<Spec>(graph.devices[static_cast<std::size_t>(node.device)]);
}

const PowerNode& spec(const PowerFlow& flow, NodeId node) { return flow.graph().nodes[static_cast<std::size_t>(node)]; }

bool has_bypass(const PowerFlow& flow, NodeId node) { return spec(flow, node).kind == NodeKind::ups && device<UpsSpec>(flow.graph(), spec(flow, node)).bypass == UpsBypass::automatic; }

}  // namespace

Cascade::Cascade(const PowerFlow& normal) {
  PowerGraph const& graph = normal.graph();
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    first_.push_back(watched_.size());
    watch(graph, {static_cast<std::int32_t>(i)});
  }
  first_.push_back(watched_.size());
  for (auto& watched : watched_) {
    watched.pickup = pickup(watched.curve);
    watched.load_before = load(normal, watched);
  }
}

void Cascade::watch(const PowerGraph& graph, NodeId id) {
  PowerNode const& node = graph.nodes[static_cast<std::size_t>(id)];
  for (std::size_t k = 0; k < node.connections.size(); ++k) {
    if (!node.connections[k].rated || node.connections[k].breaker < 0) continue;
    TripCurve const curve = trip_curve(graph.breakers[static_cast<std::size_t>(node.connections[k].breaker)]);
    watched_.push_back({id, static_cast<int>(k), 0, carried_by(*node.connections[k].rated, node.rating.voltage, node.rating.phases).si(), curve, 0, 0});
  }
  auto const watch_device = [&](auto const& sheet) { watched_.push_back({id, -1, sheet.rated_power.si(), sheet.rated_apparent_power.si(), trip_curve(sheet.overload, Duration{}), 0, 0}); };
  if (node.kind == NodeKind::ups) watch_device(device<UpsSpec>(graph, node));
  if (node.kind == NodeKind::generator) watch_device(device<GeneratorSpec>(graph, node));
}

// A UPS on its bypass carries nothing itself.
double Cascade::load(const PowerFlow& flow, const Watched& watched) const {
  NodeFlow const& now = flow.at(watched.node);
  if (!now.energised || flow.bypass(watched.node)) return 0;
  if (watched.connection >= 0) {
    if (now.live_parents == 0 || !flow.connected(watched.node, static_cast<std::size_t>(watched.connection))) return 0;
    return now.input.s().si() / now.live_parents * line_imbalance(flow, watched.node) / watched.rated_va;
  }
  int const units = flow.units(watched.node);
  return std::max(now.output.p.si() / (units * watched.rated_w), now.output.s().si() / (units * watched.rated_va));
}

bool Cascade::any_overloaded(const PowerFlow& flow, NodeId node) const {
  auto const i = static_cast<std::size_t>(node);
  for (std::size_t n = first_[i]; n < first_[i + 1]; ++n)
    if (watched_[n].pickup < infinite && load(flow, watched_[n]) >= watched_[n].pickup) return true;
  return false;
}

std::vector<NodeId> Cascade::overloaded(const PowerFlow& flow) const {
  std::vector<NodeId> out;
  for (std::size_t i = 0; i + 1 < first_.size(); ++i)
    if (NodeId const node{static_cast<std::int32_t>(i)}; any_overloaded(flow, node)) out.push_back(node);
  return out;
}

void Cascade::forget() {
  before_.clear();
  bypassed_.clear();
  at_s_ = 0;
}

bool Cascade::step(PowerFlow& flow, SteadyState& steady, const std::vector<NodeId>& hot, CascadeStep& taken) {
  now_.clear();
  for (NodeId node : hot) gather(flow, node);
  for (NodeId node : flow.changed_in_trial()) gather(flow, node);
  std::size_t soonest = SIZE_MAX;
  double least_s = infinite, load_then = 0;
  for (auto const& each : now_) {
    double const left_s = time_to_trip_s(watched_[each.watched].curve, each.exposure, each.load);
    if (left_s > least_s || left_s == infinite || (left_s == least_s && each.watched >= soonest)) continue;
    soonest = each.watched;
    least_s = left_s;
    load_then = each.load;
  }
  if (soonest == SIZE_MAX) return false;
  pass(least_s);
  at_s_ += least_s;
  taken = {"", "", load_then, least_s, at_s_};
  open(flow, steady, watched_[soonest], taken);
  do steady.settle(flow);
  while (leave_bypass(flow));
  return true;
}

void Cascade::gather(const PowerFlow& flow, NodeId node) {
  auto const i = static_cast<std::size_t>(node);
  for (std::size_t n = first_[i]; n < first_[i + 1]; ++n) {
    if (watched_[n].pickup == infinite) continue;
    double const carried = load(flow, watched_[n]);
    if (carried < watched_[n].pickup || std::ranges::find(now_, n, &Gathered::watched) != now_.end()) continue;
    now_.push_back({n, carried, exposure(n)});
  }
}

double Cascade::exposure(std::size_t watched) const {
  auto const kept = std::ranges::find(before_, watched, &Gathered::watched);
  return kept != before_.end() ? kept->exposure : exposure_at_rest(watched_[watched].curve, watched_[watched].load_before);
}

void Cascade::pass(double seconds) {
  for (auto const& each : now_) {
    double const after = exposure_after(watched_[each.watched].curve, each.exposure, each.load, seconds);
    auto const kept = std::ranges::find(before_, each.watched, &Gathered::watched);
    if (kept != before_.end()) kept->exposure = after;
    else before_.push_back({each.watched, each.load, after});
  }
}

void Cascade::open(PowerFlow& flow, SteadyState& steady, const Watched& watched, CascadeStep& taken) {
  PowerNode const& node = spec(flow, watched.node);
  taken.element = node.name;
  if (watched.connection >= 0) {
    auto const k = static_cast<std::size_t>(watched.connection);
    taken.element = fmt::format("{} circuit from {}", node.name, spec(flow, node.parents[k]).name);
    taken.effect = "opens";
    flow.set_closed(watched.node, k, false);
    steady.trip(watched.node, k);
  } else if (has_bypass(flow, watched.node)) {
    taken.effect = "bypass";
    flow.set_bypass(watched.node, true);
    bypassed_.push_back(watched.node);
  } else {
    taken.effect = "off";
    flow.set_units(watched.node, 0);
  }
}

// It takes the load back as soon as it can carry it.
bool Cascade::leave_bypass(PowerFlow& flow) {
  bool left = false;
  for (NodeId node : bypassed_) {
    if (!flow.bypass(node)) continue;
    UpsSpec const& ups = device<UpsSpec>(flow.graph(), spec(flow, node));
    NodeFlow const& now = flow.at(node);
    int const units = flow.units(node);
    if (units > 0 && (now.output.p.si() > units * ups.rated_power.si() || now.output.s().si() > units * ups.rated_apparent_power.si())) continue;
    flow.set_bypass(node, false);
    left = true;
  }
  return left;
}

}  // namespace headroom
