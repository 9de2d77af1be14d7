// A battery behind a converter: what it gives, for how long, and what filling it takes.
//
// A bucket of energy, 0 <= E <= C. Discharging at the power P:   dE/dt = -P / eta_d
// with Peukert's exponent k and P_H = C / H, for P >= P_H:       dE/dt = -P_H (P / P_H)^k / eta_d
// Charging with the power P drawn:                               dE/dt = eta_c P
// Power is constant between events, so times to empty and to full are exact.
// Peukert in this form is t = H (C / (I H))^k at constant voltage. Below P_H the bucket holds: a cell does not give more
// than it was rated for. [docs/models.md]
#pragma once

#include "topologies/equipment/specs.h"

namespace headroom {

// So many of one kind side by side.
struct Battery {
  double capacity_j = 0;           // usable: health counted
  double most_w = 0;               // that they deliver
  double charge_w = 0;             // that they draw while they are not full
  double charge_efficiency = 1, discharge_efficiency = 1;
  double exponent = 1;             // k
  double rated_w = 0;              // P_H
};
Battery battery_of(const BatterySpec& spec, int count);

// How fast the stored energy falls while `delivered_w` leaves the terminals [W].
double drain_w(const Battery& battery, double delivered_w);
// How fast it rises while it charges [W].
double fill_w(const Battery& battery);
// Infinite at no load.
double time_to_empty_s(const Battery& battery, double stored_j, double delivered_w);
double time_to_full_s(const Battery& battery, double stored_j);

// Peukert's law for a current: t = H (C / (I H))^k. C in A s, I in A, H and the result in s.
double peukert_time_s(double capacity_as, double rated_time_s, double current_a, double exponent);

// Energy that leaves the store between two states of charge while it wears: the capacity is C0 (1 - throughput / (2 N C0)).
// (SimGrid's battery plugin has the same law; `from` and `to` are shares of the capacity of the moment.)
double energy_while_wearing_j(double capacity_j, double cycles, double from, double to);

}  // namespace headroom
