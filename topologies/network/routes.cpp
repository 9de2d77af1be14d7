#include "topologies/network/routes.h"

#include <algorithm>
#include <numeric>

#include "base/errors.h"

namespace headroom {
namespace {

// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

constexpr std::uint64_t joined(std::uint64_t high, std::uint64_t low) { return high << 32 | (low & 0xffffffffULL); }

}  // namespace

Routes::Routes(const NetworkGraph& graph, std::uint64_t seed) : graph_(graph), seed_(seed), dead_vertices_(graph.vertices.size()), dead_links_(graph.links.size()) {
  number_inner();
  index_steps();
  hops_.resize(vertex_.size());
}

void Routes::number_inner() {
  auto const first = std::ranges::find_if(graph_.vertices, [](const NetworkVertex& v) { return v.kind != VertexKind::server; });
  first_inner_ = static_cast<std::int32_t>(first - graph_.vertices.begin());
  first_of_fabric_.assign(graph_.fabrics.size() + 1, 0);
  for (auto place = first; place != graph_.vertices.end(); ++place) ++first_of_fabric_[static_cast<std::size_t>(place->fabric) + 1];
  std::partial_sum(first_of_fabric_.begin(), first_of_fabric_.end(), first_of_fabric_.begin());
  std::vector<Inner> next(first_of_fabric_);
  vertex_.resize(static_cast<std::size_t>(graph_.vertices.end() - first));
  for (auto place = first; place != graph_.vertices.end(); ++place) {
    inner_.push_back(next[static_cast<std::size_t>(place->fabric)]++);
    vertex_[static_cast<std::size_t>(inner_.back())] = {static_cast<std::int32_t>(place - graph_.vertices.begin())};
  }
}

// Switches; places outside in fabrics that are written out, where they may be routers elsewhere.
bool Routes::passes_on(VertexId v) const {
  NetworkVertex const& vertex = graph_.vertices[static_cast<std::size_t>(v)];
  return vertex.kind == VertexKind::network_switch || (vertex.kind == VertexKind::outside && graph_.fabrics[static_cast<std::size_t>(vertex.fabric)].kind == FabricKind::written);
}

void Routes::index_steps() {
  for (VertexId from : vertex_) {
    first_step_.push_back(static_cast<std::int32_t>(steps_.size()));
    if (!passes_on(from)) continue;
    for (Channel channel : graph_.leaving(from))
      if (VertexId const to = graph_.target(channel); passes_on(to)) steps_.push_back({inner(to), channel});
  }
  first_step_.push_back(static_cast<std::int32_t>(steps_.size()));
}

std::span<const Routes::Step> Routes::steps(Inner from) const {
  auto const first = static_cast<std::size_t>(first_step_[static_cast<std::size_t>(from)]), last = static_cast<std::size_t>(first_step_[static_cast<std::size_t>(from) + 1]);
  return {steps_.data() + first, last - first};
}

// By number within the fabric of `target`.
const Routes::Hops* Routes::hops_to(Inner target) {
  std::vector<Hops>& hops = hops_[static_cast<std::size_t>(target)];
  if (!hops.empty()) return hops.data();
  auto const fabric = static_cast<std::size_t>(graph_.vertices[static_cast<std::size_t>(vertex_[static_cast<std::size_t>(target)])].fabric);
  Inner const base = first_of_fabric_[fabric];
  hops.assign(static_cast<std::size_t>(first_of_fabric_[fabric + 1] - base), unreached);
  hops[static_cast<std::size_t>(target - base)] = 0;
  queue_.assign(1, target);
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    Hops const next = static_cast<Hops>(hops[static_cast<std::size_t>(queue_[i] - base)] + 1);
    expects(next < unreached, "no route has more than 65,534 links");
    for (Step const& step : steps(queue_[i])) {
      Hops& known = hops[static_cast<std::size_t>(step.to - base)];
      if (known != unreached || dead_links_[static_cast<std::size_t>(step.by / 2)] != 0 || !is_alive(vertex_[static_cast<std::size_t>(step.to)])) continue;
      known = next;
      queue_.push_back(step.to);
    }
  }
  return hops.data();
}

// Returns how many ports the vertex has, dead ones too.
std::uint32_t Routes::find_doors(VertexId v, bool outwards, std::vector<Door>& out) const {
  out.clear();
  if (passes_on(v)) {
    out.push_back({inner(v), -1, 0});
    return 1;
  }
  auto const channels = graph_.leaving(v);
  for (std::uint32_t port = 0; port < channels.size(); ++port) {
    VertexId const at = graph_.target(channels[port]);
    if (is_alive(link_of(channels[port])) && is_alive(at)) out.push_back({inner(at), outwards ? reversed(channels[port]) : channels[port], port});
  }
  return static_cast<std::uint32_t>(channels.size());
}

// Of the doors on shortest routes those of port `lane`; where it has none, they take turns.
bool Routes::pick_doors(std::uint32_t lane, std::uint32_t entry_ports, std::uint32_t exit_ports, Door& entry, Door& exit) {
  if (entries_.empty() || exits_.empty()) return false;
  Inner const base = first_of_fabric_[static_cast<std::size_t>(graph_.vertices[static_cast<std::size_t>(vertex_[static_cast<std::size_t>(exits_.front().at)])].fabric)];
  auto const hops = [&](const Door& from, const Door& to) { return hops_to(to.at)[from.at - base]; };
  auto const nearest = [&](const Door& from) {
    Hops least = unreached;
    for (Door const& to : exits_) least = std::min(least, hops(from, to));
    return least;
  };
  auto const pick = [&](std::vector<Door>& doors, std::uint32_t port) {
    auto const own = std::ranges::find(doors, port, &Door::port);
    return own != doors.end() ? *own : doors[lane % doors.size()];
  };
  if (entries_.size() == 1 && exits_.size() == 1) {
    entry = entries_.front();
    exit = exits_.front();
    return hops(entry, exit) != unreached;
  }
  Hops shortest = unreached;
  for (Door const& door : entries_) shortest = std::min(shortest, nearest(door));
  if (shortest == unreached) return false;
  std::erase_if(entries_, [&](const Door& door) { return nearest(door) != shortest; });
  entry = pick(entries_, lane % entry_ports);
  std::erase_if(exits_, [&](const Door& door) { return hops(entry, door) != shortest; });
  exit = pick(exits_, entry_ports == exit_ports ? entry.port : lane % exit_ports);
  return true;
}

bool Routes::find(VertexId from, VertexId to, std::uint32_t lane, std::vector<Channel>& out) {
  if (from == to) return true;
  if (!is_alive(from) || !is_alive(to) || graph_.vertices[static_cast<std::size_t>(from)].fabric != graph_.vertices[static_cast<std::size_t>(to)].fabric) return false;
  if (follow_written(from, to, out)) return true;
  std::uint32_t const entry_ports = find_doors(from, false, entries_), exit_ports = find_doors(to, true, exits_);
  Door entry, exit;
  if (!pick_doors(lane, entry_ports, exit_ports, entry, exit)) return false;
  if (entry.by >= 0) out.push_back(entry.by);
  walk(from, to, lane, entry.at, exit.at, out);
  if (exit.by >= 0) out.push_back(exit.by);
  return true;
}

// The way that the site writes out, while all of it lives.
bool Routes::follow_written(VertexId from, VertexId to, std::vector<Channel>& out) const {
  auto const found = graph_.written_routes.find({from.index, to.index});
  if (found == graph_.written_routes.end()) return false;
  if (!std::ranges::all_of(found->second, [&](Channel channel) { return is_alive(link_of(channel)) && is_alive(graph_.target(channel)); })) return false;
  out.insert(out.end(), found->second.begin(), found->second.end());
  return true;
}

void Routes::walk(VertexId from, VertexId to, std::uint32_t lane, Inner at, Inner target, std::vector<Channel>& out) {
  const Hops* const hops = hops_to(target);
  Inner const base = first_of_fabric_[static_cast<std::size_t>(graph_.vertices[static_cast<std::size_t>(from)].fabric)];
  while (at != target) {
    Hops const nearer = static_cast<Hops>(hops[at - base] - 1);
    ways_.clear();
    for (Step const& step : steps(at))
      if (hops[step.to - base] == nearer && dead_links_[static_cast<std::size_t>(step.by / 2)] == 0) ways_.push_back(step);
    Step const& step = ways_[choice(seed_, from, to, lane, vertex_[static_cast<std::size_t>(at)], static_cast<std::uint32_t>(ways_.size()))];
    out.push_back(step.by);
    at = step.to;
  }
}

Duration Routes::latency(std::span<const Channel> route) const {
  Duration sum;
  for (Channel channel : route) {
    sum = sum + graph_.links[static_cast<std::size_t>(link_of(channel))].latency;
    std::int32_t const backplane = graph_.vertices[static_cast<std::size_t>(graph_.target(channel))].backplane;
    if (backplane >= 0) sum = sum + graph_.backplanes[static_cast<std::size_t>(backplane)].latency;
  }
  return sum;
}

void Routes::set_alive(VertexId vertex, bool alive) {
  if (is_alive(vertex) == alive) return;
  dead_vertices_[static_cast<std::size_t>(vertex)] = alive ? 0 : 1;
  forget(graph_.vertices[static_cast<std::size_t>(vertex)].fabric);
}

void Routes::set_alive(LinkId link, bool alive) {
  if (is_alive(link) == alive) return;
  dead_links_[static_cast<std::size_t>(link)] = alive ? 0 : 1;
  if (graph_.links[static_cast<std::size_t>(link)].tier > 0) forget(graph_.links[static_cast<std::size_t>(link)].fabric);
}

void Routes::forget(std::int32_t fabric) {
  for (Inner i = first_of_fabric_[static_cast<std::size_t>(fabric)]; i < first_of_fabric_[static_cast<std::size_t>(fabric) + 1]; ++i) hops_[static_cast<std::size_t>(i)].clear();
}

std::uint32_t Routes::choice(std::uint64_t seed, VertexId from, VertexId to, std::uint32_t lane, VertexId at, std::uint32_t ways) {
  constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;
  std::uint64_t hash = mix(seed + golden);
  hash = mix((hash + golden) ^ joined(static_cast<std::uint32_t>(from.index), static_cast<std::uint32_t>(to.index)));
  hash = mix((hash + golden) ^ joined(lane, static_cast<std::uint32_t>(at.index)));
  return static_cast<std::uint32_t>((hash >> 32) * ways >> 32);
}

}  // namespace headroom
