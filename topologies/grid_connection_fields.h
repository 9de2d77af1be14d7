// The keys of `grid` in a layout.
#pragma once

#include "topologies/grid_connection_spec.h"

namespace headroom {

void fields(auto& v, GridConnectionSpec& s) {
  v("country", s.country, optional.filled(), "whose voltages and prices: a table that ships (us, cn, eu, gb), or a path");
  v("distance", s.distance, required.between(0, 20e6), "in a straight line to the substation that is strong enough");
  v("substation", s.substation, optional, "new, or upgrade: what is built at its end");
  v("spare_margin", s.spare_margin, optional.non_negative(), "generation that the system has left for this site");
  v("coincidence", s.coincidence, optional.share(), "share of its peak that the site draws when the system peaks");
  v("flexible", s.flexible, optional.share(), "share of that which stays away when the system is short");
  v("power_factor", s.power_factor, optional.between(0.5, 1), "at the connection");
  v("generation", s.generation, optional, "which plant of the country's table is built for it; the first by default");
  v("paid_by_utility", s.paid_by_utility, optional.share(), "share of the works outside the fence that network charges pay; what the country's table says by default");
}

}  // namespace headroom
