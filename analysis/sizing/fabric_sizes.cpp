#include "analysis/sizing/fabric_sizes.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

constexpr double rate_rounding = 1e-9;

const GroupLoad* between_racks(const std::optional<NetworkMeasures>& measured, const std::string& fabric) {
  if (!measured) return nullptr;
  auto const found = std::ranges::find_if(measured->groups, [&](const GroupLoad& group) { return group.fabric == fabric && group.what == "cross-rack"; });
  return found == measured->groups.end() ? nullptr : &*found;
}

FabricSizes sizes_of(const FabricSpec& spec, const Fabric& fabric, const GroupLoad* load, const FabricMargins& margins) {
  FabricSizes out;
  out.fabric = fabric.name;
  out.server_ports = static_cast<std::int64_t>(fabric.servers) * fabric.ports;
  out.port_gbit_s = fabric.rate / gigabit_per_second;
  out.switches_built = fabric.switches;
  if (load == nullptr) return out.why_not = "the run has no traffic of it: there is nothing to size it from", out;
  out.cross_rack_gbit_s = load->p999_gbit_s;
  if (spec.fabric != FabricKind::leaf_spine) return out.why_not = "its shape is not leaf-spine: the formula does not count it", out;
  if (!spec.leaf) return out.why_not = "its leaves are of no type whose ports are known", out;
  SwitchSpec const& leaf = spec.leaf->value;
  if (leaf.uplinks) return out.why_not = "its leaves have uplinks of another rate: their ports are not free to look up or down", out;
  double const enough = sufficient_oversubscription(static_cast<double>(out.server_ports) * fabric.rate.si(), load->p999_gbit_s * 1e9, margins);
  auto const built = leaf_spine_count(out.server_ports, leaf.ports, std::max(1.0, spec.oversubscription)), sized = leaf_spine_count(out.server_ports, leaf.ports, enough);
  if (!built || !sized) return out.why_not = "two tiers of these switches do not hold its servers by the formula", out;
  out.built = *built;
  out.sized = *sized;
  return out;
}

}  // namespace

std::optional<LeafSpineCount> leaf_spine_count(std::int64_t server_ports, int ports, double oversubscription) {
  expects(ports > 1 && oversubscription >= 1 && server_ports > 0, "a fabric has servers, and a leaf ports for them");
  LeafSpineCount out;
  out.oversubscription = oversubscription;
  out.down = static_cast<int>(std::floor(ports * oversubscription / (1 + oversubscription) + rate_rounding));
  out.down = std::min(out.down, ports - 1);
  out.up = ports - out.down;
  out.leaves = (server_ports + out.down - 1) / out.down;
  out.switch_links = out.leaves * out.up;
  if (out.leaves > ports) return std::nullopt;
  out.spines = (out.switch_links + ports - 1) / ports;
  while (out.up % out.spines != 0 && out.spines % out.up != 0) ++out.spines;
  return out;
}

double sufficient_oversubscription(double offered_bit_s, double cross_rack_bit_s, const FabricMargins& margins) {
  if (cross_rack_bit_s <= 0) return margins.most_oversubscription;
  return std::clamp(offered_bit_s / (cross_rack_bit_s * (1 + margins.margin)), 1.0, margins.most_oversubscription);
}

std::vector<FabricSizes> fabric_sizes(const Site& site, const PowerGraph& graph, const std::optional<NetworkMeasures>& measured, const FabricMargins& margins) {
  std::vector<FabricSizes> out;
  for (std::size_t i = 0; i < graph.network.fabrics.size(); ++i) {
    Fabric const& fabric = graph.network.fabrics[i];
    out.push_back(sizes_of(site.network[i], fabric, between_racks(measured, fabric.name), margins));
  }
  return out;
}

}  // namespace headroom
