#include "analysis/statics/bridges.h"

#include <algorithm>
#include <limits>

#include "sim/physics/standby.h"

namespace headroom {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

double spare_s(const Bridge& bridge) { return bridge.needed_s ? bridge.autonomy_s - *bridge.needed_s : -endless; }

}  // namespace

Bridges::Bridges(const PowerFlow& normal, const std::vector<Power>& delivered) : graph_(normal.graph()) {
  std::size_t const n = graph_.nodes.size();
  position_.assign(n, SteadyState::no_source);
  for (std::size_t i = 0; i < n; ++i) {
    NodeId const id{static_cast<std::int32_t>(i)};
    running_.push_back(normal.running(id) ? 1 : 0);
    if (graph_.nodes[i].battery >= 0) batteries_.push_back(id);
    if (!graph_.nodes[i].transfer) continue;
    transfers_.push_back(id);
    for (std::size_t k = graph_.nodes[i].parents.size(); k-- > 0;)
      if (normal.closed(id, k)) position_[i] = static_cast<int>(k);
  }
  for (std::size_t i = 0; i < graph_.servers.size(); ++i) hold_up_s_.push_back(hold_up(graph_.server_types[static_cast<std::size_t>(graph_.servers[i].type)], delivered[i]).seconds());
  back_s_.assign(n, 0);
}

Gap Bridges::gap(PowerFlow& flow, const SteadyState& steady) {
  Gap gap;
  if (!is_bridged(flow, steady)) return gap;
  find_return_times(flow, steady);
  flow.begin_trial();
  back_to_fault(flow, steady);
  carry(flow);
  gap.batteries = static_cast<int>(draining_.size());
  count_dark(flow, gap);
  if (!gap.servers.empty()) gap.first_dark_s = 0;
  while (give_up(flow)) {
    count_dark(flow, gap);
    if (!gap.servers.empty() && !gap.first_dark_s) gap.first_dark_s = now_s_;
  }
  for (auto const& draining : draining_)
    if (Bridge const bridge = bridge_of(flow, draining); !gap.bridge || spare_s(bridge) < spare_s(*gap.bridge) || (spare_s(bridge) == spare_s(*gap.bridge) && bridge.autonomy_s < gap.bridge->autonomy_s)) gap.bridge = bridge;
  flow.undo();
  return gap;
}

bool Bridges::is_bridged(const PowerFlow& flow, const SteadyState& steady) const {
  auto const moved = [&](NodeId node) { return flow.in_service(node) && steady.position(node) != position_[static_cast<std::size_t>(node)]; };
  auto const discharges = [&](NodeId node) { return flow.in_service(node) && !flow.has_input(node); };
  return std::ranges::any_of(transfers_, moved) || std::ranges::any_of(batteries_, discharges);
}

void Bridges::find_return_times(const PowerFlow& flow, const SteadyState& steady) {
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) back_s_[i] = return_s(flow, steady, {static_cast<std::int32_t>(i)});
}

double Bridges::return_s(const PowerFlow& flow, const SteadyState& steady, NodeId id) const {
  auto const i = static_cast<std::size_t>(id);
  PowerNode const& node = graph_.nodes[i];
  if (!flow.in_service(id)) return endless;
  if (node.transfer) return transfer_s(steady, id);
  if (node.parents.empty()) {
    if (!flow.running(id)) return endless;
    return running_[i] != 0 || node.kind != NodeKind::generator ? 0 : std::get<GeneratorSpec>(graph_.devices[static_cast<std::size_t>(node.device)]).run_up.seconds();
  }
  double soonest = endless;
  for (std::size_t k = 0; k < node.parents.size(); ++k)
    if (flow.closed(id, k)) soonest = std::min(soonest, back_s_[static_cast<std::size_t>(node.parents[k])]);
  return soonest;
}

double Bridges::transfer_s(const SteadyState& steady, NodeId id) const {
  PowerNode const& node = graph_.nodes[static_cast<std::size_t>(id)];
  int const position = steady.position(id);
  if (position == SteadyState::no_source) return endless;
  double const source_s = back_s_[static_cast<std::size_t>(node.parents[static_cast<std::size_t>(position)])];
  if (position == position_[static_cast<std::size_t>(id)]) return source_s;
  return node.transfer->detection.seconds() + source_s + node.transfer->transfer.seconds();
}

// The moment after the fault: nothing has transferred or started yet.
void Bridges::back_to_fault(PowerFlow& flow, const SteadyState& steady) const {
  for (NodeId node : transfers_) {
    int const before = position_[static_cast<std::size_t>(node)], after = steady.position(node);
    if (before == after) continue;
    if (after != SteadyState::no_source) flow.set_closed(node, static_cast<std::size_t>(after), false);
    if (before != SteadyState::no_source) flow.set_closed(node, static_cast<std::size_t>(before), true);
  }
  for (NodeId generator : graph_.generators)
    if (flow.running(generator) && running_[static_cast<std::size_t>(generator)] == 0) flow.set_running(generator, false);
  flow.update();
}

void Bridges::carry(PowerFlow& flow) {
  for (NodeId node : batteries_)
    if (flow.in_service(node) && !flow.has_input(node)) flow.set_storage(node, Storage::ready);
  flow.update();
  draining_.clear();
  now_s_ = 0;
  for (NodeId id : batteries_) {
    if (!flow.on_battery(id)) continue;
    PowerNode const& node = graph_.nodes[static_cast<std::size_t>(id)];
    Battery const battery = battery_of(std::get<BatterySpec>(graph_.devices[static_cast<std::size_t>(node.battery)]), node.batteries);
    double const walk_in_s = node.kind == NodeKind::ups ? std::get<UpsSpec>(graph_.devices[static_cast<std::size_t>(node.device)]).walk_in.seconds() : 0;
    draining_.push_back({id, battery, battery.capacity_j, back_s_[static_cast<std::size_t>(id)] + walk_in_s});
  }
}

double Bridges::seconds_left(const PowerFlow& flow, const Draining& draining) const {
  double const drain = -flow.at(draining.node).stored.si();
  if (drain > drain_w(draining.battery, draining.battery.most_w) * (1 + 1e-12)) return 0;
  return drain > 0 ? std::max(0.0, draining.left_j) / drain : endless;
}

// The next battery that does not last, if there is one: what it carried is on others from then on.
bool Bridges::give_up(PowerFlow& flow) {
  Draining* next = nullptr;
  double least_s = endless;
  for (auto& draining : draining_) {
    double const left_s = draining.gave_up ? endless : seconds_left(flow, draining);
    if (left_s >= least_s || now_s_ + left_s >= draining.needed_s) continue;
    least_s = left_s;
    next = &draining;
  }
  if (next == nullptr) return false;
  for (auto& draining : draining_) draining.left_j += flow.at(draining.node).stored.si() * least_s;
  now_s_ += least_s;
  next->gave_up = true;
  next->at_s = now_s_;
  flow.set_storage(next->node, Storage::off);
  flow.update();
  return true;
}

Bridge Bridges::bridge_of(const PowerFlow& flow, const Draining& draining) const {
  Bridge bridge{graph_.nodes[static_cast<std::size_t>(draining.node)].name, draining.gave_up ? draining.at_s : now_s_ + seconds_left(flow, draining), {}, !draining.gave_up};
  if (draining.needed_s < endless) bridge.needed_s = draining.needed_s;
  return bridge;
}

void Bridges::count_dark(const PowerFlow& flow, Gap& gap) const {
  gap.racks.clear();
  gap.servers.clear();
  for (NodeId node : flow.changed_in_trial()) {
    int const server = graph_.nodes[static_cast<std::size_t>(node)].server;
    if (server < 0 || flow.at(node).energised || back_s_[static_cast<std::size_t>(node)] <= hold_up_s_[static_cast<std::size_t>(server)]) continue;
    gap.servers.push_back(server);
    RackPlace const& rack = graph_.racks[static_cast<std::size_t>(graph_.servers[static_cast<std::size_t>(server)].rack)];
    if (std::ranges::none_of(rack.strips, [&](NodeId strip) { return flow.at(strip).energised; })) gap.racks.push_back(graph_.servers[static_cast<std::size_t>(server)].rack);
  }
  for (auto* list : {&gap.racks, &gap.servers}) {
    std::ranges::sort(*list);
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
}

}  // namespace headroom
