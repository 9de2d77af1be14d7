#include "analysis/sizing/load_states.h"

#include <algorithm>

#include "analysis/capacity/fault_states.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

void set_loads_of(const LoadCase& loads, PowerFlow& flow) {
  if (loads.delivered.empty()) load_fully(flow);
  for (std::size_t i = 0; i < loads.delivered.size(); ++i) flow.set_server_power({static_cast<std::int32_t>(i)}, loads.delivered[i]);
  for (auto const& [node, power] : loads.own) flow.set_auxiliary_power(node, power);
  flow.update();
}

}  // namespace

LoadCase full_load_case() { return {"every server full", {}, {}, {}}; }

std::vector<char> counts_for(const LoadCase& loads, std::size_t nodes) {
  std::vector<char> out(nodes, loads.only.empty() ? 1 : 0);
  for (NodeId node : loads.only) out[static_cast<std::size_t>(node)] = 1;
  return out;
}

LoadStates::LoadStates(const PowerGraph& graph) : graph_(graph), faults_(counted_faults(graph)), names_{""} {
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    all_.push_back({static_cast<std::int32_t>(i)});
    if (graph.nodes[i].battery >= 0) add_bridged(i);
  }
  for (auto const& fault : faults_) names_.push_back(fault.name);
  if (graph.generators.empty()) return;
  auto const is_utility = [&](NodeId node) { return graph.nodes[static_cast<std::size_t>(node)].kind == NodeKind::utility; };
  names_.emplace_back("every utility");
  for (auto const& fault : faults_)
    if (!std::ranges::all_of(fault.nodes, is_utility)) {
      without_utilities_.push_back(fault);
      names_.push_back("every utility and " + fault.name);
    }
}

// Whatever stands above a node has a smaller number.
void LoadStates::add_bridged(std::size_t node) {
  Bridged bridged{{static_cast<std::int32_t>(node)}, {}};
  std::vector<char> is_above(node + 1, 0);
  is_above[node] = 1;
  for (std::size_t i = node + 1; i-- > 0;) {
    if (is_above[i] == 0) continue;
    if (graph_.nodes[i].transfer) bridged.transfers.push_back({static_cast<std::int32_t>(i)});
    for (NodeId parent : graph_.nodes[i].parents) is_above[static_cast<std::size_t>(parent)] = 1;
  }
  bridged_.push_back(std::move(bridged));
}

// A transfer has been made where a switch does not stand on its first source.
void LoadStates::recharge(PowerFlow& flow, bool all) const {
  for (auto const& [battery, transfers] : bridged_) {
    if (!flow.in_service(battery) || !flow.has_input(battery)) continue;
    if (all || std::ranges::any_of(transfers, [&](NodeId node) { return !flow.closed(node, 0); })) flow.set_storage(battery, Storage::charging);
  }
  flow.update();
}

void LoadStates::each(const LoadCase& loads, const Look& look) const {
  PowerFlow flow(graph_);
  set_loads_of(loads, flow);
  SteadyState steady(graph_);
  steady.settle(flow);
  recharge(flow, true);
  look(flow, 0, all_);
  each_fault(flow, 1, faults_, look);
  if (graph_.generators.empty()) return;
  for (NodeId utility : graph_.utilities) flow.set_units(utility, 0);
  steady.settle(flow);
  recharge(flow, true);
  look(flow, 1 + faults_.size(), all_);
  each_fault(flow, 2 + faults_.size(), without_utilities_, look);
}

void LoadStates::each_fault(PowerFlow& flow, std::size_t first_state, const std::vector<PathFault>& faults, const Look& look) const {
  SteadyState steady(graph_);
  for (std::size_t i = 0; i < faults.size(); ++i) {
    flow.begin_trial();
    take_out(faults[i], flow, steady);
    recharge(flow, false);
    std::vector<NodeId> changed(flow.changed_in_trial().begin(), flow.changed_in_trial().end());
    std::ranges::sort(changed);
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    look(flow, first_state + i, changed);
    flow.undo();
  }
}

}  // namespace headroom
