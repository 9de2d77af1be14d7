// Peaks, headroom and stranded power of every node of the power path.
#include <algorithm>

#include "analysis/measures/measures.h"

namespace headroom {
namespace {

bool on_the_path(const NodeRow& node) { return node.kind != "server" && node.kind != "auxiliary"; }

Rating rating_of(const NodeRow& node) {
  Rating rating;
  if (node.rated_w) rating.power = Power::from_si(*node.rated_w);
  if (node.rated_va) rating.apparent = ApparentPower::from_si(*node.rated_va);
  if (node.rated_a) rating.current = Current::from_si(*node.rated_a);
  if (node.circuit_a) rating.circuit = Current::from_si(*node.circuit_a);
  rating.voltage = Voltage::from_si(node.voltage_v);
  rating.phases = node.phases;
  return rating;
}

NodePower node_power(const NodeRow& node, const TotalsRow& peak) {
  NodePower out;
  out.node = node.id;
  out.name = node.name;
  out.kind = node.kind;
  out.type = node.type;
  out.input_peak_kw = peak.input_peak_w / 1e3;
  out.input_peak_15min_kw = peak.input_peak_15min_w / 1e3;
  out.output_peak_kw = peak.output_peak_w / 1e3;
  out.output_peak_kva = peak.output_peak_va / 1e3;
  out.input_peak_s = peak.input_peak_s;
  out.limits = limits_of(rating_of(node), {peak.output_peak_w, peak.output_peak_va, peak.connection_peak_va});
  out.binding = binding_limit(out.limits);
  return out;
}

// How many more kW a node could carry by its own limits, at the power factor of its peak; nothing where none is stated.
std::optional<double> own_room_kw(const NodePower& node) {
  if (!node.binding) return std::nullopt;
  double const used = node.binding->used_share();
  if (used <= 0) {      // idle: all of it, read as kW
    double const allowed = node.binding->allowed;
    return std::string_view(node.binding->unit).ends_with('A') && std::string_view(node.binding->unit) != "kVA" ? std::nullopt : std::optional(allowed);
  }
  return std::max(0.0, node.output_peak_kw * (1 / used - 1));
}

// Stranded: what a node could still carry by its own limits, but what feeds it cannot deliver together.
void find_stranded(std::vector<NodePower>& path, const std::vector<EdgeRow>& edges, std::size_t nodes) {
  std::vector<std::vector<int>> parents(nodes);
  for (auto const& edge : edges) parents[static_cast<std::size_t>(edge.child)].push_back(edge.parent);
  std::vector<NodePower*> by_node(nodes, nullptr);
  for (auto& node : path) by_node[static_cast<std::size_t>(node.node)] = &node;
  std::vector<std::optional<double>> reach(nodes);     // room at a node once everything above it is counted
  for (auto& node : path) {
    auto const i = static_cast<std::size_t>(node.node);
    std::optional<double> above;
    for (int parent : parents[i])
      if (auto const room = reach[static_cast<std::size_t>(parent)]) above = above ? std::min(*above, *room) : *room;
    if (above) *above *= static_cast<double>(parents[i].size());      // its input is split evenly over its feeds
    std::optional<double> const own = own_room_kw(node);
    if (own && above) node.stranded_kw = std::max(0.0, *own - *above);
    reach[i] = own && above ? std::min(*own, *above) : own ? own : above;
  }
}

}  // namespace

PowerPeaks power_peaks(const RunReader& run) {
  PowerPeaks out;
  std::vector<NodeRow> const nodes = run.nodes();
  std::vector<TotalsRow> const window = run.totals("window");
  double const window_s = static_cast<double>(run.meta_whole("window_to_ns") - run.meta_whole("window_from_ns")) / 1e9;
  for (auto const& row : window) {
    double const mean_kw = window_s > 0 ? row.input_j / window_s / 1e3 : row.input_peak_w / 1e3;
    if (row.node == it_meter) {
      out.it_peak_kw = row.input_peak_w / 1e3;
      out.it_mean_kw = mean_kw;
    } else if (row.node == facility_meter) {
      out.facility_peak_kw = row.input_peak_w / 1e3;
      out.facility_peak_15min_kw = row.input_peak_15min_w / 1e3;
      out.facility_mean_kw = mean_kw;
    } else if (NodeRow const& node = nodes[static_cast<std::size_t>(row.node)]; on_the_path(node)) {
      out.nodes.push_back(node_power(node, row));
    }
  }
  double const peak_kw = out.facility_peak_15min_kw > 0 ? out.facility_peak_15min_kw : out.facility_peak_kw;
  if (peak_kw > 0) out.load_factor = out.facility_mean_kw / peak_kw;
  find_stranded(out.nodes, run.edges(), nodes.size());
  return out;
}

}  // namespace headroom
