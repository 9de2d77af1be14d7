// The keys below `cooling` in site files.
#pragma once

#include "topologies/cooling_spec.h"
#include "topologies/equipment/cooling_specs_fields.h"

namespace headroom {

void fields(auto& v, CoolingCurvePoint& s) {
  v("wet_bulb", s.wet_bulb, optional, "outdoors; or dry_bulb, the same at all points");
  v("dry_bulb", s.dry_bulb, optional, "outdoors");
  v("proportional", s.proportional, required.non_negative(), "drawn for each watt of IT load at that temperature");
}
template <class Spec>
void fields(auto& v, CoolingUnits<Spec>& s) {
  v("type", s.type, required, "of the catalogue, a path, or its figures in place");
  v("count", s.count, optional.at_least(1), "how many share the work evenly");
  v("redundant", s.redundant, optional.non_negative(), "how many of them are spare");
  v("feeds", s.feeds, optional, "nodes that feed them, each an equal share of the units; cooling.feeds by default");
}
void fields(auto& v, AirHandlers& s) {
  v("type", s.type, required, "CRAH or CRAC of the catalogue, a path, or its figures in place");
  v("count", s.count, optional.at_least(1), "how many in each hall share the work evenly");
  v("redundant", s.redundant, optional.non_negative(), "how many of them are spare");
  v("feeds", s.feeds, optional, "nodes that feed them, each an equal share of the units; cooling.feeds by default");
  v("halls", s.halls, optional, "where they stand; every hall by default");
}
void fields(auto& v, AirSideEconomiser& s) {
  v("dry_bulb_most", s.dry_bulb_most, optional, "warmer outdoor air stays outside; by default that of the air that returns from the servers");
  v("dew_point_least", s.dew_point_least, optional, "drier outdoor air stays outside");
  v("dew_point_most", s.dew_point_most, optional, "damper outdoor air stays outside");
  v("humidity_most", s.humidity_most, optional.share(), "outdoor air of a higher relative humidity stays outside");
}
void fields(auto& v, WaterSideEconomiser& s) {
  v("approach", s.approach, optional.non_negative(), "of its heat exchanger; that of the towers or dry coolers comes on top");
}
void fields(auto& v, EconomiserSpec& s) {
  v("air_side", s.air_side, optional, "outdoor air goes to the servers");
  v("water_side", s.water_side, optional, "water of the towers or dry coolers cools the chilled water");
}
void fields(auto& v, LiquidLoopSpec& s) {
  v("share", s.share, optional.share(), "of the IT heat that goes into the coolant");
  v("supply", s.supply, optional, "temperature of the coolant at the servers");
  v("rise", s.rise, optional.positive(), "of the coolant across the servers");
  v("cdus", s.cdus, required, "coolant distribution units; count and redundant are of each hall");
}
void fields(auto& v, HeatReuseSpec& s) {
  v("share", s.share, optional.share(), "of the heat of the liquid loop or, without one, of the chilled water");
  v("limit", s.limit, optional.non_negative(), "no more than this");
}
void fields(auto& v, ThermalSpec& s) {
  v("capacity", s.capacity, required.positive(), "heat that warms a hall by 1 K: its air, servers, racks and structure");
  v("heat_loss", s.heat_loss, optional.non_negative(), "of a hall to the outdoors");
  v("throttle_at", s.throttle_at, optional, "temperature of the air at the servers at which they slow down");
  v("throttle_to", s.throttle_to, optional.efficiency(), "their speed then");
  v("shutdown_at", s.shutdown_at, optional, "temperature at which they switch off");
  v("restart_below", s.restart_below, optional, "temperature below which they work at full speed again");
  v("chiller_restart", s.chiller_restart, optional.non_negative(), "from the return of its feed until a chiller cools");
}
void fields(auto& v, PlantSpec& s) {
  v("supply_air", s.supply_air, optional, "to the servers");
  v("air_rise", s.air_rise, optional.positive(), "of the air across the servers");
  v("chilled_water", s.chilled_water, optional, "that leaves the chillers");
  v("chilled_rise", s.chilled_rise, optional.positive(), "of the chilled water across the air handlers");
  v("condenser_rise", s.condenser_rise, optional.positive(), "of the water of the towers or dry coolers across what they cool");
  v("condenser_least", s.condenser_least, optional, "that water is held no colder at the chillers; as cold as it comes by default");
  v("air_handlers", s.air_handlers, optional.one_or_list(), "CRAH or CRAC units; a list where halls differ");
  v("chillers", s.chillers, optional, "equal chillers");
  v("towers", s.towers, optional, "cooling towers; or dry_coolers, or chillers cooled by air");
  v("dry_coolers", s.dry_coolers, optional, "instead of towers");
  v("chilled_pumps", s.chilled_pumps, optional, "of the chilled water; without power by default");
  v("condenser_pumps", s.condenser_pumps, optional, "of the water of towers or dry coolers; without power by default");
  v("economiser", s.economiser, optional, "what goes past the chillers when the weather lets it; none by default");
  v("liquid", s.liquid, optional, "coolant to the servers; all heat goes into the air by default");
  v("reuse", s.reuse, optional, "heat that someone takes");
  v("thermal", s.thermal, optional, "how fast a hall warms, and what its servers do then; its temperature is not followed by default");
  v("losses_cooled", s.losses_cooled, optional, "of which devices of the power path the plant removes the losses, beside what is in the halls");
}
void fields(auto& v, CoolingSpec& s) {
  v("fixed", s.fixed, optional.non_negative(), "drawn whatever the load");
  v("proportional", s.proportional, optional.non_negative(), "drawn for each watt of IT load");
  v("power_factor", s.power_factor, optional.efficiency(), "of the load that fixed, proportional and curve make");
  v("feeds", s.feeds, optional, "nodes that feed it, evenly; the switchboards of the scheme by default");
  v("curve", s.curve, optional, "points of `proportional` by outdoor temperature, instead of it; straight lines between");
  v("plant", s.plant, optional, "the machines, each a load of its own, instead of fixed, proportional and curve");
}

void check(const EconomiserSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const ThermalSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const PlantSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const CoolingSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
