// leaf-spine: each leaf is linked with each spine, as often.
//
// L leaves of u uplinks and spines of P ports: ceil(L u / P) spines, or more so that they divide u. There are at most P
// leaves: with u spines each of them has one link to each.
#include <fmt/format.h>

#include "base/units.h"
#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/leaves.h"
#include "topologies/network/builders/pods.h"

namespace headroom {
namespace {

std::string divisors(int count) {
  std::string out;
  for (int i = 1; i <= count; ++i)
    if (count % i == 0) out += (out.empty() ? "" : i == count ? " or " : ", ") + std::to_string(i);
  return out;
}

}  // namespace

void build_leaf_spine(FabricDraft& draft) {
  SwitchSpec const &leaf = draft.leaf_type(), &spine = draft.spine_type();
  PortSplit const split = split_ports(leaf, draft.rate, spine, draft.spec.oversubscription);
  if (split.down == 0)
    return draft.problem(fmt::format("oversubscription: at {}, the ports of {} leave none for servers; allow more, or take another type", number_text(draft.spec.oversubscription), leaf.name));
  LeafPlan const plan = plan_leaves(draft, split.down);
  int const leaves = plan.sets * draft.ports;
  int const uplinks = draft.spec.leaf_in_rack ? std::min(split.most_up, uplinks_for(plan.per_leaf, draft.rate, split.up_rate, draft.spec.oversubscription)) : split.up;
  if (leaves > spine.ports) {
    std::int64_t const fit = static_cast<std::int64_t>(spine.ports / draft.ports) * split.down;
    return draft.problem(fmt::format("{} servers need {} leaves, and a spine of type {} reaches {}{}; take clos, more oversubscription, or types with more ports", draft.servers.size(), leaves, spine.name,
                                     spine.ports, draft.spec.leaf_in_rack ? "" : fmt::format(", enough for {} servers", fit)));
  }
  int const wanted = static_cast<int>((static_cast<std::int64_t>(leaves) * uplinks + spine.ports - 1) / spine.ports);
  int const spines = draft.spec.spines.value_or(divisor_from(uplinks, wanted));
  if (uplinks % spines != 0) return draft.problem(fmt::format("spines: {} do not divide the {} uplinks of a leaf evenly; {} would", spines, uplinks, divisors(uplinks)));
  if (spines < wanted) return draft.problem(fmt::format("spines: {} of type {} have {} ports for {} uplinks; it takes {}", spines, spine.name, spines * spine.ports, leaves * uplinks, divisor_from(uplinks, wanted)));

  Pods pods{{{}}, {-1}, uplinks, spines, split.up_rate};
  End const first = draft.add_switches("leaf", leaves, 0, leaf);
  for (int i = 0; i < leaves; ++i) pods.leaves[0].push_back(first + i);
  link_servers(draft, plan, first);
  add_pods(draft, pods);
}

}  // namespace headroom
