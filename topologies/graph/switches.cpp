// Switches and network adapters as loads of the power graph.
#include "topologies/graph/draft.h"
#include "topologies/graph/plugged.h"

namespace headroom {
namespace {

class SwitchBuilder {
 public:
  explicit SwitchBuilder(Draft& draft) : draft_(draft), network_(draft.graph.network), of_servers_(network_.fabrics.size(), std::vector<Power>(draft.graph.racks.size())) {}

  void build(const Site& site) {
    std::vector<Power> const ports = power_of_ports();
    for (std::size_t v = 0; v < network_.vertices.size(); ++v)
      if (network_.vertices[v].type >= 0) add_switch(network_.vertices[v], ports[v], site.network[static_cast<std::size_t>(network_.vertices[v].fabric)].where);
    for (std::size_t fabric = 0; fabric < network_.fabrics.size(); ++fabric)
      for (std::size_t rack = 0; rack < of_servers_[fabric].size(); ++rack)
        if (of_servers_[fabric][rack] > Power{}) add_adapters(network_.fabrics[fabric].name, static_cast<int>(rack), of_servers_[fabric][rack], site.network[fabric].where);
  }

 private:
  // Of each switch: its ports in use and what is plugged into them. Those of servers are added up by fabric and rack.
  std::vector<Power> power_of_ports() {
    std::vector<Power> ports(network_.vertices.size());
    for (auto const& link : network_.links)
      for (VertexId end : {link.a, link.b}) {
        NetworkVertex const& vertex = network_.vertices[static_cast<std::size_t>(end)];
        Power const plugged = plugged_power(network_, link);
        if (vertex.type >= 0) ports[static_cast<std::size_t>(end)] += plugged + network_.switch_types[static_cast<std::size_t>(vertex.type)].port_power;
        else if (vertex.server >= 0) of_servers_[static_cast<std::size_t>(vertex.fabric)][static_cast<std::size_t>(vertex.rack)] += plugged;
      }
    for (auto const& vertex : network_.vertices)
      if (auto const& nic = network_.fabrics[static_cast<std::size_t>(vertex.fabric)].nic; nic && vertex.server >= 0) {
        int const adapters = (network_.fabrics[static_cast<std::size_t>(vertex.fabric)].ports + nic->ports - 1) / nic->ports;
        of_servers_[static_cast<std::size_t>(vertex.fabric)][static_cast<std::size_t>(vertex.rack)] += adapters * nic->power;
      }
    return ports;
  }

  void add_switch(NetworkVertex& vertex, Power ports, const Location& where) {
    SwitchSpec const& spec = network_.switch_types[static_cast<std::size_t>(vertex.type)];
    PowerNode node = load_in(vertex.rack);
    node.name = vertex.name;
    node.kind = NodeKind::network_switch;
    node.power = spec.power + ports;
    node.power_factor = spec.power_factor;
    node.type = spec.name;
    vertex.node = draft_.add(std::move(node), where);
  }

  void add_adapters(const std::string& fabric, int rack, Power power, const Location& where) {
    PowerNode node = load_in(rack);
    node.name = adapters_name(draft_.graph.racks[static_cast<std::size_t>(rack)].name, fabric);
    node.kind = NodeKind::auxiliary;
    node.power = power;
    draft_.add(std::move(node), where);
  }

  PowerNode load_in(int rack) const {
    PowerNode node;
    RackPlace const& place = draft_.graph.racks[static_cast<std::size_t>(rack)];
    for (NodeId strip : place.strips) hang(node, strip);
    node.part = LoadPart::it;
    node.hall = place.hall;
    return node;
  }

  Draft& draft_;
  NetworkGraph& network_;
  std::vector<std::vector<Power>> of_servers_;      // by fabric and rack: adapters, and modules in them
};

}  // namespace

void build_switches(const Site& site, Draft& draft) {
  if (site.network.empty()) return;
  draft.graph.network = build_network(site, draft.graph);
  SwitchBuilder(draft).build(site);
}

}  // namespace headroom
