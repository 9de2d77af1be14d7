// The best packing there is, by a mixed-integer program (Cbc), where the build has it.
//
//   maximise  sum x_c                    racks at candidate c, whole numbers
//   subject to  sum of x_c over the candidates of a type <= wanted of it
//               carried_l + sum of use_cl x_c <= allowed_l, for each limit l
//
// A second program, with as many racks as the first found, minimises the highest used share of any limit.
#pragma once

#include <optional>
#include <vector>

#include "analysis/placement/packing.h"

namespace headroom {

bool has_exact_packing();              // is Cbc in this build?

struct ExactPacking {
  Packing packing;                     // the best found
  double bound = 0;                    // no packing has more racks than this
  bool proven = false;                 // the best found is the best
};
// nullopt: not in this build.
std::optional<ExactPacking> pack_exactly(const PackingProblem& problem);
// The least highest used share with so many racks; nullopt: not in this build, or not found in time.
std::optional<double> least_fullest_share(const PackingProblem& problem, int racks);
// Do all racks fit while only these limits hold? nullopt: not in this build, or not decided in time.
std::optional<bool> all_fit_under(const PackingProblem& problem, const std::vector<int>& limits);

}  // namespace headroom
