// How the GPUs of a site were used over time: how many were allocated, and how many of the free ones were fragments to the
// jobs of the run.
//
// Fragments are those of Weng et al., "Beware of Fragmentation" (USENIX ATC 2023), as sim/policies/demand_mix.h says, for
// the mix of all jobs of the run but the rejected: to each of them, what it could not use of a server's free GPUs. Servers
// that are out of service count as free.
#pragma once

#include <optional>
#include <vector>

#include "sim/results/run_file.h"

namespace headroom {

// Shares of the site's GPUs. The rest, 1 - allocated - fragmented, is what the expected job can use.
struct GpuUse {
  double allocation_mean = 0, allocation_peak = 0;           // of the window
  double fragmentation_mean = 0, fragmentation_peak = 0;
  std::vector<double> times_s, allocated, fragmented;        // from each time to the next
};

// Nothing where the site has no GPUs or the run file does not hold it. Throws InputError for a run file whose site cannot be read.
std::optional<GpuUse> gpu_use(const RunReader& run);

}  // namespace headroom
