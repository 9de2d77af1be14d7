#include "analysis/statics/faults_of_path.h"

#include <fmt/format.h>

#include <unordered_set>

namespace headroom {
namespace {

bool is_load(NodeKind kind) { return kind == NodeKind::server || kind == NodeKind::auxiliary || is_of_cooling_plant(kind) || may_give(kind); }
bool in_a_rack(NodeKind kind) { return kind == NodeKind::rack || kind == NodeKind::enclosure || kind == NodeKind::network_switch; }
bool gives_capacity(NodeKind kind) { return kind == NodeKind::generator || kind == NodeKind::ups || kind == NodeKind::converter; }

// Halls and racks are common causes of themselves; the others are the site's.
std::unordered_set<std::string> causes_of_themselves(const PowerGraph& graph) {
  std::unordered_set<std::string> names(graph.halls.begin(), graph.halls.end());
  for (auto const& rack : graph.racks) names.insert(rack.name);
  return names;
}

}  // namespace

std::vector<PathFault> single_faults(const PowerGraph& graph) {
  std::vector<PathFault> out;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    PowerNode const& node = graph.nodes[i];
    if (is_load(node.kind)) continue;
    NodeId const id{static_cast<std::int32_t>(i)};
    bool const counts = !in_a_rack(node.kind);
    out.push_back({node.name, FaultKind::element, {id}, counts, counts && node.count == 1 && gives_capacity(node.kind)});
    if (node.count > 1) out.push_back({fmt::format("{} (1 of {})", node.name, node.count), FaultKind::unit, {id}, counts, counts});
  }
  auto const of_themselves = causes_of_themselves(graph);
  for (auto const& cause : graph.common_causes) out.push_back({cause.name, FaultKind::common_cause, cause.nodes, !of_themselves.contains(cause.name), false});
  return out;
}

}  // namespace headroom
