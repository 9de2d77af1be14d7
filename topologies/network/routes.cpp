#include "topologies/network/routes.h"

#include <algorithm>
#include <numeric>

#include "base/errors.h"

namespace headroom {
namespace {

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;

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
  index_doors();
  destinations_.resize(vertex_.size());
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

void Routes::index_doors() {
  for (std::size_t i = 0; i < graph_.vertices.size(); ++i) {
    VertexId const v{static_cast<std::int32_t>(i)};
    first_door_.push_back(static_cast<std::int32_t>(doors_.size()));
    if (v.index >= first_inner_ && passes_on(v)) {
      doors_.push_back({inner(v), -1, 0});
      continue;
    }
    std::uint32_t port = 0;
    for (Channel channel : graph_.leaving(v)) doors_.push_back({inner(graph_.target(channel)), channel, port++});
  }
  first_door_.push_back(static_cast<std::int32_t>(doors_.size()));
}

std::span<const Routes::Door> Routes::all_doors(VertexId v) const {
  auto const first = static_cast<std::size_t>(first_door_[static_cast<std::size_t>(v)]), last = static_cast<std::size_t>(first_door_[static_cast<std::size_t>(v) + 1]);
  return {doors_.data() + first, last - first};
}

void Routes::find_doors(VertexId v, std::vector<Door>& out) const {
  auto const all = all_doors(v);
  out.assign(all.begin(), all.end());
  if (dead_ > 0) std::erase_if(out, [&](const Door& door) { return !is_alive(vertex_[static_cast<std::size_t>(door.at)]) || (door.by >= 0 && !is_alive(link_of(door.by))); });
}

std::size_t Routes::fabric_of(Inner v) const {
  std::size_t fabric = 0;
  while (v >= first_of_fabric_[fabric + 1]) ++fabric;
  return fabric;
}

// Breadth first from the target. The links by which a vertex is reached from what is nearer, turned round, are its next ones.
Routes::Destination& Routes::destination(Inner target, Inner base) {
  Destination& known = destinations_[static_cast<std::size_t>(target)];
  if (!known.hops.empty()) return known;
  auto const count = static_cast<std::size_t>(first_of_fabric_[fabric_of(target) + 1] - base);
  known.hops.assign(count, unreached);
  known.ways.assign(count, no_way);
  hashes_.assign(count, 0);
  known.hops[static_cast<std::size_t>(target - base)] = 0;
  queue_.assign(1, target);
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    Hops const next = static_cast<Hops>(known.hops[static_cast<std::size_t>(queue_[i] - base)] + 1);
    expects(next < unreached, "no route has more than 65,534 links");
    for (Step const& step : steps(queue_[i])) {
      Hops& hops = known.hops[static_cast<std::size_t>(step.to - base)];
      if (hops < next || (dead_ > 0 && (!is_alive(link_of(step.by)) || !is_alive(vertex_[static_cast<std::size_t>(step.to)])))) continue;
      hashes_[static_cast<std::size_t>(step.to - base)] += mix(golden + static_cast<std::uint64_t>(step.by));
      if (hops == next) continue;
      hops = next;
      queue_.push_back(step.to);
    }
  }
  for (Inner at : std::span(queue_).subspan(1)) known.ways[static_cast<std::size_t>(at - base)] = set_of(known.hops, at, base);
  return known;
}

// The links from `at` to what is nearer.
void Routes::collect_ways(const std::vector<Hops>& hops, Inner at, Inner base, std::vector<Step>& out) const {
  Hops const nearer = static_cast<Hops>(hops[static_cast<std::size_t>(at - base)] - 1);
  for (Step const& step : steps(at))
    if (hops[static_cast<std::size_t>(step.to - base)] == nearer && is_alive(link_of(step.by))) out.push_back(step);
}

// Most destinations share their sets. A set is known by its vertex and the sum of the hashes of its links: that two at one vertex are
// taken for one is less likely than 1e-12. Where there are too many different ones (random graphs) they are not kept.
std::uint32_t Routes::set_of(const std::vector<Hops>& hops, Inner at, Inner base) {
  std::uint64_t const hash = mix(hashes_[static_cast<std::size_t>(at - base)] + golden * static_cast<std::uint64_t>(at + 1));
  if (auto const found = set_of_.find(hash); found != set_of_.end()) return found->second;
  if (ways_.size() > most_kept) return not_kept;
  Range set{static_cast<std::uint32_t>(ways_.size()), 0};
  collect_ways(hops, at, base, ways_);
  set.count = static_cast<std::uint32_t>(ways_.size()) - set.first;
  sets_.push_back(set);
  return set_of_[hash] = static_cast<std::uint32_t>(sets_.size()) - 1;
}

// Of the doors on shortest routes those of port `lane`; where it has none, they take turns. One way in and out is taken unseen.
bool Routes::pick_doors(std::uint32_t lane, std::size_t entry_ports, std::size_t exit_ports, Inner base, Door& entry, Door& exit) {
  if (entries_.size() == 1 && exits_.size() == 1) {
    destination(exits_.front().at, base);
    entry = entries_.front();
    exit = exits_.front();
    return true;
  }
  auto const pick = [&](const std::vector<Door>& doors, std::size_t port) {
    auto const own = std::ranges::find(doors, port, &Door::port);
    return own != doors.end() ? *own : doors[lane % doors.size()];
  };
  least_.assign(entries_.size(), unreached);
  for (Door const& to : exits_) {
    std::vector<Hops> const& hops = destination(to.at, base).hops;
    for (std::size_t i = 0; i < entries_.size(); ++i) least_[i] = std::min(least_[i], hops[static_cast<std::size_t>(entries_[i].at - base)]);
  }
  Hops const shortest = *std::ranges::min_element(least_);
  if (shortest == unreached) return false;
  std::erase_if(entries_, [&](const Door& door) { return least_[static_cast<std::size_t>(&door - entries_.data())] != shortest; });
  entry = pick(entries_, lane % entry_ports);
  std::erase_if(exits_, [&](const Door& door) { return destinations_[static_cast<std::size_t>(door.at)].hops[static_cast<std::size_t>(entry.at - base)] != shortest; });
  exit = pick(exits_, entry_ports == exit_ports ? entry.port : lane % exit_ports);
  return true;
}

bool Routes::find(VertexId from, VertexId to, std::uint32_t lane, std::vector<Channel>& out) {
  if (from == to) return true;
  if (follow_written(from, to, out)) return true;
  find_doors(from, entries_);
  find_doors(to, exits_);
  if (entries_.empty() || exits_.empty() || (dead_ > 0 && (!is_alive(from) || !is_alive(to)))) return false;
  std::size_t const fabric = fabric_of(entries_.front().at);
  if (fabric != fabric_of(exits_.front().at)) return false;
  Inner const base = first_of_fabric_[fabric];
  Door entry, exit;
  if (!pick_doors(lane, all_doors(from).size(), all_doors(to).size(), base, entry, exit)) return false;
  std::size_t const before = out.size();
  if (entry.by >= 0) out.push_back(entry.by);
  if (!walk(from, to, lane, entry.at, exit.at, base, out)) {
    out.resize(before);
    return false;
  }
  if (exit.by >= 0) out.push_back(reversed(exit.by));
  return true;
}

// The way that the site writes out, while all of it lives.
bool Routes::follow_written(VertexId from, VertexId to, std::vector<Channel>& out) const {
  auto const found = graph_.written_routes.find({from.index, to.index});
  if (found == graph_.written_routes.end() || !is_alive(from)) return false;
  if (!std::ranges::all_of(found->second, [&](Channel channel) { return is_alive(link_of(channel)) && is_alive(graph_.target(channel)); })) return false;
  out.insert(out.end(), found->second.begin(), found->second.end());
  return true;
}

// False: there is no way.
bool Routes::walk(VertexId from, VertexId to, std::uint32_t lane, Inner at, Inner target, Inner base, std::vector<Channel>& out) {
  Destination const& towards = destinations_[static_cast<std::size_t>(target)];
  while (at != target) {
    std::uint32_t const number = towards.ways[static_cast<std::size_t>(at - base)];
    if (number == no_way) return false;
    std::span<const Step> ways;
    if (number != not_kept) ways = std::span(ways_).subspan(sets_[number].first, sets_[number].count);
    else {
      scratch_.clear();
      collect_ways(towards.hops, at, base, scratch_);
      ways = scratch_;
    }
    Step const& step = ways[ways.size() == 1 ? 0 : choice(seed_, from, to, lane, vertex_[static_cast<std::size_t>(at)], static_cast<std::uint32_t>(ways.size()))];
    out.push_back(step.by);
    at = step.to;
  }
  return true;
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
  dead_ += alive ? -1 : 1;
  forget(graph_.vertices[static_cast<std::size_t>(vertex)].fabric);
}

void Routes::set_alive(LinkId link, bool alive) {
  if (is_alive(link) == alive) return;
  dead_links_[static_cast<std::size_t>(link)] = alive ? 0 : 1;
  dead_ += alive ? -1 : 1;
  if (graph_.links[static_cast<std::size_t>(link)].tier > 0) forget(graph_.links[static_cast<std::size_t>(link)].fabric);
}

// Sets of next links stay: most of them come back. All go where they have become many.
void Routes::forget(std::int32_t fabric) {
  bool const all = ways_.size() > most_kept;
  for (std::size_t i = 0; i < destinations_.size(); ++i)
    if (all || fabric_of(static_cast<Inner>(i)) == static_cast<std::size_t>(fabric)) {
      destinations_[i].hops.clear();
      destinations_[i].ways.clear();
    }
  if (!all) return;
  sets_.clear();
  ways_.clear();
  set_of_.clear();
}

std::uint32_t Routes::choice(std::uint64_t seed, VertexId from, VertexId to, std::uint32_t lane, VertexId at, std::uint32_t ways) {
  std::uint64_t hash = mix(seed + golden);
  hash = mix((hash + golden) ^ joined(static_cast<std::uint32_t>(from.index), static_cast<std::uint32_t>(to.index)));
  hash = mix((hash + golden) ^ joined(lane, static_cast<std::uint32_t>(at.index)));
  return static_cast<std::uint32_t>((hash >> 32) * ways >> 32);
}

}  // namespace headroom
