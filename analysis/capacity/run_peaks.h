// What a run says of capacity: how far its peaks stay below the nameplates, level by level, and how long each meter was near
// the top of what it measured. Peaks of many racks do not come together: the share falls from the rack to the site, and what
// it leaves is what more servers the same path could have fed.
#pragma once

#include <string>
#include <vector>

#include "sim/results/run_file.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

// Of all nodes of a kind that carry servers.
struct LevelPeaks {
  std::string level;                   // rack (all its strips together), pdu, ups, ..., site (the IT load)
  int nodes = 0;
  double nameplate_kw = 0;             // of all of them, every server full
  double mean_share = 0, highest_share = 0;      // of a node's own peak in its nameplate
  double more_servers() const { return 1 / mean_share - 1; }      // as a share of those that are there
};

// From the leaves up; levels without servers below them are left out.
std::vector<LevelPeaks> level_peaks(const RunReader& run, const PowerGraph& graph);

// Hours of a meter's recorded intervals whose mean lies above shares of its measured range, from the lowest to the highest
// mean.
struct NearTop {
  std::string meter;
  double lowest_kw = 0, highest_kw = 0, hours = 0;
  double above_90_h = 0, above_95_h = 0, above_99_h = 0;
};
// Of the meters above the racks that were recorded, without those whose draw did not change.
std::vector<NearTop> near_top(const RunReader& run);

}  // namespace headroom
