#include "topologies/graph/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "topologies/equipment/default_breaker.h"

namespace headroom {

void Draft::stop_on_problems() {
  if (!problems_.empty()) throw InputError(std::move(problems_));
}

NodeId Draft::add(PowerNode node, const Location& where) {
  NodeId const id{static_cast<std::int32_t>(graph.nodes.size())};
  if (!ids_.try_emplace(node.name, id).second) problem(where, fmt::format("the name '{}' is used twice", node.name));
  graph.nodes.push_back(std::move(node));
  return id;
}

std::vector<NodeId> Draft::feeds(const std::vector<std::string>& names, const Location& where, const std::string& who, const std::string& key) {
  std::vector<NodeId> out;
  std::vector<std::string> known;
  for (auto const& node : power_.nodes) known.push_back(node.name);
  for (auto const& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      problem(where, fmt::format("{}: there is no node '{}'{}", key, name, nearest_hint(name, known)));
      continue;
    }
    NodeId const id = at(name);
    if (graph.nodes[static_cast<std::size_t>(id)].kind == NodeKind::auxiliary) problem(where, fmt::format("{}: '{}' is a load; it feeds nothing", who, name));
    if (graph.nodes[static_cast<std::size_t>(id)].kind == NodeKind::generator) problem(where, fmt::format("{}: '{}' is a generator; it feeds a transfer switch", who, name));
    if (std::find(out.begin(), out.end(), id) != out.end()) problem(where, fmt::format("{}: the feed '{}' stands twice", who, name));
    out.push_back(id);
  }
  return out;
}

Connection Draft::connection(std::optional<Current> rated, const std::optional<Reference<BreakerSpec>>& own) {
  Connection connection;
  connection.rated = rated;
  if (!rated) return connection;
  BreakerSpec const& spec = own ? own->value : power_.breaker ? power_.breaker->value : default_breaker();
  connection.breaker = breaker(spec);
  connection.usable = spec.continuous_load.value_or(power_.code == ElectricalCode::nec ? nec_continuous_load : 1.0) * derated(spec.derating);
  return connection;
}

double Draft::derated(const std::optional<DeratingSpec>& derating) const {
  if (!derating || !power_.ambient) return 1;
  return std::max(0.0, 1 - derating->per_kelvin * std::max(0.0, (*power_.ambient - derating->above).si()));
}

int Draft::breaker(const BreakerSpec& spec) {
  auto const found = std::find(graph.breakers.begin(), graph.breakers.end(), spec);
  if (found != graph.breakers.end()) return static_cast<int>(found - graph.breakers.begin());
  graph.breakers.push_back(spec);
  return static_cast<int>(graph.breakers.size()) - 1;
}

int Draft::next_line(NodeId feed) {
  int const of_feed = graph.nodes[static_cast<std::size_t>(feed)].line;
  return of_feed >= 0 ? of_feed : lines_[feed.index]++ % 3;
}

void Draft::set_battery(PowerNode& node, const std::optional<BatteryFit>& battery) {
  if (!battery) return;
  node.battery = device(battery->type.value);
  node.batteries = battery->count;
}

void hang(PowerNode& node, NodeId feed, const Connection& connection) {
  node.parents.push_back(feed);
  node.connections.push_back(connection);
  if (!connection.rated) return;
  Rating& rating = node.rating;
  if (!rating.circuit || connection.usable * *connection.rated < rating.circuit_usable * *rating.circuit) {
    rating.circuit = connection.rated;
    rating.circuit_usable = connection.usable;
  }
}

}  // namespace headroom
