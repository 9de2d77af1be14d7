// Routes on the network graph: shortest in links, one of the equal ones by a hash of the pair (ECMP), round what is dead. A route
// that the site writes out comes first.
//
// For each switch next to a destination the number of links to it from every other switch, and the equal next links there, are
// worked out when it is first asked for, by breadth-first search, and forgotten when something dies or comes back. Servers pass nothing on, nor do places
// outside, except in fabrics that are written out: there they may be routers elsewhere.
#pragma once

#include <unordered_map>
#include <vector>

#include "topologies/network/network_graph.h"

namespace headroom {

class Routes {
 public:
  explicit Routes(const NetworkGraph& graph, std::uint64_t seed = 1);

  // The channels from one server or place to another within one fabric, appended; false: there is no way. `lane` picks the
  // port at the source (lane modulo its ports) and enters the hash. Nothing is appended from a vertex to itself.
  //
  // Where port `lane` is on no shortest route, those that are take turns by lane. The port at the destination is chosen the
  // same way: traffic that leaves by port i arrives by port i where that is as short.
  bool find(VertexId from, VertexId to, std::uint32_t lane, std::vector<Channel>& out);
  // Latencies of a route: its links' and the backplanes' that it crosses.
  Duration latency(std::span<const Channel> route) const;

  void set_alive(VertexId vertex, bool alive);      // a switch
  void set_alive(LinkId link, bool alive);
  bool is_alive(VertexId vertex) const { return dead_vertices_[static_cast<std::size_t>(vertex)] == 0; }
  bool is_alive(LinkId link) const { return dead_links_[static_cast<std::size_t>(link)] == 0; }

  // Servers' vertices that see less than the largest part of their fabric, by number. Of two equal parts the one with the
  // first server counts as the larger; a server that sees no switch is cut off. Parts that never saw each other (the domains of scale-up)
  // are fabrics of their own here.
  std::vector<VertexId> cut_off() const;

  // The choice among `ways` equal next links at a vertex: uniform, the same for the same arguments.
  static std::uint32_t choice(std::uint64_t seed, VertexId from, VertexId to, std::uint32_t lane, VertexId at, std::uint32_t ways);

 private:
  // What passes traffic on, numbered fabric by fabric: its switches, then its places outside.
  using Inner = std::int32_t;
  using Hops = std::uint16_t;
  static constexpr Hops unreached = 65535;
  struct Step {
    Inner to = -1;
    Channel by = -1;
  };
  // A way from a vertex that passes nothing on into the inner ones; or an inner one itself.
  struct Door {
    Inner at = -1;
    Channel by = -1;                 // towards `at`; none of an inner vertex
    std::uint32_t port = 0;          // among all of the vertex, dead ones too
  };
  struct Range {
    std::uint32_t first = 0, count = 0;
  };
  // Both by number within the fabric; empty: not known.
  struct Destination {
    std::vector<Hops> hops;
    std::vector<std::uint32_t> ways;      // the set of the next links on shortest routes: index into sets_
  };
  static constexpr std::uint32_t no_way = 0xffffffff, not_kept = 0xfffffffe;
  static constexpr std::size_t most_kept = 1'000'000;      // next links, of all sets

  void number_inner();
  void index_steps();
  void index_doors();
  bool passes_on(VertexId v) const;
  Inner inner(VertexId v) const { return inner_[static_cast<std::size_t>(v.index - first_inner_)]; }
  std::size_t fabric_of(Inner v) const;
  std::span<const Step> steps(Inner from) const;
  bool follow_written(VertexId from, VertexId to, std::vector<Channel>& out) const;
  std::span<const Door> all_doors(VertexId v) const;
  void find_doors(VertexId v, std::vector<Door>& out) const;      // those alive
  Destination& destination(Inner target, Inner base);
  bool pick_doors(std::uint32_t lane, std::size_t entry_ports, std::size_t exit_ports, Inner base, Door& entry, Door& exit);
  bool walk(VertexId from, VertexId to, std::uint32_t lane, Inner at, Inner target, Inner base, std::vector<Channel>& out);
  void collect_ways(const std::vector<Hops>& hops, Inner at, Inner base, std::vector<Step>& out) const;
  std::uint32_t set_of(const std::vector<Hops>& hops, Inner at, Inner base);
  void forget(std::int32_t fabric);

  const NetworkGraph& graph_;
  std::uint64_t seed_;
  std::int32_t first_inner_ = 0;                // vertices before it are servers
  std::vector<char> dead_vertices_, dead_links_;
  int dead_ = 0;                                // of both
  std::vector<Inner> inner_;                    // by vertex from first_inner_
  std::vector<VertexId> vertex_;                // of each inner one
  std::vector<Inner> first_of_fabric_;          // and one past the last
  std::vector<std::int32_t> first_step_;        // links between inner vertices that pass traffic on, by the vertex that they leave
  std::vector<Step> steps_;
  std::vector<std::int32_t> first_door_;        // by vertex
  std::vector<Door> doors_;
  std::vector<Destination> destinations_;       // by inner vertex
  std::vector<Range> sets_;                     // of equal next links, each once: in `ways_`
  std::vector<Step> ways_;
  std::unordered_map<std::uint64_t, std::uint32_t> set_of_;      // by a hash of its links
  std::vector<std::uint64_t> hashes_;           // of the set of each vertex, while a destination is worked out
  std::vector<Door> entries_, exits_;           // kept for their memory, as those below
  std::vector<Hops> least_;
  std::vector<Step> scratch_;
  std::vector<Inner> queue_;
};

}  // namespace headroom
