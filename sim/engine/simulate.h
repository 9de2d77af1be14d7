// One run. The loop, in the words of the design:
//
//   while something is still to come:
//     now = the earliest of: a job's end, an arrival, a fault, a date of the power path, a row of a series, the window's
//           bounds, a server that has long been idle, the horizon
//     the executor turns the clock to it
//     1. facts, in this order: activities that end; equipment that fails and returns; series; arrivals by (time, workload, id)
//     2. settle: who shares what; who is fed, the power, transfers, trips, servers that lose or regain power, until quiet; jobs on lost
//        servers are interrupted
//     3. decide once: order, start, backfill; settle again; record
//
// Facts that arise at the same time open another round (a job of zero run time ends where it starts). Each job starts at
// most once an instant, so it ends. Until drained: when no job is left to come, to run or to wait, or when nothing that is
// still to come could let a waiting job start.
#pragma once

#include <functional>

#include "sim/engine/executor.h"
#include "sim/engine/site_in_time.h"
#include "sim/model/model.h"
#include "sim/results/run_file.h"

namespace headroom {

// Told now and then; cheap to call at every instant.
using ProgressSink = std::function<void(Instant now, std::int64_t jobs_ended)>;

struct RunCounts {
  std::int64_t submitted = 0, rejected = 0, completed = 0, killed = 0, lost = 0, running_at_end = 0, queued_at_end = 0;
  std::int64_t with_fragments = 0;     // jobs that change their utilisation
  std::int64_t requeued = 0;           // returns to the queue, counted apart
  std::int64_t instants = 0, changes = 0;
  DarkTime dark;
  Instant first_submit, last_submit, last_finish;
  Instant end;                         // of the run
  Instant window_from, window_to;      // of means, peaks and ratios
  double worst_imbalance = 0;          // energy, relative, of the worst meter
};

// Writes nodes, jobs, intervals, totals and counts into the file; does not finish() it.
// Throws InputError (the trace), ContractError (a balance that does not hold: exit code 70).
RunCounts simulate(const Model& model, OpenWorkloads& workloads, Executor& executor, RunFile& file, const ProgressSink& progress);

}  // namespace headroom
