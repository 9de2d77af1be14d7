// What ran at one moment of a run, rebuilt from its file: the jobs and where they were.
#pragma once

#include "base/time.h"
#include "sim/policies/capacity.h"
#include "sim/results/run_file.h"
#include "topologies/graph/power_graph.h"
#include "workloads/job.h"

namespace headroom {

struct JobThen {
  Instant start;
  Amount cores;
  Utilisations utilisation;            // a job whose trace changes it on the way has its mean here
  Allocation pieces;
};

struct Moment {
  Instant at;
  bool nameplate = false;              // not of a run: every server at full load, and no jobs that could be lost
  std::vector<JobThen> jobs;
};

// When the facility drew most.
Instant peak_of(const RunReader& run);
// Jobs that ran then, attempts that were interrupted later included. Throws InputError for a run whose servers did more
// than its jobs tell.
Moment moment_of(const RunReader& run, Instant at);
// Every server full.
Moment full_load_moment(const PowerGraph& graph);

// What each server offers to jobs.
std::vector<Resources> offered_by(const PowerGraph& graph);
// What each server delivers to its parts at that moment.
std::vector<Power> delivered_at(const PowerGraph& graph, const Moment& moment);

}  // namespace headroom
