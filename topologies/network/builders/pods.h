// The upper tiers of a folded Clos network: pods of leaves and spines, and cores above them.
//
// Each leaf of a pod is linked with each of the pod's spines as often, and spine j of every pod with each core of group j.
#pragma once

#include "topologies/network/builders/leaves.h"

namespace headroom {

struct Pods {
  std::vector<std::vector<End>> leaves;      // of each pod
  std::vector<int> groups;                   // of each pod: of its switches
  int uplinks = 0;                           // of each leaf: a multiple of `spines`
  int spines = 0;                            // in each pod
  DataRate leaf_rate{};                      // of one link from a leaf to a spine
  int spine_uplinks = 0;                     // of each spine: a multiple of `cores`
  int cores = 0;                             // in each group; 0: two tiers
  DataRate spine_rate{};
};

// Spines, cores, and the links above the leaves, which are there.
void add_pods(FabricDraft& draft, const Pods& pods);

// Spines of one of so many pods, for so many leaves of so many uplinks, each spine with `down` ports that look down: the least that divide
// the uplinks of a leaf, or as many as are written if these do. 0, and a problem, where they do not. There are at most `down` leaves.
int spines_of_pod(FabricDraft& draft, int pods, int leaves, int uplinks, int down);

// Three tiers over the leaves of `classes` (1, or the rails): leaf i is of class i modulo `classes`, and a pod has leaves of one.
//
// A spine has D ports that look down: the l leaves of a class make ceil(l / D) pods, evenly filled. A spine has as many links up as those
// down ask for, or more up to its ports where fewer cores divide these evenly.
void build_three_tiers(FabricDraft& draft, const LeafTier& tier, int classes);

}  // namespace headroom
