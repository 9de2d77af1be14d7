// First come, first served: all scores are equal, and equals are in the order of (submit, workload, id) of their arrival.
#include "sim/policies/policies.h"

namespace headroom {

double first_come_first_served(const WaitingJob&, Duration) { return 0; }

}  // namespace headroom
