// Where jobs ask for interchangeable units (whole servers, or cores or GPUs over several servers, without memory), it is
// enough to count them.
#pragma once

#include "sim/policies/policies.h"

namespace headroom {

inline Units units_of(const Demand& demand) { return {demand.servers, demand.cores, demand.gpus}; }
inline Units free_units(const Capacity& capacity, bool whole_servers) {
  return whole_servers ? Units{capacity.free_servers(), {}, {}} : Units{0, capacity.free_cores(), capacity.free_gpus()};
}
inline Units units_of(const Allocation& allocation, bool whole_servers) {
  if (whole_servers) return {std::ssize(allocation), {}, {}};
  Units out;
  for (auto const& piece : allocation) out += {0, piece.resources.cores, piece.resources.gpus};
  return out;
}

// May it have any units, wherever they are? Jobs of both kinds side by side cannot be counted in one unit.
inline bool interchangeable(const Demand& demand, const Demand& head) {
  if (demand.servers > 0 || head.servers > 0) return demand.servers > 0 && head.servers > 0;
  return demand.several_servers && demand.memory_bytes == 0 && !demand.shares_gpu() && (demand.gpus == Amount() || demand.cores == Amount());
}

}  // namespace headroom
