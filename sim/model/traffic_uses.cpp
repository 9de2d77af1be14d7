#include "sim/model/traffic_uses.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "sim/model/named_nodes.h"

namespace headroom {
namespace {

class TrafficResolver {
 public:
  explicit TrafficResolver(const PowerGraph& graph) : graph_(graph), network_(graph.network) {}

  TrafficUse use(const TrafficSpec& spec, const std::string& path) {
    TrafficUse out;
    for (auto const& name : spec.fabric) add_fabric(name, spec, path, out);
    for (std::size_t i = 0; i < network_.fabrics.size() && spec.fabric.empty(); ++i) out.fabrics.push_back(static_cast<std::int32_t>(i));
    for (auto const& name : spec.with) add_peers(name, spec, path, out);
    return out;
  }

  std::vector<Problem> problems;

 private:
  void add_fabric(const std::string& name, const TrafficSpec& spec, const std::string& path, TrafficUse& use) {
    auto const found = std::ranges::find(network_.fabrics, name, &Fabric::name);
    if (found != network_.fabrics.end()) return use.fabrics.push_back(static_cast<std::int32_t>(found - network_.fabrics.begin()));
    std::vector<std::string> known;
    for (auto const& fabric : network_.fabrics) known.push_back(fabric.name);
    problems.push_back({spec.where, fmt::format("{}.fabric: the site has no fabric '{}'{}", path, name, nearest_hint(name, known))});
  }

  void add_peers(const std::string& name, const TrafficSpec& spec, const std::string& path, TrafficUse& use) {
    if (auto const place = network_.find(name); place && network_.vertices[static_cast<std::size_t>(*place)].kind == VertexKind::outside) return use.peers.push_back({-1, *place});
    auto const before = use.peers.size();
    auto const rack = std::ranges::find(graph_.racks, name, &RackPlace::name);
    for (std::size_t server = 0; rack != graph_.racks.end() && server < graph_.servers.size(); ++server)
      if (graph_.servers[server].rack == rack - graph_.racks.begin()) use.peers.push_back({static_cast<std::int32_t>(server), {}});
    for (NodeId id : named_nodes(graph_, name, spec.where, path + ".with", problems))
      if (std::int32_t const server = graph_.nodes[static_cast<std::size_t>(id)].server; server >= 0) use.peers.push_back({server, {}});
    if (problems.empty() && use.peers.size() == before) problems.push_back({spec.where, fmt::format("{}.with: '{}' has no server, and is no place outside", path, name)});
    for (std::size_t i = before; i < use.peers.size(); ++i)
      if (!hangs_on_some(use.peers[i].server, use)) problems.push_back({spec.where, fmt::format("{}.with: the server {} hangs on none of the fabrics of this traffic", path, graph_.servers[static_cast<std::size_t>(use.peers[i].server)].name)});
  }

  bool hangs_on_some(std::int32_t server, const TrafficUse& use) const {
    return server < 0 || std::ranges::any_of(use.fabrics, [&](std::int32_t fabric) { return network_.of_server(fabric, server).has_value(); });
  }

  const PowerGraph& graph_;
  const NetworkGraph& network_;
};

}  // namespace

std::vector<std::vector<TrafficUse>> use_traffic(const Scenario& scenario, const PowerGraph& graph) {
  std::vector<std::vector<TrafficUse>> out(scenario.workload.size());
  if (scenario.network.traffic == TrafficLevel::none) return out;
  TrafficResolver resolver(graph);
  for (std::size_t i = 0; i < scenario.workload.size(); ++i)
    for (std::size_t k = 0; k < scenario.workload[i].traffic.size(); ++k) {
      TrafficSpec const& spec = scenario.workload[i].traffic[k];
      std::string const path = scenario.workload[i].traffic.size() == 1 ? fmt::format("workload[{}].traffic", i) : fmt::format("workload[{}].traffic[{}]", i, k);
      if (graph.network.empty()) throw InputError(spec.where, fmt::format("{}: the site has no network; give it one, or the scenario 'network: {{traffic: none}}'", path));
      out[i].push_back(resolver.use(spec, path));
    }
  if (!resolver.problems.empty()) throw InputError(std::move(resolver.problems));
  return out;
}

}  // namespace headroom
