#include "analysis/statics/fabric.h"

#include <algorithm>
#include <tuple>

namespace headroom {
namespace {

const NetworkVertex& at(const NetworkGraph& graph, VertexId v) { return graph.vertices[static_cast<std::size_t>(v)]; }

// Where what leaves a switch goes.
struct Rates {
  DataRate down, up, beside;
  DataRate onwards() const { return up + beside; }
};
Rates rates_of(const NetworkGraph& graph, VertexId of) {
  Rates out;
  int const tier = at(graph, of).tier;
  for (Channel const channel : graph.leaving(of)) {
    NetworkVertex const& other = at(graph, graph.target(channel));
    if (other.kind == VertexKind::outside) continue;
    DataRate const rate = graph.links[static_cast<std::size_t>(link_of(channel))].rate;
    (other.tier < tier ? out.down : other.tier > tier ? out.up : out.beside) += rate;
  }
  return out;
}

void add_switch(const NetworkGraph& graph, VertexId of, FabricTier& tier) {
  NetworkVertex const& vertex = at(graph, of);
  ++tier.switches;
  auto const used = ports_used(graph, of);
  tier.ports_used += used;
  if (vertex.type >= 0) {
    SwitchSpec const& type = graph.switch_types[static_cast<std::size_t>(vertex.type)];
    ++tier.types[type.name.empty() ? "written in place" : type.name];
    tier.ports_spare += std::max<std::int64_t>(0, ports_of(type) - used);
  } else {
    ++tier.types[""];
  }
  Rates const rates = rates_of(graph, of);
  tier.down += rates.down;
  tier.up += rates.up;
  tier.beside += rates.beside;
  if (rates.onwards() > DataRate{}) tier.oversubscription_worst = std::max(tier.oversubscription_worst, rates.down / rates.onwards());
}

std::vector<FabricTier> tiers_of(const NetworkGraph& graph, const Fabric& fabric) {
  std::map<int, FabricTier> by_tier;
  for (std::int32_t s = 0; s < fabric.switches; ++s) {
    VertexId const of{fabric.first_switch.index + s};
    add_switch(graph, of, by_tier[at(graph, of).tier]);
  }
  std::vector<FabricTier> out;
  for (auto& [number, tier] : by_tier) {
    tier.tier = number;
    if (tier.up + tier.beside > DataRate{}) tier.oversubscription = tier.down / (tier.up + tier.beside);
    out.push_back(std::move(tier));
  }
  return out;
}

void add_links(const NetworkGraph& graph, std::int32_t fabric, FabricAnswer& answer) {
  std::map<std::pair<bool, int>, FabricLinks> links;
  std::map<Medium, CableUse> cables;
  for (auto const& link : graph.links) {
    if (link.fabric != fabric) continue;
    FabricLinks& tier = links[{link.wan, link.wan ? 0 : link.tier}];
    ++tier.links;
    tier.rate += link.rate;
    if (link.length <= Length{}) {
      answer.links_without_length += link.wan ? 0 : 1;
      continue;
    }
    CableUse& cable = cables[link.medium];
    ++cable.links;
    cable.total += link.length;
    cable.longest = std::max(cable.longest, link.length);
  }
  for (auto& [key, tier] : links) {
    std::tie(tier.wan, tier.tier) = key;
    answer.links.push_back(tier);
  }
  for (auto& [medium, use] : cables) {
    use.medium = medium;
    answer.cables.push_back(use);
  }
}

std::string link_name(const NetworkGraph& graph, LinkId link) {
  NetworkLink const& of = graph.links[static_cast<std::size_t>(link)];
  return at(graph, of.a).name + " - " + at(graph, of.b).name;
}

void add_single_points(const NetworkGraph& graph, std::int32_t fabric, FabricAnswer& answer) {
  NetworkSinglePoints const found = network_single_points(graph, fabric);
  answer.single_homed = found.single_homed;
  std::map<std::tuple<std::int32_t, bool, int>, SinglePointClass> classes;
  for (auto const& point : found.points) {
    bool const link = point.link.valid();
    int const tier = link ? graph.links[static_cast<std::size_t>(point.link)].tier : at(graph, point.of_switch).tier;
    SinglePointClass& of = classes[{-point.servers, link, tier}];
    of.link = link;
    of.tier = tier;
    of.servers = point.servers;
    of.names.push_back(link ? link_name(graph, point.link) : at(graph, point.of_switch).name);
  }
  for (auto& [key, of] : classes) answer.single_points.push_back(std::move(of));
}

// What all ports of a half carry.
DataRate ports_of_half(const NetworkGraph& graph, const Fabric& fabric, std::int32_t first, std::int32_t servers) {
  DataRate out;
  for (std::int32_t i = first; i < first + servers; ++i)
    for (Channel const channel : graph.leaving({fabric.first_server.index + i})) out += graph.links[static_cast<std::size_t>(link_of(channel))].rate;
  return out;
}

}  // namespace

FabricAnswer fabric_answer(const NetworkGraph& graph, std::int32_t fabric) {
  Fabric const& of = graph.fabrics[static_cast<std::size_t>(fabric)];
  FabricAnswer answer;
  answer.name = of.name;
  answer.kind = of.kind;
  answer.servers = of.servers;
  answer.ports = of.ports;
  answer.rate = of.rate;
  answer.tiers = tiers_of(graph, of);
  add_links(graph, fabric, answer);
  answer.bisection = bisection(graph, fabric);
  DataRate const least = std::min(ports_of_half(graph, of, 0, answer.bisection.first), ports_of_half(graph, of, answer.bisection.first, answer.bisection.second));
  if (least > DataRate{}) answer.bisection_share = answer.bisection.rate / least;
  answer.diversity = path_diversity(graph, fabric);
  answer.distances = distances(graph, fabric);
  add_single_points(graph, fabric, answer);
  return answer;
}

NetworkAnswer network_answer(const NetworkGraph& graph, const std::string& only) {
  NetworkAnswer out;
  for (std::size_t f = 0; f < graph.fabrics.size(); ++f)
    if (only.empty() || graph.fabrics[f].name == only) out.fabrics.push_back(fabric_answer(graph, static_cast<std::int32_t>(f)));
  return out;
}

}  // namespace headroom
