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

void fields(auto& v, UpsSpec& s) {
  identity_fields(v, s);
  v("rated_power", s.rated_power, required.positive(), "deliverable power of one module");
  v("rated_apparent_power", s.rated_apparent_power, required.positive(), "deliverable apparent power of one module");
  v("efficiency", s.efficiency, required.filled(), "three points of efficiency by load; the loss a + b x + c x^2 goes through them");
  v("power_factor", s.power_factor, optional.efficiency(), "of its input");
}

void fields(auto& v, TransformerSpec& s) {
  identity_fields(v, s);
  v("rated_apparent_power", s.rated_apparent_power, required.positive(), "Sn of one");
  v("no_load_loss", s.no_load_loss, required.non_negative(), "P0, whenever it is energised");
  v("load_loss", s.load_loss, required.non_negative(), "Pk, at rated current");
  v("impedance", s.impedance, optional.share(), "short-circuit reactance, per unit");
  v("no_load_current", s.no_load_current, optional.share(), "magnetising current, per unit");
}

void fields(auto& v, PduSpec& s) {
  identity_fields(v, s);
  v("rated_apparent_power", s.rated_apparent_power, required.positive(), "what it can deliver");
  v("no_load_loss", s.no_load_loss, optional.non_negative(), "of its transformer, if it has one");
  v("load_loss", s.load_loss, optional.non_negative(), "of its transformer at rated current, or of its conductors");
  v("electronics", s.electronics, optional.non_negative(), "metering and control, whenever it is energised");
  v("impedance", s.impedance, optional.share(), "of its transformer, per unit");
}

void fields(auto& v, SwitchSpec& s) {
  identity_fields(v, s);
  v("ports", s.ports, required.at_least(1), "how many ports");
  v("port_rate", s.port_rate, required.positive(), "rate of one port");
  v("power", s.power, required.non_negative(), "what it draws, at the cord");
  v("power_factor", s.power_factor, optional.efficiency(), "at the cord");
  v("height", s.height, optional.positive(), "rack units");
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

void fields(auto& v, ServerSpec& s) {
  identity_fields(v, s);
  v("cores", s.cores, required.at_least(1), "cores that jobs can have");
  v("memory", s.memory, required.non_negative(), "memory that jobs can have");
  v("gpus", s.gpus, optional.non_negative(), "accelerators that jobs can have");
  v("height", s.height, optional.positive(), "rack units");
  v("supplies", s.supplies, optional.at_least(1), "power supplies, one cord each");
  v("supply", s.supply, optional, "its power supplies, where power is measured at dc");
  v("converter", s.converter, optional, "its converter, where power is measured at dc");
  v("supply_rating", s.supply_rating, optional.non_negative(), "rated output of one power supply");
  v("power_factor", s.power_factor, optional.efficiency(), "at the wall, where power is measured at the wall");
  v("power", s.power, required, "power against load");
}

void check(const PowerSupplySpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const UpsSpec& s, const std::string& path, std::vector<Problem>& problems);
void check(const ServerPower& s, const std::string& path, std::vector<Problem>& problems);
void check(const ServerSpec& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
