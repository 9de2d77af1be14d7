// The servers of the smallest numbers on which the job fits.
#include "sim/policies/policies.h"

namespace headroom {

std::optional<Allocation> first_fit(const Capacity& capacity, const Demand& demand, const Turn&) { return capacity.first_fit(demand); }

}  // namespace headroom
