// What each node of a power path must be able to carry: the greatest that it does in any state of the path (load_states.h)
// under any of the loads that it is sized by.
//
// Power is that of one of a node's devices: output over the devices that work and that its rating counts. A state that leaves
// a node fewer devices than its rating counts is one for which it has no spare. It counts only where the built devices that
// are left carry it: tolerance that a site has at these loads is kept, tolerance that it has not is not bought.
#pragma once

#include <string>
#include <vector>

#include "analysis/sizing/load_states.h"

namespace headroom {

struct GreatestNeed {
  double value = 0;                    // W or VA
  int load_case = -1, state = -1;      // into NeededRatings::loads and states; -1: nothing was ever carried
};

struct NodeNeeds {
  GreatestNeed w, va;                  // of the output, of one device
  GreatestNeed line_va;                // the same with its fullest line's current on all three
  GreatestNeed connection_va;          // of the input, on one of its connections
};

struct NeededRatings {
  std::vector<NodeNeeds> nodes;        // in the order of the graph
  GreatestNeed it_w, facility_w;
  std::vector<GreatestNeed> hall_heat_w;         // what racks of each hall draw
  std::vector<std::string> loads, states;
};

// `built`: the graph with the devices as they are built, the same or another than the one that is solved.
NeededRatings needed_ratings(const PowerGraph& graph, const PowerGraph& built, const std::vector<LoadCase>& cases);

// What the racks of a hall draw, in W: heat that must be taken out of it.
double heat_of_hall_w(const PowerFlow& flow, int hall);

// Is the node a leaf, or its device one whose data sheet rates nothing? Then no limit is asked of it.
bool has_rating(const PowerNode& node);
// Fewer devices than the rating counts?
bool is_short_of_devices(const PowerFlow& flow, NodeId node);

}  // namespace headroom
