#include "topologies/network/builders/written_routes.h"

#include <fmt/format.h>

#include <unordered_map>

#include "topologies/graph/power_graph.h"

namespace headroom {
namespace {

class RouteWriter {
 public:
  RouteWriter(const PowerGraph& power, NetworkGraph& graph, std::vector<Problem>& problems) : graph_(graph), problems_(problems) {
    for (std::size_t i = 0; i < power.servers.size(); ++i) servers_.emplace(power.servers[i].name, static_cast<std::int32_t>(i));
  }

  void add(const FabricSpec& spec, std::int32_t fabric) {
    std::unordered_map<std::string, VertexId> switches;      // with the fabric's name, and without
    for (std::size_t i = 0; i < graph_.vertices.size(); ++i)
      if (auto const& vertex = graph_.vertices[i]; vertex.kind != VertexKind::server && vertex.fabric == fabric) {
        switches.emplace(vertex.name, VertexId{static_cast<std::int32_t>(i)});
        if (vertex.name.starts_with(spec.name + "/")) switches.emplace(vertex.name.substr(spec.name.size() + 1), VertexId{static_cast<std::int32_t>(i)});
      }
    for (auto const& route : spec.routes) add(spec, fabric, route, switches);
  }

 private:
  void problem(const FabricSpec& spec, const WrittenRoute& route, const std::string& what) { problems_.push_back({route.where, fmt::format("network[{}]: routes: {}", spec.name, what)}); }

  void add(const FabricSpec& spec, std::int32_t fabric, const WrittenRoute& route, const std::unordered_map<std::string, VertexId>& switches) {
    std::vector<VertexId> stops;
    auto const server = [&](const std::string& name) {
      auto const found = servers_.find(name);
      auto const vertex = found == servers_.end() ? std::nullopt : graph_.of_server(fabric, found->second);
      if (vertex) return stops.push_back(*vertex), true;
      return problem(spec, route, fmt::format("there is no server '{}' on this fabric; such as 'h1/gpu-3/2' would do", name)), false;
    };
    if (!server(route.from)) return;
    for (auto const& name : route.via) {
      auto const found = switches.find(name);
      if (found == switches.end()) return problem(spec, route, fmt::format("there is no switch '{}' on this fabric", name));
      stops.push_back(found->second);
    }
    if (!server(route.to)) return;
    std::vector<Channel> channels;
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
      auto const channel = between(stops[i], stops[i + 1]);
      if (!channel) return problem(spec, route, fmt::format("there is no link from {} to {}", i == 0 ? route.from : route.via[i - 1], i + 2 == stops.size() ? route.to : route.via[i]));
      channels.push_back(*channel);
    }
    if (!graph_.written_routes.try_emplace({stops.front().index, stops.back().index}, std::move(channels)).second) problem(spec, route, fmt::format("the way from {} to {} is there twice", route.from, route.to));
  }

  std::optional<Channel> between(VertexId from, VertexId to) const {
    for (Channel channel : graph_.leaving(from))
      if (graph_.target(channel) == to) return channel;
    return std::nullopt;
  }

  NetworkGraph& graph_;
  std::vector<Problem>& problems_;
  std::unordered_map<std::string, std::int32_t> servers_;
};

}  // namespace

void add_written_routes(const Site& site, const PowerGraph& power, NetworkGraph& graph, std::vector<Problem>& problems) {
  bool any = false;
  for (auto const& spec : site.network) any = any || !spec.routes.empty();
  if (!any) return;
  RouteWriter writer(power, graph, problems);
  for (std::size_t f = 0; f < site.network.size(); ++f) writer.add(site.network[f], static_cast<std::int32_t>(f));
}

}  // namespace headroom
