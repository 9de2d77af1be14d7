// Where the energy went.
#include <algorithm>
#include <iterator>
#include <set>

#include "analysis/measures/kwh.h"
#include "analysis/measures/measures.h"
#include "analysis/measures/site_energy.h"
#include "base/quantity.h"

namespace headroom {
namespace {

// The name under which a node's flow is shown: loads by their side of the PUE boundary, others by their kind, and by its
// place from the top where a kind stands at several depths (so that what flows never runs in a circle).
class Groups {
 public:
  Groups(const std::vector<NodeRow>& nodes, const std::vector<EdgeRow>& edges) : nodes_(nodes), depth_(nodes.size(), 0) {
    std::vector<std::vector<int>> parents(nodes.size());
    for (auto const& edge : edges) parents[static_cast<std::size_t>(edge.child)].push_back(edge.parent);
    for (std::size_t i = 0; i < nodes.size(); ++i) {      // whatever feeds a node has a smaller number
      for (int parent : parents[i]) depth_[i] = std::max(depth_[i], depth_[static_cast<std::size_t>(parent)] + 1);
      depths_of_kind_[nodes[i].kind].insert(depth_[i]);
    }
  }

  std::string of(int node) const {
    NodeRow const& row = nodes_[static_cast<std::size_t>(node)];
    if (row.kind == "server" || row.part == "it") return "it";
    if (is_cooling(row)) return "cooling";
    if (row.kind == "auxiliary") return row.name == "cooling" ? "cooling" : "overhead";
    std::set<int> const& depths = depths_of_kind_.at(row.kind);
    if (depths.size() == 1) return row.kind;
    auto const place = std::distance(depths.begin(), depths.find(depth_[static_cast<std::size_t>(node)])) + 1;
    return row.kind + " " + std::to_string(place);
  }

 private:
  const std::vector<NodeRow>& nodes_;
  std::vector<int> depth_;
  std::map<std::string, std::set<int>> depths_of_kind_;
};

const TotalsRow* row_of(const std::vector<TotalsRow>& rows, int node) {
  for (auto const& row : rows)
    if (row.node == node) return &row;
  return nullptr;
}

}  // namespace

EnergyUse energy_use(const RunReader& run) {
  EnergyUse out;
  std::vector<NodeRow> const nodes = run.nodes();
  std::vector<EdgeRow> const edges = run.edges();
  Groups const groups(nodes, edges);
  std::vector<TotalsRow> const totals = run.totals("run");
  std::map<std::pair<std::string, std::string>, double> flows;
  std::map<std::string, double> stored;      // by group, so that like devices take and give together
  for (auto const& row : totals) {
    if (row.node == it_meter) out.it_kwh = kwh(row.input_j);
    if (row.node == facility_meter) out.facility_kwh = kwh(row.input_j);
    if (row.node < 0) continue;
    NodeRow const& node = nodes[static_cast<std::size_t>(row.node)];
    bool const server = node.kind == "server";
    if (!server && node.part == "facility") out.overhead_kwh += kwh(row.input_j);
    if (row.stored_j != 0) stored[groups.of(row.node)] += kwh(row.stored_j);
    if (row.loss_j == 0) continue;
    std::string const loss = server ? "power-supply" : node.kind;
    out.losses_kwh[loss] += kwh(row.loss_j);
    flows[{groups.of(row.node), "losses: " + loss}] += kwh(row.loss_j);
  }
  for (auto const& edge : edges) {
    std::string const from = groups.of(edge.parent), to = groups.of(edge.child);
    if (from != to && edge.energy_j > 0) flows[{from, to}] += kwh(edge.energy_j);
    if (from != to && edge.energy_j < 0) flows[{to, from}] -= kwh(edge.energy_j);      // an array gives
  }
  for (auto const& [group, amount] : stored) {
    out.stored_kwh += amount;
    if (amount > 0) flows[{group, "battery"}] = amount;
    if (amount < 0) flows[{"battery", group}] = -amount;
  }
  for (auto const& [ends, amount] : flows) out.flows.push_back({ends.first, ends.second, amount});

  std::vector<TotalsRow> const window = run.totals("window");
  TotalsRow const *it = row_of(window, it_meter), *facility = row_of(window, facility_meter);
  if (it != nullptr && facility != nullptr && it->input_j > 0) out.pue = facility->input_j / it->input_j;
  return out;
}

}  // namespace headroom
