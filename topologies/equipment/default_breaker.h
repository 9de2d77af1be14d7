// The trip curve of a rated circuit that names none.
#pragma once

#include "topologies/equipment/specs.h"

namespace headroom {

// Thermal, tau = 600 s, r = 1.13 (docs/models.md).
const BreakerSpec& default_breaker();

}  // namespace headroom
