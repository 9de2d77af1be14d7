// Everything a run needs, indexed and immutable: the scenario, the power graph, what each server offers to jobs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json_fields.h"
#include "sim/model/conditions_use.h"
#include "sim/model/faults.h"
#include "sim/model/scenario.h"
#include "sim/model/traffic_uses.h"
#include "topologies/graph/power_graph.h"
#include "workloads/series.h"

namespace headroom {

// One workload as the run sees it.
struct WorkloadUse {
  std::filesystem::path file;                // empty for generated jobs, as is what is known of a format
  std::optional<TraceFormat> format;
  ProcessorUnit unit = ProcessorUnit::core;
  bool several_servers = false;
  // of a series: what plays it, servers or constant loads
  std::vector<std::int32_t> servers{};
  std::vector<NodeId> loads{};
  bool plays_series() const { return !servers.empty() || !loads.empty(); }
};

struct Model {
  Scenario scenario;
  PowerGraph graph;
  std::vector<Resources> servers;            // what each has, in the order of graph.servers
  std::vector<Resources> offered;            // what each offers to jobs: more where it is overcommitted
  std::vector<ServerTraits> traits;          // of the servers, for placement policies
  std::vector<WorkloadUse> workloads;
  std::vector<std::vector<TrafficUse>> traffic;      // by workload and item
  Amount total_cores, total_gpus;
  Faults faults;
  ConditionsUse conditions;

  // How many of the workload's units the site has.
  std::int64_t units(const WorkloadUse& workload) const;
  // What a job of the trace asks of this site. Throws InputError where the workload's `amount` makes what cannot be asked for.
  Demand demand_of(const Job& job) const;
};

// Scenario files. Throws InputError with everything that is wrong.
Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& settings);
Scenario read_scenario_text(const std::string& text, const std::string& file);
Json echo_scenario(const Scenario& scenario);
Json schema_of_scenario();

Model build_model(Scenario scenario);

// Where each server stands, what feeds it and what it draws. A rack's feeds are the nodes next above its strips.
std::vector<ServerTraits> server_traits(const PowerGraph& graph);

// The workloads of a model: the jobs of all as one source, and each for its hash; the series in their order.
struct OpenWorkloads {
  std::unique_ptr<JobSource> jobs;
  std::vector<std::unique_ptr<SeriesSource>> series;
  struct Each {
    JobSource* jobs = nullptr;       // one of the two; owned above
    SeriesSource* series = nullptr;
    std::string sha256() const { return jobs != nullptr ? jobs->sha256() : series->sha256(); }
  };
  std::vector<Each> each;            // in the order of the model's workloads
  ReadCounts counts() const;         // records of jobs and rows of series read so far
  double share_read() const;         // of the least read
};
OpenWorkloads open_workloads(const Model& model);

}  // namespace headroom
