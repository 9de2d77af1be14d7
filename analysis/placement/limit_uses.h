// What one rack of each option uses of every limit of the power path, in every state of it: solved, not estimated. One rack
// of each option stands in the graph and is switched on alone; the difference it makes is what it uses. Losses bend, so many
// racks use a little more than so many times one: placement.cpp solves what it has found in full, and corrects.
#pragma once

#include "analysis/placement/packing.h"
#include "analysis/placement/planned_places.h"

namespace headroom {

// Candidates in the order of the options. Of the limits of one node, those are left out that another state makes
// superfluous: fuller today, and used more by every candidate.
PackingProblem packing_problem(const PlannedPlaces& places);

}  // namespace headroom
