// rail-optimised: port i of every server hangs on the leaves of rail i, one for each set of as many servers as a leaf takes.
//
// With switches of 64 ports: N / 32 leaves and N / 64 spines for N ports of servers, where a spine reaches every leaf; above that
// N / 32 leaves, N / 32 spines and N / 64 cores, each pod of one rail. `core` or `cores` ask for three tiers in any case.
// `spines` without them asks for two: where a spine does not reach every leaf, the rails are shared out over planes that meet only in
// the servers, as few planes as will do (1,024 servers of 8 ports: 256 leaves, 128 spines, 4 planes of two rails).
#include <fmt/format.h>

#include "base/units.h"
#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/pods.h"

namespace headroom {
namespace {

void build_planes(FabricDraft& draft, const LeafTier& tier, int planes) {
  int const in_plane = draft.ports / planes;      // rails
  int const spines = spines_of_pod(draft, planes, tier.leaves / planes, tier.uplinks, draft.spine_type().ports);
  if (spines == 0) return;
  Pods pods{{}, {}, tier.uplinks, spines, tier.up_rate};
  pods.leaves.resize(static_cast<std::size_t>(planes));
  for (int plane = 0; plane < planes; ++plane) pods.groups.push_back(in_plane == 1 ? plane : -1);
  End const first = draft.add_switches("leaf", tier.leaves, 0, draft.leaf_type());
  for (int i = 0; i < tier.leaves; ++i) pods.leaves[static_cast<std::size_t>(i % draft.ports / in_plane)].push_back(first + i);
  link_servers(draft, tier.plan, first);
  add_pods(draft, pods);
}

// The fewest planes in which a spine reaches every leaf; 0: none.
int planes_for(const FabricDraft& draft, const LeafTier& tier) {
  for (int planes = 1; planes <= draft.ports; ++planes)
    if (draft.ports % planes == 0 && tier.leaves / planes <= draft.spine_type().ports) return planes;
  return 0;
}

}  // namespace

void build_rail_optimised(FabricDraft& draft) {
  auto const tier = plan_leaf_tier(draft);
  if (!tier) return;
  int const planes = planes_for(draft, *tier);
  bool const two = !draft.spec.core && !draft.spec.cores && (planes == 1 || draft.spec.spines);
  if (two && planes == 0)
    return draft.problem(fmt::format("{} need {} leaves on each rail, and a spine of type {} reaches {}, enough for {} servers; say cores, for three tiers", counted(static_cast<std::int64_t>(draft.servers.size()), "server"),
                                     tier->plan.sets, draft.spine_type().name, draft.spine_type().ports, static_cast<std::int64_t>(draft.spine_type().ports) * tier->down));
  if (two) build_planes(draft, *tier, planes);
  else build_three_tiers(draft, *tier, draft.ports);
  for (auto& one : draft.switches)
    if (one.tier == 0) one.group = static_cast<int>(&one - draft.switches.data()) % draft.ports;
}

}  // namespace headroom
