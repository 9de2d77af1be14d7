#include "analysis/capacity/site_limits.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/capacity/largest_load.h"

namespace headroom {
namespace {

double heat_of_hall_w(const PowerGraph& graph, const PowerFlow& flow, int hall) {
  double sum = 0;
  for (auto const& rack : graph.racks) {
    if (rack.hall != hall) continue;
    for (NodeId strip : rack.strips)
      for (NodeId feed : graph.nodes[static_cast<std::size_t>(strip)].parents) sum += flow.drawn_from(strip, feed).p.si();
  }
  return sum;
}

void add_hall(const PowerGraph& graph, const PowerFlow& flow, int hall, std::vector<SiteLimit>& out) {
  HallPlace const& place = graph.hall_places[static_cast<std::size_t>(hall)];
  std::string const& name = graph.halls[static_cast<std::size_t>(hall)];
  int racks = 0;
  double kg = 0;
  bool is_weighed = true;
  for (auto const& rack : graph.racks) {
    if (rack.hall != hall) continue;
    ++racks;
    kg += rack.weight.si();
    is_weighed = is_weighed && rack.weight.si() > 0;
  }
  if (racks == 0) return;
  if (place.positions) out.push_back({name, "positions", "racks", static_cast<double>(*place.positions), static_cast<double>(racks)});
  if (place.weight_limit && is_weighed) out.push_back({name, "weight", "kg", place.weight_limit->si(), kg});
  if (place.cooling_capacity) out.push_back({name, "cooling", "kW", *place.cooling_capacity / kilowatt, heat_of_hall_w(graph, flow, hall) / 1e3});
}

// Rated heat of one unit of an element of the plant; 0 where it removes none itself.
double rated_w(const PlantSpec& plant, const CoolingElement& element) {
  switch (element.role) {
    case CoolingRole::air_handler: return plant.air_handlers[static_cast<std::size_t>(element.handlers)].type.value.capacity.si();
    case CoolingRole::chiller: return plant.chillers ? plant.chillers->type.value.capacity.si() : 0;
    case CoolingRole::tower: return plant.towers ? plant.towers->type.value.capacity.si() : 0;
    case CoolingRole::dry_cooler: return plant.dry_coolers ? plant.dry_coolers->type.value.capacity.si() : 0;
    default: return 0;
  }
}

const char* words(CoolingRole role) {
  switch (role) {
    case CoolingRole::air_handler: return "air handlers";
    case CoolingRole::chiller: return "chillers";
    case CoolingRole::tower: return "cooling towers";
    default: return "dry coolers";
  }
}

// By rated figures, whatever the weather: what removes heat from each hall, and what rejects it for all. Air carries what
// no coolant does.
void add_plant(const PowerGraph& graph, const PowerFlow& flow, std::vector<SiteLimit>& out) {
  if (!graph.cooling_plant.spec) return;
  PlantSpec const& plant = *graph.cooling_plant.spec;
  double const air = plant.liquid ? 1 - plant.liquid->share : 1;
  std::vector<double> heat_w;
  double all_w = 0;
  for (std::size_t hall = 0; hall < graph.halls.size(); ++hall) {
    heat_w.push_back(heat_of_hall_w(graph, flow, static_cast<int>(hall)));
    all_w += heat_w.back();
  }
  struct Group {
    CoolingRole role;
    int hall;
    double w = 0, unit_w = 0;
  };
  std::vector<Group> groups;
  for (auto const& element : graph.cooling_plant.elements) {
    double const unit_w = rated_w(plant, element);
    if (unit_w <= 0) continue;
    auto found = std::ranges::find_if(groups, [&](const Group& group) { return group.role == element.role && group.hall == element.hall; });
    if (found == groups.end()) found = groups.insert(groups.end(), {element.role, element.hall});
    found->w += unit_w * element.count;
    found->unit_w = std::max(found->unit_w, unit_w);
  }
  for (auto const& group : groups) {
    double const heat = group.hall >= 0 ? air * heat_w[static_cast<std::size_t>(group.hall)] : group.role == CoolingRole::chiller ? air * all_w : all_w;
    if (heat <= 0) continue;
    SiteLimit limit{group.hall >= 0 ? graph.halls[static_cast<std::size_t>(group.hall)] : "the site", fmt::format("cooling ({})", words(group.role)), "kW", group.w / 1e3, heat / 1e3};
    out.push_back(limit);
    limit.allowed = (group.w - group.unit_w) / 1e3;
    limit.one_lost = true;
    out.push_back(limit);
  }
}

// Ports of the switches next to the servers. A fabric is drawn for the servers that it has: what is free is what its last
// switches were not filled with.
void add_ports(const PowerGraph& graph, std::vector<SiteLimit>& out) {
  NetworkGraph const& network = graph.network;
  for (std::size_t f = 0; f < network.fabrics.size(); ++f) {
    double ports = 0, taken = 0, servers = 0;
    for (std::size_t v = 0; v < network.vertices.size(); ++v) {
      NetworkVertex const& vertex = network.vertices[v];
      if (vertex.fabric != static_cast<std::int32_t>(f) || vertex.kind != VertexKind::network_switch || vertex.tier != 0 || vertex.type < 0) continue;
      SwitchSpec const& type = network.switch_types[static_cast<std::size_t>(vertex.type)];
      ports += type.ports + (type.uplinks ? type.uplinks->ports : 0);
      for (Channel channel : network.leaving({static_cast<std::int32_t>(v)})) {
        ++taken;
        if (network.vertices[static_cast<std::size_t>(network.target(channel))].kind == VertexKind::server) ++servers;
      }
    }
    if (ports > 0 && servers > 0) out.push_back({fmt::format("switches of {}", network.fabrics[f].name), "ports", "ports", ports, taken, taken - servers});
  }
}

}  // namespace

double SiteLimit::scale() const {
  if (!(used > fixed)) return used > allowed ? 0.0 : never_reached;
  return std::max(0.0, (allowed - fixed) / (used - fixed));
}

std::vector<SiteLimit> site_limits(const PowerGraph& graph, const PowerFlow& flow) {
  std::vector<SiteLimit> out;
  for (std::size_t hall = 0; hall < graph.halls.size(); ++hall) add_hall(graph, flow, static_cast<int>(hall), out);
  add_plant(graph, flow, out);
  add_ports(graph, out);
  return out;
}

}  // namespace headroom
