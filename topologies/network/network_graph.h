// The networks of a site as one graph: servers, switches and places elsewhere as vertices, each physical cable as a link of
// two directions. Built from a Site and from where its servers stand; every server is there, whatever detail a run takes.
//
// A link of index i is the channels 2 i (from `a` to `b`) and 2 i + 1 (back). Routes are lists of channels (routes.h).
// Rates in bit/s, one direction, of one cable; latencies are exact. Vertices are grouped: first the ports of servers (one
// vertex a server and fabric, in the order of servers), then switches from the lowest tier up, then places outside.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "topologies/network/network_spec.h"

namespace headroom {

struct Site;
struct PowerGraph;

using VertexId = Id<struct VertexTag>;
using LinkId = Id<struct LinkTag>;
using Channel = std::int32_t;           // 2 link + direction

constexpr Channel forward(LinkId link) { return 2 * link.index; }
constexpr Channel backward(LinkId link) { return 2 * link.index + 1; }
constexpr LinkId link_of(Channel channel) { return {channel / 2}; }
constexpr Channel reversed(Channel channel) { return channel ^ 1; }

enum class VertexKind : char { server, network_switch, outside };

struct NetworkVertex {
  VertexKind kind = VertexKind::network_switch;
  std::int16_t tier = 0;                // of switches: 0 next to servers, 1 above, ...; of servers -1; of places outside: one above all
  std::int32_t fabric = 0;              // index into NetworkGraph::fabrics
  std::int32_t server = -1;             // of a server's vertex: index into PowerGraph::servers
  std::int32_t group = -1;              // of switches: pod, group of a dragonfly, rail, domain; where the shape has such
  std::int32_t type = -1;               // of switches: index into NetworkGraph::switch_types; -1: draws nothing
  std::int32_t rack = -1;               // where it stands: index into PowerGraph::racks; -1 elsewhere
  NodeId node{};                        // of switches: their node in the power graph; invalid where they draw nothing
  std::int32_t backplane = -1;          // index into NetworkGraph::backplanes
  std::string name{};                   // of switches and places outside, unique: "front-end/leaf-3", "internet"
};

// What cable a link takes.
enum class Medium : char { copper, active_optical, multimode, single_mode, none };
constexpr auto names(Medium) {
  return std::array{std::pair{Medium::copper, "copper"}, std::pair{Medium::active_optical, "active-optical"}, std::pair{Medium::multimode, "multimode"},
                    std::pair{Medium::single_mode, "single-mode"}, std::pair{Medium::none, "none"}};
}

struct NetworkLink {
  VertexId a{}, b{};                    // a: the lower end
  DataRate rate;
  Duration latency;                     // of the cable and of the switch that it leads to
  std::int32_t fabric = 0;
  std::int16_t tier = 0;                // 0: at a server; n: between switches of tier n - 1 and what is above or beside them
  bool wan = false;
  bool shared = false;                  // both directions share the rate
  Length length;                        // of its cable, with slack; 0 where nothing is known
  Medium medium = Medium::none;
  std::int32_t cable = -1;              // copper, active optical: index into NetworkGraph::cables
  std::int32_t optic = -1;              // fibres: index into NetworkGraph::optics; a module at each end
};

// Capacity of a switch that all it passes on shares.
struct Backplane {
  DataRate rate;
  Duration latency;
};

struct Fabric {
  std::string name;
  FabricKind kind = FabricKind::star;
  bool essential = true;
  int ports = 1;                        // of each server
  int tiers = 1;                        // of switches
  DataRate rate;                        // of a server's port
  std::optional<Duration> sleep_after;
  Duration wake_time;
  std::optional<NicSpec> nic;
  VertexId first_server{}, first_switch{};        // of its vertices: [first_server, +servers), [first_switch, +switches)
  int servers = 0, switches = 0;
};

struct NetworkGraph {
  std::vector<Fabric> fabrics;
  std::vector<NetworkVertex> vertices;
  std::vector<NetworkLink> links;
  std::vector<Backplane> backplanes;
  std::vector<SwitchSpec> switch_types;
  std::vector<CableSpec> cables;
  std::vector<OpticSpec> optics;
  std::map<std::pair<std::int32_t, std::int32_t>, std::vector<Channel>> written_routes;      // by the vertices of both servers
  // The channels that leave each vertex: out[first_out[v]] .. out[first_out[v + 1]], in the order of links.
  std::vector<std::int32_t> first_out;
  std::vector<Channel> out;

  bool empty() const { return fabrics.empty(); }
  std::span<const Channel> leaving(VertexId v) const {
    auto const first = static_cast<std::size_t>(first_out[static_cast<std::size_t>(v)]), last = static_cast<std::size_t>(first_out[static_cast<std::size_t>(v) + 1]);
    return {out.data() + first, last - first};
  }
  VertexId source(Channel c) const { return c % 2 == 0 ? links[static_cast<std::size_t>(c / 2)].a : links[static_cast<std::size_t>(c / 2)].b; }
  VertexId target(Channel c) const { return c % 2 == 0 ? links[static_cast<std::size_t>(c / 2)].b : links[static_cast<std::size_t>(c / 2)].a; }
  // The vertex of a server on a fabric; nothing where it does not hang on it.
  std::optional<VertexId> of_server(std::int32_t fabric, std::int32_t server) const;
  std::optional<VertexId> find(const std::string& name) const;      // a switch or a place outside
};

// `graph` has its racks and servers. Throws InputError with everything that is wrong: more servers than ports, a fabric that
// is not connected, a switch without enough ports. Without `network` in the site: an empty graph.
NetworkGraph build_network(const Site& site, const PowerGraph& graph);

}  // namespace headroom
