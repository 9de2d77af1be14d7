// clos: leaves, spines and cores. fat-tree: the same with every switch of k ports and every place taken (Al-Fares 2008): k pods
// of k/2 leaves and k/2 spines, (k/2)^2 cores, k^3/4 places for servers.
#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/pods.h"

namespace headroom {
namespace {

struct SpineTier {
  PortSplit split;
  int pods = 0;             // of all classes
  int leaves = 0;           // in each at most
  int spines = 0;           // in each
};

struct CoreTier {
  int uplinks = 0, cores = 0;      // of each spine; in each group
};

std::optional<SpineTier> plan_spines(FabricDraft& draft, const LeafTier& tier, int classes) {
  SpineTier out;
  out.split = split_ports(draft.spine_type(), tier.up_rate, draft.core_type(), draft.spec.spine_oversubscription);
  if (out.split.down == 0) {
    draft.problem(fmt::format("spine_oversubscription: at {}, the ports of {} leave none for leaves; allow more, or take another type", number_text(draft.spec.spine_oversubscription), draft.spine_type().name));
    return std::nullopt;
  }
  int const of_class = tier.leaves / classes, pods = (of_class + out.split.down - 1) / out.split.down;
  out.pods = pods * classes;
  out.leaves = (of_class + pods - 1) / pods;
  out.spines = spines_of_pod(draft, out.pods, out.leaves, tier.uplinks, out.split.down);
  if (out.spines == 0) return std::nullopt;
  return out;
}

// The fewest cores, then the fewest links.
CoreTier plan_cores(const SpineTier& spines, int needed, int ports) {
  CoreTier best;
  for (int up = needed; up <= spines.split.most_up; ++up) {
    int const cores = divisor_from(up, static_cast<int>((static_cast<std::int64_t>(spines.pods) * up + ports - 1) / ports));
    if (best.cores == 0 || cores < best.cores) best = {up, cores};
  }
  return best;
}

std::optional<CoreTier> written_cores(FabricDraft& draft, const SpineTier& spines, int needed, const CoreTier& least) {
  int const cores = *draft.spec.cores / spines.spines, ports = draft.core_type().ports;
  if (*draft.spec.cores % spines.spines == 0)
    for (int up = needed; up <= spines.split.most_up; ++up)
      if (up % cores == 0 && static_cast<std::int64_t>(spines.pods) * up <= static_cast<std::int64_t>(cores) * ports) return CoreTier{up, cores};
  draft.problem(fmt::format("cores: {} do not take the {} or more uplinks of {} spines evenly; {} would", *draft.spec.cores, needed, spines.pods * spines.spines, least.cores * spines.spines));
  return std::nullopt;
}

void too_many_pods(FabricDraft& draft, const LeafTier& tier, const SpineTier& spines, int classes) {
  int const pods = draft.core_type().ports;
  std::int64_t const sets = classes == 1 ? static_cast<std::int64_t>(pods) * spines.split.down / draft.ports : static_cast<std::int64_t>(pods / classes) * spines.split.down;
  std::string const fit = draft.spec.leaf_in_rack ? "" : fmt::format(", enough for {} servers", sets * tier.down);
  draft.problem(fmt::format("{} need {} pods, and a core of type {} reaches {}{}; take more oversubscription, or types with more ports", counted(static_cast<std::int64_t>(draft.servers.size()), "server"), spines.pods,
                            draft.core_type().name, pods, fit));
}

}  // namespace

void build_three_tiers(FabricDraft& draft, const LeafTier& tier, int classes) {
  auto const spines = plan_spines(draft, tier, classes);
  if (!spines) return;
  if (spines->pods > draft.core_type().ports) return too_many_pods(draft, tier, *spines, classes);
  int const down = spines->leaves * (tier.uplinks / spines->spines);
  int const needed = std::min(spines->split.most_up, uplinks_for(down, tier.up_rate, spines->split.up_rate, draft.spec.spine_oversubscription));
  CoreTier cores = plan_cores(*spines, needed, draft.core_type().ports);
  if (draft.spec.cores) {
    auto const written = written_cores(draft, *spines, needed, cores);
    if (!written) return;
    cores = *written;
  }
  Pods pods{{}, {}, tier.uplinks, spines->spines, tier.up_rate, cores.uplinks, cores.cores, spines->split.up_rate};
  pods.leaves.resize(static_cast<std::size_t>(spines->pods));
  int const of_class = tier.leaves / classes, in_class = spines->pods / classes;
  for (int pod = 0; pod < spines->pods; ++pod) pods.groups.push_back(classes == 1 ? pod : pod / in_class);
  End const first = draft.add_switches("leaf", tier.leaves, 0, draft.leaf_type());
  for (int i = 0; i < tier.leaves; ++i) {
    int const pod = i % classes * in_class + static_cast<int>(static_cast<std::int64_t>(i / classes) * in_class / of_class);
    pods.leaves[static_cast<std::size_t>(pod)].push_back(first + i);
  }
  link_servers(draft, tier.plan, first);
  add_pods(draft, pods);
}

void build_clos(FabricDraft& draft) {
  if (auto const tier = plan_leaf_tier(draft)) build_three_tiers(draft, *tier, 1);
}

void build_fat_tree(FabricDraft& draft) {
  int const k = *draft.spec.k, half = k / 2;
  if (!has_ports(draft, draft.leaf_type(), half, half, "a leaf") || !has_ports(draft, draft.spine_type(), half, half, "a spine") || !has_ports(draft, draft.core_type(), k, 0, "a core")) return;
  if (!draft.can_have(1.25 * k * k)) return;
  DataRate const leaf_rate = std::min(up_rate(draft.leaf_type()), draft.spine_type().port_rate), spine_rate = std::min(up_rate(draft.spine_type()), draft.core_type().port_rate);
  Pods pods{{}, {}, half, half, leaf_rate, half, half, spine_rate};
  End const first = draft.add_switches("leaf", k * half, 0, draft.leaf_type());
  for (int pod = 0; pod < k; ++pod) {
    pods.groups.push_back(pod);
    auto& leaves = pods.leaves.emplace_back();
    for (int i = 0; i < half; ++i) leaves.push_back(first + pod * half + i);
  }
  if (pack_servers(draft, half, k * half, first)) add_pods(draft, pods);
}

}  // namespace headroom
