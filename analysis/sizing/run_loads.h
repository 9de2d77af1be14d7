// Which moments of a run a site is sized by: those at which the site, its IT load and each node of the path above the
// servers drew most. What a node needs after a fault is taken from the same moments: the sum of two sides, each at its own peak.
#pragma once

#include <vector>

#include "base/time.h"
#include "sim/results/run_file.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

struct SizingMoments {
  std::vector<Instant> moments;        // distinct; the site's own first, then in the order of the graph, sources first
  std::vector<NodeId> left_out;        // whose own peak is at none of them: there were too many; to be sized at full load
  std::vector<std::pair<NodeId, Power>> own;     // what each load of its own drew at most: switches, machines that cool
  double fifteen_minutes = 1;          // the site's 15-minute peak over its instantaneous one
};

constexpr std::size_t most_sizing_moments = 64;

// `graph` is of the run's own site.
SizingMoments sizing_moments(const RunReader& run, const PowerGraph& graph, std::size_t most = most_sizing_moments);

}  // namespace headroom
