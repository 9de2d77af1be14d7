// How busy each server is, and what it therefore delivers to its parts.
#pragma once

#include <vector>

#include "sim/physics/server_power.h"
#include "sim/policies/capacity.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

class Servers {
 public:
  Servers(const PowerGraph& graph, const std::vector<Resources>& offered);

  // The work of one piece of a job begins or ends: `sign` +1 or -1.
  void occupy(const Piece& piece, double utilisation, int sign);
  // The server's power now, where its data sheet measures it.
  Power power(ServerId server) const;

 private:
  // In parts of a core or GPU: whole numbers, so that what was added comes out again exactly.
  struct Busy {
    std::int64_t cores = 0, gpus = 0;
  };
  const PowerGraph& graph_;
  const std::vector<Resources>& offered_;
  std::vector<Busy> busy_;
};

}  // namespace headroom
