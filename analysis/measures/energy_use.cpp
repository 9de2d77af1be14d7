// Where the energy went.
#include "analysis/measures/measures.h"
#include "base/quantity.h"

namespace headroom {
namespace {

double kwh(double joules) { return joules / kilowatt_hour.si(); }

// The name under which a node's flow is shown: its kind; loads by their side of the PUE boundary.
std::string group_of(const NodeRow& node) {
  if (node.kind == "server" || node.part == "it") return "it";
  if (node.kind == "auxiliary") return node.name == "cooling" ? "cooling" : "overhead";
  return node.kind;
}

const TotalsRow* row_of(const std::vector<TotalsRow>& rows, int node) {
  for (auto const& row : rows)
    if (row.node == node) return &row;
  return nullptr;
}

}  // namespace

EnergyUse energy_use(const RunReader& run) {
  EnergyUse out;
  std::vector<NodeRow> const nodes = run.nodes();
  std::vector<TotalsRow> const totals = run.totals("run");
  std::map<std::pair<std::string, std::string>, double> flows;
  for (auto const& row : totals) {
    if (row.node == it_meter) out.it_kwh = kwh(row.input_j);
    if (row.node == facility_meter) out.facility_kwh = kwh(row.input_j);
    if (row.node < 0) continue;
    NodeRow const& node = nodes[static_cast<std::size_t>(row.node)];
    bool const server = node.kind == "server";
    if (!server && node.part == "facility") out.overhead_kwh += kwh(row.input_j);
    if (row.loss_j == 0) continue;
    std::string const loss = server ? "power-supply" : node.kind;
    out.losses_kwh[loss] += kwh(row.loss_j);
    flows[{group_of(node), "losses: " + loss}] += kwh(row.loss_j);
  }
  for (auto const& edge : run.edges()) {
    std::string const from = group_of(nodes[static_cast<std::size_t>(edge.parent)]), to = group_of(nodes[static_cast<std::size_t>(edge.child)]);
    if (from != to && edge.energy_j > 0) flows[{from, to}] += kwh(edge.energy_j);
  }
  for (auto const& [ends, amount] : flows) out.flows.push_back({ends.first, ends.second, amount});

  std::vector<TotalsRow> const window = run.totals("window");
  TotalsRow const *it = row_of(window, it_meter), *facility = row_of(window, facility_meter);
  if (it != nullptr && facility != nullptr && it->input_j > 0) out.pue = facility->input_j / it->input_j;
  return out;
}

}  // namespace headroom
