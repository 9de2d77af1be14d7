// What the graph of one fabric says without a run: the largest flow between its halves, ways that share no link, distances,
// and what is cut off by the loss of one switch or link.
//
// Max-flow and edge-disjoint paths (Menger, Fundamenta Mathematicae 10, 1927); articulation points and bridges (Hopcroft and
// Tarjan, CACM 16(6), 1973). Boost.Graph stays inside the .cpp.
#pragma once

#include <string>
#include <vector>

#include "topologies/graph/switch_graph.h"

namespace headroom {

// The servers of a fabric by their order, which is that of pods and groups: the first half against the rest, every server
// sending as fast as its ports do. Servers pass nothing on, so those of one switch and half are one source.
struct Bisection {
  std::int32_t first = 0, second = 0;            // servers in each half
  DataRate rate;                                 // the largest flow from one to the other: one direction
  std::int32_t halved_switches = 0;              // switches with servers of both halves: their flow stays inside
};
Bisection bisection(const NetworkGraph& graph, std::int32_t fabric);

// The largest flow from the servers of one side to those of the other, by number within the fabric.
DataRate flow_between(const NetworkGraph& graph, std::int32_t fabric, const std::vector<char>& on_first_side);

// Ways between switches with servers, from switch to switch, no link in two of them. Pairs that share a switch and pairs
// without a way are left out.
struct PathDiversity {
  std::int64_t pairs = 0;                        // looked at
  bool sampled = false;                          // not all that there are
  int shortest_least = 0, all_least = 0;         // among the shortest ways; among all
  double shortest_median = 0, all_median = 0;
};
PathDiversity path_diversity(const NetworkGraph& graph, std::int32_t fabric, std::int64_t most_pairs = 200, std::uint64_t seed = 1);

// Links from server to server over pairs that have a way, both directions alike.
struct Distances {
  std::int32_t longest = 0;
  double mean = 0;
  std::int32_t starts = 0;                       // groups of servers on the same switches from which all were measured
  bool sampled = false;                          // not every group was a start
};
Distances distances(const NetworkGraph& graph, std::int32_t fabric, std::int64_t most_steps = 1'000'000'000, std::uint64_t seed = 1);

// A switch, or a link between switches, whose loss cuts servers off from the larger part of those that they saw.
struct NetworkSinglePoint {
  VertexId of_switch{};                          // one of the two is valid
  LinkId link{};
  std::int32_t servers = 0;                      // cut off
};
struct NetworkSinglePoints {
  std::vector<NetworkSinglePoint> points;        // the worst first
  std::int32_t single_homed = 0;                 // servers with one link, which is one for that server alone
};
NetworkSinglePoints network_single_points(const NetworkGraph& graph, std::int32_t fabric);

}  // namespace headroom
