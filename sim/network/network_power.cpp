#include "sim/network/network_power.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "topologies/graph/plugged.h"

namespace headroom {

NetworkPower::NetworkPower(const PowerGraph& graph) : network_(graph.network) {
  for (std::size_t v = 0; v < network_.vertices.size(); ++v) {
    NetworkVertex const& vertex = network_.vertices[v];
    if (vertex.type < 0 || network_.switch_types[static_cast<std::size_t>(vertex.type)].energy_per_bit <= EnergyPerData{}) continue;
    auto const leaving = network_.leaving({static_cast<std::int32_t>(v)});
    metered_.push_back({vertex.node, network_.switch_types[static_cast<std::size_t>(vertex.type)].energy_per_bit, channels_.size(), channels_.size() + leaving.size()});
    channels_.insert(channels_.end(), leaving.begin(), leaving.end());
  }
  bool const any_sleeps = std::ranges::any_of(network_.fabrics, [](const Fabric& fabric) { return fabric.sleep_after.has_value(); });
  if (metered_.empty() && !any_sleeps) return;
  for (auto const& node : graph.nodes) drawn_.push_back({node.power, {}, {}, false});
  if (!any_sleeps) return;
  std::unordered_map<std::string, NodeId> adapters;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i].kind == NodeKind::auxiliary) adapters.emplace(graph.nodes[i].name, NodeId{static_cast<std::int32_t>(i)});
  links_.resize(network_.links.size());
  for (std::size_t i = 0; i < links_.size(); ++i) {
    NetworkLink const& link = network_.links[i];
    Fabric const& fabric = network_.fabrics[static_cast<std::size_t>(link.fabric)];
    if (!fabric.sleep_after) continue;
    for (VertexId end : {link.a, link.b}) {
      NetworkVertex const& vertex = network_.vertices[static_cast<std::size_t>(end)];
      Power const plug = plugged_power(network_, link);
      if (vertex.type >= 0) links_[i].ends.emplace_back(vertex.node, plug + network_.switch_types[static_cast<std::size_t>(vertex.type)].port_power);
      else if (vertex.server >= 0 && plug > Power{}) links_[i].ends.emplace_back(adapters.at(adapters_name(graph.racks[static_cast<std::size_t>(vertex.rack)].name, fabric.name)), plug);
    }
    set_due(static_cast<std::int32_t>(i), Instant{} + *fabric.sleep_after);
  }
}

void NetworkPower::set_traffic(std::span<const double> bit_per_s) {
  for (auto const& metered : metered_) {
    double sum = 0;
    for (std::size_t i = metered.first; i < metered.last; ++i) sum += bit_per_s[i];
    Power const now = DataRate::from_si(sum) * metered.energy_per_bit;
    Drawn const& drawn = drawn_[static_cast<std::size_t>(metered.node)];
    if (now != drawn.traffic) change(metered.node, &Drawn::traffic, now - drawn.traffic);
  }
}

Duration NetworkPower::begin(std::span<const Channel> route) {
  Duration wakes;
  if (links_.empty()) return wakes;
  for (Channel channel : route) {
    std::int32_t const number = link_of(channel).index;
    SleepingLink& link = links_[static_cast<std::size_t>(number)];
    if (++link.flows == 1) set_due(number, never);
    if (!link.asleep) continue;
    set_asleep(link, false);
    wakes = std::max(wakes, network_.fabrics[static_cast<std::size_t>(network_.links[static_cast<std::size_t>(number)].fabric)].wake_time);
  }
  return wakes;
}

void NetworkPower::end(Instant now, std::span<const Channel> route) {
  if (links_.empty()) return;
  for (Channel channel : route) {
    std::int32_t const number = link_of(channel).index;
    auto const& sleep_after = network_.fabrics[static_cast<std::size_t>(network_.links[static_cast<std::size_t>(number)].fabric)].sleep_after;
    if (--links_[static_cast<std::size_t>(number)].flows == 0 && sleep_after) set_due(number, now + *sleep_after);
  }
}

void NetworkPower::step(Instant now) {
  while (next() <= now) {
    std::int32_t const number = asleep_at_.begin()->second;
    set_due(number, never);
    set_asleep(links_[static_cast<std::size_t>(number)], true);
  }
}

std::vector<std::pair<NodeId, Power>> NetworkPower::take_changes() {
  std::vector<std::pair<NodeId, Power>> out;
  for (NodeId node : std::exchange(changed_, {})) {
    Drawn& drawn = drawn_[static_cast<std::size_t>(node)];
    drawn.changed = false;
    out.emplace_back(node, std::max(Power{}, drawn.base + drawn.traffic - drawn.saved));
  }
  return out;
}

void NetworkPower::change(NodeId node, Power Drawn::*part, Power by) {
  Drawn& drawn = drawn_[static_cast<std::size_t>(node)];
  drawn.*part += by;
  if (!std::exchange(drawn.changed, true)) changed_.push_back(node);
}

void NetworkPower::set_asleep(SleepingLink& link, bool asleep) {
  link.asleep = asleep;
  for (auto const& [node, power] : link.ends) change(node, &Drawn::saved, asleep ? power : -power);
}

void NetworkPower::set_due(std::int32_t number, Instant due) {
  SleepingLink& link = links_[static_cast<std::size_t>(number)];
  if (link.due != never) asleep_at_.erase({link.due, number});
  link.due = due;
  if (due != never) asleep_at_.insert({due, number});
}

}  // namespace headroom
