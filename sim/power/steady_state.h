// What the power path comes to when every transfer has been made: each transfer node stands on its first source that lives,
// generators run where something hangs on them, and batteries carry nothing any more. No clock: how long it takes to get
// there is power_system.h's.
//
// A pure function of what is in service: the order in which faults arose does not matter. A generator in service counts as
// able to run; whether it starts, and for how long its fuel lasts, is not asked here.
#pragma once

#include <vector>

#include "sim/power/flow.h"

namespace headroom {

class SteadyState {
 public:
  explicit SteadyState(const PowerGraph& graph);

  // Sets positions, generators and batteries, and solves the flow.
  void settle(PowerFlow& flow);
  // An overload has opened this connection; a transfer node does not close on it any more. Connections of others are the
  // flow's.
  void trip(NodeId node, std::size_t parent) { tripped_.push_back({node, parent}); }
  void reset() { tripped_.clear(); }

  // Of the last settle(): the source a transfer node stands on; `no_source` where none lives.
  static constexpr int no_source = -1;
  int position(NodeId transfer_node) const { return position_[static_cast<std::size_t>(transfer_node)]; }
  bool moved() const { return moved_; }          // does one stand elsewhere than with everything in service?
  bool is_tripped(NodeId node, std::size_t parent) const;

 private:
  void find_path();
  void look_for_sources(const PowerFlow& flow);
  void look_for_needs(const PowerFlow& flow);
  bool lives(const PowerFlow& flow, NodeId node) const;
  bool needs(const PowerFlow& flow, NodeId node) const;
  void apply(PowerFlow& flow) const;

  const PowerGraph& graph_;
  std::vector<NodeId> path_;            // transfer nodes and all that is above them, sources first
  std::vector<NodeId> transfers_, batteries_;
  std::vector<char> on_path_;           // of each node
  std::vector<char> lives_, needed_;    // of each node of the path
  std::vector<int> position_;           // of each node
  std::vector<std::pair<NodeId, std::size_t>> tripped_;
  bool moved_ = false;
};

// The same for a flow in which nothing has tripped.
void transfer_to_steady_state(PowerFlow& flow);

}  // namespace headroom
