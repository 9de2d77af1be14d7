// Whose user has had least of the site lately is next. What use is, and how it decays: sim/policies/use_by_user.h.
#include "sim/policies/policies.h"

namespace headroom {

double fair_share(const WaitingJob& job, Duration) { return job.use; }

}  // namespace headroom
