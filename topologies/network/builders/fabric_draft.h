// One fabric under construction: what the builders of all shapes share.
//
// Its ends are numbered: first its servers, in the order of the site; then its switches from the lowest tier up; then
// places outside. network_graph.cpp turns the drafts of all fabrics into one graph.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topologies/network/places.h"

namespace headroom {

using End = std::int32_t;

struct DraftSwitch {
  std::string name;                        // with the fabric's
  int tier = 0, group = -1;
  const SwitchSpec* type = nullptr;        // nothing: draws nothing, no ports to count
  std::int32_t rack = -1;                  // found by place_switches() where the builder leaves it out
  bool elsewhere = false;                  // stands in no rack
  std::optional<Backplane> backplane;
};

struct DraftLink {
  End a = 0, b = 0;                        // a: the lower end
  int tier = 0;
  DataRate rate;
  Duration latency;
  bool wan = false, shared = false;
  std::optional<Length> length;            // as written
};

class FabricDraft {
 public:
  FabricDraft(const FabricSpec& spec, const Places& places, std::vector<Problem>& problems);

  const FabricSpec& spec;
  const Places& places;
  std::vector<std::int32_t> servers;       // that hang on it: indices into PowerGraph::servers
  std::vector<std::int32_t> racks;         // in which they stand, in their order
  std::vector<DraftSwitch> switches;
  std::vector<std::string> outside;        // names
  std::vector<DraftLink> links;
  int ports = 1;                           // of each server
  DataRate rate;                           // of a server's port

  void problem(const std::string& what) { problem(spec.where, what); }
  void problem(const Location& where, const std::string& what);
  bool has_problems() const { return has_problems_; }

  std::int64_t server_ports() const { return static_cast<std::int64_t>(servers.size()) * ports; }
  End end_of_switch(std::size_t index) const { return static_cast<End>(servers.size() + index); }
  const SwitchSpec& leaf_type() const { return spec.leaf->value; }
  const SwitchSpec& spine_type() const { return spec.spine ? spec.spine->value : leaf_type(); }
  const SwitchSpec& core_type() const { return spec.core ? spec.core->value : spine_type(); }

  // False, and a problem, where a shape asks for more switches than anybody has.
  bool can_have(double switches);
  End add_switch(const std::string& name, int tier, const SwitchSpec& type, int group = -1);
  // Switches NAME-1, NAME-2, ...; the first of them.
  End add_switches(const std::string& name, int count, int tier, const SwitchSpec& type);
  void link_server(std::size_t server, End leaf) { add_link(static_cast<End>(server), leaf, 0, rate); }
  // Between switches: `tier` is one more than that of the lower one.
  void add_link(End lower, End upper, int tier, DataRate rate);

  // Ways out of the site; after all switches.
  void add_wan();
  // Racks of switches that have none: leaves stand with their first server, others in the racks of `switch_racks` or of
  // the fabric in turn.
  void place_switches();
  // More links on a switch than it has ports, and parts that do not see each other.
  void check_ports();
  void check_connected();

 private:
  std::vector<std::int32_t> racks_called(const std::vector<std::string>& names, const char* key);
  std::vector<End> border_switches(const WanLink& wan);

  std::vector<Problem>& problems_;
  bool has_problems_ = false;
  std::size_t turn_ = 0;                   // of WAN links that name no switch
};

// "front-end/leaf-3", or without the fabric.
std::optional<std::size_t> find_switch(const FabricDraft& draft, const std::string& name);

}  // namespace headroom
