// Which racks a plan adds, and where each may stand: a hall, and what feeds the racks there. The places are those at which
// racks of today stand; a group of the plan that names its feeds has its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/placement/packing.h"
#include "analysis/placement/plan_spec.h"

namespace headroom {

// What a plan is for.
struct ConnectedSite {
  Site site;
  std::optional<Power> connection;         // from all utilities together
};

struct RackSpot {
  std::string hall;
  std::vector<std::string> feeds;
  std::optional<CircuitRating> circuit;    // of today's racks there
  std::string name() const;                // "h1 on pdu-a-1 + pdu-b-1"
};

struct PlannedOption {
  int group = 0, spot = 0;
};

struct PlannedPlaces {
  Site site;                               // today's, written out
  std::optional<Power> connection;
  std::vector<RackSpot> spots;
  std::vector<RackGroup> groups;           // what one rack of each is; count: how many are wanted
  std::vector<PlannedOption> options;      // each group at each spot where it may stand
};

PlannedPlaces planned_places(const ConnectedSite& subject, const Plan& plan);

// One rack of a group at a spot, as a group of the site.
RackGroup rack_at(const PlannedPlaces& places, const PlannedOption& option);

// Today's site with so many racks of each option in it. `order`: of the options; those of one hall are written in it, so that
// circuits on one phase are dealt to the lines of their feed in that order.
Site with_racks(const PlannedPlaces& places, const Packing& packing, const std::vector<int>& order);

// Today's site with one rack of each option in it, under a name of its own, on no network.
Site with_probes(const PlannedPlaces& places);
std::string probe_name(const PlannedPlaces& places, std::size_t option);      // of the rack: "h1/planned 3-1"

}  // namespace headroom
