// Many runs of one scenario in one process, each with a seed of its own: what chance does to it. On the in-memory executor,
// without run files.
#pragma once

#include "sim/model/scenario.h"

namespace headroom {

// A mean over the replicas, and the standard error of that mean.
struct Estimate {
  double mean = 0, standard_error = 0;
};

struct Replicas {
  int runs = 0;
  double years = 0;                // simulated, of each
  Estimate rack_availability;      // 1 - dark rack time / (racks x time)
  Estimate site_availability;      // share of time in which not all racks are dark
  Estimate whole_availability;     // share of time in which no rack is dark
  Estimate outages_per_year;       // times at which some rack went dark while none was
  Estimate jobs_interrupted;       // of each run
};

// Seeds are the scenario's and the numbers after it. Throws InputError: a scenario in which nothing fails by chance, or
// without a horizon.
Replicas replicas(const Scenario& scenario, int runs);

}  // namespace headroom
