// What a name in a scenario stands for: an element, or a common cause, of which every rack and every hall is one.
#pragma once

#include <string>
#include <vector>

#include "base/errors.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

// A switchboard with a tie is two nodes, and stands as both.
std::vector<NodeId> nodes_of_element(const PowerGraph& graph, NodeId node);

// Nothing, and a problem at `where` that begins with `key`, where there is no such name.
std::vector<NodeId> named_nodes(const PowerGraph& graph, const std::string& name, const Location& where, const std::string& key, std::vector<Problem>& problems);

}  // namespace headroom
