// What of a power graph stays while its flow is solved: who hangs on whom, where each draw stands in the sum of what feeds
// it, the losses of each node in normal service.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/physics/battery.h"
#include "sim/physics/stage.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

inline bool is_leaf(const PowerNode& node) { return node.kind == NodeKind::server || is_load_of_its_own(node.kind) || may_give(node.kind); }

struct FlowLayout {
  explicit FlowLayout(const PowerGraph& graph);

  struct Leaf {                                // what a leaf needs at hand
    const ServerSpec* server = nullptr;        // null: a constant load
    double power_factor = 1;
    int supplies = 1, parents = 1;
    bool gives = false;                        // its draw may be negative
  };
  struct Slot {                                // where a node's draw stands in the sum of a parent
    std::uint32_t parent, slot;
  };

  const PowerGraph* graph;
  std::vector<std::int32_t> leaf;              // of each node into all_leaves; -1: none
  std::vector<Leaf> all_leaves;
  std::vector<std::size_t> node_of_server;
  std::vector<std::size_t> nodes_of_level;     // how many
  std::vector<Stage> stages;                   // of each node with all its parents live and all its devices in service
  std::vector<int> battery;                    // of each node into batteries, -1: none
  std::vector<Battery> batteries;
  std::vector<int> level;                      // longest way from a source
  std::size_t levels = 0;
  std::vector<std::uint32_t> first_slot;       // of each node into slots; the last entry ends them
  std::vector<Slot> slots;                     // one for each parent
  std::vector<std::uint32_t> first_child;      // of each node into children; the last entry ends them
  std::vector<NodeId> children;
  std::vector<char> feeds_single_phases;
  std::vector<std::uint32_t> tree, leaves;     // of each node: where its pairwise tree begins, how many leaves
  std::size_t sums = 0;                        // length of all pairwise trees
  std::vector<int> it_slot;                    // of each node into the sum of IT loads, -1: not IT
  std::size_t it_loads = 0;
  std::vector<NodeId> givers;                  // leaves whose draw may be negative
  std::vector<char> gives_below;               // of each node: does one of them hang below it, or is it one?
  std::vector<NodeId> followers;               // loads that follow the IT load
  std::vector<std::int32_t> rack_of;           // of each node: the rack in which it stands, -1
  std::vector<char> it_in_rack;                // of each slot of the sum of IT loads: does it stand in a rack?
  std::vector<char> feeds_racks;               // of each node: does a strip hang on it?
  std::vector<std::uint32_t> feeds_of_racks;   // those nodes

 private:
  void place_slots();
  void place_sums();
  void place_children();
  void describe(std::size_t node);
  void find_givers();
  void find_racks();

  std::vector<std::uint32_t> child_count_;
};

}  // namespace headroom
