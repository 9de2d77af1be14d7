// A hall as one thermal mass: C dT/dt = q - UA (T - T_out), q the heat that goes in beyond what is removed [W].
//
// Closed forms while q and T_out stand: an exponential towards T_out + q/UA with the time constant C/UA, or, where
// UA = 0, a straight line of q/C kelvin a second. Exact for every step; C in J/K > 0, UA in W/K >= 0, temperatures in C.
#pragma once

#include <limits>

namespace headroom {

struct ThermalMass {
  double capacity_j_per_k = 1, loss_w_per_k = 0;
};

constexpr double never_s = std::numeric_limits<double>::infinity();

double temperature_after_c(const ThermalMass& mass, double now_c, double net_w, double outdoor_c, double seconds);

// Until it passes or reaches `limit_c`, from whichever side it is; 0 where it is there, never_s where it does not come there.
double seconds_to_reach(const ThermalMass& mass, double now_c, double net_w, double outdoor_c, double limit_c);

// Where it comes to rest: infinite in either direction without heat loss.
double resting_c(const ThermalMass& mass, double now_c, double net_w, double outdoor_c);

}  // namespace headroom
