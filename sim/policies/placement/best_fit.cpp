// The servers that have the least left on which the job fits, so that large gaps stay for large jobs.
#include "sim/policies/placement/by_free.h"

namespace headroom {

std::optional<Allocation> best_fit(const Capacity& capacity, const Demand& demand, const Turn&) {
  if (!capacity.fits(demand)) return std::nullopt;
  return capacity.fit_in_order(demand, by_free(capacity, demand, false));
}

}  // namespace headroom
