// Fans, pumps, cooling towers, moving air and water: small formulas of a cooling plant. Pure functions, SI units.
#pragma once

#include "topologies/equipment/cooling_specs.h"

namespace headroom {

// Affinity law P = P_rated f^n, f the share of the rated flow but no less than `least`; nothing without flow.
// n = 3 is the ideal law, 2.7 to 3 is measured; n = 0 is constant speed. f >= 0. [docs/models.md]
double fan_law_w(double rated_w, double share, double least, double exponent);

// Heat carried by 1 L/s of water that warms by 1 K, 4186 J/(kg K) and 1 kg/L (at 10 to 40 C: within 0.5 %).
constexpr double water_w_per_l_per_s_k = 4186;

// Heat carried by 1 m3/s of dry air that warms by 1 K: p / (287.042 T) 1006 J/(kg K). ASHRAE Fundamentals, chapter 1.
double air_w_per_m3_per_s_k(double pressure_pa, double celsius);

// Heat of vaporisation of water: 2.501e6 - 2361 t J/kg, t in C, 0 to 60 C (steam tables: within 0.2 %).
double vaporisation_j_per_kg(double celsius);

// What a tower that gives off this heat takes and loses, at 1 kg/L [L/s]:
//   evaporation = latent share x heat / h_fg(t)    blowdown = evaporation / (cycles - 1)    drift = share x circulating water
struct TowerWater {
  double evaporated_l_per_s = 0, drift_l_per_s = 0, blowdown_l_per_s = 0;
  double makeup_l_per_s() const { return evaporated_l_per_s + drift_l_per_s + blowdown_l_per_s; }
};
TowerWater tower_water(const CoolingTowerSpec& spec, double heat_w, double water_c, double circulating_l_per_s);

// Heat over input of a CRAC's compressors: straight lines between the points of its data sheet, held beyond.
double direct_expansion_cop(const AirHandlerSpec& spec, double dry_bulb_c);

// Share of the heat that water or air of `limit_c` takes from a stream between supply and return:
//   1 up to the supply temperature, (return - limit) / (return - supply) between, 0 from the return temperature on.
double free_share(double limit_c, double supply_c, double return_c);

}  // namespace headroom
