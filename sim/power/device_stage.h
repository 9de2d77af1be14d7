// From a node's device, as its data sheet describes it, to the stage that the solver computes with.
#pragma once

#include "sim/physics/stage.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

// `count` of the node's device side by side; without losses where it has none.
Stage stage_of(const PowerGraph& graph, const PowerNode& node, int count);

}  // namespace headroom
