// The limits of a node in the state that a flow is in.
#pragma once

#include <vector>

#include "analysis/capacity/fault_states.h"
#include "sim/power/limits.h"

namespace headroom {

// What planners may use of its ratings, after derating and the code's rule; with fewer devices than these count, of those that
// are left. `by_line`: where loads on one phase hang below, amperes are those of the fullest line.
std::vector<Limit> limits_now(const PowerFlow& flow, NodeId node, bool by_line);

}  // namespace headroom
