// The ways that fabrics write out, as channels of the graph.
#pragma once

#include "topologies/network/network_graph.h"

namespace headroom {

// Into `graph.written_routes`. Problems: a server or switch that is not there, no link between two of them, a way twice.
void add_written_routes(const Site& site, const PowerGraph& power, NetworkGraph& graph, std::vector<Problem>& problems);

}  // namespace headroom
