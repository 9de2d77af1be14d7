// The network graph as what flows share: each direction of a cable (both, of a shared one) and each backplane is one link.
#pragma once

#include <vector>

#include "sim/engine/executor.h"
#include "sim/model/scenario.h"
#include "topologies/network/network_graph.h"

namespace headroom {

struct NetworkLinks {
  NetworkLinks(const NetworkGraph& graph, NetworkDetail detail);

  std::vector<SharedLink> links;
  std::vector<std::int32_t> of_channel;      // into `links`; -1: a server's port at detail rack, which is no link of its own
  std::vector<std::int32_t> of_backplane;

  // Of a route in channels, in its order; appended.
  void along(const NetworkGraph& graph, std::span<const Channel> route, std::vector<std::int32_t>& out) const;
};

}  // namespace headroom
