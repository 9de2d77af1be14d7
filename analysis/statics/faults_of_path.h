// The faults that a contingency analysis goes through.
#pragma once

#include <string>
#include <vector>

#include "topologies/graph/power_graph.h"

namespace headroom {

enum class FaultKind { element, unit, common_cause };
constexpr auto names(FaultKind) {
  return std::array{std::pair{FaultKind::element, "element"}, std::pair{FaultKind::unit, "unit"}, std::pair{FaultKind::common_cause, "common-cause"}};
}

struct PathFault {
  std::string name;                    // of the element or common cause; "ups-a (1 of 3)" of one unit
  FaultKind kind = FaultKind::element;
  std::vector<NodeId> nodes;           // out of service as a whole; of a unit: one of its devices
  bool counts = false;                 // for the scheme: not a rack strip, an enclosure, a rack or a hall
  bool capacity = false;               // one unit of a generator, a UPS or a converter, or of several side by side: what N+1 is about
};

// Every node but servers and single loads; one unit of each that has several; every common cause. In the order of nodes.
std::vector<PathFault> single_faults(const PowerGraph& graph);

}  // namespace headroom
