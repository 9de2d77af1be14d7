#include "analysis/capacity/routed_bound.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>

#include <algorithm>
#include <queue>

namespace headroom {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                    boost::property<boost::edge_capacity_t, long long, boost::property<boost::edge_residual_capacity_t, long long, boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

constexpr long long unlimited_mw = 1'000'000'000'000'000;      // milliwatts: whole numbers, so that the flow ends
constexpr double mw_per_w = 1e3;

class Routes {
 public:
  Routes(const PowerGraph& graph, const std::vector<PathLimit>& limits) : nodes_(graph.nodes), out_mw_(graph.nodes.size(), unlimited_mw), in_mw_(graph.nodes.size(), unlimited_mw), network_(2 * graph.nodes.size() + 2) {
    for (auto const& limit : limits) note(limit);
    for (std::size_t i = 0; i < nodes_.size(); ++i) add(i);
  }

  std::optional<RoutedBound> solve() {
    long long const flow = boost::push_relabel_max_flow(network_, source(), sink());
    if (flow >= unlimited_mw) return std::nullopt;
    return RoutedBound{static_cast<double>(std::min(flow, connection_mw_)) / mw_per_w / 1e3, flow > connection_mw_ ? std::vector<std::string>{"the connection"} : cut()};
  }

 private:
  // Each node is two vertices: what enters it, and what leaves it.
  std::size_t entry(std::size_t node) const { return 2 * node; }
  std::size_t exit(std::size_t node) const { return 2 * node + 1; }
  std::size_t source() const { return 2 * nodes_.size(); }
  std::size_t sink() const { return 2 * nodes_.size() + 1; }

  void note(const PathLimit& limit) {
    auto const mw = static_cast<long long>(limit.allowed * limit.si_per_unit * mw_per_w);
    if (limit.what == Carries::facility_w) {
      connection_mw_ = mw;
    } else if (auto const node = static_cast<std::size_t>(limit.node); limit.what == Carries::connection_va) {
      in_mw_[node] = std::min(in_mw_[node], mw * static_cast<long long>(std::max<std::size_t>(1, nodes_[node].parents.size())));
    } else {
      out_mw_[node] = std::min(out_mw_[node], mw);
    }
  }

  void add(std::size_t i) {
    NodeKind const kind = nodes_[i].kind;
    if (kind == NodeKind::enclosure || kind == NodeKind::server || is_load_of_its_own(kind) || may_give(kind)) return;
    edge(entry(i), exit(i), std::min(out_mw_[i], in_mw_[i]));
    // a standby source adds nothing to what utilities give, it stands in for one
    if (kind == NodeKind::utility) edge(source(), entry(i), unlimited_mw);
    for (NodeId parent : nodes_[i].parents) edge(exit(static_cast<std::size_t>(parent)), entry(i), unlimited_mw);
    if (kind == NodeKind::rack) edge(exit(i), sink(), unlimited_mw);
  }

  void edge(std::size_t from, std::size_t to, long long capacity) {
    auto const forward = boost::add_edge(from, to, network_).first, backward = boost::add_edge(to, from, network_).first;
    boost::put(boost::edge_capacity, network_, forward, capacity);
    boost::put(boost::edge_capacity, network_, backward, 0);
    boost::put(boost::edge_reverse, network_, forward, backward);
    boost::put(boost::edge_reverse, network_, backward, forward);
  }

  // From the racks backwards over what could still take more: where that ends, the path is full. The cut nearest to the racks.
  std::vector<std::string> cut() const {
    std::vector<char> reached(boost::num_vertices(network_), 0);
    std::vector<std::vector<std::size_t>> into(boost::num_vertices(network_));
    auto const [begin, end] = boost::edges(network_);
    for (auto e = begin; e != end; ++e)
      if (boost::get(boost::edge_residual_capacity, network_, *e) > 0) into[boost::target(*e, network_)].push_back(boost::source(*e, network_));
    std::queue<std::size_t> open({sink()});
    reached[sink()] = 1;
    for (; !open.empty(); open.pop())
      for (std::size_t from : into[open.front()])
        if (reached[from] == 0) {
          reached[from] = 1;
          open.push(from);
        }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      if (reached[exit(i)] != 0 && reached[entry(i)] == 0 && boost::out_degree(entry(i), network_) > 0) out.push_back(nodes_[i].name);
    return out;
  }

  const std::vector<PowerNode>& nodes_;
  std::vector<long long> out_mw_, in_mw_;
  long long connection_mw_ = unlimited_mw;
  Graph network_;
};

}  // namespace

std::optional<RoutedBound> routed_bound(const PowerGraph& graph, const std::vector<PathLimit>& limits) { return Routes(graph, limits).solve(); }

}  // namespace headroom
