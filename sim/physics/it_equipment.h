// Servers cooled by air, by the temperature of what they breathe: processors, fans, power supply. Pure functions; W, C.
//
// EnergyPlus' ElectricEquipment:ITE:AirCooled [engineering reference; docs/models.md], x the load 0..1, y the air at the inlet:
//   P_cpu,des = P_des (1 - f)   P_fan,des = P_des f
//   y      = T_supply (1 - r) + T_room r              r: share of air that comes round again
//   P_cpu  = P_cpu,des f1(x, y)   flow = f2(x, y)   P_fan = P_fan,des f3(flow)
//   T_out  = y + (P_cpu + P_fan) / (V rho c_p)        SHI = (y - T_supply) / (T_out - T_supply)
// f1 and f2 are linear here, c1 + c2 x + c3 y; f3 is flow^n.
#pragma once

#include <vector>

namespace headroom {

// How an efficiency becomes a loss. EnergyPlus takes the share (1 - eta) of what the supply delivers; a supply that delivers P
// at efficiency eta draws P / eta, and loses P (1/eta - 1).
enum class SupplyLoss { of_output_energyplus, of_input };

struct ItEquipment {
  double design_w = 0;                  // of all of it, fans among it
  double fan_share = 0;                 // f
  double power[3] = {1, 0, 0};          // f1
  double flow[3] = {1, 0, 0};           // f2
  double fan_exponent = 1;              // of f3
  double efficiency = 1;                // eta of the supply
  SupplyLoss loss = SupplyLoss::of_input;
};

struct ItEquipmentState {
  double cpu_w = 0, fan_w = 0, flow = 0, supply_loss_w = 0;
  double input_w() const { return cpu_w + fan_w + supply_loss_w; }
};
ItEquipmentState it_equipment(const ItEquipment& equipment, double load, double inlet_c);

double inlet_c(double supply_c, double room_c, double recirculated);
double outlet_c(double inlet, double heat_w, double flow_m3_per_s, double density_kg_per_m3);      // c_p 1006 J/(kg K)
double supply_heat_index(double supply_c, double inlet, double outlet);

}  // namespace headroom
