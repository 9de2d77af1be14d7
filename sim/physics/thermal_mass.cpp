#include "sim/physics/thermal_mass.h"

#include <cmath>
#include <limits>

namespace headroom {

double temperature_after_c(const ThermalMass& mass, double start_c, double outdoor_c, double net_w, double seconds) {
  if (mass.heat_loss_w_per_k == 0) return start_c + net_w * seconds / mass.capacity_j_per_k;
  double const end_c = outdoor_c + net_w / mass.heat_loss_w_per_k;
  return end_c + (start_c - end_c) * std::exp(-seconds * mass.heat_loss_w_per_k / mass.capacity_j_per_k);
}

double time_to_reach_s(const ThermalMass& mass, double start_c, double outdoor_c, double net_w, double limit_c) {
  if (limit_c == start_c) return 0;
  double const never = std::numeric_limits<double>::infinity();
  if (mass.heat_loss_w_per_k == 0) {
    double const seconds = (limit_c - start_c) * mass.capacity_j_per_k / net_w;
    return seconds >= 0 ? seconds : never;
  }
  double const end_c = outdoor_c + net_w / mass.heat_loss_w_per_k, ratio = (limit_c - end_c) / (start_c - end_c);
  return ratio > 0 && ratio < 1 ? -std::log(ratio) * mass.capacity_j_per_k / mass.heat_loss_w_per_k : never;
}

}  // namespace headroom
