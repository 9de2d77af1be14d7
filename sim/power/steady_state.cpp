#include "sim/power/steady_state.h"

#include <algorithm>

namespace headroom {

SteadyState::SteadyState(const PowerGraph& graph) : graph_(graph) {
  std::size_t const n = graph.nodes.size();
  on_path_.assign(n, 0);
  lives_.assign(n, 0);
  needed_.assign(n, 0);
  position_.assign(n, no_source);
  find_path();
}

void SteadyState::find_path() {
  for (NodeId generator : graph_.generators) on_path_[static_cast<std::size_t>(generator)] = 1;
  for (std::size_t i = graph_.nodes.size(); i-- > 0;) {      // whatever feeds a node has a smaller number
    PowerNode const& node = graph_.nodes[i];
    if (node.battery >= 0) batteries_.push_back({static_cast<std::int32_t>(i)});
    if (node.transfer) on_path_[i] = 1;
    if (on_path_[i] == 0) continue;
    for (NodeId parent : node.parents) on_path_[static_cast<std::size_t>(parent)] = 1;
  }
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    NodeId const id{static_cast<std::int32_t>(i)};
    if (on_path_[i] != 0) path_.push_back(id);
    if (graph_.nodes[i].transfer) transfers_.push_back(id);
  }
}

void SteadyState::settle(PowerFlow& flow) {
  look_for_sources(flow);
  look_for_needs(flow);
  apply(flow);
  flow.update();
}

bool SteadyState::is_tripped(NodeId node, std::size_t parent) const {
  return std::ranges::find(tripped_, std::pair(node, parent)) != tripped_.end();
}

// From the sources down.
void SteadyState::look_for_sources(const PowerFlow& flow) {
  moved_ = false;
  for (NodeId id : path_) {
    auto const i = static_cast<std::size_t>(id);
    auto const& parents = graph_.nodes[i].parents;
    if (graph_.nodes[i].transfer) {
      position_[i] = no_source;
      for (std::size_t k = 0; k < parents.size() && position_[i] == no_source; ++k)
        if (lives_[static_cast<std::size_t>(parents[k])] != 0 && !is_tripped(id, k)) position_[i] = static_cast<int>(k);
      moved_ |= position_[i] != 0;
    }
    lives_[i] = lives(flow, id) ? 1 : 0;
  }
}

bool SteadyState::lives(const PowerFlow& flow, NodeId id) const {
  auto const i = static_cast<std::size_t>(id);
  PowerNode const& node = graph_.nodes[i];
  if (!flow.in_service(id)) return false;
  if (node.kind == NodeKind::generator || (node.parents.empty() && flow.running(id))) return true;
  if (node.transfer) return position_[i] != no_source;
  for (std::size_t k = 0; k < node.parents.size(); ++k)
    if (flow.closed(id, k) && lives_[static_cast<std::size_t>(node.parents[k])] != 0) return true;
  return false;
}

// From the loads up.
void SteadyState::look_for_needs(const PowerFlow& flow) {
  for (auto id = path_.rbegin(); id != path_.rend(); ++id) needed_[static_cast<std::size_t>(*id)] = needs(flow, *id) ? 1 : 0;
}

bool SteadyState::needs(const PowerFlow& flow, NodeId id) const {
  if (!flow.in_service(id)) return false;
  for (NodeId child : flow.children(id)) {
    auto const c = static_cast<std::size_t>(child);
    if (on_path_[c] != 0 ? needed_[c] == 0 : !flow.in_service(child)) continue;
    auto const& parents = graph_.nodes[c].parents;
    auto const k = static_cast<std::size_t>(std::ranges::find(parents, id) - parents.begin());
    if (graph_.nodes[c].transfer ? position_[c] == static_cast<int>(k) : flow.closed(child, k)) return true;
  }
  return false;
}

// Only what changes: setting anything makes the flow look again at who is fed.
void SteadyState::apply(PowerFlow& flow) const {
  for (NodeId id : transfers_) {
    auto const i = static_cast<std::size_t>(id);
    for (std::size_t k = 0; k < graph_.nodes[i].parents.size(); ++k) {
      // where no source lives it stays on its first one: it is dark either way
      bool const closed = position_[i] == no_source ? k == 0 && !is_tripped(id, k) : position_[i] == static_cast<int>(k);
      if (flow.closed(id, k) != closed) flow.set_closed(id, k, closed);
    }
  }
  for (NodeId generator : graph_.generators) {
    bool const runs = needed_[static_cast<std::size_t>(generator)] != 0;
    if (flow.running(generator) != runs) flow.set_running(generator, runs);
  }
  for (NodeId node : batteries_)
    if (flow.storage(node) != Storage::off) flow.set_storage(node, Storage::off);
}

void transfer_to_steady_state(PowerFlow& flow) { SteadyState(flow.graph()).settle(flow); }

}  // namespace headroom
