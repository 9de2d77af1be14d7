#include "analysis/spending/counts.h"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "analysis/spending/network_bill.h"
#include "base/sum.h"
#include "sim/physics/server_power.h"
#include "topologies/graph/ties.h"

namespace headroom {
namespace {

using enum SpendingGroup;

// The switches of the layout by the name their node has in the graph, which keeps only what they draw.
std::unordered_map<std::string, const SwitchSpec*> switches_by_name(const Site& site) {
  std::unordered_map<std::string, const SwitchSpec*> found;
  auto const note = [&](const std::string& inside, const std::vector<AuxiliaryLoad>& loads) {
    for (auto const& load : loads)
      if (load.type) found[inside + "/" + load.name] = &load.type->value;
  };
  for (auto const& hall : site.halls)
    for (auto const& group : hall.racks)
      for (int i = 0; i < group.count; ++i) {
        std::string const rack = fmt::format("{}/{}-{}", hall.name, group.name, group.first + i);
        note(rack, group.auxiliary);
        for (auto const& enclosure : group.enclosures)
          for (int k = 1; k <= enclosure.count; ++k) note(fmt::format("{}/{}-{}", rack, enclosure.name, k), enclosure.auxiliary);
      }
  return found;
}

// As build_switches calls the node of a rack's adapters.
std::string adapters_name(const std::string& rack, const std::string& fabric) { return fmt::format("{}/{} adapters", rack, fabric); }

class Counter {
 public:
  Counter(const Site& site, const PowerGraph& graph) : graph_(graph), switches_(switches_by_name(site)), rack_of_node_(graph.nodes.size(), -1), it_of_rack_(graph.racks.size()) {
    for (auto const& kind : count_kinds()) counts_.push_back({&kind, {}});
  }

  std::vector<Count> count() {
    place_nodes();
    add_networks();
    for (auto const& rack : graph_.racks) add("racks", {rack.name, 1, {}});
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) add_node(i);
    add_building();
    add_cooling();
    std::erase_if(counts_, [](const Count& count) { return count.elements.empty(); });
    return std::move(counts_);
  }

 private:
  void add(const char* key, CountedElement element) {
    for (auto& count : counts_)
      if (count.kind->key == std::string_view(key)) return count.elements.push_back(std::move(element));
    expects(false, "what is counted is in the table of kinds");
  }

  // Which rack a node stands in: what feeds a node has a smaller number, so one pass is enough.
  void place_nodes() {
    for (std::size_t r = 0; r < graph_.racks.size(); ++r)
      for (NodeId strip : graph_.racks[r].strips) rack_of_node_[static_cast<std::size_t>(strip)] = static_cast<int>(r);
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
      if (rack_of_node_[i] < 0 && !graph_.nodes[i].parents.empty()) rack_of_node_[i] = rack_of_node_[static_cast<std::size_t>(graph_.nodes[i].parents.front())];
  }

  template <class Spec>
  const Spec* device(const PowerNode& node) const {
    return node.device < 0 ? nullptr : std::get_if<Spec>(&graph_.devices[static_cast<std::size_t>(node.device)]);
  }

  // Switches of a network are elements of their own, under the name that the network gives them; what else it takes is counted
  // by kind and fabric.
  void add_networks() {
    for (auto const& vertex : graph_.network.vertices) {
      if (vertex.type < 0) continue;
      SwitchSpec const& spec = graph_.network.switch_types[static_cast<std::size_t>(vertex.type)];
      add("switches", {vertex.name, 1, capacity_of(spec).si()});
    }
    for (auto const& bill : network_bill(graph_.network)) {
      for (auto const& of : bill.optics) add("optics", {fmt::format("{}: {}", bill.fabric, of.type), static_cast<double>(of.count), of.rate.si()});
      for (auto const& of : bill.cables) add_cables(bill.fabric, of);
      if (bill.nics > 0) add("nics", {fmt::format("{}: {}", bill.fabric, bill.nic), static_cast<double>(bill.nics), bill.nic_rate.si()});
      add_links("server_links", bill.fabric, bill.server_links);
      add_links("switch_links", bill.fabric, bill.switch_links);
      add_links("wan_links", bill.fabric, bill.wan_links);
      for (auto const& rack : graph_.racks) adapters_.insert(adapters_name(rack.name, bill.fabric));
    }
  }

  void add_cables(const std::string& fabric, const CablesOfLength& of) {
    auto const units = static_cast<double>(of.count);
    if (of.medium == Medium::copper) return add("dac_cables", {fmt::format("{}: {}, {:.6g} m", fabric, of.type, of.stock / metre), units, of.rate.si()});
    if (of.medium == Medium::active_optical) return add("aoc_cables", {fmt::format("{}: {}, {:.6g} m", fabric, of.type, of.stock / metre), units, of.rate.si()});
    add("fibre", {fmt::format("{}: {} at {:.6g} Gbit/s, {:.6g} m", fabric, of.medium == Medium::multimode ? "multimode" : "single-mode", of.rate / gigabit_per_second, of.stock / metre), units, of.stock.si()});
  }

  void add_links(const char* key, const std::string& fabric, const std::vector<LinksOfRate>& links) {
    for (auto const& of : links) add(key, {fmt::format("{}: {:.6g} Gbit/s", fabric, of.rate / gigabit_per_second), static_cast<double>(of.count), of.rate.si()});
  }

  void add_node(std::size_t index) {
    PowerNode const& node = graph_.nodes[index];
    double const units = node.count;
    if (node.battery >= 0) add_batteries(node);
    switch (node.kind) {
      case NodeKind::utility: return add("utility_feeds", {node.name, units, node.rating.power ? std::optional(node.rating.power->si()) : std::nullopt});
      case NodeKind::generator: return add("generators", {node.name, units, device<GeneratorSpec>(node)->rated_power.si()});
      case NodeKind::transformer: return add("transformers", {node.name, units, device<TransformerSpec>(node)->rated_apparent_power.si()});
      case NodeKind::transfer_switch: return add("transfer_switches", {node.name, units, {}});
      case NodeKind::switchgear:
      case NodeKind::switchboard:
        if (!is_main_side(node.name)) add("switchboards", {node.name, units, {}});      // a board with a tie is two nodes
        return;
      case NodeKind::ups: return add("ups_modules", {node.name, units, device<UpsSpec>(node)->rated_power.si()});
      case NodeKind::busway: return add("busways", {node.name, units, device<PduSpec>(node)->rated_apparent_power.si()});
      case NodeKind::panel: return add("panels", {node.name, units, device<PduSpec>(node)->rated_apparent_power.si()});
      case NodeKind::pdu: return add("floor_pdus", {node.name, units, device<PduSpec>(node)->rated_apparent_power.si()});
      case NodeKind::rack:
        if (auto const* strip = device<PduSpec>(node)) add("rack_pdus", {node.name, units, strip->rated_apparent_power.si()});
        return;
      case NodeKind::converter:
      case NodeKind::enclosure: return add("converters", {node.name, units, {}});
      case NodeKind::server: return add_server(index);
      case NodeKind::auxiliary:
      case NodeKind::network_switch: return add_load(index);
      case NodeKind::air_handler:
      case NodeKind::chiller:
      case NodeKind::cooling_tower:
      case NodeKind::dry_cooler:
      case NodeKind::pump:
      case NodeKind::cdu: return add("cooling", {node.name, units, node.power.si() / units});
      case NodeKind::photovoltaic: return add_onsite(graph_.onsite.photovoltaics, "photovoltaics", index, [](const PhotovoltaicSpec& spec) { return spec.dc_power.si(); });
      case NodeKind::storage: return add_onsite(graph_.onsite.storage, "storage", index, [](const StorageSpec& spec) { return spec.power.si(); });
    }
  }

  template <class Places, class Rating>
  void add_onsite(const Places& places, const char* key, std::size_t index, Rating rating) {
    for (auto const& place : places)
      if (static_cast<std::size_t>(place.node) == index) add(key, {place.spec.name, 1, rating(place.spec)});
  }

  void add_batteries(const PowerNode& node) {
    auto const& battery = std::get<BatterySpec>(graph_.devices[static_cast<std::size_t>(node.battery)]);
    add("batteries", {node.name, static_cast<double>(node.batteries), battery.rated_power.si()});
  }

  void add_server(std::size_t index) {
    PowerNode const& node = graph_.nodes[index];
    ServerPlace const& place = graph_.servers[static_cast<std::size_t>(node.server)];
    ServerSpec const& spec = graph_.server_types[static_cast<std::size_t>(place.type)];
    auto const [known, is_new] = nameplates_.try_emplace(static_cast<std::int64_t>(place.type) << 32 | place.supplies);
    if (is_new) known->second = nameplate(spec, place.supplies).si();
    add(spec.gpus > 0 ? "gpu_servers" : "servers", {node.name, 1, known->second});
    add_it(index, known->second);
  }

  void add_load(std::size_t index) {
    PowerNode const& node = graph_.nodes[index];
    if (node.follows_it) return;      // cooling, once the IT load is known
    double const each = node.power.si() / node.count;
    bool const of_network = node.kind == NodeKind::network_switch || adapters_.contains(node.name);      // counted with the network
    if (auto const found = switches_.find(node.name); found != switches_.end()) add("switches", {node.name, static_cast<double>(node.count), capacity_of(*found->second).si()});
    else if (!of_network) add(node.part == LoadPart::it ? "other_it_loads" : "other_facility_loads", {node.name, static_cast<double>(node.count), each});
    if (node.part == LoadPart::it) add_it(index, node.power.si());
  }

  void add_it(std::size_t index, double watts) {
    int const rack = rack_of_node_[index];
    if (rack >= 0) it_of_rack_[static_cast<std::size_t>(rack)].add(watts);
    else outside_racks_.push_back({graph_.nodes[index].name, 1, watts});
  }

  void add_building() {
    for (std::size_t r = 0; r < graph_.racks.size(); ++r)
      if (double const watts = it_of_rack_[r].value(); watts > 0) add("building", {graph_.racks[r].name, 1, watts});
    for (auto& load : outside_racks_) add("building", std::move(load));
  }

  void add_cooling() {
    CompensatedSum it;
    for (auto const& count : counts_)
      if (count.kind->key == std::string_view("building")) it.add(count.size());
    for (auto const& node : graph_.nodes)
      if (node.follows_it) add("cooling", {node.name, 1, graph_.cooling.fixed.si() + graph_.cooling.proportional * it.value()});
  }

  const PowerGraph& graph_;
  std::unordered_map<std::string, const SwitchSpec*> switches_;
  std::vector<int> rack_of_node_;
  std::vector<CompensatedSum> it_of_rack_;
  std::vector<CountedElement> outside_racks_;
  std::unordered_map<std::int64_t, double> nameplates_;      // by server type and number of supplies
  std::unordered_set<std::string> adapters_;                 // nodes of adapters and of the modules in them
  std::vector<Count> counts_;
};

}  // namespace

const std::vector<CountKind>& count_kinds() {
  static const std::vector<CountKind> kinds{
      {"servers", it, Measure::power, false, "servers without accelerators; size: full load at the cords"},
      {"gpu_servers", it, Measure::power, false, "servers with accelerators; size: full load at the cords"},
      {"other_it_loads", it, Measure::power, false, "IT loads that the layout gives in watts; size: what one draws"},
      {"switches", network, Measure::data_rate, false, "switches in racks and of networks; size: ports x rate"},
      {"optics", network, Measure::data_rate, false, "modules: two a fibre inside the site, one a way out of it; size: rate", CountKind::Link::part},
      {"dac_cables", network, Measure::data_rate, false, "copper cables with their ends, patch cords of 1 Gbit/s too; size: rate", CountKind::Link::part},
      {"aoc_cables", network, Measure::data_rate, false, "active optical cables with their ends; size: rate", CountKind::Link::part},
      {"fibre", network, Measure::length, false, "fibre cables inside the site; size: the length that is bought", CountKind::Link::part},
      {"server_links", network, Measure::data_rate, false, "links of servers, with all that they take; size: rate", CountKind::Link::whole},
      {"switch_links", network, Measure::data_rate, false, "links between switches, with all that they take; size: rate", CountKind::Link::whole},
      {"nics", network, Measure::data_rate, false, "adapters that the servers' data sheets do not count; size: ports x rate"},
      {"wan_links", network, Measure::data_rate, false, "ways out of the site, without their modules; size: rate"},
      {"racks", building, Measure::none, true, "cabinets"},
      {"rack_pdus", power_path, Measure::apparent_power, true, "strips in racks; size: rated apparent power"},
      {"floor_pdus", power_path, Measure::apparent_power, true, "PDUs between UPS and racks; size: rated apparent power"},
      {"panels", power_path, Measure::apparent_power, true, "distribution panels; size: rated apparent power"},
      {"busways", power_path, Measure::apparent_power, true, "busways; size: rated apparent power"},
      {"converters", power_path, Measure::none, false, "rectifiers, power shelves and other converters"},
      {"switchboards", power_path, Measure::none, true, "switchboards and switchgear"},
      {"transfer_switches", power_path, Measure::none, true, "transfer switches, mechanical and static"},
      {"batteries", power_path, Measure::power, true, "batteries of UPS and converters, by the node they stand behind; size: rated power of one"},
      {"ups_modules", power_path, Measure::power, true, "UPS modules; size: rated power of one"},
      {"generators", power_path, Measure::power, true, "generators; size: rated power of one"},
      {"transformers", power_path, Measure::apparent_power, true, "transformers; size: rated apparent power"},
      {"cooling", SpendingGroup::cooling, Measure::power, true, "the cooling plant; size: what it draws at nameplate IT load"},
      {"other_facility_loads", building, Measure::power, true, "facility loads that the layout gives in watts; size: what one draws"},
      {"photovoltaics", building, Measure::power, false, "arrays with their inverters; size: DC power of one"},
      {"storage", building, Measure::power, false, "battery storage behind the meter; size: power of one"},
      {"utility_feeds", grid, Measure::power, false, "connections to the grid; size: the limit of the connection"},
      {"building", building, Measure::power, false, "the building, its power path and cooling; size: IT load at nameplate"},
      {"grid_lines", grid, Measure::length, false, "lines from the site to the grid, circuit by circuit; size: the way of one"},
      {"grid_substations", grid, Measure::none, false, "the substation at the grid's end, new or upgraded"},
      {"grid_transformers", grid, Measure::apparent_power, false, "between the grid's voltage and the site's; size: rated apparent power of one"},
      {"deep_reinforcement", grid, Measure::power, false, "works deeper in the grid; size: what the site may draw"},
      {"generation", generation, Measure::power, false, "generation that the system needs for the site; size: rated power"},
      {"programme_units", outside, Measure::none, false, "units that a programme adds: stations, cameras, km of railway; counted in no layout"},
  };
  return kinds;
}

std::string to_text(SpendingGroup group) {
  for (auto const& [candidate, name] : names(group))
    if (candidate == group) return name;
  return "";
}

const CountKind* find_count_kind(const std::string& key) {
  for (auto const& kind : count_kinds())
    if (kind.key == key) return &kind;
  return nullptr;
}

double Count::units() const {
  CompensatedSum sum;
  for (auto const& element : elements) sum.add(element.units);
  return sum.value();
}

double Count::size() const {
  CompensatedSum sum;
  for (auto const& element : elements) sum.add(element.units * element.size.value_or(0));
  return sum.value();
}

std::vector<Count> count_equipment(const Site& site, const PowerGraph& graph) { return Counter(site, graph).count(); }

Power nameplate(const ServerSpec& spec, int supplies) { return server_input(spec, server_power(spec.power, {1, 1}), supplies).p; }

}  // namespace headroom
