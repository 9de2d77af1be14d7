// Why racks do not all fit: a smallest set of limits under which they would not, whatever the others allowed.
#pragma once

#include <vector>

#include "analysis/placement/packing.h"

namespace headroom {

struct Clash {
  std::vector<int> limits;             // indices into PackingProblem::limits; empty: all fit, or a rack finds no candidate at all
  bool smallest = false;               // no smaller set does; otherwise: none of them can be left out
  bool exact = false;                  // decided by the exact program; otherwise by the rule of pack_by_rule()
};

// Deletion filter: leave out each limit in turn, for good where the racks still do not fit. Then every smaller set, where
// there are at most `sets_at_most` of them.
Clash clashing_limits(const PackingProblem& problem, int sets_at_most = 2000);

// What the wanted racks use of a limit at the least: each at the place where it uses least of it.
double least_use(const PackingProblem& problem, int limit);

}  // namespace headroom
