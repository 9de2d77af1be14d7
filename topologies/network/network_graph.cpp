#include "topologies/network/network_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/written_routes.h"
#include "topologies/network/cabling.h"

namespace headroom {
namespace {

void build_shape(FabricDraft& draft) {
  switch (draft.spec.fabric) {
    case FabricKind::star: return build_star(draft);
    case FabricKind::leaf_spine: return build_leaf_spine(draft);
    case FabricKind::clos: return build_clos(draft);
    case FabricKind::fat_tree: return build_fat_tree(draft);
    case FabricKind::dragonfly: return build_dragonfly(draft);
    case FabricKind::torus: return build_torus(draft);
    case FabricKind::rail_optimised: return build_rail_optimised(draft);
    case FabricKind::jellyfish: return build_jellyfish(draft);
    case FabricKind::scale_up: return build_scale_up(draft);
    case FabricKind::written: return build_written(draft);
  }
}

void complete(FabricDraft& draft) {
  if (!draft.has_problems()) build_shape(draft);
  if (draft.has_problems()) return;
  draft.add_wan();
  draft.place_switches();
  draft.check_ports();
  if (!draft.has_problems() && draft.spec.fabric != FabricKind::scale_up) draft.check_connected();
}

// One name, one thing: fabrics, switches and places outside.
void check_names(const std::vector<FabricDraft>& drafts, std::vector<Problem>& problems) {
  std::unordered_map<std::string, bool> used;
  auto const use = [&](const FabricDraft& draft, const std::string& name) {
    if (!used.try_emplace(name).second) problems.push_back({draft.spec.where, fmt::format("network[{}]: the name '{}' is used twice; give each fabric and each place outside one of its own", draft.spec.name, name)});
  };
  for (auto const& draft : drafts) {
    use(draft, draft.spec.name);
    for (auto const& name : draft.outside) use(draft, name);
  }
}

// Puts the drafts of all fabrics into one numbering.
class Assembly {
 public:
  explicit Assembly(const std::vector<FabricDraft>& drafts) : drafts_(drafts) {}

  NetworkGraph build() {
    number();
    add_servers();
    add_switches();
    add_outside();
    add_links();
    index_channels();
    return std::move(graph_);
  }

 private:
  struct Firsts {
    std::int32_t server = 0, network_switch = 0, outside = 0;
  };

  void number() {
    firsts_.resize(drafts_.size());
    std::int32_t next = 0;
    auto const give = [&](std::int32_t Firsts::*first, auto count) {
      for (std::size_t f = 0; f < drafts_.size(); ++f) {
        firsts_[f].*first = next;
        next += static_cast<std::int32_t>(count(drafts_[f]));
      }
    };
    give(&Firsts::server, [](const FabricDraft& draft) { return draft.servers.size(); });
    give(&Firsts::network_switch, [](const FabricDraft& draft) { return draft.switches.size(); });
    give(&Firsts::outside, [](const FabricDraft& draft) { return draft.outside.size(); });
    graph_.vertices.resize(static_cast<std::size_t>(next));
    for (std::size_t f = 0; f < drafts_.size(); ++f) add_fabric(drafts_[f], firsts_[f]);
  }

  void add_fabric(const FabricDraft& draft, const Firsts& firsts) {
    Fabric& fabric = graph_.fabrics.emplace_back();
    fabric.name = draft.spec.name;
    fabric.kind = draft.spec.fabric;
    fabric.essential = draft.spec.essential;
    fabric.ports = draft.ports;
    for (auto const& one : draft.switches) fabric.tiers = std::max(fabric.tiers, one.tier + 1);
    fabric.rate = draft.rate;
    fabric.sleep_after = draft.spec.sleep_after;
    fabric.wake_time = draft.spec.wake_time;
    if (draft.spec.nic) fabric.nic = draft.spec.nic->value;
    fabric.first_server = {firsts.server};
    fabric.first_switch = {firsts.network_switch};
    fabric.servers = static_cast<int>(draft.servers.size());
    fabric.switches = static_cast<int>(draft.switches.size());
  }

  NetworkVertex& vertex(std::size_t fabric, std::int32_t number, VertexKind kind, int tier) {
    NetworkVertex& vertex = graph_.vertices[static_cast<std::size_t>(number)];
    vertex.kind = kind;
    vertex.tier = static_cast<std::int16_t>(tier);
    vertex.fabric = static_cast<std::int32_t>(fabric);
    return vertex;
  }

  void add_servers() {
    for (std::size_t f = 0; f < drafts_.size(); ++f)
      for (std::size_t i = 0; i < drafts_[f].servers.size(); ++i) {
        NetworkVertex& added = vertex(f, firsts_[f].server + static_cast<std::int32_t>(i), VertexKind::server, -1);
        added.server = drafts_[f].servers[i];
        added.rack = drafts_[f].places.graph.servers[static_cast<std::size_t>(added.server)].rack;
      }
  }

  void add_switches() {
    for (std::size_t f = 0; f < drafts_.size(); ++f)
      for (std::size_t i = 0; i < drafts_[f].switches.size(); ++i) {
        DraftSwitch const& one = drafts_[f].switches[i];
        NetworkVertex& added = vertex(f, firsts_[f].network_switch + static_cast<std::int32_t>(i), VertexKind::network_switch, one.tier);
        added.group = one.group;
        added.type = one.type == nullptr ? -1 : type_number(*one.type);
        added.rack = one.rack;
        added.name = one.name;
        if (!one.backplane) continue;
        added.backplane = static_cast<std::int32_t>(graph_.backplanes.size());
        graph_.backplanes.push_back(*one.backplane);
      }
  }

  std::int32_t type_number(const SwitchSpec& type) {
    auto const [place, fresh] = numbers_.try_emplace(&type, 0);
    if (!fresh) return place->second;
    auto const same = std::ranges::find(graph_.switch_types, type);
    place->second = static_cast<std::int32_t>(same - graph_.switch_types.begin());
    if (same == graph_.switch_types.end()) graph_.switch_types.push_back(type);
    return place->second;
  }

  void add_outside() {
    for (std::size_t f = 0; f < drafts_.size(); ++f)
      for (std::size_t i = 0; i < drafts_[f].outside.size(); ++i)
        vertex(f, firsts_[f].outside + static_cast<std::int32_t>(i), VertexKind::outside, graph_.fabrics[f].tiers).name = drafts_[f].outside[i];
  }

  VertexId of(std::size_t fabric, End end) const {
    auto const& draft = drafts_[fabric];
    auto const servers = static_cast<End>(draft.servers.size()), switches = static_cast<End>(draft.switches.size());
    if (end < servers) return {firsts_[fabric].server + end};
    if (end < servers + switches) return {firsts_[fabric].network_switch + end - servers};
    return {firsts_[fabric].outside + end - servers - switches};
  }

  void add_links() {
    std::size_t total = 0;
    for (auto const& draft : drafts_) total += draft.links.size();
    graph_.links.reserve(total);
    for (std::size_t f = 0; f < drafts_.size(); ++f)
      for (auto const& link : drafts_[f].links) {
        NetworkLink& added = graph_.links.emplace_back();
        added.a = of(f, link.a);
        added.b = of(f, link.b);
        added.rate = link.rate;
        added.latency = link.latency;
        added.fabric = static_cast<std::int32_t>(f);
        added.tier = static_cast<std::int16_t>(link.tier);
        added.wan = link.wan;
        added.shared = link.shared;
        if (link.length) added.length = *link.length;
      }
  }

  void index_channels() {
    graph_.first_out.assign(graph_.vertices.size() + 1, 0);
    for (auto const& link : graph_.links)
      for (VertexId end : {link.a, link.b}) ++graph_.first_out[static_cast<std::size_t>(end) + 1];
    for (std::size_t v = 0; v < graph_.vertices.size(); ++v) graph_.first_out[v + 1] += graph_.first_out[v];
    graph_.out.resize(2 * graph_.links.size());
    std::vector<std::int32_t> next(graph_.first_out.begin(), graph_.first_out.end() - 1);
    for (std::size_t i = 0; i < graph_.links.size(); ++i) {
      LinkId const link{static_cast<std::int32_t>(i)};
      graph_.out[static_cast<std::size_t>(next[static_cast<std::size_t>(graph_.links[i].a)]++)] = forward(link);
      graph_.out[static_cast<std::size_t>(next[static_cast<std::size_t>(graph_.links[i].b)]++)] = backward(link);
    }
  }

  const std::vector<FabricDraft>& drafts_;
  NetworkGraph graph_;
  std::vector<Firsts> firsts_;
  std::unordered_map<const SwitchSpec*, std::int32_t> numbers_;
};

}  // namespace

std::optional<VertexId> NetworkGraph::of_server(std::int32_t fabric, std::int32_t server) const {
  Fabric const& of = fabrics[static_cast<std::size_t>(fabric)];
  auto const first = vertices.begin() + of.first_server.index, last = first + of.servers;
  auto const found = std::lower_bound(first, last, server, [](const NetworkVertex& vertex, std::int32_t number) { return vertex.server < number; });
  if (found == last || found->server != server) return std::nullopt;
  return VertexId{static_cast<std::int32_t>(found - vertices.begin())};
}

std::optional<VertexId> NetworkGraph::find(const std::string& name) const {
  for (std::size_t i = fabrics.empty() ? 0 : static_cast<std::size_t>(fabrics.front().first_switch); i < vertices.size(); ++i)
    if (vertices[i].name == name) return VertexId{static_cast<std::int32_t>(i)};
  return std::nullopt;
}

NetworkGraph build_network(const Site& site, const PowerGraph& power) {
  if (site.network.empty()) return {};
  Places const places(site, power);
  std::vector<Problem> problems;
  std::vector<FabricDraft> drafts;
  drafts.reserve(site.network.size());
  for (auto const& spec : site.network) complete(drafts.emplace_back(spec, places, problems));
  check_names(drafts, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  NetworkGraph graph = Assembly(drafts).build();
  lay_cables(site, places, graph, problems);
  add_written_routes(site, power, graph, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return graph;
}

}  // namespace headroom
