#include "sim/power/power_state.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

const std::string& first_state(const PowerNode& node) {
  static const std::string live = "live", off = "off";
  return node.kind == NodeKind::generator ? off : live;
}

std::int64_t connection_key(NodeId node, std::size_t parent) { return static_cast<std::int64_t>(node.index) << 32 | static_cast<std::int64_t>(parent); }

}  // namespace

PowerState::PowerState(const PowerGraph& graph, std::uint64_t run_seed, ChangeSink sink, std::optional<Duration> reset_after)
    : flow(graph), seed(run_seed), sink_(std::move(sink)), reset_after_(reset_after) {}

std::int64_t PowerState::write(std::unordered_map<std::int64_t, Known>& known, std::int64_t key, const std::string& first, const std::string& element,
                               const std::string& to, std::int64_t cause, const std::string& reason) {
  Known& entry = known.try_emplace(key, Known{first, 0}).first->second;
  if (entry.state == to) return 0;
  Change change{++changes_, now, element, entry.state, to, cause, reason};
  entry = {to, change.id};
  sink_(change);
  return change.id;
}

std::int64_t PowerState::change(NodeId id, const std::string& to, std::int64_t cause, const std::string& reason) {
  return write(nodes_, id.index, first_state(node(id)), node(id).name, to, cause, reason);
}

std::int64_t PowerState::change_connection(NodeId id, std::size_t parent, const std::string& to, std::int64_t cause, const std::string& reason) {
  std::string const element = fmt::format("{} circuit from {}", node(id).name, node(node(id).parents[parent]).name);
  return write(connections_, connection_key(id, parent), "closed", element, to, cause, reason);
}

const std::string& PowerState::state(NodeId id) const {
  auto const found = nodes_.find(id.index);
  return found == nodes_.end() ? first_state(node(id)) : found->second.state;
}

std::int64_t PowerState::last_change(NodeId id) const {
  auto const found = nodes_.find(id.index);
  return found == nodes_.end() ? 0 : found->second.last_change;
}

std::int64_t PowerState::why_no_input(NodeId id) const {
  std::int64_t latest = 0;
  auto const& parents = node(id).parents;
  for (std::size_t k = 0; k < parents.size(); ++k) {
    if (!flow.at(parents[k]).energised) latest = std::max(latest, last_change(parents[k]));
    if (auto const found = connections_.find(connection_key(id, k)); found != connections_.end() && tripped(id, k)) latest = std::max(latest, found->second.last_change);
  }
  return latest;
}

std::int64_t PowerState::why_input(NodeId id) const {
  std::int64_t latest = 0;
  auto const& parents = node(id).parents;
  for (std::size_t k = 0; k < parents.size(); ++k) {
    if (!flow.connected(id, k)) continue;
    latest = std::max(latest, last_change(parents[k]));
    if (auto const found = connections_.find(connection_key(id, k)); found != connections_.end()) latest = std::max(latest, found->second.last_change);
  }
  return latest;
}

NodeId PowerState::source_of(NodeId id) const {
  while (!node(id).parents.empty() && !flow.on_battery(id)) {
    auto const& parents = node(id).parents;
    std::size_t k = 0;
    while (k < parents.size() && !flow.connected(id, k)) ++k;
    if (k == parents.size()) return {};
    id = parents[k];
  }
  return id;
}

// Asked while the node still is on its battery, so from its input upwards.
Instant PowerState::admit(NodeId id, double load_w) {
  auto const& parents = node(id).parents;
  for (std::size_t k = 0; k < parents.size(); ++k) {
    if (!flow.connected(id, k)) continue;
    auto const found = admissions_.find(source_of(parents[k]).index);
    return found == admissions_.end() ? now : found->second(load_w);
  }
  return never;
}

NodeId PowerState::caller_of(NodeId generator) const {
  for (auto const& [node, calls] : callers_)
    if (calls(generator)) return node;
  return {};
}

void PowerState::plan_reset(NodeId id, std::size_t parent) {
  if (reset_after_) resets_.insert({now + *reset_after_, id, parent});
}

void PowerState::trip(NodeId id, std::size_t parent) {
  tripped_connections_.insert({id, parent});
  flow.set_closed(id, parent, false);
  plan_reset(id, parent);
}

void PowerState::trip(NodeId id) {
  tripped_nodes_.insert(id);
  apply_units(id);
  plan_reset(id, whole_node);
}

std::vector<NodeId> PowerState::reset_due() {
  std::vector<NodeId> back;
  while (next_reset() <= now) {
    Reset const due = *resets_.begin();
    resets_.erase(resets_.begin());
    if (due.parent == whole_node) {
      if (!tripped(due.node)) continue;
      reset(due.node);
      back.push_back(due.node);
      continue;
    }
    tripped_connections_.erase({due.node, due.parent});
    if (!node(due.node).transfer) flow.set_closed(due.node, due.parent, true);      // a transfer switch closes when it wants to
    change_connection(due.node, due.parent, "closed", connections_.at(connection_key(due.node, due.parent)).last_change, "reset");
  }
  return back;
}

void PowerState::reset(NodeId id) {
  tripped_nodes_.erase(id);
  std::erase_if(resets_, [&](const Reset& reset) { return reset.node == id && reset.parent == whole_node; });
  apply_units(id);
}

void PowerState::set_out(NodeId id, int units) {
  out_[id.index] = units;
  apply_units(id);
}

int PowerState::out(NodeId id) const {
  auto const found = out_.find(id.index);
  return found == out_.end() ? 0 : found->second;
}

void PowerState::apply_units(NodeId id) { flow.set_units(id, tripped(id) ? 0 : std::max(0, node(id).count - out(id))); }

}  // namespace headroom
