// leaf-spine: each leaf is linked with each spine, as often.
//
// L leaves of u uplinks and spines of P ports: ceil(L u / P) spines, or more so that they divide u. There are at most P
// leaves: with u spines each of them has one link to each.
#include <fmt/format.h>

#include <numeric>

#include "base/units.h"
#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/leaves.h"
#include "topologies/network/builders/pods.h"

namespace headroom {
namespace {

void too_many_leaves(FabricDraft& draft, const LeafTier& tier) {
  SwitchSpec const& spine = draft.spine_type();
  std::string const fit = draft.spec.leaf_in_rack ? "" : fmt::format(", enough for {} servers", static_cast<std::int64_t>(spine.ports / draft.ports) * tier.down);
  draft.problem(fmt::format("{} need {} leaves, and a spine of type {} reaches {}{}; take clos, more oversubscription, or types with more ports", counted(static_cast<std::int64_t>(draft.servers.size()), "server"),
                            tier.leaves, spine.name, spine.ports, fit));
}

}  // namespace

void build_leaf_spine(FabricDraft& draft) {
  auto const tier = plan_leaf_tier(draft);
  if (!tier) return;
  if (tier->leaves > draft.spine_type().ports) return too_many_leaves(draft, *tier);
  int const spines = spines_of_pod(draft, 1, tier->leaves, tier->uplinks, draft.spine_type().ports);
  if (spines == 0) return;
  End const first = draft.add_switches("leaf", tier->leaves, 0, draft.leaf_type());
  Pods pods{{std::vector<End>(static_cast<std::size_t>(tier->leaves))}, {-1}, tier->uplinks, spines, tier->up_rate};
  std::iota(pods.leaves[0].begin(), pods.leaves[0].end(), first);
  link_servers(draft, tier->plan, first);
  add_pods(draft, pods);
}

}  // namespace headroom
