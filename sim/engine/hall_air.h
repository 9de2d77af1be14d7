// The air of one hall in time. While the plant keeps up it has the temperature that the plant supplies. When it does not, what is
// not removed warms the hall (sim/physics/thermal_mass.h), and the servers are slowed, then shut down, until it is cool again.
#pragma once

#include <optional>

#include "base/time.h"
#include "topologies/cooling_spec.h"

namespace headroom {

class HallAir {
 public:
  explicit HallAir(const ThermalSpec& spec) : spec_(spec) {}

  // What holds from now on: heat into the air, the most that could be removed, the air supplied, and the outdoors.
  void set(Instant now, double heat_w, double capacity_w, double supply_c, double outdoor_c);
  // Moves on to `now`.
  void pass(Instant now);
  // The next date at which the speed changes, or the hall is back at its supply temperature.
  Instant next() const { return due_; }

  double celsius() const { return celsius_; }
  // Warmer than what is supplied: the plant removes all it can.
  bool is_warm() const { return is_warm_; }
  double speed() const { return is_shut_ ? 0 : is_throttled_ ? spec_.throttle_to : 1; }
  bool is_shut() const { return is_shut_; }

 private:
  void plan(Instant now);

  const ThermalSpec& spec_;
  double celsius_ = 0, supply_c_ = 0, outdoor_c_ = 0, net_w_ = 0;
  Instant since_, due_ = never;
  bool begun_ = false, is_warm_ = false, is_throttled_ = false, is_shut_ = false;
};

}  // namespace headroom
