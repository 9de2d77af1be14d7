// The servers on which the job has a piece, the smallest score of that piece first, then by number.
#pragma once

#include <algorithm>
#include <utility>

#include "sim/policies/policies.h"

namespace headroom {

template <class Score>
std::optional<Allocation> fit_by_score(const Capacity& capacity, const Demand& demand, Score score) {
  if (!capacity.fits(demand)) return std::nullopt;
  std::vector<std::pair<double, std::int32_t>> scored;
  for (std::int32_t server = 0; std::cmp_less(server, capacity.servers()); ++server)
    if (auto const piece = capacity.piece_on(server, demand)) scored.emplace_back(score(*piece), server);
  std::ranges::sort(scored);
  std::vector<std::int32_t> order;
  order.reserve(scored.size());
  for (auto const& [value, server] : scored) order.push_back(server);
  return capacity.fit_in_order(demand, order);
}

}  // namespace headroom
