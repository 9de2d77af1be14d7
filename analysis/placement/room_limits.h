// Limits of a new rack beside the power path: what its hall has room for, and the ports of the network.
#pragma once

#include "analysis/placement/packing.h"
#include "analysis/placement/planned_places.h"

namespace headroom {

// Positions, weight and heat of each hall, and the machines of the cooling plant, as `headroom capacity` counts them; what one
// rack uses is the difference that it makes there. Straight lines, so nothing is to be corrected later.
void add_room_limits(const PlannedPlaces& places, PackingProblem& problem);

// Servers for which the networks have ports, found by building them with more and more servers. A fabric that grows with its
// servers (leaf-spine, clos, ...) has ports as far as its switches reach. True: there is a network, and it has ports for
// every server of the plan, so that ports are no limit.
bool add_port_limit(const PlannedPlaces& places, PackingProblem& problem);

}  // namespace headroom
