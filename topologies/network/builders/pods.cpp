#include "topologies/network/builders/pods.h"

#include <fmt/format.h>

#include "base/units.h"

namespace headroom {

void add_pods(FabricDraft& draft, const Pods& pods) {
  int const count = static_cast<int>(pods.leaves.size());
  if (!draft.can_have(static_cast<double>(count) * pods.spines + static_cast<double>(pods.spines) * pods.cores)) return;
  End const spine = draft.add_switches("spine", count * pods.spines, 1, draft.spine_type());
  End const core = draft.add_switches("core", pods.spines * pods.cores, 2, draft.core_type());
  auto const set_group = [&](End end, int group) { draft.switches[static_cast<std::size_t>(end) - draft.servers.size()].group = group; };
  for (int pod = 0; pod < count; ++pod) {
    End const first = spine + pod * pods.spines;
    int const group = pods.groups[static_cast<std::size_t>(pod)];
    for (End leaf : pods.leaves[static_cast<std::size_t>(pod)]) {
      set_group(leaf, group);
      for (int i = 0; i < pods.uplinks; ++i) draft.add_link(leaf, first + i % pods.spines, 1, pods.leaf_rate);
    }
    for (int j = 0; j < pods.spines; ++j) set_group(first + j, group);
  }
  if (pods.cores == 0) return;
  for (int pod = 0; pod < count; ++pod)
    for (int j = 0; j < pods.spines; ++j)
      for (int i = 0; i < pods.spine_uplinks; ++i) draft.add_link(spine + pod * pods.spines + j, core + j * pods.cores + i % pods.cores, 2, pods.spine_rate);
}

int spines_of_pod(FabricDraft& draft, int pods, int leaves, int uplinks, int down) {
  int const wanted = static_cast<int>((static_cast<std::int64_t>(leaves) * uplinks + down - 1) / down);
  if (!draft.spec.spines) return divisor_from(uplinks, wanted);
  int const spines = *draft.spec.spines / pods;
  if (*draft.spec.spines % pods == 0 && spines >= wanted && uplinks % spines == 0) return spines;
  std::string const in_pods = pods == 1 ? "" : fmt::format(" in each of {} parts", pods);
  draft.problem(fmt::format("spines: {} do not take the {} of each of {} leaves{} evenly; {} would", *draft.spec.spines, counted(uplinks, "uplink"), leaves, in_pods, divisors_text(uplinks, wanted, pods)));
  return 0;
}

}  // namespace headroom
