#include "topologies/graph/power_graph.h"

#include <fmt/format.h>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <algorithm>
#include <utility>
#include <unordered_map>
#include <unordered_set>

namespace headroom {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

// Nodes in an order in which whatever feeds a node comes first, or the cycle that forbids it.
struct OrderVisitor : boost::default_dfs_visitor {
  std::vector<std::size_t>* finished;
  std::vector<std::size_t>* open;
  std::vector<std::size_t>* cycle;

  void discover_vertex(std::size_t v, const Graph&) { open->push_back(v); }
  void finish_vertex(std::size_t v, const Graph&) {
    open->pop_back();
    finished->push_back(v);
  }
  void back_edge(Graph::edge_descriptor e, const Graph& graph) {
    if (!cycle->empty()) return;
    auto const first = std::find(open->begin(), open->end(), boost::target(e, graph));
    cycle->assign(first, open->end());
    cycle->push_back(boost::target(e, graph));
  }
};

class Builder {
 public:
  explicit Builder(const Site& site) : site_(site) {
    graph_.oversubscribed = site.power.oversubscribed;
    graph_.cooling = site.cooling;
  }

  PowerGraph build() {
    name_nodes();
    connect();
    stop_on_problems();
    order();
    stop_on_problems();
    for (auto const& hall : site_.halls) add_hall(hall);
    add_cooling();
    stop_on_problems();
    return std::move(graph_);
  }

 private:
  void problem(const Location& where, std::string what) { problems_.push_back({where, std::move(what)}); }
  void stop_on_problems() {
    if (!problems_.empty()) throw InputError(std::move(problems_));
  }

  // --- the written nodes ---

  void name_nodes() {
    for (std::size_t i = 0; i < site_.power.nodes.size(); ++i) {
      auto const& node = site_.power.nodes[i];
      if (!written_.try_emplace(node.name, i).second) problem(node.where, fmt::format("power: the name '{}' is used twice", node.name));
    }
  }

  std::optional<std::size_t> written(const std::string& name, const Location& where, const std::string& what) {
    if (auto const found = written_.find(name); found != written_.end()) return found->second;
    std::vector<std::string> known;
    for (auto const& node : site_.power.nodes) known.push_back(node.name);
    problem(where, fmt::format("{}: there is no node '{}'{}", what, name, nearest_hint(name, known)));
    return std::nullopt;
  }

  void connect() {
    feeds_.resize(site_.power.nodes.size());
    edges_ = Graph(site_.power.nodes.size());
    for (auto const& circuit : site_.power.circuits) {
      auto const from = written(circuit.from, circuit.where, "power.circuits"), to = written(circuit.to, circuit.where, "power.circuits");
      if (!from || !to) continue;
      if (site_.power.nodes[*to].utility) problem(circuit.where, fmt::format("power.circuits: '{}' is a utility feed; nothing feeds it", circuit.to));
      if (site_.power.nodes[*from].auxiliary) problem(circuit.where, fmt::format("power.circuits: '{}' is a load; it feeds nothing", circuit.from));
      for (auto const* other : feeds_[*to])
        if (other->from == circuit.from) problem(circuit.where, fmt::format("power.circuits: '{}' feeds '{}' twice", circuit.from, circuit.to));
      feeds_[*to].push_back(&circuit);
      boost::add_edge(*from, *to, edges_);
    }
    for (std::size_t i = 0; i < feeds_.size(); ++i)
      if (feeds_[i].empty() && !site_.power.nodes[i].utility)
        problem(site_.power.nodes[i].where, fmt::format("power.nodes: nothing feeds '{}'; add a circuit to it, or make it a utility", site_.power.nodes[i].name));
  }

  void order() {
    std::vector<std::size_t> finished, open, cycle;
    OrderVisitor visitor{{}, &finished, &open, &cycle};
    boost::depth_first_search(edges_, boost::visitor(visitor));
    if (!cycle.empty()) {
      std::string path;
      for (std::size_t v : cycle) path += (path.empty() ? "" : " > ") + site_.power.nodes[v].name;
      problem(site_.power.nodes[cycle.front()].where, fmt::format("power.circuits: these feed each other in a circle: {}", path));
      return;
    }
    for (auto v = finished.rbegin(); v != finished.rend(); ++v) add_written(*v);
  }

  void add_written(std::size_t index) {
    auto const& written = site_.power.nodes[index];
    PowerNode node;
    node.name = written.name;
    node.count = written.count;
    for (auto const* circuit : feeds_[index]) {
      node.parents.push_back(ids_.at(circuit->from));
      if (circuit->voltage) node.rating.voltage = *circuit->voltage;
      node.rating.phases = circuit->phases;
      if (circuit->current) node.rating.circuit = std::min(*circuit->current, node.rating.circuit.value_or(*circuit->current));
    }
    describe(written, node);
    NodeId const id = add(std::move(node), written.where);
    if (written.utility) graph_.utilities.push_back(id);
  }

  void describe(const WrittenNode& written, PowerNode& node) {
    Rating& rating = node.rating;
    if (written.utility) {
      node.kind = NodeKind::utility;
      rating.power = written.utility->limit;
      rating.voltage = written.utility->voltage;
    } else if (written.transformer) {
      node.kind = NodeKind::transformer;
      rating.apparent = written.count * written.transformer->value.rated_apparent_power;
      set_device(node, written.transformer->value);
    } else if (written.switchboard) {
      node.kind = NodeKind::switchboard;
      rating.current = written.switchboard->current;
      rating.voltage = written.switchboard->voltage;
    } else if (written.ups) {
      node.kind = NodeKind::ups;
      rating.power = written.count * written.ups->value.rated_power;
      rating.apparent = written.count * written.ups->value.rated_apparent_power;
      set_device(node, written.ups->value);
    } else if (written.pdu) {
      node.kind = NodeKind::pdu;
      rating.apparent = written.count * written.pdu->value.rated_apparent_power;
      set_device(node, written.pdu->value);
    } else if (written.converter) {
      node.kind = NodeKind::converter;
      set_device(node, written.converter->value);
    } else {
      node.kind = NodeKind::auxiliary;
      node.power = written.count * written.auxiliary->power;
      node.power_factor = written.auxiliary->power_factor;
      node.part = written.auxiliary->part;
    }
  }

  template <class Spec>
  void set_device(PowerNode& node, const Spec& spec) {
    node.device = device(spec);
    node.type = spec.name;
  }

  template <class Spec>
  int device(const Spec& spec) {
    for (std::size_t i = 0; i < graph_.devices.size(); ++i)
      if (auto const* same = std::get_if<Spec>(&graph_.devices[i]); same != nullptr && *same == spec)
        return static_cast<int>(i);
    graph_.devices.emplace_back(spec);
    return static_cast<int>(graph_.devices.size()) - 1;
  }

  NodeId add(PowerNode node, const Location& where) {
    NodeId const id{static_cast<std::int32_t>(graph_.nodes.size())};
    if (!ids_.try_emplace(node.name, id).second) problem(where, fmt::format("the name '{}' is used twice", node.name));
    graph_.nodes.push_back(std::move(node));
    return id;
  }

  // --- halls ---

  void add_hall(const Hall& hall) {
    for (auto const& other : graph_.halls)
      if (other == hall.name) problem(hall.where, fmt::format("halls: the name '{}' is used twice", hall.name));
    hall_ = static_cast<int>(graph_.halls.size());
    graph_.halls.push_back(hall.name);
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
    std::vector<NodeId> feeds;
    if (group.feeds.empty()) problem(group.where, fmt::format("racks {}: nothing feeds them; name nodes in 'feeds'", group.name));
    for (auto const& name : group.feeds) {
      auto const index = written(name, group.where, fmt::format("racks {}: feeds", group.name));
      if (!index) continue;
      if (site_.power.nodes[*index].auxiliary) problem(group.where, fmt::format("racks {}: '{}' is a load; it feeds nothing", group.name, name));
      NodeId const id = ids_.at(name);
      if (std::find(feeds.begin(), feeds.end(), id) != feeds.end()) problem(group.where, fmt::format("racks {}: the feed '{}' stands twice", group.name, name));
      feeds.push_back(id);
    }
    return feeds;
  }

  void add_rack(const RackGroup& group, const std::string& name, const std::vector<NodeId>& feeds) {
    RackPlace rack{name, hall_, {}, group.rated_power};
    for (std::size_t k = 0; k < feeds.size(); ++k) rack.strips.push_back(add_strip(group, feeds.size() == 1 ? name : fmt::format("{}:{}", name, static_cast<char>('a' + k)), feeds[k]));
    rack_ = static_cast<int>(graph_.racks.size());
    server_number_ = 0;
    for (auto const& servers : group.servers) add_servers(servers, name, rack.strips, group.where);
    for (auto const& load : group.auxiliary) add_auxiliary(load, name, rack.strips);
    for (auto const& enclosure : group.enclosures)
      for (int i = 1; i <= enclosure.count; ++i) add_enclosure(enclosure, fmt::format("{}/{}-{}", name, enclosure.name, i), rack.strips, group.where);
    graph_.racks.push_back(std::move(rack));
  }

  NodeId add_strip(const RackGroup& group, std::string name, NodeId feed) {
    PowerNode strip;
    strip.name = std::move(name);
    strip.kind = NodeKind::rack;
    strip.parents = {feed};
    strip.hall = hall_;
    strip.rating.power = group.rated_power;      // with the others lost, it carries the whole rack
    if (auto const& circuit = group.circuit ? group.circuit : site_.power.rack_circuit) {
      strip.rating.voltage = circuit->voltage;
      strip.rating.phases = circuit->phases;
      strip.rating.circuit = circuit->current;
    }
    if (group.rack_pdu) {
      strip.rating.apparent = group.rack_pdu->value.rated_apparent_power;
      set_device(strip, group.rack_pdu->value);
    }
    return add(std::move(strip), group.where);
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
      for (std::size_t k = 0; k < cords; ++k) node.parents.push_back(strips[(k + (cords < strips.size() ? turn_ : 0)) % strips.size()]);
      if (cords < strips.size()) ++turn_;
      place.node = add(std::move(node), where);
      graph_.servers.push_back(std::move(place));
    }
  }

  int server_type(const ServerSpec& spec) {
    for (std::size_t i = 0; i < graph_.server_types.size(); ++i)
      if (graph_.server_types[i] == spec) return static_cast<int>(i);
    graph_.server_types.push_back(spec);
    return static_cast<int>(graph_.server_types.size()) - 1;
  }

  void add_auxiliary(const AuxiliaryLoad& load, const std::string& inside, const std::vector<NodeId>& parents) {
    PowerNode node;
    node.name = fmt::format("{}/{}", inside, load.name);
    node.kind = NodeKind::auxiliary;
    node.parents = parents;
    node.count = load.count;
    node.power = load.count * (load.type ? load.type->value.power : load.power);
    node.power_factor = load.type ? load.type->value.power_factor : load.power_factor;
    node.type = load.type ? load.type->value.name : "";
    node.part = load.part;
    node.hall = hall_;
    add(std::move(node), load.where);
  }

  void add_enclosure(const Enclosure& enclosure, const std::string& name, const std::vector<NodeId>& strips, const Location& where) {
    PowerNode node;
    node.name = name;
    node.kind = NodeKind::enclosure;
    node.parents = strips;
    node.count = enclosure.converters;
    node.hall = hall_;
    set_device(node, enclosure.converter.value);
    std::vector<NodeId> const inside{add(std::move(node), where)};
    int const outside = std::exchange(server_number_, 0);
    for (auto const& servers : enclosure.servers) add_servers(servers, name, inside, where);
    for (auto const& load : enclosure.auxiliary) add_auxiliary(load, name, inside);
    server_number_ = outside;
  }

  void add_cooling() {
    auto const& cooling = site_.cooling;
    if (cooling.fixed <= Power{} && cooling.proportional <= 0) return;
    PowerNode node;
    node.name = "cooling";
    node.kind = NodeKind::auxiliary;
    node.power = cooling.fixed;
    node.power_factor = cooling.power_factor;
    node.follows_it = true;
    if (cooling.feeds.empty()) problem(cooling.where, "cooling: nothing feeds it; name nodes in 'feeds'");
    for (auto const& name : cooling.feeds) {
      auto const index = written(name, cooling.where, "cooling.feeds");
      if (!index) continue;
      if (site_.power.nodes[*index].auxiliary) problem(cooling.where, fmt::format("cooling.feeds: '{}' is a load; it feeds nothing", name));
      NodeId const id = ids_.at(name);
      if (std::find(node.parents.begin(), node.parents.end(), id) != node.parents.end()) problem(cooling.where, fmt::format("cooling.feeds: the feed '{}' stands twice", name));
      node.parents.push_back(id);
    }
    add(std::move(node), cooling.where);
  }

  const Site& site_;
  PowerGraph graph_;
  std::vector<Problem> problems_;
  std::unordered_map<std::string, std::size_t> written_;
  std::vector<std::vector<const WrittenCircuit*>> feeds_;    // of each written node
  Graph edges_;
  std::unordered_map<std::string, NodeId> ids_;
  std::unordered_set<std::string> rack_names_;
  int hall_ = -1, rack_ = -1, server_number_ = 0;
  std::size_t turn_ = 0;             // of the servers with fewer cords than feeds, across racks
};

}  // namespace

std::string to_text(NodeKind kind) {
  for (auto const& [candidate, name] : names(kind))
    if (candidate == kind) return name;
  return "";
}

std::optional<NodeId> PowerGraph::find(const std::string& name) const {
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (nodes[i].name == name) return NodeId{static_cast<std::int32_t>(i)};
  return std::nullopt;
}

PowerGraph build_power_graph(const Site& site) {
  Site const written = written_out(site);
  return Builder(written).build();
}

}  // namespace headroom
