// The states of the power path in which limits must hold, beside that with everything in service: after each single fault
// that counts, every transfer made.
#pragma once

#include <vector>

#include "analysis/statics/faults_of_path.h"
#include "sim/power/flow.h"
#include "sim/power/steady_state.h"

namespace headroom {

// Every fault of the path above the racks: each element, one unit of those that have several, each common cause of the site.
std::vector<PathFault> counted_faults(const PowerGraph& graph);

// Inside a trial of the flow: the fault is there, and the transfers are made.
void take_out(const PathFault& fault, PowerFlow& flow, SteadyState& steady);

}  // namespace headroom
