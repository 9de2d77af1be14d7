// Overloads followed to their end: whatever is loaded above what its trip curve bears opens, the soonest first; what it
// carried moves to others; and again, until nothing is overloaded.
//
// Breakers of rated connections open. A UPS goes to its bypass where it has one (unprotected, but fed), or off; a generator
// goes off. Times are those of constant load from a long time at the load before the fault; damage gathered while another
// one was sooner is kept.
#pragma once

#include <string>
#include <vector>

#include "sim/physics/protection.h"
#include "sim/power/steady_state.h"

namespace headroom {

struct CascadeStep {
  std::string element, effect;         // "pdu-1 circuit from ups-b", "opens"; "ups-b", "bypass" or "off"
  double load = 0;                     // share of its rating
  double after_s = 0;                  // at that load
  double at_s = 0;                     // from the fault
};

class Cascade {
 public:
  // `normal`: the loads before any fault.
  explicit Cascade(const PowerFlow& normal);

  // Nodes of which something is loaded above its pickup.
  std::vector<NodeId> overloaded(const PowerFlow& flow) const;
  // The next step, taken and solved; false: nothing trips. Inside a trial of the flow; `hot`: what was overloaded before it.
  bool step(PowerFlow& flow, SteadyState& steady, const std::vector<NodeId>& hot, CascadeStep& taken);
  // Before another cascade.
  void forget();

 private:
  struct Watched {
    NodeId node;
    int connection;                    // -1: the device itself
    double rated_w, rated_va;          // of a connection: rated_va; of one device: both
    TripCurve curve;
    double pickup, load_before;
  };
  struct Gathered {
    std::size_t watched;
    double load, exposure;
  };
  void watch(const PowerGraph& graph, NodeId node);
  double load(const PowerFlow& flow, const Watched& watched) const;
  bool any_overloaded(const PowerFlow& flow, NodeId node) const;
  void gather(const PowerFlow& flow, NodeId node);
  double exposure(std::size_t watched) const;
  void pass(double seconds);
  void open(PowerFlow& flow, SteadyState& steady, const Watched& watched, CascadeStep& taken);
  bool leave_bypass(PowerFlow& flow);

  std::vector<Watched> watched_;
  std::vector<std::size_t> first_;     // of each node into watched_; the last entry ends them
  std::vector<Gathered> now_, before_; // overloaded now; damage kept from earlier steps
  std::vector<NodeId> bypassed_;
  double at_s_ = 0;
};

}  // namespace headroom
