// An upper bound of the load that racks could have if it could go any way through the power path (ties closed, transfer
// switches and cords loaded at will): the maximum flow from the sources to the racks, each node carrying what its limits
// allow, without losses and without other loads. What physics splits carries less; the gap is what splitting costs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/capacity/path_limits.h"

namespace headroom {

struct RoutedBound {
  double kw = 0;
  std::vector<std::string> cut;        // the nodes that are full then: no more can pass them all
};

// By max-flow and min-cut. Limits in kVA and A count as if the power factor were 1: it stays a bound. Nothing where the
// racks are reached past no limit.
std::optional<RoutedBound> routed_bound(const PowerGraph& graph, const std::vector<PathLimit>& limits);

}  // namespace headroom
