// The power solve: what flows through every node of a power graph for given loads and faults.
//
// A value without a clock: set loads and faults, `update()`, read; `undo()` takes back everything since `begin_trial()`.
// At every energised node
//
//   output = sum of what its children draw from it          (fixed pairwise tree: an incremental solve equals a full
//   input  = output + loss(output)                            one bit for bit)
//   each live parent carries input / (number of live parents)
//
// A node is energised when it is in service and a utility reaches it. A node that is not has neither load nor loss.
// The cooling overhead follows the IT load: P = fixed + proportional * P_IT. Here it hangs on nodes whose losses do not
// feed back into it, so one sweep is exact; a plant that sees the losses will need the iteration of the cooling room.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/sum.h"
#include "sim/physics/server_power.h"
#include "sim/physics/stage.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

struct NodeFlow {
  Load output, input;
  Power loss;
  int live_parents = 0;       // 0 at a utility
  bool energised = false;
  constexpr bool operator==(const NodeFlow&) const = default;
};

class PowerFlow {
 public:
  // All servers idle, all auxiliary loads on, everything in service; solved.
  explicit PowerFlow(const PowerGraph& graph);

  // What a server delivers to its parts, where its data sheet measures it (see server_power.h).
  void set_server_power(ServerId server, Power delivered);
  void set_in_service(NodeId node, bool in_service);
  void set_auxiliary_power(NodeId node, Power power);
  // As if every rack stood there `scale` times: what it draws, and its IT load, count so often above it.
  void set_rack_scale(double scale);

  // Solves what changed. Throws ContractError when a node's input is not output + loss.
  void update();
  // Solves everything anew; the same bits as update().
  void solve_all();

  const NodeFlow& at(NodeId node) const { return state_.flows[static_cast<std::size_t>(node)]; }
  // The nodes whose flow the last update() changed, in no order a caller may rely on.
  std::span<const NodeId> changed() const { return changed_; }
  Power it_power() const { return Power::from_si(state_.it.value()); }
  Power facility_power() const;       // drawn from all utilities
  bool in_service(NodeId node) const { return state_.in_service[static_cast<std::size_t>(node)] != 0; }

  void begin_trial();
  void undo();

  const PowerGraph& graph() const { return *graph_; }

 private:
  struct PowerPair {                  // W and var, bare: this is the inner loop
    double p = 0, q = 0;
    bool operator==(const PowerPair&) const = default;
  };
  struct Slot {                       // where a node's draw stands in the sum of a parent
    std::uint32_t parent, slot;
  };
  struct State {                      // everything that update() changes
    std::vector<NodeFlow> flows;
    std::vector<PowerPair> sums;      // one pairwise tree a node, one after the other
    std::vector<double> demand_w;     // of servers (delivered) and auxiliary loads
    std::vector<char> in_service;
    double rack_scale = 1;
    PairwiseSum it{0};                // input of everything on the IT side
  };

  void lay_out();
  void mark(std::size_t node);
  void mark_energised();
  void solve(std::size_t node);
  NodeFlow flow_of(std::size_t node) const;
  Load leaf_draw(std::size_t node, int live_parents) const;
  void pass_up(std::size_t node);
  void set_draw(Slot slot, PowerPair draw);
  void solve_marked();
  int live_parents(std::size_t node) const;

  const PowerGraph* graph_;
  // fixed
  std::vector<Stage> stages_;                    // of each node with all its parents live
  std::vector<int> level_;                       // longest way from a utility
  std::vector<std::uint32_t> first_slot_;        // of each node into slots_; the last entry ends them
  std::vector<Slot> slots_;                      // one for each parent
  std::vector<std::uint32_t> tree_, leaves_;     // of each node: where its pairwise tree begins, how many leaves
  std::vector<int> it_slot_;                     // of each node into it_, -1: not IT
  std::vector<NodeId> followers_;                // loads that follow the IT load
  // changing
  State state_;
  std::unique_ptr<State> before_trial_;
  std::vector<std::vector<std::uint32_t>> marked_;   // by level
  std::vector<char> is_marked_;
  std::vector<NodeId> changed_;
  bool topology_changed_ = false;
};

}  // namespace headroom
