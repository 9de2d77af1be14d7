// First fit that goes on behind the last server that a job was given, and around.
#include <algorithm>

#include "sim/policies/policies.h"

namespace headroom {

std::optional<Allocation> round_robin(const Capacity& capacity, const Demand& demand, const Turn& turn) {
  if (!capacity.fits(demand)) return std::nullopt;
  std::vector<std::int32_t> order = capacity.numbers();
  std::rotate(order.begin(), order.begin() + turn.last + 1, order.end());
  return capacity.fit_in_order(demand, order);
}

}  // namespace headroom
