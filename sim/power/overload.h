// A load against a trip curve over time: what has gathered, and how long it can go on.
#pragma once

#include <limits>
#include <utility>

#include "sim/physics/protection.h"

namespace headroom {

class Overload {
 public:
  explicit Overload(TripCurve curve) : curve_(std::move(curve)), exposure_(exposure_at_rest(curve_, 0)) {}

  // The load was constant for so long.
  void pass(double seconds) { exposure_ = exposure_after(curve_, exposure_, load_, seconds); }
  // From now on, as a share of the rating.
  void set_load(double load) { load_ = load; }
  double load() const { return load_; }
  bool gathering() const { return load_ >= pickup(curve_); }
  bool remembers() const { return gathering() || exposure_ > exposure_at_rest(curve_, 0); }
  double seconds_left() const { return gathering() ? time_to_trip_s(curve_, exposure_, load_) : std::numeric_limits<double>::infinity(); }
  // As after a long time at the present load.
  void rest() { exposure_ = exposure_at_rest(curve_, load_); }
  void forget() { exposure_ = exposure_at_rest(curve_, 0); }
  double pickup_load() const { return pickup(curve_); }

 private:
  TripCurve curve_;
  double exposure_, load_ = 0;
};

}  // namespace headroom
