// WFP3 (Tang, Lan, Desai, Buettner 2009): jobs rise with the cube of their wait over their estimate, large ones faster.
#include <cmath>

#include "sim/policies/policies.h"

namespace headroom {

double wfp3(const WaitingJob& job, Duration wait) { return -std::pow(wait.seconds() / job.estimate_s(), 3) * job.processors(); }

}  // namespace headroom
