#include "sim/physics/it_equipment.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

double linear(const double (&c)[3], double x, double y) { return std::max(0.0, c[0] + c[1] * x + c[2] * y); }

}  // namespace

ItEquipmentState it_equipment(const ItEquipment& equipment, double load, double inlet) {
  ItEquipmentState out;
  out.cpu_w = equipment.design_w * (1 - equipment.fan_share) * linear(equipment.power, load, inlet);
  out.flow = linear(equipment.flow, load, inlet);
  out.fan_w = equipment.design_w * equipment.fan_share * std::pow(out.flow, equipment.fan_exponent);
  double const delivered_w = out.cpu_w + out.fan_w;
  out.supply_loss_w = equipment.loss == SupplyLoss::of_input ? delivered_w * (1 / equipment.efficiency - 1) : delivered_w * (1 - equipment.efficiency);
  return out;
}

double inlet_c(double supply_c, double room_c, double recirculated) { return supply_c * (1 - recirculated) + room_c * recirculated; }

double outlet_c(double inlet, double heat_w, double flow_m3_per_s, double density_kg_per_m3) { return inlet + heat_w / (flow_m3_per_s * density_kg_per_m3 * 1006); }

double supply_heat_index(double supply_c, double inlet, double outlet) { return (inlet - supply_c) / (outlet - supply_c); }

}  // namespace headroom
