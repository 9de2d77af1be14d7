#include <fmt/format.h>

#include "analysis/statics/cooling_point.h"

namespace headroom {
namespace {

nlohmann::ordered_json plant_json(const CoolingPoint& p) {
  nlohmann::ordered_json out;
  for (auto const& element : p.elements) out["elements"].push_back({{"name", element.name}, {"kind", element.kind}, {"units", element.units}, {"power_kw", element.power_w / 1e3}});
  out["heat_kw"] = p.heat_w / 1e3;
  out["heat_to_liquid_kw"] = p.liquid_w / 1e3;
  out["heat_outdoors_kw"] = p.state.outdoors_w / 1e3;
  out["heat_reused_kw"] = p.state.reused_w / 1e3;
  out["economiser_share"] = p.state.economiser_share;
  out["chiller_load_kw"] = p.state.chiller_load_w / 1e3;
  out["chiller_power_kw"] = p.state.chiller_input_w / 1e3;
  if (p.state.chiller_input_w > 0) out["chiller_cop"] = p.chiller_cop();
  out["condenser_c"] = p.state.condenser_c;
  out["chiller_range_excursion"] = {{"chilled_k", p.state.excursion.chilled_k}, {"condenser_k", p.state.excursion.condenser_k}, {"part_load", p.state.excursion.part_load}};
  out["water_l_per_h"] = {{"make_up", p.state.makeup_l_per_s * 3600}, {"evaporated", p.state.evaporated_l_per_s * 3600}, {"drift", p.state.drift_l_per_s * 3600}, {"blowdown", p.state.blowdown_l_per_s * 3600}};
  out["water_l_per_it_kwh"] = p.state.makeup_l_per_s * 3600 / (p.it_w / 1e3);
  for (auto const& row : p.capacity) out["capacity"].push_back({{"one_lost_of", row.lost}, {"capacity_kw", row.capacity_w / 1e3}, {"short_kw", row.short_w / 1e3}});
  return out;
}

std::string share_of_it(const CoolingPoint& p, double watts) { return fmt::format("{:>12.3f} kW {:>8.4f} of IT\n", watts / 1e3, watts / p.it_w); }

std::string plant_text(const CoolingPoint& p) {
  std::string out = fmt::format("\n  {:<32} {:<14} {:>5} {:>12}\n", "element", "kind", "units", "kW");
  for (auto const& element : p.elements) out += fmt::format("  {:<32} {:<14} {:>5} {:>12.3f}\n", element.name, element.kind, element.units, element.power_w / 1e3);
  out += fmt::format("\nHeat {:.3f} kW, {:.3f} kW of it into coolant; {:.3f} kW goes outdoors, {:.3f} kW is reused.\n", p.heat_w / 1e3, p.liquid_w / 1e3, p.state.outdoors_w / 1e3, p.state.reused_w / 1e3);
  out += fmt::format("Past the chillers: {:.1f} %.", 100 * p.state.economiser_share);
  if (p.state.chiller_input_w > 0) out += fmt::format(" Chillers: {:.3f} kW for {:.3f} kW of heat, COP {:.4f}, condensers at {:.2f} C.", p.state.chiller_input_w / 1e3, p.state.chiller_load_w / 1e3, p.chiller_cop(), p.state.condenser_c);
  if (p.state.excursion.any())
    out += fmt::format("\nOutside the range of the chiller's curves, taken at their bound: chilled water {:+.2f} K, condenser {:+.2f} K, load {:+.3f} of what is available.", p.state.excursion.chilled_k, p.state.excursion.condenser_k, p.state.excursion.part_load);
  if (p.state.makeup_l_per_s > 0)
    out += fmt::format("\nWater: {:.1f} L/h, {:.3f} L for each kWh of IT ({:.1f} evaporated, {:.1f} blown down, {:.1f} drift).", p.state.makeup_l_per_s * 3600, p.state.makeup_l_per_s * 3600 / (p.it_w / 1e3), p.state.evaporated_l_per_s * 3600,
                       p.state.blowdown_l_per_s * 3600, p.state.drift_l_per_s * 3600);
  out += fmt::format("\n\n  {:<32} {:>14} {:>14}\n", "one unit lost of", "capacity kW", "short kW now");
  for (auto const& row : p.capacity) out += fmt::format("  {:<32} {:>14.3f} {:>14.3f}\n", row.lost.empty() ? "(nothing)" : row.lost, row.capacity_w / 1e3, row.short_w / 1e3);
  return out;
}

const char* level_name(CoolingLevel level) {
  switch (level) {
    case CoolingLevel::none: return "none";
    case CoolingLevel::constant: return "constant";
    case CoolingLevel::curve: return "curve";
    case CoolingLevel::plant: return "plant";
  }
  return "";
}

}  // namespace

nlohmann::ordered_json to_json(const CoolingPoint& p) {
  nlohmann::ordered_json out{{"schema_version", 1}, {"level", level_name(p.level)}};
  out["outdoor"] = {{"dry_bulb_c", p.outdoor.dry_bulb_c}, {"wet_bulb_c", p.outdoor.wet_bulb_c}, {"relative_humidity", p.outdoor.relative_humidity}, {"pressure_pa", p.outdoor.pressure_pa}};
  out["it_kw"] = p.it_w / 1e3;
  out["facility_kw"] = p.facility_w / 1e3;
  out["pue"] = p.pue();
  out["pue_parts"] = {{"losses", p.losses_w / p.it_w}, {"cooling", p.cooling_w / p.it_w}, {"other", p.other_w / p.it_w}};
  if (p.level == CoolingLevel::plant) out.update(plant_json(p));
  return out;
}

std::string to_text(const CoolingPoint& p) {
  std::string out = fmt::format("At {:.2f} C and {:.1f} % (wet bulb {:.2f} C), {:.1f} kPa: PUE {:.4f}\n", p.outdoor.dry_bulb_c, 100 * p.outdoor.relative_humidity, p.outdoor.wet_bulb_c, p.outdoor.pressure_pa / 1e3, p.pue());
  out += "  IT       " + share_of_it(p, p.it_w) + "  losses   " + share_of_it(p, p.losses_w) + "  cooling  " + share_of_it(p, p.cooling_w);
  if (p.other_w > 0) out += "  other    " + share_of_it(p, p.other_w);
  return out + (p.level == CoolingLevel::plant ? plant_text(p) : "");
}

}  // namespace headroom
