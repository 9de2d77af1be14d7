// First come, first served: by submit time; jobs of one instant keep the order of (workload, id) in which they arrive.
#include "sim/policies/policies.h"

namespace headroom {

bool first_come_first_served(const WaitingJob& a, const WaitingJob& b) { return a.submit < b.submit; }

}  // namespace headroom
