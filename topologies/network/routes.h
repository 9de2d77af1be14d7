// Routes on the network graph: shortest in links, one of the equal ones by a hash of the pair (ECMP), round what is dead.
//
// For each switch next to a destination the number of links to it from every other vertex is worked out when it is first
// asked for, by breadth-first search, and forgotten when something dies or comes back.
#pragma once

#include <vector>

#include "topologies/network/network_graph.h"

namespace headroom {

class Routes {
 public:
  explicit Routes(const NetworkGraph& graph, std::uint64_t seed = 1);

  // The channels from one server or place to another within one fabric, appended; false: there is no way. `lane` picks the
  // port at the source (lane modulo its ports) and enters the hash. Nothing is appended from a vertex to itself.
  bool find(VertexId from, VertexId to, std::uint32_t lane, std::vector<Channel>& out);
  // Latencies of a route: its links' and the backplanes' that it crosses.
  Duration latency(std::span<const Channel> route) const;

  void set_alive(VertexId vertex, bool alive);      // a switch
  void set_alive(LinkId link, bool alive);
  bool is_alive(VertexId vertex) const { return dead_vertices_[static_cast<std::size_t>(vertex)] == 0; }
  bool is_alive(LinkId link) const { return dead_links_[static_cast<std::size_t>(link)] == 0; }

  // Servers' vertices that see less than the largest part of their fabric, by number.
  std::vector<VertexId> cut_off() const;

  // The choice among `ways` equal next links at a vertex: uniform, the same for the same arguments.
  static std::uint32_t choice(std::uint64_t seed, VertexId from, VertexId to, std::uint32_t lane, VertexId at, std::uint32_t ways);

 private:


  const NetworkGraph& graph_;
  std::uint64_t seed_;
  std::vector<char> dead_vertices_, dead_links_;
  std::vector<std::vector<std::uint16_t>> distances_;      // by destination; empty: not known
};

}  // namespace headroom
