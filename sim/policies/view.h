// What a policy may look at, and what it may answer. Policies change nothing themselves, but for their notes.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "sim/policies/capacity.h"

namespace headroom {

struct WaitingJob {
  std::int32_t job = 0;            // the engine's number of it
  Instant submit;
  Duration estimate;
  Demand demand;
  double score = 0;                // by the `order` policy, when it was last asked

  // What scores are made of: the units asked for, and times that may be divided by and have a logarithm.
  double processors() const { return demand.servers > 0 ? demand.servers : (demand.cores > Amount() ? demand.cores : demand.gpus).value(); }
  double estimate_s() const { return std::max(estimate.seconds(), 0.1); }
  double submit_s() const { return std::max(submit.seconds(), 0.1); }
};

struct RunningJob {
  Instant expected_end;            // start + estimate
  std::int32_t job = 0;
  const Allocation* allocation = nullptr;
};

// Where the placement policies that take turns stand.
struct Turn {
  std::uint64_t seed = 0;          // of the run
  std::int64_t starts = 0;         // jobs started so far
  std::int32_t last = -1;          // the last server that a job was given
};

struct Reservation {
  Instant start;
  Allocation servers;
};

// What a backfill policy keeps from one decision to the next. Only the compatibility modes keep anything.
struct Notes {
  std::optional<Instant> shadow{};                     // of the head; the engine forgets it when the head starts
  std::map<std::int32_t, Reservation> reservations{};  // of waiting jobs
};

// Queue in the order of the `order` policy; running jobs by expected end.
struct View {
  Instant now;
  std::span<const WaitingJob> queue;
  std::span<const RunningJob> running;
  const Capacity* capacity = nullptr;
  Turn turn{};
  bool freed = false;              // has anything become free since the last decision?
  Notes* notes = nullptr;
};

// A job to start now.
struct Start {
  std::size_t position = 0;        // in the queue
  Allocation servers{};            // none: wherever the placement policy puts it
};

}  // namespace headroom
