// What is expected to be free on each server from when on, and where and when a job would fit. For looking ahead.
#pragma once

#include <vector>

#include "sim/policies/policies.h"

namespace headroom {

// A running job that has overrun its estimate is expected to end right after now.
Instant expected_end(const RunningJob& job, Instant now);
// A waiting job holds its servers for its estimate; a moment at least.
Duration expected_length(const WaitingJob& job);

class Timetable {
 public:
  // With the running jobs of the view alone.
  Timetable(const View& view, PlacementPolicy place);

  // The earliest start from which on the same servers are free for as long as the job is expected to run; nothing where
  // it never fits.
  std::optional<Reservation> find(const WaitingJob& job) const;
  std::optional<Allocation> find_now(const WaitingJob& job) const { return servers_from(0, job); }
  bool has(const Reservation& reservation, const WaitingJob& job);
  void take(const Reservation& reservation, const WaitingJob& job);
  void give(const Reservation& reservation, const WaitingJob& job);
  bool fits_now(const WaitingJob& job) const { return steps_.front().free.fits(job.demand); }

 private:
  struct Step {
    Instant from;                  // to the next step's
    Capacity free;
  };
  std::optional<Allocation> servers_from(std::size_t step, const WaitingJob& job) const;
  std::size_t step_at(Instant time);       // the step that begins there; splits one if there is none
  std::span<Step> during(const Reservation& reservation, const WaitingJob& job);

  PlacementPolicy place_;
  Turn turn_;
  std::vector<Step> steps_;
};

}  // namespace headroom
