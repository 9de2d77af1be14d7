// Small things the tests of networks share.
#pragma once

#include "tests/topologies/support.h"
#include "topologies/network/routes.h"

namespace headroom {

// A type of switch in place.
inline std::string type(int ports, const std::string& rate = "400 Gbit/s", const std::string& more = "") {
  return "{name: s" + std::to_string(ports) + ", ports: " + std::to_string(ports) + ", port_rate: " + rate + more + ", power: 100 W}";
}

// `racks` racks of `servers` servers each, 16 kW of power path or not: networks ask for none.
inline std::string servers(int racks, int servers, const std::string& more = "") {
  return "halls: [{name: h, racks: [{name: r, count: " + std::to_string(racks) + ", servers: [{type: generic-100-350w, count: " + std::to_string(servers) + "}]}" + more +
         "]}]\npower: {scheme: N, utility: [{name: u, voltage: 400 V}]}\n";
}

inline NetworkGraph network_of(const std::string& body) { return graph_of(body).network; }
inline NetworkGraph fabric_of(int racks, int in_each, const std::string& fabric) { return network_of(servers(racks, in_each) + "network: [" + fabric + "]\n"); }

struct Counts {
  std::vector<int> switches, links;      // by tier
  int wan = 0;
};
inline Counts counts(const NetworkGraph& graph) {
  Counts out;
  auto const at = [](std::vector<int>& v, int tier) -> int& {
    if (v.size() <= static_cast<std::size_t>(tier)) v.resize(static_cast<std::size_t>(tier) + 1);
    return v[static_cast<std::size_t>(tier)];
  };
  for (auto const& vertex : graph.vertices)
    if (vertex.kind == VertexKind::network_switch) ++at(out.switches, vertex.tier);
  for (auto const& link : graph.links) ++(link.wan ? out.wan : at(out.links, link.tier));
  return out;
}

using Ints = std::vector<int>;

inline VertexId vertex(const NetworkGraph& graph, const std::string& name) {
  INFO(name);
  auto const found = graph.find(name);
  REQUIRE(found);
  return *found;
}
inline const NetworkVertex& at(const NetworkGraph& graph, VertexId v) { return graph.vertices[static_cast<std::size_t>(v)]; }
inline const NetworkVertex& at(const NetworkGraph& graph, const std::string& name) { return at(graph, vertex(graph, name)); }

inline std::vector<Channel> route(Routes& routes, int from, int to, std::uint32_t lane = 0) {
  std::vector<Channel> out;
  REQUIRE(routes.find({from}, {to}, lane, out));
  return out;
}

// "leaf-1 spine-2 leaf-3": what a route passes, without the fabric's name.
inline std::string passes(const NetworkGraph& graph, std::span<const Channel> route) {
  std::string out;
  for (Channel channel : route) {
    std::string const& name = at(graph, graph.target(channel)).name;
    if (!name.empty()) out += (out.empty() ? "" : " ") + name.substr(name.find('/') + 1);
  }
  return out;
}

}  // namespace headroom
