// What a scenario says of faults, with the names resolved: outages at their dates, and processes of chance.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/model/scenario.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

// Elements that are out of service together.
struct ScheduledOutage {
  Instant at;
  std::optional<Duration> length;      // to the end of the run without one
  bool planned = false;                // maintenance
  std::vector<NodeId> nodes;           // each once, by number
  int units = 0;                       // so many of the devices of each node; 0: all
  std::string name;                    // as written
};

// Fails and is repaired again and again, after exponential times.
struct FailureProcess {
  std::vector<NodeId> nodes;           // that fail together
  std::string name;                    // of the element or common cause
  Seconds mtbf;
  Duration mttr;
};

// A table of failures, plain or gzip: failure_interval and failure_duration in whole ms, failure_intensity.
struct FailureRow {
  Duration interval;                   // from the end of the failure before, or the start of the run
  Duration length;
  double intensity = 0;                // share of the servers that fail
};
std::vector<FailureRow> read_failure_trace(const std::filesystem::path& file);      // throws InputError with line and column

struct Faults {
  std::vector<ScheduledOutage> outages;         // by time, then as written
  std::vector<FailureProcess> processes;
};

// Throws InputError with everything that is wrong.
Faults build_faults(const Scenario& scenario, const PowerGraph& graph);

}  // namespace headroom
