// How much of a site's ways out has to be bought: what its runs send and take, not what its layout offers.
//
//   links to a place = 2 ceil(peak (1 + margin) / rate of one)     two diverse ways, each of which carries the peak (spending.md 7.2)
//   peak: the fullest hour of the busiest day, the larger of both ways; margin 0.3, an assumption
// A place that nobody uses gets none. Valid for a layout that has no more than one kind of link to each place.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/programmes/build_out.h"
#include "topologies/site.h"

namespace headroom {

constexpr double ways_out_margin = 0.3;

// The largest figures of one site over its years.
struct SiteNeeds {
  double facility_peak_kw = 0;         // of a quarter hour
  std::map<std::string, double> place_gbit_s;      // to or from a place outside

  void add(const std::vector<RunFigure>& figures);
};

// Puts the bill's lines of ways out at what is needed of them.
void size_ways_out(const Site& site, const SiteNeeds& needs, Bill& bill);

}  // namespace headroom
