// A site as it would be built for what it has to carry: the same layout, device by device, with the ratings that its needs
// ask for. Counts of modules, sides and spare units stay; only ratings change. Equal devices keep one size.
//
// Smaller devices have other losses, so what stands above them needs another rating: sizing is repeated on the resized path
// until no size changes (after some rounds sizes only grow, so it ends). Not sized, and told: what has no rating in its data
// sheet (converters), what is no matter of the load (photovoltaics, storage), racks' own `rated_power`.
#pragma once

#include "analysis/sizing/size_claims.h"

namespace headroom {

struct SizedSite {
  Site site;                           // written out. Sized by less than full load, it says `oversubscribed`
  SizingBasis basis;
  std::vector<SizedElement> elements;
  std::vector<std::string> kept;       // what was not sized, and why
  double cooling_ratio = 1;            // of cooling without machines: heat that it is sized for over that of every server full
};

// `cases`: at least one that counts for all nodes.
SizedSite size_site(const Site& site, const std::vector<LoadCase>& cases, const SizingBasis& basis);

// The site with its devices at so many times what is written.
Site resized_site(const Site& written, const SizeRatios& ratios);

}  // namespace headroom
