// Servers by what they have free: of what the job asks for first, then of the rest, then by number.
#pragma once

#include <algorithm>
#include <tuple>

#include "sim/policies/policies.h"

namespace headroom {

inline std::vector<std::int32_t> by_free(const Capacity& capacity, const Demand& demand, bool most_first) {
  auto const key = [&](std::int32_t server) {
    Resources const& free = capacity.free(server);
    return demand.gpus > Amount() ? std::tuple(free.gpus, free.cores, free.memory_bytes) : std::tuple(free.cores, free.gpus, free.memory_bytes);
  };
  std::vector<std::int32_t> order = capacity.numbers();
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return most_first ? key(b) < key(a) : key(a) < key(b); });
  return order;
}

}  // namespace headroom
