// The limits of a site as multiples of today's load: every rack so many times, as in `headroom capacity`.
#pragma once

#include <vector>

#include "analysis/placement/growth.h"
#include "topologies/site.h"

namespace headroom {

// Each limit of the path above the racks that is reached up to `scale_at_most`, once: in the state of the path in which it is
// reached first. The lowest scale first.
std::vector<GrowthLimit> growth_limits(const Site& site, double scale_at_most);

}  // namespace headroom
