#include "sim/physics/thermal_mass.h"

#include <cmath>

namespace headroom {

double resting_c(const ThermalMass& mass, double now_c, double net_w, double outdoor_c) {
  if (mass.loss_w_per_k > 0) return outdoor_c + net_w / mass.loss_w_per_k;
  return net_w > 0 ? never_s : net_w < 0 ? -never_s : now_c;
}

double temperature_after_c(const ThermalMass& mass, double now_c, double net_w, double outdoor_c, double seconds) {
  if (mass.loss_w_per_k <= 0) return now_c + net_w / mass.capacity_j_per_k * seconds;
  double const rest = resting_c(mass, now_c, net_w, outdoor_c);
  return now_c - (rest - now_c) * std::expm1(-seconds * mass.loss_w_per_k / mass.capacity_j_per_k);
}

double seconds_to_reach(const ThermalMass& mass, double now_c, double net_w, double outdoor_c, double limit_c) {
  double const way = limit_c - now_c;
  if (way == 0) return 0;
  if (mass.loss_w_per_k <= 0) {
    double const rate = net_w / mass.capacity_j_per_k;
    return rate * way > 0 ? way / rate : never_s;
  }
  double const whole = resting_c(mass, now_c, net_w, outdoor_c) - now_c;
  if (whole * way <= 0 || std::abs(way) >= std::abs(whole)) return never_s;      // away from it, or at rest before it
  return -mass.capacity_j_per_k / mass.loss_w_per_k * std::log1p(-way / whole);
}

}  // namespace headroom
