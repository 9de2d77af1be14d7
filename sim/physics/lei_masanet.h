// PUE from physics, as a cross-check of the plant: steady, one moment, everything in proportion to the IT power.
//
// N. Lei and E. Masanet, Energy (2020) 117556, doi 10.1016/j.energy.2020.117556: three sites with an economiser and a
// chiller. Heat is IT, UPS loss (P/eta - P), distribution loss (P/(1 - l) - P) and lighting. Fans and pumps by pressure rise,
// P = flow dp / eta; the chiller by a regression of COP over load and water temperature. The formulas are in docs/models.md.
// The constants (611.21 and 611.20 Pa, 622 and 621.98 g/kg) and the wet bulb (equal enthalpy, 0.05 to 0.15 K below that of
// psychrometrics.h) are the model's own: its published results need them. Valid from -25 to 45 C, 70 to 101 kPa.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace headroom::lei_masanet {

// What moves air or water.
struct Mover {
  double pressure_pa = 0, efficiency = 1;
};

struct Parameters {
  double ups_efficiency = 1, distribution_loss = 0, lighting = 0;
  double supply_least_c = 0, supply_most_c = 0;        // air-side economiser
  double supply_c = 0;                                 // the two others
  double air_rise_k = 0, water_rise_k = 0, tower_rise_k = 0, sea_rise_k = 0;
  Mover room_fan, tower_fan, humidifier_pump, economiser_pump, chilled_pump, tower_pump, sea_pump;
  double tower_approach_k = 0, exchanger_approach_k = 0, coil_effectiveness = 1, sensible_ratio = 1;
  double chiller_load = 0, cop_shift = 0, liquid_to_gas = 1;
};

enum class Site { air_side, water_side, sea_water };

// The symbols of a site's parameters, in the order of the published vectors, each with its place; nullptr: without effect.
struct Symbol {
  const char* name;
  std::function<double&(Parameters&)> place;
};
const std::vector<Symbol>& symbols(Site site);

struct Air {
  double dry_bulb_c = 20, relative_humidity = 0.4, pressure_pa = 101325;
};

// Per watt of IT.
struct Parts {
  double ups = 0, distribution = 0, lighting = 0, room_fan = 0, humidifier = 0, economiser_pump = 0, chiller = 0, chilled_pump = 0;
  double tower_pump = 0, tower_fan = 0, sea_pump = 0;
  double economiser_share = 0;         // of the heat
  double humidified_kg_per_kwh = 0;    // water put into the air, by energy of IT
  double pue() const;
};

Parts air_side(const Parameters& p, const Air& outdoor);
Parts water_side(const Parameters& p, const Air& outdoor);
Parts sea_water(const Parameters& p, double sea_c, double pressure_pa);

double wet_bulb_c(const Air& air);                     // of equal enthalpy
double cop(double load, double water_c);               // the regression, before its shift

}  // namespace headroom::lei_masanet
