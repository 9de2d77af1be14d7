// Lengths of cables from where racks stand, and what each link takes: copper, an active optical cable, or a fibre with a
// module at each end.
#pragma once

#include "topologies/network/places.h"

namespace headroom {

// The way along rows and racks, both risers and the slack; between halls also from each end to the first rack of its hall.
Length cable_length(const CablingSpec& cabling, const Places& places, std::int32_t from_rack, std::int32_t to_rack);

// Fills in length, medium, cable and optic of every link. A link without a place at both ends, or for which there is nothing of its
// rate and reach in the catalogue, has no medium; where the fabric names cables or optics and none does, that is a problem.
void lay_cables(const Site& site, const Places& places, NetworkGraph& graph, std::vector<Problem>& problems);

}  // namespace headroom
