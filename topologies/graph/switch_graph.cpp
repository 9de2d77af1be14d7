#include "topologies/graph/switch_graph.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace headroom {
namespace {

void add_edges(const NetworkGraph& graph, std::int32_t fabric, SwitchGraph& out) {
  auto const inside = [&](VertexId v) { return v.index >= out.first_switch.index && v.index < out.first_switch.index + out.switches; };
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    NetworkLink const& link = graph.links[i];
    if (link.fabric != fabric || !inside(link.a) || !inside(link.b) || link.a == link.b) continue;
    auto const lower = std::min(link.a.index, link.b.index) - out.first_switch.index, upper = std::max(link.a.index, link.b.index) - out.first_switch.index;
    out.edges.push_back({lower, upper, 1, link.rate.si(), {static_cast<std::int32_t>(i)}});
  }
  std::ranges::stable_sort(out.edges, [](const SwitchEdge& x, const SwitchEdge& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out.edges.size(); ++i) {
    if (kept > 0 && out.edges[kept - 1].a == out.edges[i].a && out.edges[kept - 1].b == out.edges[i].b) {
      ++out.edges[kept - 1].links;
      out.edges[kept - 1].rate_bit_per_s += out.edges[i].rate_bit_per_s;
    } else {
      out.edges[kept++] = out.edges[i];
    }
  }
  out.edges.resize(kept);
}

void add_neighbours(SwitchGraph& out) {
  out.first_near.assign(static_cast<std::size_t>(out.switches) + 1, 0);
  for (auto const& edge : out.edges)
    for (auto const end : {edge.a, edge.b}) ++out.first_near[static_cast<std::size_t>(end) + 1];
  for (std::size_t s = 0; s < static_cast<std::size_t>(out.switches); ++s) out.first_near[s + 1] += out.first_near[s];
  out.near.resize(2 * out.edges.size());
  out.near_edge.resize(2 * out.edges.size());
  std::vector<std::int32_t> next(out.first_near.begin(), out.first_near.end() - 1);
  auto const lead = [&](std::int32_t from, std::int32_t to, std::size_t edge) {
    auto const place = static_cast<std::size_t>(next[static_cast<std::size_t>(from)]++);
    out.near[place] = to;
    out.near_edge[place] = static_cast<std::int32_t>(edge);
  };
  for (std::size_t e = 0; e < out.edges.size(); ++e) {
    lead(out.edges[e].a, out.edges[e].b, e);
    lead(out.edges[e].b, out.edges[e].a, e);
  }
}

void add_groups(const NetworkGraph& graph, const Fabric& fabric, SwitchGraph& out) {
  std::map<std::vector<std::int32_t>, std::int32_t> known;
  for (std::int32_t i = 0; i < fabric.servers; ++i) {
    std::vector<std::int32_t> leaves;
    for (Channel const channel : graph.leaving({fabric.first_server.index + i})) leaves.push_back(graph.target(channel).index - out.first_switch.index);
    std::ranges::sort(leaves);
    leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
    auto const [place, fresh] = known.try_emplace(leaves, static_cast<std::int32_t>(out.groups.size()));
    if (fresh) out.groups.push_back({std::move(leaves), 0});
    ++out.groups[static_cast<std::size_t>(place->second)].servers;
    out.group_of.push_back(place->second);
  }
}

}  // namespace

SwitchGraph switch_graph(const NetworkGraph& graph, std::int32_t fabric) {
  Fabric const& of = graph.fabrics[static_cast<std::size_t>(fabric)];
  SwitchGraph out;
  out.first_switch = of.first_switch;
  out.switches = of.switches;
  add_edges(graph, fabric, out);
  add_neighbours(out);
  add_groups(graph, of, out);
  return out;
}

std::int64_t ports_of_link(const SwitchSpec& type, DataRate rate) {
  if (rate <= type.port_rate) return 1;
  DataRate const each = type.uplinks ? type.uplinks->port_rate : type.port_rate;
  return static_cast<std::int64_t>(std::max(1.0, std::ceil(rate / each - 1e-9)));
}

std::int64_t ports_of(const SwitchSpec& type) { return type.ports + (type.uplinks ? type.uplinks->ports : 0); }

std::int64_t ports_used(const NetworkGraph& graph, VertexId of_switch) {
  auto const type = graph.vertices[static_cast<std::size_t>(of_switch)].type;
  std::int64_t used = 0;
  for (Channel const channel : graph.leaving(of_switch))
    used += type < 0 ? 1 : ports_of_link(graph.switch_types[static_cast<std::size_t>(type)], graph.links[static_cast<std::size_t>(link_of(channel))].rate);
  return used;
}

void breadth_first(const SwitchGraph& graph, const std::vector<std::int32_t>& from, WithoutPart without, std::vector<std::int32_t>& distance) {
  distance.assign(static_cast<std::size_t>(graph.switches), -1);
  std::vector<std::int32_t> queue;
  queue.reserve(static_cast<std::size_t>(graph.switches));
  for (auto const start : from)
    if (start != without.of_switch) {
      distance[static_cast<std::size_t>(start)] = 0;
      queue.push_back(start);
    }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    auto const at = static_cast<std::size_t>(queue[head]);
    for (auto i = static_cast<std::size_t>(graph.first_near[at]); i < static_cast<std::size_t>(graph.first_near[at + 1]); ++i) {
      auto const to = graph.near[i];
      if (to == without.of_switch || graph.near_edge[i] == without.edge || distance[static_cast<std::size_t>(to)] >= 0) continue;
      distance[static_cast<std::size_t>(to)] = distance[at] + 1;
      queue.push_back(to);
    }
  }
}

}  // namespace headroom
