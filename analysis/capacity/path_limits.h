// What each node of the power path may carry for hours, in one list: the figure that planners use, after derating and the
// code's rule for continuous loads. A limit in amperes is one of apparent power at the voltage where it stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/power/flow.h"

namespace headroom {

enum class Carries { output_w, output_va, connection_va, facility_w };

struct PathLimit {
  NodeId node;                         // of the connection: invalid
  const char* unit = "";               // kW, kVA, A; "circuit A" of a connection to what feeds it
  Carries what = Carries::output_w;
  double allowed = 0;                  // in that unit
  double rated = 0;                    // of the device, before derating and the code's rule
  double si_per_unit = 1;              // W or VA
  int needed = 1;                      // devices side by side that the rating counts: those that are lost beyond the spare ones are missing
  bool in_rack = false;                // of a strip: what it carries grows with its rack
};

// In the order of nodes. `strips`: those of racks, too; new racks bring their own, more load in today's racks does not.
// `connection`: what may be drawn from all utilities together; the last.
std::vector<PathLimit> path_limits(const PowerGraph& graph, bool strips, std::optional<Power> connection);
std::string name_of(const PathLimit& limit, const PowerGraph& graph);

// In its unit, with the devices that are in service.
double allowed_now(const PathLimit& limit, const PowerFlow& flow);
// Carried over allowed; of a strip with what its rack counts.
double used_share(const PathLimit& limit, const PowerFlow& flow, double strip_times);

}  // namespace headroom
