#include "topologies/graph/power_graph.h"

#include "topologies/graph/draft.h"
#include "topologies/graph/ties.h"

namespace headroom {
namespace {

// As one load that follows IT. Without weather its highest proportion counts.
void add_cooling(const CoolingSpec& cooling, Draft& draft) {
  if (level_of(cooling) == CoolingLevel::none || cooling.plant) return;
  PowerNode node;
  node.name = "cooling";
  node.kind = NodeKind::auxiliary;
  node.power = cooling.fixed;
  node.power_factor = cooling.power_factor;
  node.follows_it = true;
  if (cooling.feeds.empty()) draft.problem(cooling.where, "cooling: nothing feeds it; name nodes in 'feeds'");
  for (NodeId feed : draft.feeds(cooling.feeds, cooling.where, "cooling.feeds", "cooling.feeds")) hang(node, feed);
  draft.add(std::move(node), cooling.where);
}

}  // namespace

std::string to_text(NodeKind kind) {
  for (auto const& [candidate, name] : names(kind))
    if (candidate == kind) return name;
  return "";
}

std::optional<NodeId> PowerGraph::find(const std::string& name) const {
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].name == name) return NodeId{static_cast<std::int32_t>(i)};
  return std::nullopt;
}

PowerGraph build_power_graph(const Site& site) {
  Site written = written_out(site);
  Draft draft(written.power);
  split_tied_boards(written.power, draft.problems());
  draft.graph.oversubscribed = site.power.oversubscribed;
  draft.graph.code = site.power.code;
  draft.graph.ambient = site.power.ambient;
  draft.graph.cooling = written.cooling;
  if (!written.cooling.curve.empty()) draft.graph.cooling.proportional = highest_proportional(written.cooling.curve);
  build_path(written.power, draft);
  build_halls(written, draft);
  draft.stop_on_problems();
  build_switches(written, draft);
  add_cooling(written.cooling, draft);
  build_onsite(written.onsite, draft);
  build_cooling_plant(written, draft);
  draft.stop_on_problems();
  build_common_causes(written, draft);
  draft.stop_on_problems();
  return std::move(draft.graph);
}

}  // namespace headroom
