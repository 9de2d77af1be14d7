// When a site meets its limits as the plan says that its load grows: dates for each, and what to build next.
#pragma once

#include <string>
#include <vector>

#include "analysis/placement/growth.h"
#include "analysis/placement/planned_places.h"

namespace headroom {

struct GrowthAnswer {
  std::string plan, site_name;
  bool in_racks = false;                   // the demand is said in racks
  double today = 0;                        // kW of IT at nameplate, or racks: the scale 1
  GrowthProblem problem;
  std::vector<LimitDates> dates;           // in the order in which to build
};

// `plan.growth` is there. Throws InputError where the plan does not go with the site.
GrowthAnswer grow(const ConnectedSite& subject, const Plan& plan);

}  // namespace headroom
