// From a run file to small structs. Measures read run files alone, so that an old run can be read again; every figure's
// definition is beside its field. Energies and counts are of the whole run; means, peaks and ratios of its window.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/power/limits.h"
#include "sim/results/run_file.h"

namespace headroom {

struct JobCounts {
  std::int64_t submitted = 0, rejected = 0, completed = 0, killed = 0, lost = 0, running_at_end = 0, queued_at_end = 0;
  double unserved_core_s = 0, unserved_gpu_s = 0;   // asked for on servers that were short, and not given
  std::int64_t requeued = 0;                        // lost their servers and went back into the queue, once or more often; counted above, too
  std::int64_t records = 0;                         // of the traces
  std::map<std::string, std::int64_t> skipped;      // records that are no jobs, by reason
  double core_s = 0, gpu_s = 0, server_s = 0;       // held by jobs that ran, to the end of the run; interrupted attempts, too
  // What the utilisation is of: GPUs where no job held a core.
  const char* busy_units() const { return gpu_s > 0 && core_s == 0 ? "GPUs" : "cores"; }
};

struct Service {
  double wait_mean_s = 0, wait_p95_s = 0, wait_max_s = 0;    // (last) start - submit, of completed jobs; p95 by nearest rank
  double response_mean_s = 0, response_p50_s = 0, response_p95_s = 0, response_p99_s = 0, response_max_s = 0;      // end - submit, of completed jobs; by nearest rank
  double in_system_mean = 0;                        // jobs waiting or running, mean from the first submit until none is or the run ends
  double bounded_slowdown_mean = 0;                 // max(1, (wait + run) / max(run, 10 s)), of completed jobs
  double utilisation_mean = 0;                      // core-seconds held in the window / (cores x window)
  double end_s = 0;                                 // last finish, killed and lost jobs' too, from the start of the run
  double makespan_s = 0;                            // last finish - first submit
  double offered_load = 0;                          // unit-seconds / (units x (last submit + its run - first submit))
};

struct NodePower {
  int node = 0;
  std::string name, kind, type;
  double input_peak_kw = 0, input_peak_15min_kw = 0, output_peak_kw = 0, output_peak_kva = 0, input_peak_s = 0;
  std::vector<Limit> limits;                        // carried = peak
  std::optional<Limit> binding;                     // the one used most
  double stranded_kw = 0;                           // what it could still carry by its own limits, but its feeds cannot bring
};

struct PowerPeaks {
  double it_peak_kw = 0, facility_peak_kw = 0, facility_peak_15min_kw = 0, facility_mean_kw = 0, it_mean_kw = 0;
  double load_factor = 0;                           // mean / 15-minute peak of the facility
  std::vector<NodePower> nodes;                     // of the power path: sources to racks, in the order of the graph
};

struct EnergyUse {
  double it_kwh = 0, facility_kwh = 0, overhead_kwh = 0;      // facility: from all sources, utilities and generators
  double stored_kwh = 0;                            // in batteries at the end, less what was in them at the start
  std::map<std::string, double> losses_kwh;         // by kind of node; "power-supply" is inside it_kwh
  double pue = 0;                                   // facility / IT energy of the window; 0 where there is no IT energy
  struct Flow {                                     // along one edge of the graph, grouped by kind
    std::string from, to;
    double kwh = 0;
  };
  std::vector<Flow> flows;                          // kind to kind, losses to "losses: KIND", what batteries took to "battery", for a Sankey diagram
};

PowerPeaks power_peaks(const RunReader& run);
// Peaks of the power path over one span ("run" or "window"), without what is stranded.
std::vector<NodePower> node_peaks(const RunReader& run, std::string_view span);
// The node that is nearest to a limit; null where nothing limits.
const NodePower* fullest(const PowerPeaks& power);
EnergyUse energy_use(const RunReader& run);

// What was going on over time, derived from the jobs: values hold from their time to the next.
struct Activity {
  std::vector<double> times_s;
  std::vector<double> waiting, running, busy_share; // jobs, jobs, share of cores
  double end_s = 0;
};

// All that comes from the jobs, in one pass over them.
struct JobMeasures {
  JobCounts counts;
  Service service;
  Activity activity;
  std::vector<double> waits_s;                      // of completed jobs, sorted
};
JobMeasures job_measures(const RunReader& run);

// The energies of every meter worked out again, from the jobs, their placement and the expanded site alone, node by
// node upwards: an independent check of the engine's integration. Throws InputError for a run that is unfinished, in which
// something changed state, or whose jobs change their utilisation.
struct Recomputed {
  std::map<int, double> input_j;                    // by node; it_meter and facility_meter too
  double worst_difference = 0;                      // relative, against the run's own totals
  std::string worst_node;
};
Recomputed recompute_energies(const RunReader& run);

}  // namespace headroom
