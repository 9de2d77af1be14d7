// What is plugged into the ports of a link, and which load of the power graph carries what servers have plugged in.
#pragma once

#include <fmt/format.h>

#include <string>

#include "topologies/graph/power_graph.h"

namespace headroom {

// What one end of a link draws: its module, or its end of the cable.
inline Power plugged_power(const NetworkGraph& network, const NetworkLink& link) {
  if (link.optic >= 0) return network.optics[static_cast<std::size_t>(link.optic)].power;
  if (link.cable >= 0) return network.cables[static_cast<std::size_t>(link.cable)].power;
  return {};
}

// The adapters and modules of a fabric in one rack are one load: "h1/gpu-3/back-end adapters".
inline std::string adapters_name(const std::string& rack, const std::string& fabric) { return fmt::format("{}/{} adapters", rack, fabric); }

}  // namespace headroom
