// The larger priority first; equals as they arrived.
#include "sim/policies/policies.h"

namespace headroom {

double priority(const WaitingJob& job, Duration) { return -static_cast<double>(job.priority); }

}  // namespace headroom
