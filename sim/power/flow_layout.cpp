#include "sim/power/flow_layout.h"

#include <algorithm>

#include "sim/power/device_stage.h"

namespace headroom {

FlowLayout::FlowLayout(const PowerGraph& power_graph) : graph(&power_graph) {
  place_slots();
  place_sums();
  place_children();
  for (auto const& server : graph->servers) node_of_server.push_back(static_cast<std::size_t>(server.node));
  for (std::size_t i = 0; i < graph->nodes.size(); ++i) describe(i);
  find_givers();
  find_racks();
  levels = static_cast<std::size_t>(*std::max_element(level.begin(), level.end())) + 1;
  nodes_of_level.assign(levels, 0);
  for (int l : level) ++nodes_of_level[static_cast<std::size_t>(l)];
}

void FlowLayout::place_slots() {
  auto const& nodes = graph->nodes;
  level.assign(nodes.size(), 0);
  child_count_.assign(nodes.size(), 0);
  first_slot.assign(1, 0);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (NodeId parent : nodes[i].parents) {
      auto const p = static_cast<std::uint32_t>(parent.index);
      slots.push_back({p, child_count_[p]++});
      level[i] = std::max(level[i], level[p] + 1);
    }
    first_slot.push_back(static_cast<std::uint32_t>(slots.size()));
  }
}

void FlowLayout::place_sums() {
  std::uint32_t begin = 0;
  for (std::uint32_t count : child_count_) {
    std::uint32_t width = count == 0 ? 0 : 1;
    while (width < count) width *= 2;
    tree.push_back(begin);
    leaves.push_back(width);
    begin += 2 * width;
  }
  sums = begin;
}

void FlowLayout::place_children() {
  first_child.assign(1, 0);
  for (std::uint32_t count : child_count_) first_child.push_back(first_child.back() + count);
  children.resize(first_child.back());
  feeds_single_phases.assign(graph->nodes.size(), 0);
  for (std::size_t i = 0; i < graph->nodes.size(); ++i)
    for (auto k = first_slot[i]; k < first_slot[i + 1]; ++k) {
      children[first_child[slots[k].parent] + slots[k].slot] = {static_cast<std::int32_t>(i)};
      if (graph->nodes[i].line >= 0) feeds_single_phases[slots[k].parent] = 1;
    }
}

// Its losses, its battery, its place among the IT loads.
void FlowLayout::describe(std::size_t i) {
  PowerNode const& node = graph->nodes[i];
  stages.push_back(is_leaf(node) ? lossless_stage() : stage_of(*graph, node, node.count));
  battery.push_back(node.battery < 0 ? -1 : static_cast<int>(batteries.size()));
  if (node.battery >= 0) batteries.push_back(battery_of(std::get<BatterySpec>(graph->devices[static_cast<std::size_t>(node.battery)]), node.batteries));
  leaf.push_back(is_leaf(node) ? static_cast<std::int32_t>(all_leaves.size()) : -1);
  if (is_leaf(node)) {
    Leaf described{nullptr, node.power_factor, 1, static_cast<int>(node.parents.size()), may_give(node.kind)};
    if (node.server >= 0) {
      ServerPlace const& server = graph->servers[static_cast<std::size_t>(node.server)];
      described.server = &graph->server_types[static_cast<std::size_t>(server.type)];
      described.supplies = server.supplies;
    }
    all_leaves.push_back(described);
  }
  bool const it = is_leaf(node) && (node.part == LoadPart::it || node.kind == NodeKind::server);
  it_slot.push_back(it ? static_cast<int>(it_loads++) : -1);
  if (node.follows_it) followers.push_back({static_cast<std::int32_t>(i)});
}

void FlowLayout::find_racks() {
  auto const& nodes = graph->nodes;
  rack_of.assign(nodes.size(), -1);
  feeds_racks.assign(nodes.size(), 0);
  for (std::size_t r = 0; r < graph->racks.size(); ++r)
    for (NodeId strip : graph->racks[r].strips) rack_of[static_cast<std::size_t>(strip)] = static_cast<std::int32_t>(r);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (NodeId parent : nodes[i].parents) {
      if (nodes[i].kind == NodeKind::rack) feeds_racks[static_cast<std::size_t>(parent)] = 1;
      else rack_of[i] = std::max(rack_of[i], rack_of[static_cast<std::size_t>(parent)]);
    }
  }
  it_in_rack.assign(it_loads, 0);
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (it_slot[i] >= 0 && rack_of[i] >= 0) it_in_rack[static_cast<std::size_t>(it_slot[i])] = 1;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (feeds_racks[i] != 0) feeds_of_racks.push_back(static_cast<std::uint32_t>(i));
}

// What feeds a node has a smaller number.
void FlowLayout::find_givers() {
  auto const& nodes = graph->nodes;
  gives_below.assign(nodes.size(), 0);
  for (std::size_t i = nodes.size(); i-- > 0;) {
    if (may_give(nodes[i].kind)) {
      givers.insert(givers.begin(), {static_cast<std::int32_t>(i)});
      gives_below[i] = 1;
    }
    if (gives_below[i] == 0) continue;
    for (NodeId parent : nodes[i].parents) gives_below[static_cast<std::size_t>(parent)] = 1;
  }
}

}  // namespace headroom
