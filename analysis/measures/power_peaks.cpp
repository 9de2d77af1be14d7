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

std::vector<NodePower> path_peaks(const std::vector<NodeRow>& nodes, const std::vector<TotalsRow>& totals) {
  std::vector<NodePower> out;
  for (auto const& row : totals)
    if (row.node >= 0 && on_the_path(nodes[static_cast<std::size_t>(row.node)])) out.push_back(node_power(nodes[static_cast<std::size_t>(row.node)], row));
  return out;
}

// How many more kW a node could carry by its own limits: what it carries grows in proportion, so its power factor stays.
// Nothing where no limit is stated, or nothing hangs below that could grow.
std::optional<double> room_kw(const NodePower& node) {
  if (!node.binding || node.output_peak_kw <= 0) return std::nullopt;
  return std::max(0.0, node.output_peak_kw * (1 / node.binding->used_share() - 1));
}

// Stranded: what a node could carry by its own limits but its feeds cannot bring, were it the only one to grow; losses
// on the way are not counted. What it draws is split evenly over its feeds, so they bring as many times what the
// shortest of them can.
void find_stranded(std::vector<NodePower>& path, const std::vector<EdgeRow>& edges, std::size_t nodes) {
  std::vector<std::vector<int>> feeds(nodes);
  for (auto const& edge : edges) feeds[static_cast<std::size_t>(edge.child)].push_back(edge.parent);
  std::vector<std::optional<double>> usable_kw(nodes);      // room that everything above it lets a node use; absent: no end
  for (auto& node : path) {                                 // feeds stand before what they feed
    auto const i = static_cast<std::size_t>(node.node);
    std::optional<double> brought_kw;
    for (int feed : feeds[i])
      if (auto const usable = usable_kw[static_cast<std::size_t>(feed)]) brought_kw = std::min(*usable, brought_kw.value_or(*usable));
    if (brought_kw) *brought_kw *= static_cast<double>(feeds[i].size());
    auto const room = room_kw(node);
    if (room && brought_kw) node.stranded_kw = std::max(0.0, *room - *brought_kw);
    usable_kw[i] = room && brought_kw ? std::min(*room, *brought_kw) : room ? room : brought_kw;
  }
}

}  // namespace

std::vector<NodePower> node_peaks(const RunReader& run, std::string_view span) { return path_peaks(run.nodes(), run.totals(span)); }

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
    }
  }
  out.nodes = path_peaks(nodes, window);
  double const peak_kw = out.facility_peak_15min_kw > 0 ? out.facility_peak_15min_kw : out.facility_peak_kw;
  if (peak_kw > 0) out.load_factor = out.facility_mean_kw / peak_kw;
  find_stranded(out.nodes, run.edges(), nodes.size());
  return out;
}

const NodePower* fullest(const PowerPeaks& power) {
  const NodePower* worst = nullptr;
  for (auto const& node : power.nodes)
    if (node.binding && (worst == nullptr || node.binding->used_share() > worst->binding->used_share())) worst = &node;
  return worst;
}

}  // namespace headroom
