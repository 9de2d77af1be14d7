// Shortest job first, by the estimate.
#include "sim/policies/policies.h"

namespace headroom {

double shortest_job_first(const WaitingJob& job, Duration) { return static_cast<double>(job.estimate.ns); }

}  // namespace headroom
