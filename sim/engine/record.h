// What goes into the run file beside the meters: inputs, nodes, jobs, counts.
#pragma once

#include "sim/engine/job_table.h"
#include "sim/engine/simulate.h"
#include "sim/results/run_file.h"

namespace headroom {

// What the run is made from: the expanded scenario and what measures need of it; `program`: what makes it.
void record_inputs(const Model& model, std::string_view program, RunFile& file);
void record_graph(const PowerGraph& graph, RunFile& file);
void record_counts(const RunCounts& counts, const ReadCounts& read, RunFile& file);
JobRow job_row(const ActiveJob& job, JobState state, Instant end);
InterruptionRow interruption_row(const ActiveJob& job, Instant end, Duration in_vain, std::int64_t cause);
JobRow rejected_row(const Job& job, const Demand& demand);

// "0-15:32 16:8 17:4/0.5@0" - servers, cores of each, "/2" GPUs of each, "@0" which of its shared GPUs.
std::string placement_text(const Allocation& allocation);

// Which nodes are recorded, and how often.
std::vector<Duration> recorded_every(const Model& model);

}  // namespace headroom
