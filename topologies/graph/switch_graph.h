// The switches of one fabric under numbers of their own, links side by side as one edge, and its servers by the switches on
// which they hang. Servers pass nothing on: they are no part of a way. Places outside are left out.
#pragma once

#include <vector>

#include "topologies/network/network_graph.h"

namespace headroom {

struct SwitchEdge {
  std::int32_t a = 0, b = 0;            // a < b
  std::int32_t links = 0;               // side by side
  double rate_bit_per_s = 0;            // of all of them, one direction
  LinkId first{};                       // of them
};

// Servers that hang on the same switches.
struct AttachedServers {
  std::vector<std::int32_t> leaves;     // rising
  std::int32_t servers = 0;
};

struct SwitchGraph {
  VertexId first_switch{};              // number 0
  std::int32_t switches = 0;
  std::vector<SwitchEdge> edges;        // by (a, b)
  std::vector<AttachedServers> groups;      // in the order of their first server
  std::vector<std::int32_t> group_of;   // of each server
  // Neighbours of switch s: near[first_near[s]] .. near[first_near[s + 1]], the edges that lead there beside them.
  std::vector<std::int32_t> first_near, near, near_edge;
};

SwitchGraph switch_graph(const NetworkGraph& graph, std::int32_t fabric);

// Ports of a switch of this type that a link of this rate takes: several where it is faster than they are.
std::int64_t ports_of_link(const SwitchSpec& type, DataRate rate);
// All ports of a type, those of uplinks too; those in use on a switch of a graph.
std::int64_t ports_of(const SwitchSpec& type);
std::int64_t ports_used(const NetworkGraph& graph, VertexId of_switch);

// Edges from the nearest of `from` to each switch, -1 where there is no way; without one switch or one edge where asked.
struct WithoutPart {
  std::int32_t of_switch = -1, edge = -1;
};
void breadth_first(const SwitchGraph& graph, const std::vector<std::int32_t>& from, WithoutPart without, std::vector<std::int32_t>& distance);

}  // namespace headroom
