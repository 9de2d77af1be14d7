#include "sim/model/named_nodes.h"

#include <fmt/format.h>

#include "topologies/graph/ties.h"

namespace headroom {
namespace {

std::vector<std::string> known_names(const PowerGraph& graph) {
  std::vector<std::string> names;
  for (auto const& node : graph.nodes) names.push_back(node.name);
  for (auto const& cause : graph.common_causes) names.push_back(cause.name);
  return names;
}

}  // namespace

std::vector<NodeId> nodes_of_element(const PowerGraph& graph, NodeId id) {
  PowerNode const& node = graph.nodes[static_cast<std::size_t>(id)];
  std::vector<NodeId> nodes{id};
  if (node.kind == NodeKind::switchboard || node.kind == NodeKind::switchgear)
    if (auto const main = graph.find(main_side(node.name))) nodes.insert(nodes.begin(), *main);
  return nodes;
}

std::vector<NodeId> named_nodes(const PowerGraph& graph, const std::string& name, const Location& where, const std::string& key, std::vector<Problem>& problems) {
  if (auto const node = graph.find(name)) return nodes_of_element(graph, *node);
  for (auto const& cause : graph.common_causes)
    if (cause.name == name) return cause.nodes;
  problems.push_back({where, fmt::format("{}: there is no element, rack, hall or common cause '{}'{}", key, name, nearest_hint(name, known_names(graph)))});
  return {};
}

}  // namespace headroom
