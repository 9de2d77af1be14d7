// Small formulas of standby power: fuel, hold-up of power supplies, availability of redundant units.
#pragma once

#include "topologies/equipment/specs.h"

namespace headroom {

// Fuel that `running` generators use at this output together, evenly shared: straight lines between the points of the data
// sheet, the first and last one continued [l/s].
double fuel_use_l_per_s(const GeneratorSpec& spec, double output_w, int running);

// How long a server's supplies carry it without input: the stored energy is that of `hold_up` at full load.
Duration hold_up(const ServerSpec& spec, Power delivered);

// At least k of n independent units with availability a: sum of C(n,i) a^i (1-a)^(n-i) from k to n.
double k_of_n_availability(int k, int n, double a);
// Share of time in which at least one of two units works, each failing at rate 1/mtbf and repaired at 1/mttr by a crew of
// its own (Markov chain of 3 states).
double two_unit_availability(double mtbf_s, double mttr_s);

}  // namespace headroom
