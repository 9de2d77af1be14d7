// Overload and time: breakers, UPS and generators bear it for a while. A trip curve with memory.
//
// A curve t(i) (points or exponential), i = load over rating, gathers damage: D' = 1 / t(i) above its pickup, and forgets
// it below: D' = -D / tau. It trips at D = 1.
// A thermal curve: theta' = (i^2 - theta) / tau, trips at theta = theta_tr = r^2; so t = tau ln((i^2 - i0^2) / (i^2 - theta_tr))
// from a long time at i0. Both are exact for a load that is constant between events. [docs/models.md]
#pragma once

#include <optional>
#include <vector>

#include "topologies/equipment/default_breaker.h"
#include "topologies/equipment/specs.h"

namespace headroom {

// One of: a breaker's curve, an overload curve of a UPS or generator.
struct TripCurve {
  std::optional<ThermalCurve> thermal;
  std::optional<ExponentialCurve> exponential;
  std::vector<OverloadPoint> points;
  double instantaneous = 0;        // 0: never
  double cool_down_s = 0;          // 0: forgets at once
};
TripCurve trip_curve(const BreakerSpec& spec);
TripCurve trip_curve(const std::vector<OverloadPoint>& points, Duration cool_down);

// Above this load it trips sooner or later; infinite where the curve is empty. At it, points and `instantaneous` trip too;
// a thermal and an exponential curve do not.
double pickup(const TripCurve& curve);
// theta of a thermal curve, D of the others.
double exposure_at_rest(const TripCurve& curve, double load);      // after a long time at this load; beyond the pickup: tripped
double exposure_after(const TripCurve& curve, double exposure, double load, double seconds);
// Until it trips at this load: 0 when it trips at once, infinite when it never does.
double time_to_trip_s(const TripCurve& curve, double exposure, double load);

}  // namespace headroom
