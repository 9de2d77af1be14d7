// The servers that have the most left, so that the load spreads.
#include "sim/policies/placement/by_free.h"

namespace headroom {

std::optional<Allocation> worst_fit(const Capacity& capacity, const Demand& demand, const Turn&) {
  if (!capacity.fits(demand)) return std::nullopt;
  return capacity.fit_in_order(demand, by_free(capacity, demand, true));
}

}  // namespace headroom
