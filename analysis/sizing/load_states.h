// Loads that a power path is sized by, and the states of it in which it must carry them: with everything in service, after
// each single fault that counts, and both again while no utility lives, where there are generators. (A site that loses the
// grid has lost nothing of its own: what stands behind it must still bear a fault.) Batteries recharge in the states that follow
// their discharge: with everything in service, when power has come back, and where a transfer above them has been made.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/statics/faults_of_path.h"
#include "sim/power/flow.h"

namespace headroom {

struct LoadCase {
  std::string name;                              // "every server full", "36.2 h"
  std::vector<Power> delivered;                  // of each server; empty: full load
  std::vector<std::pair<NodeId, Power>> own;     // what loads of their own draw then, instead of their data sheets' figures
  std::vector<NodeId> only;                      // the nodes for which it counts; empty: all
};

LoadCase full_load_case();
// Of each node of a graph: does the case count for it?
std::vector<char> counts_for(const LoadCase& loads, std::size_t nodes);

class LoadStates {
 public:
  explicit LoadStates(const PowerGraph& graph);

  // Of each state what is lost in it; "" with everything in service.
  const std::vector<std::string>& names() const { return names_; }
  // Solves every state; `changed`: the nodes in which it may differ from one that was seen before, all of them at first.
  using Look = std::function<void(const PowerFlow& flow, std::size_t state, std::span<const NodeId> changed)>;
  void each(const LoadCase& loads, const Look& look) const;

 private:
  // Behind a battery, what it bridges until it has moved.
  struct Bridged {
    NodeId battery;
    std::vector<NodeId> transfers;
  };
  void add_bridged(std::size_t node);
  void recharge(PowerFlow& flow, bool all) const;
  void each_fault(PowerFlow& flow, std::size_t first_state, const std::vector<PathFault>& faults, const Look& look) const;

  const PowerGraph& graph_;
  std::vector<PathFault> faults_, without_utilities_;      // without_utilities_: that are left when no utility lives
  std::vector<Bridged> bridged_;
  std::vector<NodeId> all_;
  std::vector<std::string> names_;
};

}  // namespace headroom
