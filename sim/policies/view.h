// What a policy may look at, and what it may answer. Policies change nothing themselves, but for their notes.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "sim/policies/backfill/unit_plan.h"
#include "sim/policies/capacity.h"
#include "sim/policies/demand_mix.h"
#include "sim/policies/server_traits.h"

namespace headroom {

struct WaitingJob {
  std::int32_t job = 0;            // the engine's number of it
  Instant submit;
  Duration estimate;
  Demand demand;
  double score = 0;                // by the `order` policy, when it was last asked
  std::int64_t arrival = 0;        // its number in the order of (submit, workload, id)
  std::int32_t priority = 0;       // larger is more urgent
  std::int32_t user = 0;           // the number of its user; only where the order goes by use
  double use = 0;                  // what that user has had, when the order was last asked: see UseByUser::compared

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

// What placement policies may know beside the capacity: where those that take turns stand, the servers, the jobs so far.
struct Turn {
  std::uint64_t seed = 0;          // of the run
  std::int64_t starts = 0;         // jobs started so far
  std::int32_t last = -1;          // the last server that a job was given
  std::span<const ServerTraits> traits{};      // of each server
  const DemandMix* seen = nullptr;             // what jobs have asked for so far
};

struct Reservation {
  Instant start;
  Allocation servers;
};

// What a backfill policy keeps from one decision to the next.
struct Notes {
  std::optional<Instant> shadow{};                     // of the head; the engine forgets it when the head starts
  std::map<std::int32_t, Reservation> reservations{};  // of waiting jobs
  UnitPlan plan{};                                     // only to save work: made anew at each decision, it would be the same
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
