// The servers in an order drawn anew for each job that starts (Fisher and Yates), from a stream of the run's seed.
#include <fmt/format.h>

#include "base/random.h"
#include "sim/policies/policies.h"

namespace headroom {

std::optional<Allocation> random_fit(const Capacity& capacity, const Demand& demand, const Turn& turn) {
  if (!capacity.fits(demand)) return std::nullopt;
  RandomStream random(turn.seed, fmt::format("placement {}", turn.starts));
  std::vector<std::int32_t> order = capacity.numbers();
  for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[random.below(left)]);
  return capacity.fit_in_order(demand, order);
}

}  // namespace headroom
