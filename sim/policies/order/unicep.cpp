// UNICEP (Tang, Lan, Desai, Buettner 2009): jobs rise with their wait, small and short ones faster. The logarithm of one
// processor is 0: such a job stands before all others.
#include <cmath>
#include <limits>

#include "sim/policies/policies.h"

namespace headroom {

double unicep(const WaitingJob& job, Duration wait) {
  if (job.processors() <= 1) return -std::numeric_limits<double>::infinity();
  return -wait.seconds() / (std::log2(job.processors()) * job.estimate_s());
}

}  // namespace headroom
