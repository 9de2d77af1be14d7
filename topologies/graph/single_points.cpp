#include "topologies/graph/single_points.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>

namespace headroom {
namespace {

using PointsGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
constexpr std::size_t nothing = SIZE_MAX;

// The nodes under their own numbers, then one vertex a rack, then the source of sources.
class Dominators {
 public:
  explicit Dominators(const PowerGraph& graph) : graph_(graph), source_(graph.nodes.size() + graph.racks.size()), above_(source_ + 1, nothing) {
    PointsGraph edges(source_ + 1);
    for (NodeId utility : graph.utilities) boost::add_edge(source_, static_cast<std::size_t>(utility), edges);
    for (NodeId generator : graph.generators) boost::add_edge(source_, static_cast<std::size_t>(generator), edges);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
      for (NodeId parent : graph.nodes[i].parents) boost::add_edge(static_cast<std::size_t>(parent), i, edges);
    for (std::size_t rack = 0; rack < graph.racks.size(); ++rack)
      for (NodeId strip : graph.racks[rack].strips) boost::add_edge(static_cast<std::size_t>(strip), vertex_of_rack(rack), edges);
    boost::lengauer_tarjan_dominator_tree(edges, source_, boost::make_iterator_property_map(above_.begin(), boost::get(boost::vertex_index, edges)));
  }

  std::size_t vertex_of_rack(std::size_t rack) const { return graph_.nodes.size() + rack; }
  bool reached(std::size_t vertex) const { return above_[vertex] != nothing; }
  // From the source down, the vertex itself not among them.
  std::vector<NodeId> of(std::size_t vertex) const {
    std::vector<NodeId> out;
    for (std::size_t at = above_[vertex]; at != nothing && at != source_; at = above_[at]) out.push_back({static_cast<std::int32_t>(at)});
    std::reverse(out.begin(), out.end());
    return out;
  }

 private:
  const PowerGraph& graph_;
  std::size_t source_;
  std::vector<std::size_t> above_;      // the nearest dominator
};

}  // namespace

SinglePoints single_points(const PowerGraph& graph) {
  Dominators const dominators(graph);
  SinglePoints out;
  out.racks.assign(graph.nodes.size(), 0);
  out.servers = out.racks;
  for (std::size_t rack = 0; rack < graph.racks.size(); ++rack) {
    out.of_rack.push_back(dominators.of(dominators.vertex_of_rack(rack)));
    for (NodeId node : out.of_rack.back()) ++out.racks[static_cast<std::size_t>(node)];
  }
  for (auto const& server : graph.servers)
    for (NodeId node : dominators.of(static_cast<std::size_t>(server.node))) ++out.servers[static_cast<std::size_t>(node)];
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (!dominators.reached(i)) out.unreached.push_back({static_cast<std::int32_t>(i)});
  return out;
}

}  // namespace headroom
