// What the site makes of each workload's traffic: which fabrics it takes, who is at the other end.
#pragma once

#include <vector>

#include "sim/model/scenario.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

// The other end of storage and of requests: a server, or a place outside.
struct TrafficPeer {
  std::int32_t server = -1;
  VertexId place{};
};

struct TrafficUse {
  std::vector<std::int32_t> fabrics;     // in the order in which they are tried
  std::vector<TrafficPeer> peers;
};

// By workload, then by item of its `traffic`; empty where no traffic is simulated. Throws InputError with all that is wrong.
std::vector<std::vector<TrafficUse>> use_traffic(const Scenario& scenario, const PowerGraph& graph);

}  // namespace headroom
