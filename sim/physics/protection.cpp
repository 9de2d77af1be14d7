#include "sim/physics/protection.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

double square(double x) { return x * x; }

// The exposure at which it trips.
double trip_level(const TripCurve& curve) { return curve.thermal ? square(curve.thermal->trip_ratio) : 1; }

// Between two points: straight in load and the logarithm of time. A point at zero seconds has no logarithm, and a load
// that is over in no time at either end is not borne in between.
double between(const OverloadPoint& below, const OverloadPoint& above, double load) {
  double const shorter = above.time.seconds(), longer = below.time.seconds();
  if (shorter <= 0 || longer <= 0) return 0;
  double const share = (load - below.load) / (above.load - below.load);
  return std::exp(std::log(longer) + share * (std::log(shorter) - std::log(longer)));
}

double time_from_points(const std::vector<OverloadPoint>& points, double load) {
  if (points.empty() || load < points.front().load) return unlimited;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (load == points[i].load) return points[i].time.seconds();
    if (load < points[i].load) return between(points[i - 1], points[i], load);
  }
  return 0;
}

double time_from_formula(const ExponentialCurve& curve, double load) {
  if (load <= 1) return unlimited;
  return std::max(0.0, curve.scale.seconds() * std::exp(-curve.rate * (load - 1)) - curve.offset.seconds());
}

// t(i) of a curve that gathers damage, from none [s].
double time_from_rest(const TripCurve& curve, double load) {
  return curve.exponential ? time_from_formula(*curve.exponential, load) : time_from_points(curve.points, load);
}

bool trips_at_once(const TripCurve& curve, double load) {
  if (curve.instantaneous > 0 && load >= curve.instantaneous) return true;
  return !curve.thermal && time_from_rest(curve, load) <= 0;
}

double heated(const ThermalCurve& curve, double theta, double load, double seconds) {
  return square(load) + (theta - square(load)) * std::exp(-seconds / curve.time_constant.seconds());
}

double time_to_heat_s(const ThermalCurve& curve, double theta, double load) {
  double const end = square(load), trip = square(curve.trip_ratio);
  if (end <= trip) return unlimited;      // at the trip ratio itself it only comes near
  return curve.time_constant.seconds() * std::log((end - theta) / (end - trip));
}

double faded(const TripCurve& curve, double damage, double seconds) {
  return curve.cool_down_s > 0 ? damage * std::exp(-seconds / curve.cool_down_s) : 0;
}

}  // namespace

TripCurve trip_curve(const BreakerSpec& spec) {
  return {spec.thermal, spec.exponential, spec.points, spec.instantaneous, spec.cool_down.seconds()};
}

TripCurve trip_curve(const std::vector<OverloadPoint>& points, Duration cool_down) {
  TripCurve curve;
  curve.points = points;
  curve.cool_down_s = cool_down.seconds();
  return curve;
}

double pickup(const TripCurve& curve) {
  double lowest = curve.instantaneous > 0 ? curve.instantaneous : unlimited;
  if (curve.thermal) lowest = std::min(lowest, curve.thermal->trip_ratio);
  else if (curve.exponential) lowest = std::min(lowest, 1.0);
  else if (!curve.points.empty()) lowest = std::min(lowest, curve.points.front().load);
  return lowest;
}

double exposure_at_rest(const TripCurve& curve, double load) {
  if (curve.thermal) return square(load);
  return time_from_rest(curve, load) < unlimited ? trip_level(curve) : 0;
}

// No time, no change: a load that is there for an instant leaves no trace, and damage does not fade in it.
double exposure_after(const TripCurve& curve, double exposure, double load, double seconds) {
  if (seconds <= 0) return exposure;
  if (trips_at_once(curve, load)) return std::max(exposure, trip_level(curve));
  if (curve.thermal) return heated(*curve.thermal, exposure, load, seconds);
  double const time = time_from_rest(curve, load);
  return time < unlimited ? exposure + seconds / time : faded(curve, exposure, seconds);
}

double time_to_trip_s(const TripCurve& curve, double exposure, double load) {
  if (exposure >= trip_level(curve) || trips_at_once(curve, load)) return 0;
  if (curve.thermal) return time_to_heat_s(*curve.thermal, exposure, load);
  return (1 - exposure) * time_from_rest(curve, load);
}

}  // namespace headroom
