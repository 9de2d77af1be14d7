// Three lines and what each carries: loads on one phase do not share them evenly.
//
// A load between a line and neutral draws I = conj(S / V) on that line; between two lines, I = conj(S / V) of that pair out
// of one and back into the other. Three-phase loads draw the same on each. Currents add as phasors, at nominal voltages
// 120 degrees apart. One phase at 200-210 V or from 380 V up lies between two lines, at any other voltage (120, 230, 277 V)
// between a line and neutral. Valid for what hangs directly on one node; a transformer or a UPS above it counts as balanced.
#pragma once

#include <array>

#include "sim/power/flow.h"

namespace headroom {

// Amperes on L1, L2, L3 of a node's output, at the voltage of what hangs on it.
std::array<double, 3> line_currents(const PowerFlow& flow, NodeId node);
// The fullest line's current over that of the same load balanced; 1 where nothing on one phase hangs on the node.
double line_imbalance(const PowerFlow& flow, NodeId node);

}  // namespace headroom
