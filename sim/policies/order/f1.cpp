// F1 (Carastan-Santos and de Camargo, SC17): a function fitted to what gave the smallest mean bounded slowdown. The submit
// time is that of the trace, from its start.
#include <cmath>

#include "sim/policies/policies.h"

namespace headroom {

double f1(const WaitingJob& job, Duration) { return std::log10(job.estimate_s()) * job.processors() + 870 * std::log10(job.submit_s()); }

}  // namespace headroom
