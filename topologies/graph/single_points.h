// Single points of failure: what every way from the sources to a load passes through, whatever transfers and ties do.
//
// The dominator tree of the power graph below one source above all utilities and generators. Boost.Graph stays inside the
// .cpp.
#pragma once

#include <vector>

#include "topologies/graph/power_graph.h"

namespace headroom {

struct SinglePoints {
  std::vector<int> racks, servers;               // of each node: how many hang on it alone; itself not counted
  std::vector<std::vector<NodeId>> of_rack;      // of each rack: what it hangs on alone, from the source down
  std::vector<NodeId> unreached;                 // no source reaches these
};

SinglePoints single_points(const PowerGraph& graph);

}  // namespace headroom
