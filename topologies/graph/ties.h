// Ties between switchboards, before the graph is built.
#pragma once

#include <string>
#include <vector>

#include "topologies/site.h"

namespace headroom {

// A board with an open tie becomes two nodes: "x:main", which its own circuits feed, and "x", its bus, on which everything
// else hangs. The bus takes x:main first and, when that is dead, through the tie the main side of the other board.
// A tie with a supply on one side only is a circuit like any other.
void split_tied_boards(PowerPath& power, std::vector<Problem>& problems);

// "switchboard-a" -> "switchboard-a:main"
std::string main_side(const std::string& board);
// Is the node the main side of a board, no board of its own?
bool is_main_side(const std::string& node);

}  // namespace headroom
