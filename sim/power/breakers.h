// The breakers of all rated connections: each gathers damage from the current through it and opens.
//
// A breaker sees what its connection carries, the fullest line of the three where loads on one phase hang below it. Thermal
// curves remember every load; the others only what lay above their pickup.
#pragma once

#include <set>
#include <vector>

#include "sim/power/overload.h"
#include "sim/power/power_state.h"

namespace headroom {

class Breakers {
 public:
  explicit Breakers(PowerState& shared);

  bool watches(NodeId node) const { return first_[static_cast<std::size_t>(node)] != first_[static_cast<std::size_t>(node) + 1]; }
  // The node's flow has changed.
  void look(NodeId node);
  // Opens what is due; true: the flow must be solved again.
  bool trip_due();
  Instant next() const { return dates_.empty() ? never : dates_.begin()->first; }

 private:
  struct Rated {
    NodeId node;
    std::size_t parent = 0;
    double rated_va = 0;
    Overload overload;
    Instant since, due = never;
    std::int64_t cause = 0;            // the last change before its load passed the pickup
  };
  void set_due(std::size_t index, Instant due);

  PowerState& shared_;
  std::vector<Rated> rated_;           // in the order of nodes and parents
  std::vector<std::size_t> first_;     // of each node into rated_; the last entry ends them
  std::set<std::pair<Instant, std::size_t>> dates_;
};

}  // namespace headroom
