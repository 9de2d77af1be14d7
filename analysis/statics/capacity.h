// How much more fits on a site, and what binds first: from the layout alone, at nameplate load, with everything in
// service and with any one element of the power path lost, every transfer made: a lost utility is carried by its generator.
// Cords split as physics splits them: evenly over the feeds that live, never as a free maximum flow.
//
// "More" is more of the same: every rack so many times. The largest number of times at which no limit of the path is
// passed is found by bisection on the power solve itself, losses, kVA and the cooling overhead included.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/power/flow.h"
#include "sim/power/limits.h"

namespace headroom {

// What the path can carry in one state of it.
struct CapacityState {
  std::string lost;                  // "" with everything in service
  double scale = 0;                  // of today's racks; below 1: today's nameplates do not fit
  bool bounded = true;               // false: nothing on the path has a limit
  double it_kw = 0;                  // IT load that fits (of the racks that are fed)
  std::string binding;               // the node whose limit is reached first
  Limit limit;                       // at that load
  int racks_dark = 0;                // racks that lose power in this state
  int servers_dark = 0;              // servers that do: those of dark racks, and single-corded ones on the lost side
  bool loads_dark = false;           // does any load at all lose power, servers or others?
  int racks_short = 0;               // racks that lose some of their feeds
};

struct CapacityAnswer {
  int racks = 0, servers = 0;
  double it_nameplate_kw = 0, facility_nameplate_kw = 0;
  CapacityState normal;
  std::vector<CapacityState> lost;   // each element of the path in turn, the tightest first
  // The tightest of the losses that darken no load; nothing if every loss darkens some.
  std::optional<CapacityState> with_one_lost() const;
  // More racks of the same mix, with everything in service; nothing where no limit is stated.
  std::optional<int> racks_that_fit() const;
};

CapacityAnswer capacity(const PowerGraph& graph);

}  // namespace headroom
