#include "topologies/graph/network_cuts.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <cmath>
#include <limits>

#include "base/random.h"

namespace headroom {
namespace {

// Edges with a capacity in each direction, in whole units, as Boost.Graph wants them.
class FlowNetwork {
 public:
  explicit FlowNetwork(std::size_t vertices) : graph_(vertices) {}

  void add(std::size_t from, std::size_t to, std::int64_t there, std::int64_t back) {
    auto const forth = boost::add_edge(from, to, graph_).first, reverse = boost::add_edge(to, from, graph_).first;
    graph_[forth] = {there, 0, reverse};
    graph_[reverse] = {back, 0, forth};
  }

  std::int64_t largest(std::size_t source, std::size_t sink) {
    return boost::push_relabel_max_flow(graph_, source, sink, boost::get(&Edge::capacity, graph_), boost::get(&Edge::residual, graph_), boost::get(&Edge::reverse, graph_), boost::get(boost::vertex_index, graph_));
  }

 private:
  using Descriptor = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>::edge_descriptor;
  struct Edge {
    std::int64_t capacity = 0, residual = 0;
    Descriptor reverse;
  };
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Edge> graph_;
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

// Numbers of ways between two groups of servers, by Dinic's algorithm (Soviet Math. Doklady 11, 1970) with the links side by
// side as capacity: there are few ways, and all of one length are found in one pass.
class Ways {
 public:
  explicit Ways(const SwitchGraph& graph) : graph_(graph) {}

  // False: they share a switch, or no way leads from one to the other.
  bool between(const AttachedServers& from, const AttachedServers& to, int& shortest, int& all) {
    breadth_first(graph_, from.leaves, {}, distance_);
    std::int32_t nearest = std::numeric_limits<std::int32_t>::max();
    for (auto const leaf : to.leaves)
      if (auto const far = distance_[index(leaf)]; far >= 0) nearest = std::min(nearest, far);
    if (nearest == 0 || nearest == std::numeric_limits<std::int32_t>::max()) return false;
    std::vector<std::int32_t> nearest_leaves;
    std::ranges::copy_if(to.leaves, std::back_inserter(nearest_leaves), [&](std::int32_t leaf) { return distance_[index(leaf)] == nearest; });
    shortest = count(from.leaves, nearest_leaves, true);
    all = count(from.leaves, to.leaves, false);
    return true;
  }

 private:
  static std::size_t index(std::int32_t number) { return static_cast<std::size_t>(number); }

  int count(const std::vector<std::int32_t>& from, const std::vector<std::int32_t>& to, bool only_shortest) {
    only_shortest_ = only_shortest;
    flow_.assign(graph_.edges.size(), 0);
    is_sink_.assign(index(graph_.switches), 0);
    for (auto const leaf : to) is_sink_[index(leaf)] = 1;
    int found = 0;
    while (rank(from)) {
      next_.assign(graph_.first_near.begin(), graph_.first_near.end() - 1);
      for (auto const leaf : from)
        while (send_one(leaf)) ++found;
    }
    return found;
  }

  // What may still go over an edge away from a switch.
  std::int32_t room(std::int32_t at, std::size_t place) const {
    SwitchEdge const& edge = graph_.edges[index(graph_.near_edge[place])];
    auto const sent = at == edge.a ? flow_[index(graph_.near_edge[place])] : -flow_[index(graph_.near_edge[place])];
    bool const open = !only_shortest_ || distance_[index(graph_.near[place])] == distance_[index(at)] + 1;
    return (open ? edge.links : 0) - sent;
  }

  // Switches by their number of edges with room from the start. False: no sink is reached.
  bool rank(const std::vector<std::int32_t>& from) {
    rank_.assign(index(graph_.switches), -1);
    queue_.assign(from.begin(), from.end());
    for (auto const start : from) rank_[index(start)] = 0;
    bool reached = false;
    for (std::size_t head = 0; head < queue_.size(); ++head) {
      auto const at = queue_[head];
      if (is_sink_[index(at)] != 0) reached = true;
      if (reached) continue;      // what comes later is no nearer
      for (auto i = index(graph_.first_near[index(at)]); i < index(graph_.first_near[index(at) + 1]); ++i)
        if (rank_[index(graph_.near[i])] < 0 && room(at, i) > 0) {
          rank_[index(graph_.near[i])] = rank_[index(at)] + 1;
          queue_.push_back(graph_.near[i]);
        }
    }
    return reached;
  }

  // One way along rising ranks; edges that lead nowhere are not tried again in this pass.
  bool send_one(std::int32_t start) {
    way_.clear();
    for (auto at = start;;) {
      if (is_sink_[index(at)] != 0) break;
      auto& next = next_[index(at)];
      while (next < graph_.first_near[index(at) + 1] && (rank_[index(graph_.near[index(next)])] != rank_[index(at)] + 1 || room(at, index(next)) <= 0)) ++next;
      if (next < graph_.first_near[index(at) + 1]) {
        way_.push_back(next);
        at = graph_.near[index(next)];
      } else {
        if (way_.empty()) return false;
        at = tail(way_.back());
        ++next_[index(at)];
        way_.pop_back();
      }
    }
    for (auto const place : way_) flow_[index(graph_.near_edge[index(place)])] += tail(place) == graph_.edges[index(graph_.near_edge[index(place)])].a ? 1 : -1;
    return true;
  }

  // From where the entry of `near` leads.
  std::int32_t tail(std::int32_t place) const {
    SwitchEdge const& edge = graph_.edges[index(graph_.near_edge[index(place)])];
    return graph_.near[index(place)] == edge.a ? edge.b : edge.a;
  }

  const SwitchGraph& graph_;
  bool only_shortest_ = false;
  std::vector<std::int32_t> distance_, flow_, rank_, queue_, next_, way_;      // flow_: from a to b
  std::vector<char> is_sink_;
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
