// The largest load of a power path in one state of it: how many times today's load reaches which limit.
//
// What a node carries grows with the load below it, nearly as a straight line (losses bend it a little). The scale at which
// a limit is reached is found by the secant through the last two solves of the power flow; the first limit to be reached is
// then solved until less than a millionth of a millionth of it is left. Where losses are straight lines, the first secant is exact already.
#pragma once

#include <vector>

#include "analysis/capacity/path_limits.h"
#include "analysis/capacity/rack_loads.h"

namespace headroom {

constexpr double never_reached = 1e9;       // times today's load

struct LimitScales {
  std::vector<double> scale;           // of each limit: at which it is reached; `never_reached`: by no load of racks. All but the first by a straight line
  double first = never_reached;        // the least of them, exact
  std::size_t limit = 0;               // which
};

class LargestLoad {
 public:
  LargestLoad(const PowerGraph& graph, const std::vector<PathLimit>& limits, const RackLoads& loads);

  // Of the flow as it is: faults set, transfers made. Leaves it at the scale that it found.
  LimitScales reach(PowerFlow& flow);
  // Used share of each limit at a scale.
  const std::vector<double>& shares_at(PowerFlow& flow, double scale);

 private:
  std::size_t fullest() const;

  const std::vector<PathLimit>& limits_;
  std::vector<double> times_;          // of each limit: of its strip; 1
  std::vector<double> shares_;
};

}  // namespace headroom
