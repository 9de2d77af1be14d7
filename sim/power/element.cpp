#include "sim/power/element.h"

#include <cmath>
#include <limits>

namespace headroom {

double Element::alarm_va() const { return std::numeric_limits<double>::infinity(); }

Instant Element::after_seconds(double seconds) const {
  if (!(seconds < longest_duration.seconds())) return never;
  return shared_.now + Duration{static_cast<std::int64_t>(std::ceil(seconds * 1e9))};
}

}  // namespace headroom
