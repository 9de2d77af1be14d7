// Who sends how much to whom in one phase of a job's traffic. Pure; formulas and sources in docs/models.md, "Traffic of jobs".
#pragma once

#include <array>
#include <vector>

#include "workloads/traffic.h"

namespace headroom {

// From one member of the job to another, by their places in its list of servers; of the patterns with others: `to` or `from`
// is -1 - i for the i-th of these.
struct Sending {
  int from = 0, to = 0;
  double bytes = 0;
};

struct Phase {
  std::vector<Sending> sendings;
  int rounds = 1;                // one after another; the latency of the longest way counts once for each
};

// Of a job on n servers. `volume_bytes`: S. `first_other`: which of the `others` is next.
Phase phase_of(Pattern pattern, int n, double volume_bytes, double answer_bytes = 0, int others = 0, int first_other = 0);
// What the trace says of each pair.
Phase phase_of(const JobTraffic& traffic, int n);

// The three sides of the grid of halo: a x b x c = n, as near to a cube as its factors allow, a >= b >= c.
std::array<int, 3> halo_grid(int n);

}  // namespace headroom
