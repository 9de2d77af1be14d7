// In place of exact_packing.cpp in a build without Cbc.
#include "analysis/placement/exact_packing.h"

namespace headroom {

bool has_exact_packing() { return false; }
std::optional<ExactPacking> pack_exactly(const PackingProblem&) { return std::nullopt; }
std::optional<double> least_fullest_share(const PackingProblem&, int) { return std::nullopt; }
std::optional<bool> all_fit_under(const PackingProblem&, const std::vector<int>&) { return std::nullopt; }

}  // namespace headroom
