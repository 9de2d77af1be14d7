// What a scenario says of weather, grid and connection, read and put on the run's time.
#pragma once

#include <optional>
#include <vector>

#include "conditions/calendar.h"
#include "sim/model/scenario.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

// A value that holds from a date of the run on.
struct Step {
  Instant from;
  double value = 0;
  bool operator==(const Step&) const = default;
};

// What an array gives before its inverter's limit or as AC power, by moments of a year, from a table of hours.
struct GenerationTable {
  std::vector<double> dc_w, ac_w;              // one of the two, 8760 hours
};

struct ConditionsUse {
  TimeZone zone = TimeZone::fixed(0);          // of the site
  std::optional<Weather> weather;
  GridSignals grid;
  std::vector<Step> limit_w;                   // of the connection: contract and calls together; empty: none
  std::vector<Step> contract_w;                // of the contract alone
  std::vector<GenerationTable> generation;     // of each array; empty: by the sun
};

// Throws InputError: what cannot be read, ends before the run, or is needed by something and missing.
ConditionsUse use_conditions(const Scenario& scenario, const PowerGraph& graph);

// The limit of a connection over a run of this length: the least of what its contract, calls and peaks leave.
std::vector<Step> connection_limit(const ConnectionSpec& spec, const GridSignals& grid, DateTime start, std::optional<Duration> length);

}  // namespace headroom
