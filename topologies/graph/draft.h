// A power graph under construction: what the builders of the path and of the halls share.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "topologies/graph/power_graph.h"

namespace headroom {

class Draft {
 public:
  explicit Draft(const PowerPath& power) : power_(power) {}

  PowerGraph graph;

  void problem(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }
  std::vector<Problem>& problems() { return problems_; }
  void stop_on_problems();

  // Under its name, which no other node has.
  NodeId add(PowerNode node, const Location& where);
  NodeId at(const std::string& name) const { return ids_.at(name); }
  bool has(const std::string& name) const { return ids_.contains(name); }

  // What racks and cooling name as their feeds: nodes of the path that feed something, each once.
  std::vector<NodeId> feeds(const std::vector<std::string>& names, const Location& where, const std::string& who, const std::string& key);

  // A circuit of this rating, tripped by its own breaker, that of the site, or the default one.
  Connection connection(std::optional<Current> rated, const std::optional<Reference<BreakerSpec>>& breaker);
  // What the air around it leaves of a device's rating.
  double derated(const std::optional<DeratingSpec>& derating) const;
  // The first line of a circuit on one phase: those of one feed take turns, so that its three lines stay even.
  int next_line(NodeId feed);

  template <class Spec>
  void set_device(PowerNode& node, const Spec& spec) {
    node.device = device(spec);
    node.type = spec.name;
  }
  void set_battery(PowerNode& node, const std::optional<BatteryFit>& battery);

 private:
  template <class Spec>
  int device(const Spec& spec) {
    for (std::size_t i = 0; i < graph.devices.size(); ++i)
      if (auto const* same = std::get_if<Spec>(&graph.devices[i]); same != nullptr && *same == spec)
        return static_cast<int>(i);
    graph.devices.emplace_back(spec);
    return static_cast<int>(graph.devices.size()) - 1;
  }
  int breaker(const BreakerSpec& spec);

  const PowerPath& power_;
  std::vector<Problem> problems_;
  std::unordered_map<std::string, NodeId> ids_;
  std::unordered_map<std::int32_t, int> lines_;      // circuits on one phase so far, by feed
};

// Hangs a node below another.
void hang(PowerNode& node, NodeId feed, const Connection& connection = {});

// Throws InputError where nodes and circuits make no path: the nodes that the site writes, in the order of their feeding.
void build_path(const PowerPath& power, Draft& draft);
// Racks, what is in them, and what feeds them.
void build_halls(const Site& site, Draft& draft);
// Switches, adapters and the modules of their links, as loads of the racks in which they stand.
void build_switches(const Site& site, Draft& draft);
// Arrays and storage, as leaves of boards.
void build_onsite(const OnsiteSpec& onsite, Draft& draft);
// The machines of the cooling plant, as loads of the nodes that feed them.
void build_cooling_plant(const Site& site, Draft& draft);
// Halls, racks and what the site names, each under a name that no node has.
void build_common_causes(const Site& site, Draft& draft);

}  // namespace headroom
