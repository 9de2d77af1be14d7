// The upper tiers of a folded Clos network: pods of leaves and spines, and cores above them.
//
// Each leaf of a pod is linked with each of the pod's spines as often, and spine j of every pod with each core of group j.
#pragma once

#include "topologies/network/builders/fabric_draft.h"

namespace headroom {

struct Pods {
  std::vector<std::vector<End>> leaves;      // of each pod
  std::vector<int> groups;                   // what its spines have as their group
  int uplinks = 0;                           // of each leaf: a multiple of `spines`
  int spines = 0;                            // in each pod
  DataRate leaf_rate{};                      // of one link from a leaf to a spine
  int spine_uplinks = 0;                     // of each spine: a multiple of `cores`
  int cores = 0;                             // in each group; 0: two tiers
  DataRate spine_rate{};
};

// Spines, cores, and the links above the leaves.
void add_pods(FabricDraft& draft, const Pods& pods);

}  // namespace headroom
