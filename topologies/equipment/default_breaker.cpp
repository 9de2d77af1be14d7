#include "topologies/equipment/default_breaker.h"

namespace headroom {

const BreakerSpec& default_breaker() {
  static const BreakerSpec breaker = [] {
    BreakerSpec spec;
    spec.name = "default";
    spec.thermal = ThermalCurve{whole_seconds(600), 1.13};
    return spec;
  }();
  return breaker;
}

}  // namespace headroom
