// The keys of catalogue files. Included where they are read, echoed or turned into a schema, nowhere else.
#pragma once

#include <fmt/format.h>

#include "topologies/equipment/specs.h"

namespace headroom {

void identity_fields(auto& v, Identity& s) {
  v("name", s.name, optional, "the name it is called by; the stem of its file");
  v("manufacturer", s.manufacturer, optional, "who makes it");
  v("model", s.model, optional, "the maker's name for it");
  v("sources", s.sources, optional, "where each figure comes from, by key; `default` covers the rest");
}

void fields(auto& v, EfficiencyPoint& s) {
  v("load", s.load, required.efficiency(), "share of the rated output");
  v("efficiency", s.efficiency, required.efficiency(), "output over input at that load");
}

void fields(auto& v, OverloadPoint& s) {
  v("load", s.load, required.at_least(1), "share of the rating");
  v("time", s.time, required.positive(), "how long it bears that load");
}

void fields(auto& v, PowerSupplySpec& s) {
  identity_fields(v, s);
  v("efficiency", s.efficiency, required.filled(), "points of efficiency by load, at least three, load rising");
  v("power_factor", s.power_factor, optional.efficiency(), "of its input");
}

void fields(auto& v, ConverterSpec& s) {
  identity_fields(v, s);
  v("fixed_loss", s.fixed_loss, required.non_negative(), "c of P_in = (P_out + c) / eta, of one unit");
  v("efficiency", s.efficiency, required.efficiency(), "eta of P_in = (P_out + c) / eta");
  v("power_factor", s.power_factor, optional.efficiency(), "of its input");
}

void fields(auto& v, DeratingSpec& s) {
  v("above", s.above, optional, "temperature of the air around it up to which its rating holds");
  v("per_kelvin", s.per_kelvin, required.share(), "share of its rating that each kelvin above takes");
}

void fields(auto& v, UpsSpec& s) {
  identity_fields(v, s);
  v("rated_power", s.rated_power, required.positive(), "deliverable power of one module");
  v("rated_apparent_power", s.rated_apparent_power, required.positive(), "deliverable apparent power of one module");
  v("efficiency", s.efficiency, required.filled(), "three points of efficiency by load; the loss a + b x + c x^2 goes through them");
  v("power_factor", s.power_factor, optional.efficiency(), "of its input");
  v("mode", s.mode, optional, "double-conversion, or eco: the load is on the mains until they fail");
  v("transfer", s.transfer, optional.non_negative(), "without output, from the loss of its input to its battery");
  v("bypass", s.bypass, optional, "what an overload leads to: none (off), or automatic (on the mains, unprotected)");
  v("overload", s.overload, optional, "how long it bears which load; any load for ever by default");
  v("walk_in", s.walk_in, optional.non_negative(), "from the return of its input until it takes the load back from the battery");
  v("derating", s.derating, optional, "what warm air takes off its rating");
}

void fields(auto& v, BatterySpec& s) {
  identity_fields(v, s);
  v("capacity", s.capacity, required.non_negative(), "of one when new, discharged over rated_time");
  v("rated_power", s.rated_power, required.positive(), "the most that one delivers");
  v("health", s.health, optional.efficiency(), "share of the capacity that age has left");
  v("charge_efficiency", s.charge_efficiency, optional.efficiency(), "stored over drawn");
  v("discharge_efficiency", s.discharge_efficiency, optional.efficiency(), "delivered over taken from the store");
  v("charge_power", s.charge_power, optional.non_negative(), "what one draws until it is full; 0 W: nothing recharges it");
  v("peukert_exponent", s.peukert_exponent, optional.at_least(1), "k of t = H (C / (P H))^k; 1: a bucket of energy");
  v("rated_time", s.rated_time, optional.positive(), "H, the discharge time of the capacity");
  v("cycles", s.cycles, optional.non_negative(), "full cycles until nothing is left of its capacity; 0: it does not wear");
}

void fields(auto& v, FuelPoint& s) {
  v("load", s.load, required.non_negative(), "share of the rated power");
  v("use", s.use, required.positive(), "fuel of one generator at that load");
}

void fields(auto& v, GeneratorSpec& s) {
  identity_fields(v, s);
  v("rated_power", s.rated_power, required.positive(), "deliverable power of one");
  v("rated_apparent_power", s.rated_apparent_power, required.positive(), "deliverable apparent power of one");
  v("run_up", s.run_up, optional.non_negative(), "from the signal to start until it takes load");
  v("start_failure", s.start_failure, optional.share(), "probability that one does not start, per demand");
  v("block_load", s.block_load, optional.efficiency(), "share of its rating that it takes at one step");
  v("block_interval", s.block_interval, optional.non_negative(), "between two steps");
  v("fuel", s.fuel, required.non_negative(), "in the tank of one");
  v("fuel_use", s.fuel_use, required, "points of fuel by load, load rising; straight lines between them");
  v("overload", s.overload, optional, "how long it bears which load; any load for ever by default");
  v("cool_down", s.cool_down, optional.non_negative(), "runs on without load");
  v("derating", s.derating, optional, "what warm air takes off its rating");
}

void fields(auto& v, TransferSwitchSpec& s) {
  identity_fields(v, s);
  v("rated_current", s.rated_current, required.positive(), "what it carries");
  v("detection", s.detection, optional.non_negative(), "from the loss of its source until it acts");
  v("transfer", s.transfer, optional.non_negative(), "open between two sources");
  v("retransfer_delay", s.retransfer_delay, optional.non_negative(), "the preferred source must have been good for so long");
}

void fields(auto& v, ThermalCurve& s) {
  v("time_constant", s.time_constant, required.positive(), "tau of theta' = (i^2 - theta) / tau");
  v("trip_ratio", s.trip_ratio, optional.at_least(1), "trips at theta = trip_ratio^2");
}
void fields(auto& v, ExponentialCurve& s) {
  v("scale", s.scale, required.positive(), "a of t = a exp(-b (i - 1)) - c");
  v("rate", s.rate, required.positive(), "b of t = a exp(-b (i - 1)) - c");
  v("offset", s.offset, optional.non_negative(), "c of t = a exp(-b (i - 1)) - c");
}

void fields(auto& v, BreakerSpec& s) {
  identity_fields(v, s);
  v("thermal", s.thermal, optional, "a conductor that warms and cools");
  v("exponential", s.exponential, optional, "a curve of the form t = a exp(-b (i - 1)) - c");
  v("points", s.points, optional, "points of its curve: the time to trip by load");
  v("instantaneous", s.instantaneous, optional.non_negative(), "multiple of its rating from which it trips at once; 0: never");
  v("cool_down", s.cool_down, optional.non_negative(), "of points and exponential: time constant with which it forgets an overload");
  v("continuous_load", s.continuous_load, optional.efficiency(), "share of its rating that it may carry for hours; by default what power.code says: 1 by IEC, 0.8 by NEC");
  v("derating", s.derating, optional, "what warm air takes off its rating");
}

void fields(auto& v, TransformerSpec& s) {
  identity_fields(v, s);
  v("rated_apparent_power", s.rated_apparent_power, required.positive(), "Sn of one");
  v("no_load_loss", s.no_load_loss, required.non_negative(), "P0, whenever it is energised");
  v("load_loss", s.load_loss, required.non_negative(), "Pk, at rated current");
  v("impedance", s.impedance, optional.share(), "short-circuit reactance, per unit");
  v("no_load_current", s.no_load_current, optional.share(), "magnetising current, per unit");
  v("derating", s.derating, optional, "what warm air takes off its rating");
}

void fields(auto& v, PduSpec& s) {
  identity_fields(v, s);
  v("rated_apparent_power", s.rated_apparent_power, required.positive(), "what it can deliver");
  v("no_load_loss", s.no_load_loss, optional.non_negative(), "of its transformer, if it has one");
  v("load_loss", s.load_loss, optional.non_negative(), "of its transformer at rated current, or of its conductors");
  v("electronics", s.electronics, optional.non_negative(), "metering and control, whenever it is energised");
  v("impedance", s.impedance, optional.share(), "of its transformer, per unit");
  v("derating", s.derating, optional, "what warm air takes off its rating");
}

void fields(auto& v, UplinkPorts& s) {
  v("ports", s.ports, required.at_least(1), "how many of them");
  v("port_rate", s.port_rate, required.positive(), "of each of them, in one direction");
}
void fields(auto& v, SwitchSpec& s) {
  identity_fields(v, s);
  v("ports", s.ports, required.at_least(1), "ports for traffic, those of uplinks aside");
  v("port_rate", s.port_rate, required.positive(), "of each port, in one direction");
  v("uplinks", s.uplinks, optional, "ports of another rate beside them, for what is above");
  v("power", s.power, required.non_negative(), "whenever it is fed, without optics");
  v("port_power", s.port_power, optional.non_negative(), "more for each port in use");
  v("energy_per_bit", s.energy_per_bit, optional.non_negative(), "more for the traffic that leaves it");
  v("power_factor", s.power_factor, optional.efficiency(), "at the cord");
  v("height", s.height, optional.positive(), "rack units");
}
void fields(auto& v, OpticSpec& s) {
  identity_fields(v, s);
  v("rate", s.rate, required.positive(), "of one module, in one direction");
  v("reach", s.reach, required.positive(), "the longest fibre that it drives");
  v("fibre", s.fibre, required, "multimode or single-mode");
  v("power", s.power, required.non_negative(), "of one module");
}
void fields(auto& v, CableSpec& s) {
  identity_fields(v, s);
  v("rate", s.rate, required.positive(), "in one direction");
  v("reach", s.reach, required.positive(), "the longest that is made");
  v("medium", s.medium, required, "copper or active-optical");
  v("power", s.power, optional.non_negative(), "of one end");
}
void fields(auto& v, NicSpec& s) {
  identity_fields(v, s);
  v("ports", s.ports, required.at_least(1), "how many of them");
  v("port_rate", s.port_rate, required.positive(), "of each port, in one direction");
  v("power", s.power, required.non_negative(), "of one adapter, whenever its server is fed");
}

void fields(auto& v, IdleAndFull& s) {
  v("count", s.count, optional.at_least(1), "how many");
  v("idle", s.idle, required.non_negative(), "power of one when idle");
  v("full", s.full, required.non_negative(), "power of one at full load");
}
void fields(auto& v, LinearPower& s) {
  v("idle", s.idle, required.non_negative(), "power at 0 %");
  v("full", s.full, required.non_negative(), "power at 100 %");
}
void fields(auto& v, ComponentPower& s) {
  v("cpus", s.cpus, optional, "processors");
  v("gpus", s.gpus, optional, "accelerators");
  v("memory", s.memory, optional.non_negative(), "of all memory, constant");
  v("network", s.network, optional.non_negative(), "of all network adapters, constant");
  v("storage", s.storage, optional.non_negative(), "of all drives, constant");
  v("other", s.other, optional.non_negative(), "of fans, board and the rest, constant");
}
void fields(auto& v, ServerPower& s) {
  v("measured_at", s.measured_at, optional, "at the wall (supplies included) or at dc (behind them)");
  v("curve", s.curve, optional.non_negative(), "11 points, 0 % to 100 % load");
  v("linear", s.linear, optional, "idle and full power");
  v("components", s.components, optional, "processors, accelerators and the rest apart");
}

void fields(auto& v, ServerBoot& s) {
  v("time", s.time, optional.non_negative(), "from the return of its power until it takes jobs");
  v("power", s.power, optional.non_negative(), "what it draws meanwhile, measured where `power` is; its idle power by default");
}
void fields(auto& v, ServerInrush& s) {
  v("power", s.power, required.positive(), "what it draws beyond its power at its return");
  v("time", s.time, required.positive(), "for how long");
}

void fields(auto& v, ServerSpec& s) {
  identity_fields(v, s);
  v("cores", s.cores, required.at_least(1), "cores that jobs can have");
  v("memory", s.memory, required.non_negative(), "memory that jobs can have");
  v("gpus", s.gpus, optional.non_negative(), "accelerators that jobs can have");
  v("height", s.height, optional.positive(), "rack units");
  v("weight", s.weight, optional.non_negative(), "of one; 0: not known");
  v("supplies", s.supplies, optional.at_least(1), "power supplies, one cord each");
  v("supply", s.supply, optional, "its power supplies, where power is measured at dc");
  v("converter", s.converter, optional, "its converter, where power is measured at dc");
  v("supply_rating", s.supply_rating, optional.non_negative(), "rated output of one power supply");
  v("power_factor", s.power_factor, optional.efficiency(), "at the wall, where power is measured at the wall");
  v("power", s.power, required, "power against load");
  v("hold_up", s.hold_up, optional.non_negative(), "its supplies carry full load so long without input");
  v("boot", s.boot, optional, "from the return of its power until it takes jobs again");
  v("inrush", s.inrush, optional, "at the return of its power; none by default");
}

void check(const PowerSupplySpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const UpsSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const BatterySpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const GeneratorSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const BreakerSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const ServerPower& s, const std::string& path, std::vector<Problem>& problems);
void check(const ServerSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
