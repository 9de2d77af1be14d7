// One batch job as a trace states it. What one of its processors is on a site is the scenario's business.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/amount.h"
#include "base/quantity.h"
#include "base/time.h"
#include "workloads/traffic.h"

namespace headroom {

// How busy a job keeps the cores and the GPUs that it holds: shares, 0..1; above 1 it asks for more than it holds.
struct Utilisations {
  double cores = 1, gpus = 1;
  constexpr Utilisations() = default;
  constexpr Utilisations(double both) : cores(both), gpus(both) {}
  constexpr Utilisations(double of_cores, double of_gpus) : cores(of_cores), gpus(of_gpus) {}
  constexpr bool operator==(const Utilisations&) const = default;
};
constexpr Utilisations highest(const Utilisations& a, const Utilisations& b) { return {a.cores > b.cores ? a.cores : b.cores, a.gpus > b.gpus ? a.gpus : b.gpus}; }

// A stretch of a job at one utilisation.
struct Fragment {
  Duration length;
  Utilisations utilisation;
};

struct Job {
  std::int64_t id = 0;            // the trace's own number; with submit time and workload it orders jobs
  int workload = 0;               // position in the scenario's list
  Instant submit;                 // from the start of the trace (of a relative one)
  Duration runtime;               // 0 is allowed: starts, completes, uses nothing
  Duration estimate;              // what the user asked for; the run time where the trace does not say
  Amount processors;              // 0 for a job of GPUs alone
  Amount gpus;                    // of the whole job; below 1 a share of one GPU, else whole ones
  DataSize memory;                // of the whole job; zero where the trace does not say
  Utilisations utilisation;       // of each unit while it runs; the highest of the fragments, if any
  std::vector<Fragment> fragments;     // one after the other, as long as the run time together; empty: one utilisation
  std::string user;
  std::int32_t priority = 0;           // larger is more urgent; for the order `priority`
  std::vector<std::int64_t> after;     // jobs of the same workload that must have completed before it may start
  std::shared_ptr<const JobTraffic> traffic;     // null where the trace says nothing of it
  std::int32_t followers = 0;          // how many jobs of the workload name it in `after`
};

// Over its run time, weighted by the length of each fragment.
Utilisations mean_utilisation(const Job& job);

}  // namespace headroom
