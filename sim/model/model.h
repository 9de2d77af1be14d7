// Everything a run needs, indexed and immutable: the scenario, the power graph, what each server offers to jobs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json_fields.h"
#include "sim/model/faults.h"
#include "sim/model/scenario.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

// One workload as the run sees it.
struct WorkloadUse {
  std::filesystem::path file;
  TraceFormat format = TraceFormat::swf;
  ProcessorUnit unit = ProcessorUnit::core;
  bool several_servers = false;
};

struct Model {
  Scenario scenario;
  PowerGraph graph;
  std::vector<Resources> servers;            // what each offers to jobs, in the order of graph.servers
  std::vector<ServerTraits> traits;          // of the servers, for placement policies
  std::vector<WorkloadUse> workloads;
  Amount total_cores, total_gpus;
  Faults faults;

  // How many of the workload's units the site has.
  std::int64_t units(const WorkloadUse& workload) const;
  // What a job of the trace asks of this site.
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

// All workloads of a model as one source, and each of them for its hash.
struct OpenJobs {
  std::unique_ptr<JobSource> merged;
  std::vector<JobSource*> each;      // owned by `merged`
};
OpenJobs open_jobs(const Model& model);

}  // namespace headroom
