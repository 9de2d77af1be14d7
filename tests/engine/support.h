// Small runs: a scenario written in place, its jobs beside it, on the in-memory executor, read back from its file.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sim/engine/in_memory_executor.h"
#include "sim/engine/record.h"
#include "sim/engine/simulate.h"
#include "sim/network/network_links.h"
#include "tests/support/temporary.h"

namespace headroom {

// Two servers of 4 cores, 16 GB and 100 W to 300 W in one rack without losses: 50 W a busy core, 200 W idle.
inline const std::string two_servers = R"(site:
  name: two
  halls:
    - name: h
      racks:
        - name: r
          servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}, count: 2}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
)";
inline const std::string one_server = R"(site:
  name: one
  halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 4, memory: 16 GB, power: {linear: {idle: 100 W, full: 300 W}}}}]}]}]
  power: {scheme: N, utility: [{name: utility, voltage: 400 V}]}
)";
inline const std::string jobs_workload = "workload: [{trace: ./jobs.csv}]\n";

inline std::string scenario_text(const std::string& rest) { return "kind: scenario\nversion: 1\nname: test\n" + rest; }

// One run; `jobs` is the text of jobs.csv. `executor`: by default the one in memory.
class Run {
 public:
  Run(const std::string& rest, const std::string& jobs) {
    write_text(folder_.path() / "jobs.csv", jobs);
    begin(rest);
  }
  Run(const std::string& rest, const std::vector<std::pair<std::string, std::string>>& files) {
    for (auto const& [name, text] : files) write_text(folder_.path() / name, text);
    begin(rest);
  }

  RunCounts counts;
  const RunReader& reader() const { return *reader_; }
  std::vector<JobRow> jobs() const {
    std::vector<JobRow> out;
    reader_->each_job([&](const JobRow& job) { out.push_back(job); });
    return out;
  }
  JobRow job(std::int64_t id, int workload = 0) const {
    for (auto const& row : jobs())
      if (row.trace_id == id && row.workload == workload) return row;
    throw std::runtime_error("the run has no such job");
  }
  TotalsRow totals(int node, std::string_view span = "run") const {
    for (auto const& row : reader_->totals(span))
      if (row.node == node) return row;
    throw std::runtime_error("the run has no such meter");
  }
  int node(std::string_view name) const {
    for (auto const& row : reader_->nodes())
      if (row.name == name) return row.id;
    throw std::runtime_error("the run has no such node");
  }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  void begin(const std::string& rest) {
    Model const model = build_model(read_scenario_text(scenario_text(rest), (folder_.path() / "scenario.yaml").string()));
    {
      RunFile file(folder_.path() / "run");
      record_inputs(model, "test", file);
      OpenWorkloads workloads = open_workloads(model);
      InMemoryExecutor executor(NetworkLinks(model.graph.network, model.scenario.network.detail).links);
      counts = simulate(model, workloads, executor, file, [](Instant, std::int64_t) {});
      file.finish();
    }
    reader_.emplace(folder_.path() / "run");
  }

  TemporaryFolder folder_;
  std::optional<RunReader> reader_;
};

inline double end_s(const JobRow& job) { return static_cast<double>(job.end_ns) / 1e9; }
inline double start_s(const JobRow& job) { return static_cast<double>(job.start_ns) / 1e9; }

}  // namespace headroom
