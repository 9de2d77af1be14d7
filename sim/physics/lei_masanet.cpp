#include "sim/physics/lei_masanet.h"

#include <algorithm>
#include <cmath>

namespace headroom::lei_masanet {
namespace {

// --- moist air, with the model's constants ---

double exponent(double t) { return (18.678 - t / 234.5) * t / (t + 257.14); }
double saturation_pa(double t) { return 611.21 * std::exp(exponent(t)); }
double vapour_at_dew_point_pa(double t) { return 611.21 * std::exp(18.678 * t / (257.14 + t)); }
double grams(double constant, double vapour_pa, double pressure_pa) { return constant * vapour_pa / (pressure_pa - vapour_pa); }      // per kg of dry air
double outdoor_grams(const Air& air) { return grams(622, air.relative_humidity * saturation_pa(air.dry_bulb_c), air.pressure_pa); }
double enthalpy(double t, double g_per_kg) { return 1.01 * t + (2500 + 1.84 * t) * g_per_kg / 1000; }      // kJ/kg
double density(double t, double pressure_pa) { return 1.293 * (pressure_pa / 101325) * (273.15 / (273.15 + t)); }

// --- machines: kg/s and kW in, kW out ---

double fan(const Mover& mover, double kg_per_s, double kg_per_m3) { return kg_per_s / kg_per_m3 * mover.pressure_pa / mover.efficiency / 1000; }
double pump(const Mover& mover, double kg_per_s) { return mover.pressure_pa * kg_per_s / (1000 * mover.efficiency * 1000); }
double water_flow(double heat, double rise_k) { return heat / (4.2 * rise_k); }
double chiller(const Parameters& p, double heat, double water_c) { return heat / (cop(p.chiller_load, water_c) * (1 + p.cop_shift)); }

// Losses, and the heat of the room.
double begin(const Parameters& p, Parts& out) {
  out.ups = 1 / p.ups_efficiency - 1;
  out.distribution = 1 / (1 - p.distribution_loss) - 1;
  out.lighting = p.lighting;
  return 1 + out.ups + out.distribution + out.lighting;
}

void tower(const Parameters& p, double heat, const Air& outdoor, Parts& out) {
  double const flow = water_flow(heat, p.tower_rise_k);
  out.tower_pump = pump(p.tower_pump, flow);
  out.tower_fan = fan(p.tower_fan, flow / p.liquid_to_gas, density(outdoor.dry_bulb_c, outdoor.pressure_pa));
}

void humidify(const Parameters& p, double kg_per_s, Parts& out) {
  out.humidifier = pump(p.humidifier_pump, kg_per_s);
  out.humidified_kg_per_kwh = 3600 * kg_per_s;
}

// What both water-side sites share, for water or sea that comes at `limit_c` behind all approaches. Returns the heat.
double water(const Parameters& p, double limit_c, double condenser_c, double pressure_pa, Parts& out) {
  double const room = begin(p, out);
  double const air = room / (1.01 * p.air_rise_k), latent = room / p.sensible_ratio - room, needed = room + latent;
  out.room_fan = fan(p.room_fan, air, density(p.supply_c, pressure_pa));
  double const return_air = p.supply_c + p.air_rise_k;
  double const supply = return_air - (return_air - p.supply_c) / p.coil_effectiveness, back = supply + p.water_rise_k;
  double const vapour_c = (supply + back) / 2, vaporisation = 2500.5 - 2.3097 * vapour_c - 0.0013 * vapour_c * vapour_c;
  humidify(p, latent / vaporisation, out);
  double const past = limit_c <= supply ? needed : limit_c >= back ? 0 : needed * (back - limit_c) / (back - supply);
  out.economiser_share = past / needed;
  out.economiser_pump = pump(p.economiser_pump, water_flow(past, p.water_rise_k));
  out.chiller = chiller(p, needed - past, condenser_c);
  out.chilled_pump = pump(p.chilled_pump, water_flow(needed - past, p.water_rise_k));
  return needed;
}

// Grams of water for each kg of air where outdoor air is used, or nothing where it is not.
struct Supply {
  bool economiser = true;
  double added = 0;
};
Supply outdoor_air(const Air& outdoor, double supply_c) {
  double const o = outdoor_grams(outdoor), h = enthalpy(outdoor.dry_bulb_c, o);
  auto const at_humidity = [&](double share) { return grams(621.98, share * saturation_pa(supply_c), outdoor.pressure_pa); };
  auto const adiabatic = [&] { return std::max(0.0, 1000 * (h - 1.01 * supply_c) / (2500 + 1.84 * supply_c) - o); };
  if (h < enthalpy(27, grams(621.98, vapour_at_dew_point_pa(15), outdoor.pressure_pa))) {
    if (outdoor.dry_bulb_c <= supply_c) return {true, std::max(0.0, at_humidity(0.20) - o)};
    return {true, adiabatic()};
  }
  if (h <= enthalpy(supply_c, at_humidity(0.80))) return {true, adiabatic()};
  return {false, 0};
}

const Symbol ups{"eta_U", [](Parameters& p) -> double& { return p.ups_efficiency; }};
const Symbol distribution{"lam", [](Parameters& p) -> double& { return p.distribution_loss; }};
const Symbol lighting{"f_L", [](Parameters& p) -> double& { return p.lighting; }};
const Symbol air_rise{"dT_a", [](Parameters& p) -> double& { return p.air_rise_k; }};
const Symbol water_rise{"dT_w", [](Parameters& p) -> double& { return p.water_rise_k; }};
const Symbol tower_rise{"dT_t", [](Parameters& p) -> double& { return p.tower_rise_k; }};
const Symbol supply{"T_s", [](Parameters& p) -> double& { return p.supply_c; }};
const Symbol tower_approach{"A_t", [](Parameters& p) -> double& { return p.tower_approach_k; }};
const Symbol exchanger{"A_x", [](Parameters& p) -> double& { return p.exchanger_approach_k; }};
const Symbol coil{"eps", [](Parameters& p) -> double& { return p.coil_effectiveness; }};
const Symbol sensible{"s", [](Parameters& p) -> double& { return p.sensible_ratio; }};
const Symbol load{"x", [](Parameters& p) -> double& { return p.chiller_load; }};
const Symbol shift{"p", [](Parameters& p) -> double& { return p.cop_shift; }};
const Symbol liquid_to_gas{"LG", [](Parameters& p) -> double& { return p.liquid_to_gas; }};

Symbol pressure(const char* name, Mover Parameters::*mover) { return {name, [mover](Parameters& p) -> double& { return (p.*mover).pressure_pa; }}; }
Symbol efficiency(const char* name, Mover Parameters::*mover) { return {name, [mover](Parameters& p) -> double& { return (p.*mover).efficiency; }}; }

void add(std::vector<Symbol>& out, const char* dp, const char* eta, Mover Parameters::*mover) {
  out.push_back(pressure(dp, mover));
  out.push_back(efficiency(eta, mover));
}

std::vector<Symbol> symbols_of(Site site) {
  std::vector<Symbol> out{ups, distribution, lighting};
  if (site == Site::air_side) {
    out.push_back({"T_lo", [](Parameters& p) -> double& { return p.supply_least_c; }});
    out.push_back({"T_hi", [](Parameters& p) -> double& { return p.supply_most_c; }});
    for (auto const* name : {"D_lo", "D_hi", "R_lo", "R_hi"}) out.push_back({name, nullptr});
  } else {
    out.push_back(supply);
  }
  out.insert(out.end(), {air_rise, water_rise});
  out.push_back(site == Site::sea_water ? Symbol{"dT_m", [](Parameters& p) -> double& { return p.sea_rise_k; }} : tower_rise);
  add(out, "dp_F", "eta_F", &Parameters::room_fan);
  if (site != Site::sea_water) add(out, "dp_T", "eta_T", &Parameters::tower_fan);
  add(out, "dp_H", "eta_H", &Parameters::humidifier_pump);
  if (site != Site::air_side) add(out, "dp_E", "eta_E", &Parameters::economiser_pump);
  add(out, "dp_C", "eta_C", &Parameters::chilled_pump);
  if (site == Site::sea_water) add(out, "dp_M", "eta_M", &Parameters::sea_pump);
  else add(out, "dp_K", "eta_K", &Parameters::tower_pump);
  if (site != Site::sea_water) out.push_back(tower_approach);
  if (site != Site::air_side) out.insert(out.end(), {exchanger, coil, sensible});
  out.insert(out.end(), {load, shift});
  if (site != Site::sea_water) out.push_back(liquid_to_gas);
  return out;
}

}  // namespace

const std::vector<Symbol>& symbols(Site site) {
  static const std::vector<Symbol> of_site[] = {symbols_of(Site::air_side), symbols_of(Site::water_side), symbols_of(Site::sea_water)};
  return of_site[static_cast<std::size_t>(site)];
}

double Parts::pue() const {
  return 1 + ups + distribution + lighting + room_fan + humidifier + economiser_pump + chiller + chilled_pump + tower_pump + tower_fan + sea_pump;
}

// The left side rises with the temperature, so bisection finds it to the last bit.
double wet_bulb_c(const Air& air) {
  auto const enthalpy_kg = [](double t, double w) { return 1.01 * t + (2500 + 1.84 * t) * w; };
  auto const ratio = [&](double vapour_pa) { return 0.62198 * vapour_pa / (air.pressure_pa - vapour_pa); };
  double const wanted = enthalpy_kg(air.dry_bulb_c, ratio(air.relative_humidity * saturation_pa(air.dry_bulb_c)));
  double low = -60, high = air.dry_bulb_c + 1;
  for (int i = 0; i < 200; ++i) {
    double const middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (enthalpy_kg(middle, ratio(611.20 * std::exp(exponent(middle)))) < wanted ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double cop(double l, double t) { return 16.798751 + 0.008840 * t * t - 8.528931 * l * l + 9.885294 * l - 0.760621 * t + 0.084615 * l * t; }

Parts air_side(const Parameters& p, const Air& outdoor) {
  Parts out;
  double const heat = begin(p, out), air = heat / (1.01 * p.air_rise_k);
  double const supply_c = std::clamp(outdoor.dry_bulb_c, p.supply_least_c, p.supply_most_c);
  out.room_fan = fan(p.room_fan, air, density(supply_c, outdoor.pressure_pa));
  Supply const from = outdoor_air(outdoor, supply_c);
  humidify(p, air - air / (1 + from.added / 1000), out);
  out.economiser_share = from.economiser ? 1 : 0;
  if (from.economiser) return out;
  out.chiller = chiller(p, heat, wet_bulb_c(outdoor) + p.tower_approach_k);
  out.chilled_pump = pump(p.chilled_pump, water_flow(heat, p.water_rise_k));
  tower(p, heat + out.chiller, outdoor, out);
  return out;
}

Parts water_side(const Parameters& p, const Air& outdoor) {
  Parts out;
  double const tower_c = wet_bulb_c(outdoor) + p.tower_approach_k;
  double const needed = water(p, tower_c + p.exchanger_approach_k, tower_c, outdoor.pressure_pa, out);
  tower(p, needed + out.chiller, outdoor, out);
  return out;
}

Parts sea_water(const Parameters& p, double sea_c, double pressure_pa) {
  Parts out;
  double const needed = water(p, sea_c + p.exchanger_approach_k, sea_c, pressure_pa, out);
  out.sea_pump = pump(p.sea_pump, water_flow(needed + out.chiller, p.sea_rise_k));
  return out;
}

}  // namespace headroom::lei_masanet
