// One batch job as a trace states it. What one of its processors is on a site is the scenario's business.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/quantity.h"
#include "base/time.h"

namespace headroom {

// A stretch of a job at one utilisation.
struct Fragment {
  Duration length;
  double utilisation = 1.0;
};

struct Job {
  std::int64_t id = 0;            // the trace's own number; with submit time and workload it orders jobs
  int workload = 0;               // position in the scenario's list
  Instant submit;                 // from the start of the trace (of a relative one)
  Duration runtime;               // 0 is allowed: starts, completes, uses nothing
  Duration estimate;              // what the user asked for; the run time where the trace does not say
  std::int32_t processors = 0;    // >= 1, or 0 for a job of GPUs alone
  std::int32_t gpus = 0;          // of the whole job
  DataSize memory;                // of the whole job; zero where the trace does not say
  double utilisation = 1.0;       // of each unit while it runs, 0..1; the highest of the fragments, if any
  std::vector<Fragment> fragments;     // one after the other, as long as the run time together; empty: one utilisation
  std::string user;
};

}  // namespace headroom
