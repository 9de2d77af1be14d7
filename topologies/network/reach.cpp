#include "topologies/network/reach.h"

#include "topologies/graph/power_graph.h"

namespace headroom {

Reach::Reach(const PowerGraph& graph, std::uint64_t seed) : network_(graph.network), routes_(graph.network, seed), is_cut_off_(graph.network.empty() ? 0 : graph.servers.size(), 0) {}

bool Reach::has_network() const { return !network_.empty(); }

bool Reach::look(const std::function<bool(NodeId)>& is_energised) {
  lost_.clear();
  back_.clear();
  bool changed = false;
  for (std::size_t i = 0; i < network_.vertices.size(); ++i) {
    if (!network_.vertices[i].node.valid()) continue;
    VertexId const vertex{static_cast<std::int32_t>(i)};
    bool const alive = is_energised(network_.vertices[i].node);
    if (alive == routes_.is_alive(vertex)) continue;
    routes_.set_alive(vertex, alive);
    changed = true;
  }
  if (!changed) return false;
  std::vector<char> now(is_cut_off_.size(), 0);
  for (VertexId vertex : routes_.cut_off()) {
    NetworkVertex const& server = network_.vertices[static_cast<std::size_t>(vertex)];
    if (network_.fabrics[static_cast<std::size_t>(server.fabric)].essential) now[static_cast<std::size_t>(server.server)] = 1;
  }
  cut_off_.clear();
  for (std::size_t server = 0; server < now.size(); ++server) {
    auto const number = static_cast<std::int32_t>(server);
    if (now[server] != 0) cut_off_.push_back(number);
    if (now[server] != is_cut_off_[server]) (now[server] != 0 ? lost_ : back_).push_back(number);
  }
  is_cut_off_ = std::move(now);
  return true;
}

}  // namespace headroom
