// What halls and the network let in beside the power path: places, weight, cooling, ports of switches.
#pragma once

#include <string>
#include <vector>

#include "analysis/capacity/rack_loads.h"

namespace headroom {

// A limit that grows with the racks in a straight line.
struct SiteLimit {
  std::string place;                   // "h1", "the site", "leaf switches of front-end"
  std::string what;                    // "positions", "weight", "cooling", "ports"
  std::string unit;
  double allowed = 0, used = 0;        // today
  double fixed = 0;                    // of `used`: what does not grow with the racks
  bool one_lost = false;               // allowed with one machine of its group lost
  double scale() const;                // at which it is reached
};

// `flow`: loads set, everything in service, scale 1.
std::vector<SiteLimit> site_limits(const PowerGraph& graph, const PowerFlow& flow);

}  // namespace headroom
