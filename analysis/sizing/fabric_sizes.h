// The fabric that the traffic between racks asks for, instead of the one that is there.
//
//   o = clamp(N r / (T (1 + m)), 1, o_max)                 oversubscription that would do
//   d = floor(P o / (1 + o)), u = P - d                    ports of a leaf down and up
//   L = ceil(N / d), S = the least number >= L u / P       leaves, spines
//       that divides u or is a multiple of it
//   links between switches: L u
//
// N ports of servers at r bit/s; T bit/s between racks, not exceeded in 99.9 % of the run's recorded time; m margin; P ports of
// a switch. Two tiers hold N <= d P. Source: leaf-spine after Clos 1953, as its builders count it; that a fabric may
// be oversubscribed by what its traffic leaves free is our rule, m and o_max are assumptions. The percentile forgets bursts
// shorter than a recorded interval. Only fabrics of the shape leaf-spine are told; of others, why not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/measures/network_measures.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

struct FabricMargins {
  double margin = 0.5;                 // m
  double most_oversubscription = 8;    // o_max
};

// What a leaf-spine fabric of so many ports takes.
struct LeafSpineCount {
  double oversubscription = 1;
  int down = 0, up = 0;                // ports of a leaf
  std::int64_t leaves = 0, spines = 0, switch_links = 0;
  std::int64_t switches() const { return leaves + spines; }
};
// Nothing where two tiers do not hold them. `ports` of a switch > 1, oversubscription >= 1.
std::optional<LeafSpineCount> leaf_spine_count(std::int64_t server_ports, int ports, double oversubscription);

// The oversubscription that would do.
double sufficient_oversubscription(double offered_bit_s, double cross_rack_bit_s, const FabricMargins& margins);

struct FabricSizes {
  std::string fabric;
  std::string why_not;                 // where there is nothing to size, or nothing to size it from
  std::int64_t server_ports = 0;
  double port_gbit_s = 0, cross_rack_gbit_s = 0;
  std::int64_t switches_built = 0;
  LeafSpineCount built, sized;         // both by the formula, of equal switches
};

// Of each fabric of the site. `measured`: nothing where the run had no network.
std::vector<FabricSizes> fabric_sizes(const Site& site, const PowerGraph& graph, const std::optional<NetworkMeasures>& measured, const FabricMargins& margins = {});

}  // namespace headroom
