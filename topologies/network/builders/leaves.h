// Leaves (or routers) and the servers on them.
//
// They come in sets of as many as a server has ports: port i of a server hangs on leaf i of its set, so that no two of its
// ports share a leaf. Sets are filled in the order of servers; with `leaf_in_rack` each rack has sets of its own, evenly
// filled. N servers make ports x ceil(N / d) leaves, d of a leaf's ports looking down.
#pragma once

#include <optional>

#include "topologies/network/builders/fabric_draft.h"
#include "topologies/network/builders/port_split.h"

namespace headroom {

struct LeafPlan {
  int per_leaf = 0;                        // servers on each at most
  int sets = 0;
  std::vector<std::int32_t> set_of;        // of each server
};

// Sets of at most `down` servers, one filled after the other (or rack by rack).
LeafPlan plan_leaves(const FabricDraft& draft, int down);
// Evenly over so many sets.
LeafPlan spread_evenly(const FabricDraft& draft, int sets);
// Leaf i of set j is switch j x ports + i from the first one.
void link_servers(FabricDraft& draft, const LeafPlan& plan, End first_leaf);
// Packed on routers that take `each`; false, and a problem that says how many fit, where they are too few.
bool pack_servers(FabricDraft& draft, int each, int routers, End first_router);

// The leaves of the shapes whose leaves follow from the number of servers.
struct LeafTier {
  LeafPlan plan;
  int down = 0;                            // servers that a leaf takes
  int leaves = 0, uplinks = 0;             // of each
  DataRate up_rate;                        // of one uplink
};
// Nothing, and a problem, where the type has no ports for that.
std::optional<LeafTier> plan_leaf_tier(FabricDraft& draft);

// Has the type ports for so many links down and so many to other switches, on its `uplinks` where it has such? Otherwise a problem.
bool has_ports(FabricDraft& draft, const SwitchSpec& type, int down, int up, const std::string& who);
// Of the ports that it turns to other switches.
DataRate up_rate(const SwitchSpec& type);

std::string divisors_text(int count, int from, int times);      // "2, 4 or 8", each so many times

}  // namespace headroom
