#include "sim/network/flow_plan.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/errors.h"
#include "sim/network/fluid_network.h"

namespace headroom {
namespace {

// Up to so many flows their time alone is found by filling links as they will be; above, the fullest link tells: what all
// flows of a regular pattern take.
constexpr std::size_t most_flows_filled = 256;

}  // namespace

FlowPlan::FlowPlan(const Model& model, const NetworkLinks& links, Routes& routes)
    : graph_(model.graph), network_(model.graph.network), links_(links), detail_(model.scenario.network.detail), routes_(routes) {}

RoutedPhase FlowPlan::route(const Phase& phase, const Allocation& servers, const TrafficUse& use, std::uint32_t job) {
  RoutedPhase out;
  auto const end_of = [&](int member) {
    if (member >= 0) return End{servers[static_cast<std::size_t>(member)].server, {}};
    TrafficPeer const& peer = use.peers[static_cast<std::size_t>(-1 - member)];
    return End{peer.server, peer.place};
  };
  for (auto const& sending : phase.sendings)
    if (!add(end_of(sending.from), end_of(sending.to), sending.bytes, use, job, out)) {
      out = {};
      out.reachable = false;
      return out;
    }
  if (detail_ == NetworkDetail::rack) merge_between_leaves(out);
  time_alone(out, phase.rounds);
  return out;
}

std::optional<VertexId> FlowPlan::vertex(const End& end, std::int32_t fabric) const {
  if (end.server >= 0) return network_.of_server(fabric, end.server);
  return network_.vertices[static_cast<std::size_t>(end.place)].fabric == fabric ? std::optional(end.place) : std::nullopt;
}

bool FlowPlan::add(const End& from, const End& to, double bytes, const TrafficUse& use, std::uint32_t job, RoutedPhase& out) {
  if (from.server >= 0 && from.server == to.server) return true;       // inside a server nothing is sent
  out.bytes += bytes;
  RoutedFlow flow;
  flow.from = from.server >= 0 ? from.server : to.server;
  flow.to = to.server >= 0 ? to.server : from.server;
  flow.bytes = bytes;
  flow.leaves_site = from.server < 0 || to.server < 0;
  flow.crosses_racks = flow.leaves_site || graph_.servers[static_cast<std::size_t>(flow.from)].rack != graph_.servers[static_cast<std::size_t>(flow.to)].rack;
  for (std::int32_t fabric : use.fabrics) {
    auto const a = vertex(from, fabric), b = vertex(to, fabric);
    if (a && b && add_on(fabric, *a, *b, flow, job, out)) return true;
  }
  return false;
}

// Evenly over the ports of the server that has fewer of them in use: one flow a port.
bool FlowPlan::add_on(std::int32_t fabric, VertexId from, VertexId to, const RoutedFlow& flow, std::uint32_t job, RoutedPhase& out) {
  int const lanes = flow.leaves_site ? 1 : network_.fabrics[static_cast<std::size_t>(fabric)].ports;
  std::size_t const flows_before = out.flows.size(), channels_before = out.channels.size();
  for (int lane = 0; lane < lanes; ++lane) {
    RoutedFlow part = flow;
    part.fabric = fabric;
    part.bytes = flow.bytes / lanes;
    part.first = static_cast<std::uint32_t>(out.channels.size());
    if (!routes_.find(from, to, static_cast<std::uint32_t>(lane) + static_cast<std::uint32_t>(lanes) * job, out.channels)) {
      out.flows.resize(flows_before);
      out.channels.resize(channels_before);
      return false;
    }
    part.last = static_cast<std::uint32_t>(out.channels.size());
    out.flows.push_back(part);
  }
  return true;
}

// What goes the same way between leaves is one flow, which its ports bound together.
void FlowPlan::merge_between_leaves(RoutedPhase& phase) const {
  std::map<std::vector<Channel>, RoutedFlow> merged;
  for (auto const& flow : phase.flows) {
    std::vector<Channel> between;
    double port_bit_per_s = network_.fabrics[static_cast<std::size_t>(flow.fabric)].rate.si();
    for (Channel channel : phase.route(flow)) {
      NetworkLink const& link = network_.links[static_cast<std::size_t>(link_of(channel))];
      if (link.tier > 0 || link.wan) between.push_back(channel);
      else port_bit_per_s = std::min(port_bit_per_s, link.rate.si());
    }
    if (between.empty()) between.push_back(-1 - phase.channels[flow.first]);      // inside a leaf: by the port it leaves
    auto const [place, fresh] = merged.try_emplace(std::move(between), flow);
    if (!fresh) place->second.bytes += flow.bytes;
    else place->second.rate_limit_bit_per_s = 0;
    place->second.rate_limit_bit_per_s += port_bit_per_s;
    place->second.crosses_racks |= flow.crosses_racks;
  }
  phase.flows.clear();
  phase.channels.clear();
  for (auto& [between, flow] : merged) {
    flow.first = static_cast<std::uint32_t>(phase.channels.size());
    if (between.front() >= 0) phase.channels.insert(phase.channels.end(), between.begin(), between.end());
    flow.last = static_cast<std::uint32_t>(phase.channels.size());
    phase.flows.push_back(flow);
  }
}

void FlowPlan::time_alone(RoutedPhase& phase, int rounds) const {
  if (phase.flows.empty()) return;
  // links of this phase alone, numbered anew
  std::unordered_map<std::int32_t, std::int32_t> number;
  std::vector<SharedLink> used;
  std::vector<double> bytes_on;
  std::vector<std::int32_t> along, all;
  std::vector<std::size_t> ends;
  double latency_s = 0, ports_s = 0;
  for (auto const& flow : phase.flows) {
    along.clear();
    links_.along(network_, phase.route(flow), along);
    double way_s = 0;
    for (std::int32_t link : along) {
      auto const [place, fresh] = number.try_emplace(link, static_cast<std::int32_t>(used.size()));
      if (fresh) {
        used.push_back(links_.links[static_cast<std::size_t>(link)]);
        way_s += used.back().latency_s;
        used.back().latency_s = 0;
        bytes_on.push_back(0);
      } else way_s += links_.links[static_cast<std::size_t>(link)].latency_s;
      bytes_on[static_cast<std::size_t>(place->second)] += flow.bytes;
      all.push_back(place->second);
    }
    ends.push_back(all.size());
    latency_s = std::max(latency_s, way_s);
    if (flow.rate_limit_bit_per_s > 0) ports_s = std::max(ports_s, 8 * flow.bytes / flow.rate_limit_bit_per_s);
  }
  phase.latency_s = rounds * latency_s;
  phase.more_latency_s = (rounds - 1) * latency_s;
  phase.transmission_s = ports_s;
  for (std::size_t i = 0; i < used.size(); ++i) phase.transmission_s = std::max(phase.transmission_s, 8 * bytes_on[i] / used[i].rate_bit_per_s);
  if (phase.flows.size() > most_flows_filled) return;
  std::vector<Flow> flows;
  for (std::size_t i = 0; i < phase.flows.size(); ++i) {
    std::size_t const first = i == 0 ? 0 : ends[i - 1];
    flows.push_back({0, 0, phase.flows[i].bytes, {all.data() + first, ends[i] - first}, phase.flows[i].rate_limit_bit_per_s, 0});
  }
  FluidNetwork alone(std::move(used));
  alone.send({}, 0, flows);
  std::vector<Executor::Transfer> arrived;
  Instant now;
  while (arrived.empty() && alone.next() != never) alone.advance(now = alone.next(), arrived);
  phase.transmission_s = std::max(phase.transmission_s, (now - Instant{}).seconds());
}

}  // namespace headroom
