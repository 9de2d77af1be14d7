// Waiting jobs and answers, in short.
#pragma once

#include "sim/policies/policies.h"

namespace headroom {

inline Instant at(std::int64_t s) { return {s * nanoseconds_per_second}; }
inline Demand whole(int servers) { return {.servers = servers}; }
inline WaitingJob waiting(int job, const Demand& demand, std::int64_t estimate_s) { return {job, at(0), whole_seconds(estimate_s), demand}; }

inline std::vector<std::size_t> positions(const std::vector<Start>& starts) {
  std::vector<std::size_t> out;
  for (auto const& start : starts) out.push_back(start.position);
  return out;
}

// Four servers of eight cores; the first two busy until 100 s.
struct BusySite {
  Capacity capacity{std::vector<Resources>(4, {8, 0, 1000})};
  Allocation busy{{0, {8, 0, 1000}}, {1, {8, 0, 1000}}};
  std::vector<RunningJob> running{{at(100), 7, &busy}};
  BusySite() { capacity.take(busy); }
  View view(const std::vector<WaitingJob>& queue, Instant now = {}) const { return {now, queue, running, &capacity}; }
};

// Two servers of eight cores, half of each busy: of the first until 10 s, of the second until 20 s. A job of eight cores
// gets the first, at 10 s.
struct HalfBusySite {
  Capacity capacity{{{8, 0, 0}, {8, 0, 0}}};
  Allocation first{{0, {4, 0, 0}}}, second{{1, {4, 0, 0}}};
  std::vector<RunningJob> running{{at(10), 1, &first}, {at(20), 2, &second}};
  HalfBusySite() {
    capacity.take(first);
    capacity.take(second);
  }
  View view(const std::vector<WaitingJob>& queue) const { return {at(0), queue, running, &capacity}; }
};

}  // namespace headroom
