// The gap between a fault and the end of all transfers: who carries the load meanwhile, and does it last?
//
// A transfer takes its detection, the run-up of a generator that has to start, and its own time; a UPS then takes the load
// back over its walk-in. Batteries carry what is below them for so long as they can at that load; a server rides through what
// its supplies hold. What a battery carried that gives up is on the others from then on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/physics/battery.h"
#include "sim/power/steady_state.h"

namespace headroom {

struct Bridge {
  std::string node;
  double autonomy_s = 0;
  std::optional<double> needed_s;      // nothing: its input does not come back
  bool holds = false;
};

struct Gap {
  std::optional<Bridge> bridge;        // the battery that has least to spare
  int batteries = 0;                   // how many carry something
  std::vector<int> racks, servers;     // dark for a while, or from then on
  std::optional<double> first_dark_s;  // earliest, from the fault
};

class Bridges {
 public:
  // `normal`: positions and generators before the fault.
  explicit Bridges(const PowerFlow& normal, const std::vector<Power>& delivered);

  // Inside a trial in which the fault has come to its steady state; leaves the flow as it was.
  Gap gap(PowerFlow& flow, const SteadyState& steady);

 private:
  struct Draining {
    NodeId node;
    Battery battery;
    double left_j, needed_s;           // infinite where its input does not come back
    bool gave_up = false;
    double at_s = 0;                   // when
  };
  bool is_bridged(const PowerFlow& flow, const SteadyState& steady) const;
  void find_return_times(const PowerFlow& flow, const SteadyState& steady);
  double return_s(const PowerFlow& flow, const SteadyState& steady, NodeId node) const;
  double transfer_s(const SteadyState& steady, NodeId node) const;
  void back_to_fault(PowerFlow& flow, const SteadyState& steady) const;
  void carry(PowerFlow& flow);
  bool give_up(PowerFlow& flow);
  double seconds_left(const PowerFlow& flow, const Draining& draining) const;
  Bridge bridge_of(const PowerFlow& flow, const Draining& draining) const;
  void count_dark(const PowerFlow& flow, Gap& gap) const;

  const PowerGraph& graph_;
  std::vector<NodeId> transfers_, batteries_;
  std::vector<int> position_;          // of each node, before the fault
  std::vector<char> running_;          // of each node, before the fault
  std::vector<double> hold_up_s_;      // of each server
  std::vector<double> back_s_;         // of each node: its input is back so long after the fault
  std::vector<Draining> draining_;
  double now_s_ = 0;                   // since the fault
};

}  // namespace headroom
