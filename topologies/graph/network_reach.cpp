// Distances and single points of failure of one fabric.
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <numeric>

#include "base/random.h"
#include "topologies/graph/network_cuts.h"

namespace headroom {
namespace {

constexpr auto nobody = std::int32_t{-1};

// Numbers from `next` on for the parts into which some switches fall.
std::vector<std::int32_t> parts_of(const SwitchGraph& graph, WithoutPart without, const std::vector<std::int32_t>& among, std::vector<std::int32_t>& part, std::int32_t next) {
  std::vector<std::int32_t> queue, numbers;
  for (auto const s : among) part[static_cast<std::size_t>(s)] = nobody;
  for (auto const start : among) {
    if (start == without.of_switch || part[static_cast<std::size_t>(start)] != nobody) continue;
    queue.assign(1, start);
    part[static_cast<std::size_t>(start)] = next;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      auto const at = static_cast<std::size_t>(queue[head]);
      for (auto i = static_cast<std::size_t>(graph.first_near[at]); i < static_cast<std::size_t>(graph.first_near[at + 1]); ++i) {
        auto const to = graph.near[i];
        if (to == without.of_switch || graph.near_edge[i] == without.edge || part[static_cast<std::size_t>(to)] != nobody) continue;
        part[static_cast<std::size_t>(to)] = next;
        queue.push_back(to);
      }
    }
    numbers.push_back(next++);
  }
  return numbers;
}

// How many servers the largest part of switches loses. Switches that some way joins are a part; parts that meet in servers
// (planes) are an island, in which one part stands in for another.
class Survivors {
 public:
  explicit Survivors(const SwitchGraph& graph) : graph_(graph), part_(static_cast<std::size_t>(graph.switches), nobody) {
    std::vector<std::int32_t> all(static_cast<std::size_t>(graph.switches));
    std::iota(all.begin(), all.end(), 0);
    parts_ = static_cast<std::int32_t>(parts_of(graph, {}, all, part_, 0).size());
    members_.resize(static_cast<std::size_t>(parts_));
    for (auto const s : all) members_[static_cast<std::size_t>(part_[static_cast<std::size_t>(s)])].push_back(s);
    join_islands();
    groups_at_.resize(static_cast<std::size_t>(graph.switches));
    groups_of_.resize(static_cast<std::size_t>(parts_));
    for (std::size_t g = 0; g < graph.groups.size(); ++g) {
      for (auto const leaf : graph.groups[g].leaves) groups_at_[static_cast<std::size_t>(leaf)].push_back(g);
      for (auto const part : parts_seen(g)) groups_of_[static_cast<std::size_t>(part)].push_back(g);
    }
    seen_.assign(static_cast<std::size_t>(parts_), 0);
    for (std::size_t g = 0; g < graph.groups.size(); ++g)
      for (auto const part : parts_seen(g)) seen_[static_cast<std::size_t>(part)] += graph.groups[g].servers;
  }

  // Servers cut off when a switch is lost that splits nothing: those that hang on its part by it alone.
  std::int32_t lost_with_leaf(std::int32_t of_switch) const {
    auto const part = part_[static_cast<std::size_t>(of_switch)];
    std::int32_t only = 0;
    for (auto const g : groups_at_[static_cast<std::size_t>(of_switch)]) {
      auto const& leaves = graph_.groups[g].leaves;
      bool const by_others = std::ranges::any_of(leaves, [&](std::int32_t leaf) { return leaf != of_switch && part_[static_cast<std::size_t>(leaf)] == part; });
      if (!by_others) only += graph_.groups[g].servers;
    }
    return cut_off(part, seen_[static_cast<std::size_t>(part)] - only);
  }

  // The same when the loss may split its part.
  std::int32_t lost_with(WithoutPart without) {
    auto const at = without.of_switch >= 0 ? without.of_switch : graph_.edges[static_cast<std::size_t>(without.edge)].a;
    auto const part = part_[static_cast<std::size_t>(at)];
    auto const pieces = parts_of(graph_, without, members_[static_cast<std::size_t>(part)], part_, parts_);
    std::vector<std::int32_t> seen(pieces.size(), 0);
    for (auto const g : groups_of_[static_cast<std::size_t>(part)])
      for (auto const piece : parts_seen(g))
        if (piece >= parts_) seen[static_cast<std::size_t>(piece - parts_)] += graph_.groups[g].servers;
    for (auto const s : members_[static_cast<std::size_t>(part)]) part_[static_cast<std::size_t>(s)] = part;
    return cut_off(part, seen.empty() ? 0 : std::ranges::max(seen));
  }

 private:
  std::vector<std::int32_t> parts_seen(std::size_t group) const {
    std::vector<std::int32_t> out;
    for (auto const leaf : graph_.groups[group].leaves)
      if (auto const part = part_[static_cast<std::size_t>(leaf)]; part != nobody) out.push_back(part);
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  void join_islands() {
    island_.resize(static_cast<std::size_t>(parts_));
    std::iota(island_.begin(), island_.end(), std::size_t{0});
    for (std::size_t g = 0; g < graph_.groups.size(); ++g) {
      auto const parts = parts_seen(g);
      for (std::size_t i = 1; i < parts.size(); ++i) island_[island_of(parts[i])] = island_of(parts.front());
    }
    siblings_.resize(static_cast<std::size_t>(parts_));
    for (std::int32_t p = 0; p < parts_; ++p) siblings_[island_of(p)].push_back(p);
  }
  std::size_t island_of(std::int32_t part) const {
    auto at = static_cast<std::size_t>(part);
    while (island_[at] != at) at = island_[at];
    return at;
  }

  std::int32_t cut_off(std::int32_t part, std::int32_t still_seen) const {
    std::int32_t others = 0;
    for (auto const other : siblings_[island_of(part)])
      if (other != part) others = std::max(others, seen_[static_cast<std::size_t>(other)]);
    return std::max(others, seen_[static_cast<std::size_t>(part)]) - std::max(others, still_seen);
  }

  const SwitchGraph& graph_;
  std::vector<std::int32_t> part_;                          // of each switch
  std::int32_t parts_ = 0;
  std::vector<std::vector<std::int32_t>> members_;          // switches of each part
  std::vector<std::size_t> island_;                         // of parts, as a forest
  std::vector<std::vector<std::int32_t>> siblings_;         // parts of each island
  std::vector<std::vector<std::size_t>> groups_at_, groups_of_;      // of servers, by switch and by part
  std::vector<std::int32_t> seen_;                          // servers that hang on each part
};

struct Weak {
  std::vector<char> splits;                                 // switches whose loss splits their part
  std::vector<std::int32_t> bridges;                        // edges of one link
};
Weak weak_of(const SwitchGraph& graph) {
  using Edges = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, std::size_t>;
  Edges edges(static_cast<std::size_t>(graph.switches));
  for (std::size_t e = 0; e < graph.edges.size(); ++e) boost::add_edge(static_cast<std::size_t>(graph.edges[e].a), static_cast<std::size_t>(graph.edges[e].b), e, edges);
  std::vector<std::size_t> component(graph.edges.size()), cut_switches;
  auto const found = boost::biconnected_components(edges, boost::make_iterator_property_map(component.begin(), boost::get(boost::edge_bundle, edges)), std::back_inserter(cut_switches));
  std::vector<std::int32_t> sizes(found.first, 0);
  for (auto const one : component) ++sizes[one];
  Weak out{std::vector<char>(static_cast<std::size_t>(graph.switches), 0), {}};
  for (auto const s : cut_switches) out.splits[s] = 1;
  for (std::size_t e = 0; e < component.size(); ++e)
    if (sizes[component[e]] == 1 && graph.edges[e].links == 1) out.bridges.push_back(static_cast<std::int32_t>(e));
  return out;
}

}  // namespace

NetworkSinglePoints network_single_points(const NetworkGraph& graph, std::int32_t fabric) {
  SwitchGraph const switches = switch_graph(graph, fabric);
  Weak const weak = weak_of(switches);
  Survivors survivors(switches);
  NetworkSinglePoints out;
  for (std::int32_t s = 0; s < switches.switches; ++s)
    if (auto const lost = weak.splits[static_cast<std::size_t>(s)] != 0 ? survivors.lost_with({s, -1}) : survivors.lost_with_leaf(s); lost > 0)
      out.points.push_back({{switches.first_switch.index + s}, {}, lost});
  for (auto const e : weak.bridges)
    if (auto const lost = survivors.lost_with({-1, e}); lost > 0) out.points.push_back({{}, switches.edges[static_cast<std::size_t>(e)].first, lost});
  std::ranges::stable_sort(out.points, [](const NetworkSinglePoint& a, const NetworkSinglePoint& b) { return a.servers > b.servers; });
  Fabric const& of = graph.fabrics[static_cast<std::size_t>(fabric)];
  for (std::int32_t i = 0; i < of.servers; ++i)
    if (graph.leaving({of.first_server.index + i}).size() == 1) ++out.single_homed;
  return out;
}

Distances distances(const NetworkGraph& graph, std::int32_t fabric, std::int64_t most_steps, std::uint64_t seed) {
  SwitchGraph const switches = switch_graph(graph, fabric);
  auto const groups = switches.groups.size();
  auto const steps = static_cast<std::int64_t>(2 * switches.edges.size()) + switches.switches + static_cast<std::int64_t>(groups);
  Distances out;
  out.starts = static_cast<std::int32_t>(std::min<std::int64_t>(static_cast<std::int64_t>(groups), std::max<std::int64_t>(1, most_steps / std::max<std::int64_t>(1, steps))));
  out.sampled = static_cast<std::size_t>(out.starts) < groups;
  RandomStream random(seed, "distances of " + graph.fabrics[static_cast<std::size_t>(fabric)].name);
  double links = 0, pairs = 0;      // whole numbers
  std::vector<std::int32_t> distance;
  for (std::int32_t i = 0; i < out.starts; ++i) {
    auto const start = out.sampled ? static_cast<std::size_t>(random.below(groups)) : static_cast<std::size_t>(i);
    breadth_first(switches, switches.groups[start].leaves, {}, distance);
    for (std::size_t g = 0; g < groups; ++g) {
      std::int32_t nearest = -1;
      for (auto const leaf : switches.groups[g].leaves)
        if (auto const far = distance[static_cast<std::size_t>(leaf)]; far >= 0 && (nearest < 0 || far < nearest)) nearest = far;
      double const met = static_cast<double>(switches.groups[start].servers) * (switches.groups[g].servers - (g == start ? 1 : 0));
      if (nearest < 0 || met <= 0) continue;
      out.longest = std::max(out.longest, nearest + 2);
      links += met * (nearest + 2);
      pairs += met;
    }
  }
  if (pairs > 0) out.mean = links / pairs;
  return out;
}

}  // namespace headroom
