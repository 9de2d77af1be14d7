#include "sim/physics/cooling_machines.h"

#include <algorithm>
#include <cmath>

namespace headroom {

double fan_law_w(double rated_w, double share, double least, double exponent) {
  if (share <= 0) return 0;
  double const f = std::max(share, least);
  if (exponent == 3) return rated_w * f * f * f;
  return rated_w * std::pow(f, exponent);
}

double air_w_per_m3_per_s_k(double pressure_pa, double celsius) { return pressure_pa / (287.042 * (celsius + 273.15)) * 1006; }

double vaporisation_j_per_kg(double celsius) { return 2.501e6 - 2361 * celsius; }

TowerWater tower_water(const CoolingTowerSpec& spec, double heat_w, double water_c, double circulating_l_per_s) {
  TowerWater out;
  out.evaporated_l_per_s = spec.latent_share * heat_w / vaporisation_j_per_kg(water_c);
  out.blowdown_l_per_s = out.evaporated_l_per_s / (spec.cycles - 1);
  out.drift_l_per_s = spec.drift * circulating_l_per_s;
  return out;
}

double direct_expansion_cop(const AirHandlerSpec& spec, double dry_bulb_c) {
  auto const& points = spec.direct_expansion;
  if (dry_bulb_c <= points.front().dry_bulb.celsius()) return points.front().cop;
  for (std::size_t i = 1; i < points.size(); ++i) {
    double const low = points[i - 1].dry_bulb.celsius(), high = points[i].dry_bulb.celsius();
    if (dry_bulb_c <= high) return points[i - 1].cop + (points[i].cop - points[i - 1].cop) * (dry_bulb_c - low) / (high - low);
  }
  return points.back().cop;
}

double free_share(double limit_c, double supply_c, double return_c) {
  if (limit_c <= supply_c) return 1;
  return limit_c >= return_c ? 0 : (return_c - limit_c) / (return_c - supply_c);
}

}  // namespace headroom
