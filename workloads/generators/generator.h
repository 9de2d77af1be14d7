// Jobs that are made, not read: what a workload's `generate` says, and the sources that come of it. They are made one at a
// time; nothing grows with their number.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/amount.h"
#include "workloads/generators/distributions.h"
#include "workloads/generators/lublin.h"
#include "workloads/job.h"

namespace headroom {

class JobSource;

constexpr double largest_gap_cv = 100;

// When jobs come: on the mean one `every` so often, in a renewal process whose rate follows the hours and days.
struct ArrivalSpec {
  Seconds every;                          // mean over a whole week
  double cv = 1.0;                        // of the times between them at a steady rate: 1 Poisson, 0 regular, else gamma
  std::vector<double> day, week;          // factors of 24 hours from midnight, of 7 days from Monday, by the clock of the scenario's start
  Location where;
};

// One kind of job, `weight` times as frequent as one of weight 1.
struct SizeSpec {
  Amount processors, gpus;                // one of the two at least
  DataSize memory;
  double weight = 1.0;
  Location where;
};

// `jobs` or `length`, exactly one; `lublin`, or `arrivals`, `runtime` and `sizes`.
struct GenerateSpec {
  std::optional<std::int64_t> jobs;
  std::optional<Duration> length;         // key `for`: whoever would come later does not come
  std::optional<ArrivalSpec> arrivals;
  std::optional<DistributionSpec> runtime;
  std::vector<SizeSpec> sizes;
  double utilisation = 1.0;               // of every job
  std::optional<LublinSpec> lublin;
  Location where;
};

// What a generator is told beside its spec. Its streams are those of (seed, "workload INDEX arrivals", "... run times",
// "... sizes"): same seed and index, same jobs.
struct GeneratorSeat {
  int index = 0;                          // of the workload
  std::uint64_t seed = 1;
  DateTime start;                         // of the run: decides the hour and the day on which it begins
  double arrivals = 1.0;                  // arrival rate, times that of the spec; hours and days stay where they are
};

// Its sha256 is that of the spec and the seat, as JSON.
std::unique_ptr<JobSource> open_generator(const GenerateSpec& spec, const GeneratorSeat& seat);

}  // namespace headroom
