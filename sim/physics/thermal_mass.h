// The air of a room and all that warms with it, as one heat capacity. Exact while heat and outdoors are constant.
//
//   C dT/dt = Q - UA (T - T_out)     Q: heat that comes in less what is removed [W]
//   UA > 0:  T(t) = T_end + (T_0 - T_end) e^(-t UA / C),   T_end = T_out + Q / UA
//   UA = 0:  T(t) = T_0 + Q t / C
// Valid as long as the room is mixed: minutes, not the first seconds at a rack. [docs/models.md]
#pragma once

namespace headroom {

struct ThermalMass {
  double capacity_j_per_k = 0, heat_loss_w_per_k = 0;
};

double temperature_after_c(const ThermalMass& mass, double start_c, double outdoor_c, double net_w, double seconds);
// Until it has this temperature; infinite where it never will, 0 where it has it.
double time_to_reach_s(const ThermalMass& mass, double start_c, double outdoor_c, double net_w, double limit_c);

}  // namespace headroom
