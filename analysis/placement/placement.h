// Where new racks go: the plan's racks to places of the site, by the rule of packing.h, every limit of the path kept with
// everything in service and after each single fault. The result is solved in full; what would pass a limit there goes
// back, with that limit tightened by what was passed. Beside it how far the rule is from the best there is, and for what is
// left over the reason at each place and the smallest set of limits that clash.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/placement/clash.h"
#include "analysis/placement/exact_packing.h"
#include "analysis/placement/packing.h"
#include "analysis/placement/planned_places.h"
#include "analysis/placement/proof.h"

namespace headroom {

// A limit that the first placement passed when it was solved in full, and by how much.
struct Correction {
  PackingLimit limit;
};

struct LeftOver {
  int type = 0;
  int racks = 0;
  bool nowhere = false;                    // not even one of them, with no other new rack there
  std::vector<Refusal> refusals;           // of one more; nowhere: of one beside today's alone
};

struct PlacementAnswer {
  std::string plan, site_name;
  PackingProblem problem;
  Packing packing;
  std::vector<LeftOver> left_over;
  Clash clash;                             // where racks are left over that find a place by themselves
  std::optional<ExactPacking> best;        // absent: not in this build
  std::optional<double> least_share;       // the least highest share with so many racks as are placed
  bool took_best = false;                  // `packing` is the best, not the rule's
  std::vector<Correction> corrections;
  bool network_grows = false;              // the site has a network, and ports for every server of the plan
  Proof before, after;
  Site site;                               // with the new racks
  bool all_placed() const { return left_over.empty(); }
};

enum class PlacementChoice { by_rule, best };
// Throws InputError where the plan does not go with the site.
PlacementAnswer place_racks(const ConnectedSite& subject, const Plan& plan, PlacementChoice choice = PlacementChoice::by_rule);

}  // namespace headroom
