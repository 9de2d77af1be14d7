// Strictly in the order of the queue: the first job that does not fit holds up all behind it.
#include "sim/policies/policies.h"

namespace headroom {

std::vector<Start> no_backfill(const View&, PlacementPolicy) { return {}; }

}  // namespace headroom
