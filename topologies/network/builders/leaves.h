// Leaves and the servers on them.
//
// Leaves come in sets of as many as a server has ports: port i of a server hangs on leaf i of its set, so that no two of its
// ports share a leaf. Sets are filled in the order of servers; with `leaf_in_rack` each rack has sets of its own, evenly
// filled. N servers make ports x ceil(N / d) leaves, d of a leaf's ports looking down.
#pragma once

#include "topologies/network/builders/fabric_draft.h"
#include "topologies/network/builders/port_split.h"

namespace headroom {

struct LeafPlan {
  int per_leaf = 0;                        // servers on each at most
  int sets = 0;
  std::vector<std::int32_t> set_of;        // of each server
};

LeafPlan plan_leaves(const FabricDraft& draft, int down);
// Leaf i of set j is switch j x ports + i; after its switches.
void link_servers(FabricDraft& draft, const LeafPlan& plan, End first_leaf);

}  // namespace headroom
