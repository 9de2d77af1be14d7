#include "topologies/graph/network_cuts.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.h"

namespace headroom {
namespace {

// Edges with a capacity in each direction, in whole units; a flow network in the form that Boost.Graph wants.
class FlowNetwork {
 public:
  explicit FlowNetwork(std::size_t vertices) : graph_(vertices) {}

  std::size_t add(std::size_t from, std::size_t to, std::int64_t there, std::int64_t back) {
    auto const forth = boost::add_edge(from, to, graph_).first, reverse = boost::add_edge(to, from, graph_).first;
    graph_[forth] = {there, 0, reverse};
    graph_[reverse] = {back, 0, forth};
    edges_.push_back(forth);
    return edges_.size() - 1;
  }
  void set(std::size_t edge, std::int64_t there, std::int64_t back) {
    auto& forth = graph_[edges_[edge]];
    forth.capacity = there;
    graph_[forth.reverse].capacity = back;
  }

  // For large capacities.
  std::int64_t largest(std::size_t source, std::size_t sink) {
    return boost::push_relabel_max_flow(graph_, source, sink, boost::get(&Edge::capacity, graph_), boost::get(&Edge::residual, graph_), boost::get(&Edge::reverse, graph_), boost::get(boost::vertex_index, graph_));
  }
  // For few units: one search a unit.
  std::int64_t largest_of_few(std::size_t source, std::size_t sink) {
    std::vector<boost::default_color_type> colours(boost::num_vertices(graph_));
    std::vector<Descriptor> before(boost::num_vertices(graph_));
    auto const index = boost::get(boost::vertex_index, graph_);
    return boost::edmonds_karp_max_flow(graph_, source, sink, boost::get(&Edge::capacity, graph_), boost::get(&Edge::residual, graph_), boost::get(&Edge::reverse, graph_),
                                        boost::make_iterator_property_map(colours.begin(), index), boost::make_iterator_property_map(before.begin(), index));
  }

 private:
  using Descriptor = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>::edge_descriptor;
  struct Edge {
    std::int64_t capacity = 0, residual = 0;
    Descriptor reverse;
  };
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Edge> graph_;
  std::vector<Descriptor> edges_;
};

std::int64_t whole(double bit_per_s) { return std::llround(bit_per_s); }

// Rates of the access links of each side, by switch.
struct Sides {
  std::vector<double> first, second;
};
Sides sides(const NetworkGraph& graph, const Fabric& fabric, const std::vector<char>& on_first_side) {
  Sides out{std::vector<double>(static_cast<std::size_t>(fabric.switches), 0.0), std::vector<double>(static_cast<std::size_t>(fabric.switches), 0.0)};
  for (std::int32_t i = 0; i < fabric.servers; ++i)
    for (Channel const channel : graph.leaving({fabric.first_server.index + i})) {
      auto const leaf = static_cast<std::size_t>(graph.target(channel).index - fabric.first_switch.index);
      (on_first_side[static_cast<std::size_t>(i)] != 0 ? out.first : out.second)[leaf] += graph.links[static_cast<std::size_t>(link_of(channel))].rate.si();
    }
  return out;
}

// In whole bit/s: flows add up without rounding.
double flow_bit_per_s(const NetworkGraph& graph, std::int32_t number, const Sides& rates) {
  Fabric const& fabric = graph.fabrics[static_cast<std::size_t>(number)];
  SwitchGraph const switches = switch_graph(graph, number);
  // A switch with a backplane is two vertices, what comes in and what goes out, with its rate between.
  auto const count = static_cast<std::size_t>(fabric.switches);
  std::vector<std::size_t> way_out(count);
  std::size_t next = count;
  for (std::size_t s = 0; s < count; ++s) way_out[s] = graph.vertices[static_cast<std::size_t>(fabric.first_switch) + s].backplane >= 0 ? next++ : s;
  std::size_t const source = next++, sink = next++;
  FlowNetwork flow(next);
  for (std::size_t s = 0; s < count; ++s) {
    if (way_out[s] != s) flow.add(s, way_out[s], whole(graph.backplanes[static_cast<std::size_t>(graph.vertices[static_cast<std::size_t>(fabric.first_switch) + s].backplane)].rate.si()), 0);
    if (rates.first[s] > 0) flow.add(source, s, whole(rates.first[s]), 0);
    if (rates.second[s] > 0) flow.add(way_out[s], sink, whole(rates.second[s]), 0);
  }
  for (auto const& edge : switches.edges) {
    auto const a = static_cast<std::size_t>(edge.a), b = static_cast<std::size_t>(edge.b);
    if (way_out[a] == a && way_out[b] == b) flow.add(a, b, whole(edge.rate_bit_per_s), whole(edge.rate_bit_per_s));
    else {
      flow.add(way_out[a], b, whole(edge.rate_bit_per_s), 0);
      flow.add(way_out[b], a, whole(edge.rate_bit_per_s), 0);
    }
  }
  return static_cast<double>(flow.largest(source, sink));
}

// Pairs of groups of servers: all of them, or as many as asked, drawn.
std::vector<std::pair<std::size_t, std::size_t>> pairs_of(std::size_t groups, std::int64_t most, RandomStream random, bool& sampled) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  sampled = groups > 1 && static_cast<double>(groups) * static_cast<double>(groups - 1) / 2 > static_cast<double>(most);
  if (!sampled) {
    for (std::size_t a = 0; a + 1 < groups; ++a)
      for (std::size_t b = a + 1; b < groups; ++b) out.emplace_back(a, b);
    return out;
  }
  while (std::ssize(out) < most) {
    auto const a = random.below(groups), b = random.below(groups - 1);
    out.emplace_back(a, b < a ? b : b + 1);
  }
  return out;
}

// Numbers of ways between two groups of servers. One network for all pairs: what leads from the source to the switches of the
// first and from those of the second to the sink opens and shuts.
class Ways {
 public:
  explicit Ways(const SwitchGraph& switches) : switches_(switches), source_(static_cast<std::size_t>(switches.switches)), flow_(source_ + 2) {
    for (auto const& edge : switches_.edges) flow_.add(static_cast<std::size_t>(edge.a), static_cast<std::size_t>(edge.b), 0, 0);
    for (std::size_t s = 0; s < source_; ++s) flow_.add(source_, s, 0, 0);
    for (std::size_t s = 0; s < source_; ++s) flow_.add(s, source_ + 1, 0, 0);
  }

  // False: they share a switch, or no way leads from one to the other.
  bool between(const ServerGroup& from, const ServerGroup& to, int& shortest, int& all) {
    breadth_first(switches_, from.leaves, {}, distance_);
    std::int32_t nearest = std::numeric_limits<std::int32_t>::max();
    for (auto const leaf : to.leaves)
      if (auto const far = distance_[static_cast<std::size_t>(leaf)]; far >= 0) nearest = std::min(nearest, far);
    if (nearest == 0 || nearest == std::numeric_limits<std::int32_t>::max()) return false;
    shortest = count(from, to, [&](const SwitchEdge& edge) {
      auto const step = distance_[static_cast<std::size_t>(edge.b)] - distance_[static_cast<std::size_t>(edge.a)];
      return std::pair{step == 1, step == -1};
    }, nearest);
    all = count(from, to, [](const SwitchEdge&) { return std::pair{true, true}; }, std::numeric_limits<std::int32_t>::max());
    return true;
  }

 private:
  template <class Open>
  int count(const ServerGroup& from, const ServerGroup& to, const Open& open, std::int32_t farthest) {
    for (std::size_t e = 0; e < switches_.edges.size(); ++e) {
      auto const [there, back] = open(switches_.edges[e]);
      flow_.set(e, there ? switches_.edges[e].links : 0, back ? switches_.edges[e].links : 0);
    }
    auto const ends = [&](std::int64_t capacity) {
      for (auto const leaf : from.leaves) flow_.set(switches_.edges.size() + static_cast<std::size_t>(leaf), capacity, 0);
      for (auto const leaf : to.leaves)
        if (distance_[static_cast<std::size_t>(leaf)] <= farthest) flow_.set(switches_.edges.size() + source_ + static_cast<std::size_t>(leaf), capacity, 0);
    };
    ends(std::numeric_limits<std::int32_t>::max());
    auto const found = flow_.largest_of_few(source_, source_ + 1);
    ends(0);
    return static_cast<int>(found);
  }

  const SwitchGraph& switches_;
  std::size_t source_;
  FlowNetwork flow_;
  std::vector<std::int32_t> distance_;
};

double median(std::vector<int> of) {
  std::ranges::sort(of);
  return (of[(of.size() - 1) / 2] + of[of.size() / 2]) / 2.0;
}

}  // namespace

DataRate flow_between(const NetworkGraph& graph, std::int32_t fabric, const std::vector<char>& on_first_side) {
  return DataRate::from_si(flow_bit_per_s(graph, fabric, sides(graph, graph.fabrics[static_cast<std::size_t>(fabric)], on_first_side)));
}

Bisection bisection(const NetworkGraph& graph, std::int32_t fabric) {
  Fabric const& of = graph.fabrics[static_cast<std::size_t>(fabric)];
  Bisection out;
  out.first = of.servers / 2;
  out.second = of.servers - out.first;
  std::vector<char> on_first_side(static_cast<std::size_t>(of.servers), 0);
  std::fill_n(on_first_side.begin(), out.first, 1);
  Sides const rates = sides(graph, of, on_first_side);
  for (std::size_t s = 0; s < rates.first.size(); ++s)
    if (rates.first[s] > 0 && rates.second[s] > 0) ++out.halved_switches;
  out.rate = DataRate::from_si(flow_bit_per_s(graph, fabric, rates));
  return out;
}

PathDiversity path_diversity(const NetworkGraph& graph, std::int32_t fabric, std::int64_t most_pairs, std::uint64_t seed) {
  SwitchGraph const switches = switch_graph(graph, fabric);
  PathDiversity out;
  auto const pairs = pairs_of(switches.groups.size(), most_pairs, RandomStream(seed, "ways of " + graph.fabrics[static_cast<std::size_t>(fabric)].name), out.sampled);
  std::vector<int> shortest, all;
  Ways ways(switches);
  for (auto const& [a, b] : pairs) {
    int few = 0, many = 0;
    if (!ways.between(switches.groups[a], switches.groups[b], few, many)) continue;
    shortest.push_back(few);
    all.push_back(many);
  }
  out.pairs = std::ssize(all);
  if (all.empty()) return out;
  out.shortest_least = std::ranges::min(shortest);
  out.all_least = std::ranges::min(all);
  out.shortest_median = median(shortest);
  out.all_median = median(all);
  return out;
}

}  // namespace headroom
