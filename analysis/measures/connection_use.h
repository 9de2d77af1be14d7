// What a limit of the connection did, and what storage on the site moved.
#pragma once

#include <optional>

#include "sim/results/run_file.h"

namespace headroom {

struct ConnectionUse {
  std::optional<double> limit_kw_min, limit_kw_max;      // of the connection while the run lasted
  std::optional<double> hours_at_limit;          // utilities together within 0.1 % of it, of recorded minutes
  double curtailed_mwh = 0;                      // IT energy that a limit kept from being used
  double curtailed_hours = 0;                    // recorded intervals in which some was
  double slowed_hours = 0;                       // hours in which servers ran slower because of it
};
// Absent where nothing limits the connection and nothing was curtailed.
std::optional<ConnectionUse> connection_use(const RunReader& run);

struct StorageUse {
  double charged_kwh = 0, discharged_kwh = 0;    // at the terminals
  double losses_kwh = 0;
  double change_kwh = 0;                         // held at the end, less at the start
  double capacity_kwh = 0;
  double cycles = 0;                             // discharged / capacity
};
// Absent where the site has no storage.
std::optional<StorageUse> storage_use(const RunReader& run);

}  // namespace headroom
