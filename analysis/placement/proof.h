// A site solved in full: the fullest limit in every state of its path, and every limit that is passed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/placement/packing.h"
#include "topologies/site.h"

namespace headroom {

struct Proof {
  int states = 0;                          // with everything in service, and after each single fault
  int racks = 0;
  double it_kw = 0, facility_kw = 0;       // at nameplate, with everything in service
  std::optional<PackingLimit> fullest;     // in any state
  std::vector<PackingLimit> passed;        // the most first
};
Proof prove(const Site& site, std::optional<Power> connection);

// Those of `now` that are not passed `before`, or by less there.
std::vector<PackingLimit> newly_passed(const Proof& now, const Proof& before);

}  // namespace headroom
