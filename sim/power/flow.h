// The power solve: what flows through every node of a power graph for given loads and faults.
//
// A value without a clock: set loads, faults and positions, `update()`, read; `undo()` takes back everything since
// `begin_trial()`, at the cost of what changed. Trials may stand inside each other. At every energised node
//
//   output = sum of what its children draw from it          (fixed pairwise tree: an incremental solve equals a full
//   input  = output + loss(output) + stored                   one bit for bit)
//   each live parent carries input / (number of live parents)
//
// A node is energised when it is in service and a source reaches it over closed connections: a utility, a generator that
// runs, or its own battery. A node that is not has neither load nor loss. On its battery a node draws nothing; what the
// battery gives, `stored`, is negative then. Here is no behaviour: who opens, starts or discharges is power_system.h's.
// The cooling overhead follows the IT load: P = fixed + proportional * P_IT. Here it hangs on nodes whose losses do not
// feed back into it, so one sweep is exact; a plant that sees the losses will need the iteration of the cooling room.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/sum.h"
#include "sim/physics/server_power.h"
#include "sim/power/flow_layout.h"

namespace headroom {

struct NodeFlow {
  Load output, input;
  Power loss;
  Power stored;               // into its battery, the battery's own losses taken off; negative while it discharges
  int live_parents = 0;       // that it draws from: 0 at a source and on battery
  bool energised = false;
  constexpr bool operator==(const NodeFlow&) const = default;
};

// off: no battery, or nothing in it. ready: carries the node as soon as it has no input. charging: the same, and draws what
// fills it. carrying: carries the node though it has an input.
enum class Storage : char { off, ready, charging, carrying };

class PowerFlow {
 public:
  // All servers idle, all auxiliary loads on, everything in service, generators off, every connection closed but those of a
  // transfer node to any parent but its first; solved.
  explicit PowerFlow(const PowerGraph& graph);

  // What a server delivers to its parts, where its data sheet measures it (see server_power.h).
  void set_server_power(ServerId server, Power delivered);
  void set_in_service(NodeId node, bool in_service);
  // So many of its devices side by side work; none: it is out of service.
  void set_units(NodeId node, int units);
  // The breaker or contact between a node and its parent of that number.
  void set_closed(NodeId node, std::size_t parent, bool closed);
  void set_running(NodeId generator, bool running);
  void set_storage(NodeId node, Storage mode);
  // A UPS feeds through, without its losses.
  void set_bypass(NodeId node, bool bypass);
  void set_auxiliary_power(NodeId node, Power power);
  // What an array gives, and what storage draws at its terminals (gives: negative) and puts away of it (takes out: negative).
  void set_generation(NodeId photovoltaic, Power given) { set_auxiliary_power(photovoltaic, -given); }
  void set_storage_power(NodeId storage, Power drawn, Power stored);
  // Cooling and the rest as a share of the IT load, where it changes with the weather.
  void set_overhead_share(double proportional) { overhead_share_ = proportional; }
  // As if every rack stood there `scale` times: what it draws, and its IT load, count so often above it.
  void set_rack_scale(double scale);
  // As if what stands in a rack drew `times` what it draws: for what feeds its strip, and for the IT load. A strip may have
  // its own share, where the loads of cords were measured and are not even.
  void set_strip_times(NodeId strip, double times);
  void set_rack_times(std::vector<double> times_by_rack);

  // Will the next update() look at who is fed?
  bool switched() const { return topology_changed_; }
  // Solves what changed. Throws ContractError when a node's input is not output + loss.
  void update();
  // Solves everything anew; the same bits as update().
  void solve_all();

  const NodeFlow& at(NodeId node) const { return state_.flows[static_cast<std::size_t>(node)]; }
  // The nodes whose flow the last update() changed, in no order a caller may rely on.
  std::span<const NodeId> changed() const { return changed_; }
  Power it_power() const;
  Power facility_power() const;       // drawn from all utilities, generators and arrays, and from what storage held
  bool running(NodeId source) const { return state_.running[static_cast<std::size_t>(source)] != 0; }
  bool bypass(NodeId node) const { return state_.bypass[static_cast<std::size_t>(node)] != 0; }
  int units(NodeId node) const { return state_.units[static_cast<std::size_t>(node)]; }
  bool in_service(NodeId node) const { return units(node) > 0; }
  bool closed(NodeId node, std::size_t parent) const { return state_.closed[layout_.first_slot[static_cast<std::size_t>(node)] + parent] != 0; }
  // Could it draw from this parent now?
  bool connected(NodeId node, std::size_t parent) const { return closed(node, parent) && at(layout_.graph->nodes[static_cast<std::size_t>(node)].parents[parent]).energised; }
  bool has_input(NodeId node) const { return live_parents(static_cast<std::size_t>(node)) > 0; }
  Storage storage(NodeId node) const { return state_.storage[static_cast<std::size_t>(node)]; }
  bool on_battery(NodeId node) const { return carried_by_battery(static_cast<std::size_t>(node), live_parents(static_cast<std::size_t>(node))); }

  // What hangs on a node, in the order of numbers, and what one of them draws from it.
  std::span<const NodeId> children(NodeId node) const;
  Load drawn_from(NodeId child, NodeId parent) const;
  bool feeds_single_phases(NodeId node) const { return layout_.feeds_single_phases[static_cast<std::size_t>(node)] != 0; }

  void begin_trial();
  void undo();
  // Every node that was set or whose flow changed since the trial began: each at least once, in no order.
  std::span<const NodeId> changed_in_trial() const;

  const PowerGraph& graph() const { return *layout_.graph; }

 private:
  struct PowerPair {                  // W and var, bare: this is the inner loop
    double p = 0, q = 0;
    bool operator==(const PowerPair&) const = default;
  };
  struct State {                      // everything that update() changes
    std::vector<NodeFlow> flows;
    std::vector<PowerPair> sums;      // one pairwise tree a node, one after the other
    std::vector<double> demand_w;     // of servers (delivered) and auxiliary loads; at the terminals of arrays and storage; of a rack strip: how often its draw counts
    std::vector<double> put_away_w;   // by storage; of each giver
    std::vector<int> units;           // in service, of each node's devices side by side
    std::vector<char> closed;         // of each slot
    std::vector<char> running;        // sources that are on: utilities, generators
    std::vector<Storage> storage;
    std::vector<char> bypass;
    double rack_scale = 1;
    std::vector<double> rack_times;   // of each rack, for its IT load; empty: 1
    PairwiseSum it{0};                // input of everything on the IT side, racks unscaled
  };
  // What a trial changes first, it notes; undo() puts it back in reverse.
  struct NodeBefore {
    NodeFlow flow;
    double demand_w, it_w;
    int units;
    char running, bypass;
    Storage storage;
  };
  struct SlotBefore {
    std::uint32_t slot;
    PowerPair draw;
    char closed;
  };
  struct Trial {
    std::uint64_t number;
    std::size_t nodes, slots;         // how many notes there were when it began
    double rack_scale;
  };

  void begin_state();
  void mark(std::size_t node) {
    if (is_marked_[node] == 0) enlist(node);
  }
  void enlist(std::size_t node);
  void mark_energised();
  void solve(std::size_t node);
  NodeFlow flow_of(std::size_t node) const;
  void solve_leaf(std::size_t node, const FlowLayout::Leaf& leaf);
  PowerPair drawn_by_children(std::size_t node) const;
  void pass_up(std::size_t node, double times);
  Power stored_at(std::size_t node) const;
  void set_it(std::size_t node, double input_w);
  void add_up(std::size_t node);
  bool is_usual(std::size_t node, int live_parents) const;       // all its devices and feeds work
  Stage unusual_stage(std::size_t node, int live_parents) const;
  void store(std::size_t node, NodeFlow& flow, double tan_phi) const;
  bool carried_by_battery(std::size_t node, int live_parents) const;
  void mark_switched(NodeId node);
  void queue(std::size_t node);
  void look_at_feed(std::size_t node);
  void forget_marks();
  // Only inside a trial is there anything to note: this is the inner loop.
  void note(std::size_t node) {
    if (!trials_.empty()) write_note(node);
  }
  void note_slot(std::size_t slot) {
    if (!trials_.empty()) write_slot_note(slot);
  }
  void write_note(std::size_t node);
  void write_slot_note(std::size_t slot);
  void put_back(std::size_t node, const NodeBefore& before);
  PowerPair draw(std::size_t slot) const { return state_.sums[layout_.tree[layout_.slots[slot].parent] + layout_.leaves[layout_.slots[slot].parent] + layout_.slots[slot].slot]; }
  void set_draw(std::size_t slot, PowerPair drawn) {
    FlowLayout::Slot const at = layout_.slots[slot];
    PowerPair& place = state_.sums[layout_.tree[at.parent] + layout_.leaves[at.parent] + at.slot];
    if (place == drawn) return;
    note_slot(slot);
    if (in_bulk_) {
      place = drawn;
      is_stale_[at.parent] = 1;
    } else {
      put_draw(slot, drawn);
    }
    mark(at.parent);
  }
  void put_draw(std::size_t slot, PowerPair drawn) {
    FlowLayout::Slot const at = layout_.slots[slot];
    PowerPair* const tree = &state_.sums[layout_.tree[at.parent]];
    std::uint32_t i = layout_.leaves[at.parent] + at.slot;
    tree[i] = drawn;
    for (i /= 2; i >= 1; i /= 2) tree[i] = {tree[2 * i].p + tree[2 * i + 1].p, tree[2 * i].q + tree[2 * i + 1].q};
  }
  void solve_marked();
  int live_parents(std::size_t node) const;

  FlowLayout layout_;
  double overhead_share_;
  State state_;
  std::vector<Trial> trials_;                    // the innermost last
  std::vector<NodeId> noted_;                    // the nodes of nodes_before_
  std::vector<NodeBefore> nodes_before_;
  std::vector<SlotBefore> slots_before_;
  std::vector<std::uint64_t> node_noted_, slot_noted_;   // number of the trial that noted them last
  std::uint64_t trials_begun_ = 0;
  std::vector<std::vector<std::uint32_t>> marked_, queued_;   // by level: to be solved, to be asked whether they are fed
  std::vector<char> is_marked_, is_queued_;
  // While many nodes of a level change, their draws are put down first and added up when the node above is solved.
  bool in_bulk_ = false, it_is_stale_ = false;
  mutable std::optional<double> it_in_racks_w_;  // unscaled; nothing: to be added up
  std::vector<char> is_stale_;                   // of each node: its tree is to be added up
  std::vector<NodeId> changed_;
  bool topology_changed_ = false;
};

}  // namespace headroom
