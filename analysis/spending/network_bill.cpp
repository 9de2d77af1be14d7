#include "analysis/spending/network_bill.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "topologies/graph/switch_graph.h"

namespace headroom {
namespace {

constexpr std::array stock_m{0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 70.0, 100.0, 150.0, 200.0, 300.0, 500.0};

std::string name_of(const Identity& device) { return device.name.empty() ? "written in place" : device.name; }
bool is_fibre(Medium medium) { return medium == Medium::multimode || medium == Medium::single_mode; }

class Tally {
 public:
  Tally(const NetworkGraph& graph, std::int32_t fabric) : graph_(graph), number_(fabric), fabric_(graph.fabrics[static_cast<std::size_t>(fabric)]) {}

  FabricBill bill() {
    out_.fabric = fabric_.name;
    for (std::int32_t s = 0; s < fabric_.switches; ++s) add_switch({fabric_.first_switch.index + s});
    for (auto const& link : graph_.links)
      if (link.fabric == number_) add_link(link);
    for (auto& [type, of] : switches_) out_.switches.push_back(std::move(of));
    for (auto& [type, of] : optics_) out_.optics.push_back(std::move(of));
    for (auto& [key, of] : cables_) out_.cables.push_back(std::move(of));
    for (auto const& [rate, count] : server_links_) out_.server_links.push_back({DataRate::from_si(rate), count});
    for (auto const& [rate, count] : switch_links_) out_.switch_links.push_back({DataRate::from_si(rate), count});
    for (auto const& [rate, count] : wan_links_) out_.wan_links.push_back({DataRate::from_si(rate), count});
    add_adapters();
    return std::move(out_);
  }

 private:
  void add_switch(VertexId of) {
    NetworkVertex const& vertex = graph_.vertices[static_cast<std::size_t>(of)];
    if (vertex.type < 0) return;
    SwitchSpec const& spec = graph_.switch_types[static_cast<std::size_t>(vertex.type)];
    SwitchesOfType& type = switches_[{name_of(spec), vertex.type}];
    type.type = name_of(spec);
    ++type.count;
    type.capacity = capacity_of(spec);
    auto const used = ports_used(graph_, of);
    type.ports_used += used;
    type.ports_spare += std::max<std::int64_t>(0, ports_of(spec) - used);
  }

  void add_link(const NetworkLink& link) {
    bool const at_server = graph_.vertices[static_cast<std::size_t>(link.a)].kind == VertexKind::server || graph_.vertices[static_cast<std::size_t>(link.b)].kind == VertexKind::server;
    ++(link.wan ? wan_links_ : at_server ? server_links_ : switch_links_)[link.rate.si()];
    if (link.optic >= 0) {
      OpticSpec const& spec = graph_.optics[static_cast<std::size_t>(link.optic)];
      OpticsOfType& type = optics_[{name_of(spec), link.optic}];
      type.type = name_of(spec);
      type.rate = spec.rate;
      type.count += link.wan ? 1 : 2;
    }
    if (link.wan) return;
    if (link.medium == Medium::none) {
      ++out_.without_cable;
      return;
    }
    std::string const type = link.cable >= 0 ? name_of(graph_.cables[static_cast<std::size_t>(link.cable)]) : "";
    Length const stock = stock_length(link.length);
    CablesOfLength& of = cables_[{link.medium, type, link.rate.si(), stock.si()}];
    of.medium = link.medium;
    of.type = type;
    of.rate = link.rate;
    of.stock = stock;
    ++of.count;
    of.laid += link.length;
  }

  void add_adapters() {
    if (!fabric_.nic) return;
    NicSpec const& nic = *fabric_.nic;
    out_.nic = name_of(nic);
    out_.nic_rate = nic.ports * nic.port_rate;
    out_.nics = static_cast<std::int64_t>(fabric_.servers) * ((fabric_.ports + nic.ports - 1) / nic.ports);
  }

  const NetworkGraph& graph_;
  std::int32_t number_;
  const Fabric& fabric_;
  FabricBill out_;
  std::map<std::pair<std::string, std::int32_t>, SwitchesOfType> switches_;
  std::map<std::pair<std::string, std::int32_t>, OpticsOfType> optics_;
  std::map<std::tuple<Medium, std::string, double, double>, CablesOfLength> cables_;
  std::map<double, std::int64_t> server_links_, switch_links_, wan_links_;
};

}  // namespace

DataRate capacity_of(const SwitchSpec& spec) {
  DataRate out = spec.ports * spec.port_rate;
  if (spec.uplinks) out += spec.uplinks->ports * spec.uplinks->port_rate;
  return out;
}

Length stock_length(Length length) {
  double const m = length / metre;
  for (double const stock : stock_m)
    if (m <= stock * (1 + 1e-12)) return stock * metre;
  return 100 * std::ceil(m / 100 - 1e-12) * metre;
}

Length FabricBill::fibre_laid() const {
  Length sum;
  for (auto const& of : cables)
    if (is_fibre(of.medium)) sum += of.laid;
  return sum;
}

Length FabricBill::fibre_stock() const {
  Length sum;
  for (auto const& of : cables)
    if (is_fibre(of.medium)) sum += static_cast<double>(of.count) * of.stock;
  return sum;
}

FabricBill fabric_bill(const NetworkGraph& graph, std::int32_t fabric) { return Tally(graph, fabric).bill(); }

std::vector<FabricBill> network_bill(const NetworkGraph& graph, const std::string& only) {
  std::vector<FabricBill> out;
  for (std::size_t f = 0; f < graph.fabrics.size(); ++f)
    if (only.empty() || graph.fabrics[f].name == only) out.push_back(fabric_bill(graph, static_cast<std::int32_t>(f)));
  return out;
}

}  // namespace headroom
