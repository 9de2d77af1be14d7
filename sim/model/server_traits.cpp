#include "sim/model/model.h"
#include "sim/physics/server_power.h"

namespace headroom {
namespace {

// What of its power is for itself: at its point of measurement, between nothing busy and all.
ServerTraits power_traits(const ServerSpec& spec) {
  double const idle = server_power(spec.power, {}).si();
  ServerTraits traits;
  traits.idle_watts = idle;
  if (spec.cores > 0) traits.watts_per_core = (server_power(spec.power, {.cpu = 1}).si() - idle) / spec.cores;
  if (spec.gpus > 0) traits.watts_per_gpu = (server_power(spec.power, {.gpu = 1}).si() - idle) / spec.gpus;
  return traits;
}

// Of the first fabric on which it hangs that jobs cannot do without: its first switch, by vertex. Racks stand in for leaves on
// a site without fabrics.
std::int32_t leaf_of(const PowerGraph& graph, std::int32_t server) {
  NetworkGraph const& network = graph.network;
  for (std::size_t fabric = 0; fabric < network.fabrics.size(); ++fabric) {
    if (!network.fabrics[fabric].essential || network.fabrics[fabric].kind == FabricKind::scale_up) continue;
    if (auto const vertex = network.of_server(static_cast<std::int32_t>(fabric), server); vertex && !network.leaving(*vertex).empty())
      return network.target(network.leaving(*vertex).front()).index - network.fabrics.front().first_switch.index;
  }
  return graph.servers[static_cast<std::size_t>(server)].rack;
}

// The nodes next above the strips of each rack, by number, each once.
std::vector<std::vector<NodeId>> nodes_above_racks(const PowerGraph& graph) {
  std::vector<std::vector<NodeId>> above;
  for (RackPlace const& rack : graph.racks) {
    std::vector<NodeId>& nodes = above.emplace_back();
    for (NodeId strip : rack.strips)
      for (NodeId parent : graph.nodes[static_cast<std::size_t>(strip)].parents) nodes.push_back(parent);
    std::ranges::sort(nodes);
    nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
  }
  return above;
}

}  // namespace

std::vector<ServerTraits> server_traits(const PowerGraph& graph) {
  auto const above = nodes_above_racks(graph);
  std::vector<std::int32_t> number(graph.nodes.size(), -1);
  std::int32_t feeds = 0;
  std::vector<ServerTraits> out;
  for (ServerPlace const& server : graph.servers) {
    ServerTraits& traits = out.emplace_back(power_traits(graph.server_types[static_cast<std::size_t>(server.type)]));
    traits.rack = server.rack;
    traits.leaf = leaf_of(graph, static_cast<std::int32_t>(out.size()) - 1);
    for (NodeId node : above[static_cast<std::size_t>(server.rack)]) {
      std::int32_t& feed = number[static_cast<std::size_t>(node)];
      if (feed < 0) feed = feeds++;
      traits.feeds.push_back(feed);
    }
  }
  return out;
}

}  // namespace headroom
