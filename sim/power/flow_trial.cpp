// Trials of a power flow: what they change first is noted, and put back.
#include <algorithm>

#include "sim/power/flow.h"

namespace headroom {

void PowerFlow::begin_trial() {
  bool const solved = !topology_changed_ && std::all_of(marked_.begin(), marked_.end(), [](const auto& level) { return level.empty(); });
  expects(solved, "a trial begins from a solved state: update() first");
  trials_.push_back({++trials_begun_, nodes_before_.size(), slots_before_.size(), state_.rack_scale});
}

std::span<const NodeId> PowerFlow::changed_in_trial() const {
  expects(!trials_.empty(), "changed_in_trial() looks at a trial that begin_trial() began");
  return std::span(noted_).subspan(trials_.back().nodes);
}

void PowerFlow::write_note(std::size_t node) {
  if (node_noted_[node] == trials_.back().number) return;
  node_noted_[node] = trials_.back().number;
  double const it_w = layout_.it_slot[node] < 0 ? 0.0 : state_.it.at(static_cast<std::size_t>(layout_.it_slot[node]));
  noted_.push_back({static_cast<std::int32_t>(node)});
  nodes_before_.push_back({state_.flows[node], state_.demand_w[node], it_w, state_.units[node], state_.running[node], state_.bypass[node], state_.storage[node]});
}

void PowerFlow::write_slot_note(std::size_t slot) {
  if (slot_noted_[slot] == trials_.back().number) return;
  slot_noted_[slot] = trials_.back().number;
  slots_before_.push_back({static_cast<std::uint32_t>(slot), draw(slot), state_.closed[slot]});
}

void PowerFlow::put_back(std::size_t node, const NodeBefore& before) {
  state_.flows[node] = before.flow;
  state_.demand_w[node] = before.demand_w;
  state_.units[node] = before.units;
  state_.running[node] = before.running;
  state_.bypass[node] = before.bypass;
  state_.storage[node] = before.storage;
  if (layout_.it_slot[node] < 0) return;
  state_.it.set(static_cast<std::size_t>(layout_.it_slot[node]), before.it_w);
  it_in_racks_w_.reset();
}

// In reverse, so that what was noted twice ends as it was at first.
void PowerFlow::undo() {
  expects(!trials_.empty(), "undo() takes back a trial that begin_trial() began");
  Trial const trial = trials_.back();
  for (; slots_before_.size() > trial.slots; slots_before_.pop_back()) {
    state_.closed[slots_before_.back().slot] = slots_before_.back().closed;
    put_draw(slots_before_.back().slot, slots_before_.back().draw);
  }
  for (; nodes_before_.size() > trial.nodes; nodes_before_.pop_back(), noted_.pop_back()) put_back(static_cast<std::size_t>(noted_.back()), nodes_before_.back());
  state_.rack_scale = trial.rack_scale;
  trials_.pop_back();
  forget_marks();
}

}  // namespace headroom
