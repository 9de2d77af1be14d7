// Cooling by the heat that there is to remove: the 15-minute peak of it, with growth, over that of every server full.
//
//   rated heat = built rated heat x s (1 + growth) Q_needed / Q_full
//
// Both are the greatest of any state: with a side lost, power supplies of servers lose another share.
// The numbers of machines stay, spare ones included. What a plant has beyond full load for warm days (its margin at design
// weather) stays in proportion; fans, pumps and flows follow the rating. A site whose cooling is a share of the IT load has no
// machines: only its size is told, and the load model stays as it is; a hall's `cooling_capacity` is rated like a machine.
#pragma once

#include "analysis/sizing/size_claims.h"

namespace headroom {

// `full`: the needs of the built path with every server full.
std::vector<SizeClaim> claims_of_cooling(const Site& written, const NeededRatings& full, const NeededRatings& needs, const SizingBasis& basis);
// The site's machines and halls at those sizes.
void resize_cooling(Site& site, const SizeRatios& ratios);

// The key of cooling without machines.
constexpr const char* key_of_following_cooling = "cooling of the site";

}  // namespace headroom
