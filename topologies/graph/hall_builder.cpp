// Racks and what is in them.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "topologies/graph/draft.h"

namespace headroom {
namespace {

class HallBuilder {
 public:
  HallBuilder(const Site& site, Draft& draft) : site_(site), graph_(draft.graph), draft_(draft) {}

  void build() {
    for (auto const& hall : site_.halls) add_hall(hall);
  }

 private:
  void problem(const Location& where, std::string what) { draft_.problem(where, std::move(what)); }

  void add_hall(const Hall& hall) {
    for (auto const& other : graph_.halls)
      if (other == hall.name) problem(hall.where, fmt::format("halls: the name '{}' is used twice", hall.name));
    hall_ = static_cast<int>(graph_.halls.size());
    graph_.halls.push_back(hall.name);
    graph_.hall_places.push_back({hall.positions, hall.weight_limit, hall.cooling_capacity});
    for (auto const& group : hall.racks) {
      std::vector<NodeId> const feeds = feeds_of(group);
      if (feeds.empty()) continue;
      for (int i = 0; i < group.count; ++i) {
        std::string const name = fmt::format("{}/{}-{}", hall.name, group.name, group.first + i);
        if (!rack_names_.insert(name).second) {
          problem(group.where, fmt::format("racks {}: there is a rack {} already; give the group another name or first number", group.name, name));
          break;
        }
        add_rack(group, name, feeds);
      }
    }
  }

  std::vector<NodeId> feeds_of(const RackGroup& group) {
    if (group.feeds.empty()) problem(group.where, fmt::format("racks {}: nothing feeds them; name nodes in 'feeds'", group.name));
    return draft_.feeds(group.feeds, group.where, fmt::format("racks {}", group.name), fmt::format("racks {}: feeds", group.name));
  }

  void add_rack(const RackGroup& group, const std::string& name, const std::vector<NodeId>& feeds) {
    RackPlace rack{name, hall_, {}, group.rated_power, group.budget, weight_of(group)};
    for (std::size_t k = 0; k < feeds.size(); ++k) rack.strips.push_back(add_strip(group, feeds.size() == 1 ? name : fmt::format("{}:{}", name, static_cast<char>('a' + k)), feeds[k]));
    rack_ = static_cast<int>(graph_.racks.size());
    server_number_ = 0;
    for (auto const& servers : group.servers) add_servers(servers, name, rack.strips, group.where);
    for (auto const& load : group.auxiliary) add_auxiliary(load, name, rack.strips);
    for (auto const& enclosure : group.enclosures)
      for (int i = 1; i <= enclosure.count; ++i) add_enclosure(enclosure, fmt::format("{}/{}-{}", name, enclosure.name, i), rack.strips, group.where);
    graph_.racks.push_back(std::move(rack));
  }

  // Of the rack and its servers; zero where one of them does not say.
  static Mass weight_of(const RackGroup& group) {
    Mass sum = group.weight;
    bool is_known = sum.si() > 0;
    auto const add = [&](const ServerGroup& servers, int times) {
      sum += static_cast<double>(times * servers.count) * servers.type.value.weight;
      is_known = is_known && servers.type.value.weight.si() > 0;
    };
    for (auto const& servers : group.servers) add(servers, 1);
    for (auto const& enclosure : group.enclosures)
      for (auto const& servers : enclosure.servers) add(servers, enclosure.count);
    return is_known ? sum : Mass{};
  }

  NodeId add_strip(const RackGroup& group, std::string name, NodeId feed) {
    PowerNode strip;
    strip.name = std::move(name);
    strip.kind = NodeKind::rack;
    strip.hall = hall_;
    strip.rating.power = group.rated_power;      // with the others lost, it carries the whole rack
    Connection connection;
    if (auto const& circuit = group.circuit ? group.circuit : site_.power.rack_circuit) {
      strip.rating.voltage = circuit->voltage;
      strip.rating.phases = circuit->phases;
      connection = draft_.connection(circuit->current, circuit->breaker);
      if (circuit->phases == 1) strip.line = draft_.next_line(feed);
    }
    hang(strip, feed, connection);
    if (group.rack_pdu) {
      strip.rating.apparent = group.rack_pdu->value.rated_apparent_power;
      strip.rating.usable = draft_.derated(group.rack_pdu->value.derating);
      draft_.set_device(strip, group.rack_pdu->value);
    }
    return draft_.add(std::move(strip), group.where);
  }

  void add_servers(const ServerGroup& group, const std::string& inside, const std::vector<NodeId>& strips, const Location& where) {
    int const type = server_type(group.type.value);
    for (int i = 0; i < group.count; ++i) {
      PowerNode node;
      node.name = fmt::format("{}/{}", inside, ++server_number_);
      node.kind = NodeKind::server;
      node.hall = hall_;
      node.type = group.type.value.name;
      node.server = static_cast<int>(graph_.servers.size());
      node.part = LoadPart::it;
      ServerPlace place{node.name, type, {}, hall_, rack_, group.supplies.value_or(group.type.value.supplies)};
      // fewer cords than feeds: neighbours take turns, so that the feeds stay even
      auto const cords = std::min(strips.size(), static_cast<std::size_t>(place.supplies));
      for (std::size_t k = 0; k < cords; ++k) hang(node, strips[(k + (cords < strips.size() ? turn_ : 0)) % strips.size()]);
      if (cords < strips.size()) ++turn_;
      place.node = draft_.add(std::move(node), where);
      graph_.servers.push_back(std::move(place));
    }
  }

  int server_type(const ServerSpec& spec) {
    for (std::size_t i = 0; i < graph_.server_types.size(); ++i)
      if (graph_.server_types[i] == spec) return static_cast<int>(i);
    graph_.server_types.push_back(spec);
    return static_cast<int>(graph_.server_types.size()) - 1;
  }

  void add_auxiliary(const AuxiliaryLoad& load, const std::string& inside, const std::vector<NodeId>& feeds) {
    PowerNode node;
    node.name = fmt::format("{}/{}", inside, load.name);
    node.kind = NodeKind::auxiliary;
    for (NodeId feed : feeds) hang(node, feed);
    node.count = load.count;
    node.power = load.count * (load.type ? load.type->value.power : load.power);
    node.power_factor = load.type ? load.type->value.power_factor : load.power_factor;
    node.type = load.type ? load.type->value.name : "";
    node.part = load.part;
    node.hall = hall_;
    draft_.add(std::move(node), load.where);
  }

  void add_enclosure(const Enclosure& enclosure, const std::string& name, const std::vector<NodeId>& strips, const Location& where) {
    PowerNode node;
    node.name = name;
    node.kind = NodeKind::enclosure;
    for (NodeId strip : strips) hang(node, strip);
    node.count = enclosure.converters;
    node.hall = hall_;
    draft_.set_device(node, enclosure.converter.value);
    draft_.set_battery(node, enclosure.battery);
    std::vector<NodeId> const inside{draft_.add(std::move(node), where)};
    int const outside = std::exchange(server_number_, 0);
    for (auto const& servers : enclosure.servers) add_servers(servers, name, inside, where);
    for (auto const& load : enclosure.auxiliary) add_auxiliary(load, name, inside);
    server_number_ = outside;
  }

  const Site& site_;
  PowerGraph& graph_;
  Draft& draft_;
  std::unordered_set<std::string> rack_names_;
  int hall_ = -1, rack_ = -1, server_number_ = 0;
  std::size_t turn_ = 0;             // of the servers with fewer cords than feeds, across racks
};

}  // namespace

void build_halls(const Site& site, Draft& draft) { HallBuilder(site, draft).build(); }

}  // namespace headroom
