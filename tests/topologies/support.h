// Small things the tests of the power graph share.
#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "topologies/graph/power_graph.h"
#include "topologies/read_site.h"

namespace headroom {

inline Site site_of(const std::string& body) { return read_site_text("kind: site\nversion: 1\nname: s\n" + body, "site.yaml"); }
inline PowerGraph graph_of(const std::string& body) { return build_power_graph(site_of(body)); }

inline std::string problem(const std::string& body) {
  try {
    graph_of(body);
  } catch (const InputError& e) {
    return e.what();
  }
  return "accepted";
}

inline std::string racks(const std::string& group) { return "halls: [{name: h, racks: [{name: r, " + group + "}]}]\n"; }
inline const char* const two_n = "power: {scheme: 2N, utility: [{name: ua, voltage: 13.8 kV, limit: 2 MW}, {name: ub, voltage: 13.8 kV}], transformer: {type: transformer-eu-dry-1000kva, count: 2}, "
                                 "switchboard: {current: 2 kA, voltage: 480 V}, ups: {type: ups-modern-500kw, count: 3}, pdu: {type: pdu-floor-300kva, racks: 4}, rack_circuit: {voltage: 415 V, current: 63 A}}\n";

inline NodeId node(const PowerGraph& graph, const std::string& name) {
  auto const id = graph.find(name);
  INFO(name);
  REQUIRE(id);
  return *id;
}

inline const PowerNode& at(const PowerGraph& graph, const std::string& name) { return graph.nodes[static_cast<std::size_t>(node(graph, name))]; }

using Names = std::vector<std::string>;

inline Names names_of(const PowerGraph& graph, const std::vector<NodeId>& nodes) {
  Names out;
  for (NodeId id : nodes) out.push_back(graph.nodes[static_cast<std::size_t>(id)].name);
  return out;
}

inline Names feeds_of(const PowerGraph& graph, const std::string& name) { return names_of(graph, at(graph, name).parents); }

inline const CommonCause& cause(const PowerGraph& graph, const std::string& name) {
  for (auto const& candidate : graph.common_causes)
    if (candidate.name == name) return candidate;
  FAIL("there is no common cause " << name);
  return graph.common_causes.front();
}

inline bool same_device(const Device& a, const Device& b) {
  return a.index() == b.index() && std::visit([&]<class Spec>(const Spec& device) {
           if constexpr (std::is_same_v<Spec, NoDevice>) return true;
           else return device == std::get<Spec>(b);
         }, a);
}

inline void check_same(const PowerGraph& a, const PowerGraph& b) {
  REQUIRE(a.nodes.size() == b.nodes.size());
  for (std::size_t i = 0; i < a.nodes.size(); ++i) {
    PowerNode const &x = a.nodes[i], &y = b.nodes[i];
    CAPTURE(x.name, y.name);
    REQUIRE(x.name == y.name);
    REQUIRE(x.kind == y.kind);
    REQUIRE(x.parents == y.parents);
    REQUIRE(x.device == y.device);
    REQUIRE(x.count == y.count);
    REQUIRE(x.redundant == y.redundant);
    REQUIRE(x.battery == y.battery);
    REQUIRE(x.batteries == y.batteries);
    REQUIRE(x.line == y.line);
    REQUIRE(x.transfer.has_value() == y.transfer.has_value());
    if (x.transfer) {
      REQUIRE(x.transfer->detection == y.transfer->detection);
      REQUIRE(x.transfer->transfer == y.transfer->transfer);
      REQUIRE(x.transfer->retransfer_delay == y.transfer->retransfer_delay);
    }
    REQUIRE(x.connections.size() == x.parents.size());
    REQUIRE(y.connections.size() == x.parents.size());
    for (std::size_t k = 0; k < x.connections.size(); ++k) {
      REQUIRE(x.connections[k].rated == y.connections[k].rated);
      REQUIRE(x.connections[k].breaker == y.connections[k].breaker);
      REQUIRE(x.connections[k].tie == y.connections[k].tie);
    }
    REQUIRE(x.type == y.type);
    REQUIRE(x.server == y.server);
    REQUIRE(x.power == y.power);
    REQUIRE(x.power_factor == y.power_factor);
    REQUIRE(x.part == y.part);
    REQUIRE(x.follows_it == y.follows_it);
    REQUIRE(x.hall == y.hall);
    REQUIRE(x.rating.power == y.rating.power);
    REQUIRE(x.rating.apparent == y.rating.apparent);
    REQUIRE(x.rating.current == y.rating.current);
    REQUIRE(x.rating.voltage == y.rating.voltage);
    REQUIRE(x.rating.phases == y.rating.phases);
    REQUIRE(x.rating.circuit == y.rating.circuit);
  }
  REQUIRE(a.devices.size() == b.devices.size());
  for (std::size_t i = 0; i < a.devices.size(); ++i) REQUIRE(same_device(a.devices[i], b.devices[i]));
  REQUIRE(a.breakers == b.breakers);
  REQUIRE(a.server_types == b.server_types);
  REQUIRE(a.servers.size() == b.servers.size());
  for (std::size_t i = 0; i < a.servers.size(); ++i) {
    REQUIRE(a.servers[i].name == b.servers[i].name);
    REQUIRE(a.servers[i].type == b.servers[i].type);
    REQUIRE(a.servers[i].rack == b.servers[i].rack);
    REQUIRE(a.servers[i].supplies == b.servers[i].supplies);
  }
  REQUIRE(a.racks.size() == b.racks.size());
  for (std::size_t i = 0; i < a.racks.size(); ++i) {
    REQUIRE(a.racks[i].name == b.racks[i].name);
    REQUIRE(a.racks[i].strips == b.racks[i].strips);
    REQUIRE(a.racks[i].rated_power == b.racks[i].rated_power);
  }
  REQUIRE(a.utilities == b.utilities);
  REQUIRE(a.generators == b.generators);
  REQUIRE(a.common_causes.size() == b.common_causes.size());
  for (std::size_t i = 0; i < a.common_causes.size(); ++i) {
    REQUIRE(a.common_causes[i].name == b.common_causes[i].name);
    REQUIRE(a.common_causes[i].nodes == b.common_causes[i].nodes);
  }
}

// A scheme, its written-out form and both read back from their echoes.
inline void check_written_out(const std::string& body) {
  Site const site = site_of(body);
  Site const written = written_out(site);
  CHECK_FALSE(written.power.scheme);
  PowerGraph const graph = build_power_graph(site);
  check_same(graph, build_power_graph(written));
  check_same(graph, build_power_graph(read_site_text(echo_site(written).dump(), "echo.yaml")));
  check_same(graph, build_power_graph(read_site_text(echo_site(site).dump(), "echo.yaml")));
}

}  // namespace headroom
