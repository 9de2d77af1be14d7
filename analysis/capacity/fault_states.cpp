#include "analysis/capacity/fault_states.h"

#include <algorithm>

namespace headroom {

std::vector<PathFault> counted_faults(const PowerGraph& graph) {
  auto out = single_faults(graph);
  std::erase_if(out, [](const PathFault& fault) { return !fault.counts; });
  return out;
}

void take_out(const PathFault& fault, PowerFlow& flow, SteadyState& steady) {
  for (NodeId node : fault.nodes) flow.set_units(node, fault.kind == FaultKind::unit ? std::max(0, flow.units(node) - 1) : 0);
  steady.settle(flow);
}

}  // namespace headroom
