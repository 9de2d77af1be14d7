// A kind of site as it is built: its layout read once, and what one of it can take.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/programmes/programme_spec.h"
#include "topologies/graph/power_graph.h"
#include "topologies/site.h"

namespace headroom {

struct ReferenceSite {
  const SiteKind* kind = nullptr;
  Site site;
  PowerGraph graph;
  std::string layout;                  // as a scenario names it: a name of what ships, or an absolute path
  std::string content;                 // hash of the layout with every default
  double cores = 0, gpus = 0;
  struct Way {
    double bit_s = 0;                  // of the links that lead there
    Duration latency;                  // of the slowest of them
  };
  std::map<std::string, Way> places;   // outside the layout
};

// In the order of the programme's kinds. Throws InputError: a layout that is not there or has mistakes; a place outside that it does
// not have; a class that bears less than the way of its users there and back; work with GPU time where a class's layout has none; a layout on another country's grid.
std::vector<ReferenceSite> reference_sites(const ProgrammeSpec& programme);

}  // namespace headroom
