// What a server draws at a given load, and what its power supplies take from their cords. Pure functions.
#pragma once

#include "sim/physics/stage.h"
#include "topologies/equipment/specs.h"

namespace headroom {

// How busy a server is: shares of its cores and of its accelerators, 0..1.
struct Utilisation {
  double cpu = 0;
  double gpu = 0;
};

// Power where the data sheet measures it (wall or dc).
//   linear:      P_idle + (P_full - P_idle) u                                    [Fan et al. 2007, baseline form]
//   curve:       piecewise linear through the 11 points of SPECpower_ssj2008
//   components:  sum over processors and accelerators of idle + u (full - idle), plus constants   [ExaDigiT/RAPS]
Power server_power(const ServerPower& model, Utilisation busy);

// What one power supply takes in to deliver `output`.
// Above the first point the efficiency is interpolated linearly in load (above the last it is held); below the first
// point the loss c0 + c1 x + c2 x^2 through the three lowest points is used, so that the loss at zero output is c0 > 0.
Power supply_input(const PowerSupplySpec& spec, Power rating, Power output);

// What the whole server takes from `live_supplies` supplies that share its load evenly; with none live, nothing.
// `delivered` is server_power(); for a wall server it is the input already.
Load server_input(const ServerSpec& spec, Power delivered, int live_supplies);

}  // namespace headroom
