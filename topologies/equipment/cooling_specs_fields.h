// The keys of catalogue files of the cooling plant. Included where they are read, echoed or turned into a schema, nowhere else.
#pragma once

#include "topologies/equipment/cooling_specs.h"
#include "topologies/equipment/specs_fields.h"

namespace headroom {

void fields(auto& v, FluidRange& s) {
  v("reference", s.reference, required, "temperature of capacity and cop");
  v("least", s.least, required, "coldest of the range of both temperature curves");
  v("most", s.most, required, "warmest of that range");
}
void fields(auto& v, PartLoadRange& s) {
  v("least", s.least, required.non_negative(), "share of what is available");
  v("most", s.most, required.positive(), "share of what is available");
}

void fields(auto& v, ChillerSpec& s) {
  identity_fields(v, s);
  v("condenser", s.condenser, required, "what cools it: air or water");
  v("capacity", s.capacity, required.positive(), "heat taken from the chilled water at the reference temperatures, of one");
  v("cop", s.cop, required.positive(), "that heat over its input, at the reference temperatures and full load");
  v("chilled_water", s.chilled_water, required, "x: the chilled water that leaves it");
  v("condenser_fluid", s.condenser_fluid, required, "y: the water, or outdoor air, that enters its condenser");
  v("capacity_curve", s.capacity_curve, required, "six numbers c of c1 + c2 x + c3 x^2 + c4 y + c5 y^2 + c6 x y: available over reference capacity");
  v("input_curve", s.input_curve, required, "six numbers, likewise: input per heat over that of the reference, at full load");
  v("part_load_curve", s.part_load_curve, required, "three numbers c of c1 + c2 z + c3 z^2: input over that at full load, z the load over what is available");
  v("part_load_range", s.part_load_range, optional, "range of that curve");
  v("load_range", s.load_range, optional, "of the machine: it cycles below `least`, and carries no more than `most`");
  v("power_factor", s.power_factor, optional.efficiency(), "at its terminals");
}

void fields(auto& v, CopPoint& s) {
  v("dry_bulb", s.dry_bulb, required, "outdoor temperature");
  v("cop", s.cop, required.positive(), "heat taken from the room over the input of its compressors and condenser fans");
}
void fields(auto& v, AirHandlerSpec& s) {
  identity_fields(v, s);
  v("capacity", s.capacity, required.positive(), "heat taken from the room at the rated air flow, net of its fans, of one");
  v("air_flow", s.air_flow, required.positive(), "rated");
  v("fan_power", s.fan_power, required.non_negative(), "at the rated air flow");
  v("fan_exponent", s.fan_exponent, optional.non_negative(), "of fan power by air flow; 0: constant speed");
  v("least_flow", s.least_flow, optional.share(), "share of the rated flow below which its fans do not turn");
  v("direct_expansion", s.direct_expansion, optional, "a CRAC with compressors: points of COP by outdoor temperature; a chilled-water coil by default");
  v("power_factor", s.power_factor, optional.efficiency(), "at its terminals");
}

void fields(auto& v, CoolingTowerSpec& s) {
  identity_fields(v, s);
  v("capacity", s.capacity, required.positive(), "heat given off, of one");
  v("approach", s.approach, required.positive(), "of its water to the outdoor wet bulb");
  v("fan_power", s.fan_power, required.non_negative(), "at capacity");
  v("fan_exponent", s.fan_exponent, optional.non_negative(), "of fan power by share of the capacity; 0: constant speed");
  v("least_fan", s.least_fan, optional.share(), "share of full speed below which its fans do not turn");
  v("cycles", s.cycles, optional.at_least(1.01), "of concentration: solids in its water over those in the make-up; blowdown is evaporation / (cycles - 1)");
  v("drift", s.drift, optional.share(), "share of the circulating water that leaves as drops");
  v("latent_share", s.latent_share, optional.share(), "share of the heat that leaves by evaporation; 1 is the most that can be");
  v("power_factor", s.power_factor, optional.efficiency(), "at its terminals");
}

void fields(auto& v, DryCoolerSpec& s) {
  identity_fields(v, s);
  v("capacity", s.capacity, required.positive(), "heat given off, of one");
  v("approach", s.approach, required.positive(), "of its water to the outdoor dry bulb");
  v("fan_power", s.fan_power, required.non_negative(), "at capacity");
  v("fan_exponent", s.fan_exponent, optional.non_negative(), "of fan power by share of the capacity; 0: constant speed");
  v("least_fan", s.least_fan, optional.share(), "share of full speed below which its fans do not turn");
  v("power_factor", s.power_factor, optional.efficiency(), "at its terminals");
}

void fields(auto& v, PumpSpec& s) {
  identity_fields(v, s);
  v("flow", s.flow, required.positive(), "rated, of one");
  v("power", s.power, required.non_negative(), "at the rated flow");
  v("exponent", s.exponent, optional.non_negative(), "of power by flow; 0: constant speed");
  v("least_flow", s.least_flow, optional.share(), "share of the rated flow below which it does not turn");
  v("power_factor", s.power_factor, optional.efficiency(), "at its terminals");
}

void fields(auto& v, CduSpec& s) {
  identity_fields(v, s);
  v("capacity", s.capacity, required.positive(), "heat that it carries, of one");
  v("pump_power", s.pump_power, required.non_negative(), "at capacity");
  v("pump_exponent", s.pump_exponent, optional.non_negative(), "of pump power by share of the capacity; 0: constant speed");
  v("least_flow", s.least_flow, optional.share(), "share of the rated flow below which its pumps do not turn");
  v("approach", s.approach, required.non_negative(), "of the coolant that it supplies to the water that it takes");
  v("power_factor", s.power_factor, optional.efficiency(), "at its terminals");
}

void check(const ChillerSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const AirHandlerSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
