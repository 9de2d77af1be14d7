// Where the racks of a site stand, as its networks see them: which group each is of, and its row and place in it.
//
// The racks of a hall fill its rows evenly, in their order: n racks in r rows are ceil(n / r) in each but the last.
#pragma once

#include <string>
#include <vector>

#include "topologies/graph/power_graph.h"

namespace headroom {

struct RackOrigin {
  std::string hall, group;
  int row = 0, column = 0;
};

class Places {
 public:
  Places(const Site& site, const PowerGraph& graph);

  // Of a group, "gpu" (in each hall that has one) or "h1/gpu", in their order; none where there is no such group.
  std::vector<std::int32_t> racks_of(const std::string& group) const;
  // Every group, by its name and, where halls share that, by "hall/name" too: for hints.
  std::vector<std::string> groups() const;
  const RackOrigin& origin(std::int32_t rack) const { return origins_[static_cast<std::size_t>(rack)]; }

  const PowerGraph& graph;

 private:
  std::vector<RackOrigin> origins_;      // as PowerGraph::racks
};

}  // namespace headroom
