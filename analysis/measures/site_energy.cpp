#include "analysis/measures/site_energy.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analysis/measures/kwh.h"
#include "analysis/measures/site_time.h"
#include "base/quantity.h"

namespace headroom {
namespace {

// Into and out of a storage, as far as its recorded intervals tell them apart.
void add_throughput(const RunReader& run, int node, SiteEnergy& out) {
  for (auto const& row : run.intervals(node)) (row.energy_j >= 0 ? out.storage_charged_kwh : out.storage_discharged_kwh) += kwh(std::abs(row.energy_j));
}

void add_node(const NodeRow& node, const TotalsRow& row, SiteEnergy& out) {
  if (node.kind == "utility") out.utility_kwh += kwh(row.input_j);
  else if (node.kind == "generator") out.generator_kwh += kwh(row.input_j);
  else if (node.kind == "photovoltaic") out.pv_used_kwh -= kwh(row.input_j);
  else if (is_cooling(node)) out.cooling_kwh[node.kind == "auxiliary" ? "cooling" : node.kind] += kwh(row.input_j);
  else if (node.kind != "server" && node.part == "facility") out.other_kwh += kwh(row.input_j);
  out.stored_kwh += kwh(row.stored_j);
  if (row.loss_j != 0 && node.kind != "server") out.losses_kwh[node.kind] += kwh(row.loss_j);
}

}  // namespace

bool is_cooling(const NodeRow& node) {
  constexpr std::array<std::string_view, 6> machines{"chiller", "air-handler", "pump", "cooling-tower", "dry-cooler", "cdu"};
  return std::ranges::find(machines, node.kind) != machines.end() || (node.kind == "auxiliary" && node.name == "cooling");
}

bool is_source(const NodeRow& node) { return node.kind == "utility"; }

std::vector<int> nodes_of_kind(const std::vector<NodeRow>& nodes, const std::string& kind) {
  std::vector<int> out;
  for (auto const& node : nodes)
    if (node.kind == kind) out.push_back(node.id);
  return out;
}

double SiteEnergy::cooling_total_kwh() const {
  double sum = 0;
  for (auto const& [kind, energy] : cooling_kwh) sum += energy;
  return sum;
}

SiteEnergy site_energy(const RunReader& run) {
  SiteEnergy out;
  std::vector<NodeRow> const nodes = run.nodes();
  for (auto const& row : run.totals("run")) {
    if (row.node == it_meter) out.it_kwh = kwh(row.input_j);
    if (row.node >= 0) add_node(nodes[static_cast<std::size_t>(row.node)], row, out);
  }
  for (int node : nodes_of_kind(nodes, "storage")) add_throughput(run, node, out);
  if (auto const total = quantity_total(run, "pv_available_j")) out.pv_available_kwh = kwh(*total);
  if (auto const total = quantity_total(run, "pv_spilled_j")) out.pv_spilled_kwh = kwh(*total);
  return out;
}

}  // namespace headroom
