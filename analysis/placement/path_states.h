// The states of the power path in which the limits must hold: everything in service, and after each single fault that counts,
// every transfer made. And the limits of a node in the state that a flow is in.
#pragma once

#include <string>
#include <vector>

#include "analysis/statics/faults_of_path.h"
#include "sim/power/flow.h"
#include "sim/power/limits.h"
#include "sim/power/steady_state.h"

namespace headroom {

// Every fault of the path above the racks: each element, one unit of those that have several, each common cause of the site.
std::vector<PathFault> counted_faults(const PowerGraph& graph);

// Inside a trial of the flow: the fault is there, and the transfers are made.
void take_out(const PathFault& fault, PowerFlow& flow, SteadyState& steady);

// What planners may use of its ratings, after derating and the code's rule; with fewer devices than these count, of those that
// are left. `by_line`: where loads on one
// phase hang below, amperes are those of the fullest line.
std::vector<Limit> limits_now(const PowerFlow& flow, NodeId node, bool by_line);

}  // namespace headroom
