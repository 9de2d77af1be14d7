#include "sim/physics/battery.h"

#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// What the delivered power costs the cells before the losses of the converter [W]. A dead battery has no P_H.
double cell_w(const Battery& battery, double delivered_w) {
  if (battery.exponent == 1 || battery.rated_w <= 0 || delivered_w <= battery.rated_w) return delivered_w;
  return battery.rated_w * std::pow(delivered_w / battery.rated_w, battery.exponent);
}

}  // namespace

// An aged battery is a smaller one: its P_H is that of the capacity it has left.
Battery battery_of(const BatterySpec& spec, int count) {
  double const capacity_j = count * spec.capacity.si() * spec.health;
  return {.capacity_j = capacity_j,
          .most_w = count * spec.rated_power.si(),
          .charge_w = count * spec.charge_power.si(),
          .charge_efficiency = spec.charge_efficiency,
          .discharge_efficiency = spec.discharge_efficiency,
          .exponent = spec.peukert_exponent,
          .rated_w = capacity_j / spec.rated_time.seconds()};
}

double drain_w(const Battery& battery, double delivered_w) {
  if (delivered_w <= 0) return 0;
  return cell_w(battery, delivered_w) / battery.discharge_efficiency;
}

double fill_w(const Battery& battery) { return battery.charge_w * battery.charge_efficiency; }

double time_to_empty_s(const Battery& battery, double stored_j, double delivered_w) {
  if (delivered_w <= 0) return infinite;
  if (stored_j <= 0) return 0;
  return stored_j / drain_w(battery, delivered_w);
}

double time_to_full_s(const Battery& battery, double stored_j) {
  double const room_j = battery.capacity_j - stored_j;
  if (room_j <= 0) return 0;
  double const fill = fill_w(battery);
  return fill > 0 ? room_j / fill : infinite;
}

double peukert_time_s(double capacity_as, double rated_time_s, double current_a, double exponent) {
  return rated_time_s * std::pow(capacity_as / (current_a * rated_time_s), exponent);
}

// from C0 - E = to C0 (1 - E / (2 N C0)), solved for E.
double energy_while_wearing_j(double capacity_j, double cycles, double from, double to) {
  expects(from >= to, "energy leaves the store from the higher state of charge to the lower one");
  double const unworn_j = (from - to) * capacity_j;
  return cycles > 0 ? unworn_j / (1 - to / (2 * cycles)) : unworn_j;
}

}  // namespace headroom
