// What a policy may look at, and what it may answer. Policies change nothing themselves.
#pragma once

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
};

struct RunningJob {
  Instant expected_end;            // start + estimate
  std::int32_t job = 0;
  const Allocation* allocation = nullptr;
};

// Queue in the order of the `order` policy, its head does not fit; running jobs by expected end.
struct View {
  Instant now;
  std::span<const WaitingJob> queue;
  std::span<const RunningJob> running;
  const Capacity* capacity = nullptr;
};

}  // namespace headroom
