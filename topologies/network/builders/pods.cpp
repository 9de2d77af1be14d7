#include "topologies/network/builders/pods.h"

namespace headroom {

void add_pods(FabricDraft& draft, const Pods& pods) {
  int const count = static_cast<int>(pods.leaves.size());
  End const spine = draft.add_switches("spine", count * pods.spines, 1, draft.spine_type());
  End const core = draft.add_switches("core", pods.spines * pods.cores, 2, draft.core_type());
  for (int pod = 0; pod < count; ++pod) {
    End const first = spine + pod * pods.spines;
    for (End leaf : pods.leaves[static_cast<std::size_t>(pod)])
      for (int i = 0; i < pods.uplinks; ++i) draft.add_link(leaf, first + i % pods.spines, 1, pods.leaf_rate);
    for (int j = 0; j < pods.spines; ++j) draft.switches[static_cast<std::size_t>(first + j) - draft.servers.size()].group = pods.groups[static_cast<std::size_t>(pod)];
  }
  if (pods.cores == 0) return;
  for (int pod = 0; pod < count; ++pod)
    for (int j = 0; j < pods.spines; ++j)
      for (int i = 0; i < pods.spine_uplinks; ++i) draft.add_link(spine + pod * pods.spines + j, core + j * pods.cores + i % pods.cores, 2, pods.spine_rate);
}

}  // namespace headroom
