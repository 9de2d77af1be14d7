#include "analysis/capacity/run_peaks.h"

#include <algorithm>
#include <map>

#include "base/units.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

struct Share {
  double nameplate_w = 0, peak_w = 0;
};

// Strips of a rack belong together; each other node is one of its kind.
std::map<std::string, std::vector<Share>> shares_by_level(const PowerGraph& graph, const PowerFlow& full, const std::vector<TotalsRow>& totals) {
  std::map<std::string, std::vector<Share>> out;
  std::vector<double> peak_w(graph.nodes.size(), 0.0);
  for (auto const& row : totals)
    if (row.node >= 0 && row.node < std::ssize(peak_w)) peak_w[static_cast<std::size_t>(row.node)] = row.output_peak_w;
  for (auto const& rack : graph.racks) {
    Share share;
    for (NodeId strip : rack.strips) {
      share.nameplate_w += full.at(strip).output.p.si();
      share.peak_w += peak_w[static_cast<std::size_t>(strip)];
    }
    out[to_text(NodeKind::rack)].push_back(share);
  }
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    NodeKind const kind = graph.nodes[i].kind;
    bool const above = kind != NodeKind::rack && kind != NodeKind::enclosure && kind != NodeKind::server && !is_load_of_its_own(kind) && !may_give(kind) && kind != NodeKind::generator;
    if (above) out[to_text(kind)].push_back({full.at({static_cast<std::int32_t>(i)}).output.p.si(), peak_w[i]});
  }
  return out;
}

LevelPeaks summed(const std::string& level, const std::vector<Share>& shares) {
  LevelPeaks out;
  out.level = level;
  double sum = 0;
  for (auto const& share : shares) {
    if (share.nameplate_w <= 0) continue;
    ++out.nodes;
    out.nameplate_kw += share.nameplate_w / 1e3;
    sum += share.peak_w / share.nameplate_w;
    out.highest_share = std::max(out.highest_share, share.peak_w / share.nameplate_w);
  }
  if (out.nodes > 0) out.mean_share = sum / out.nodes;
  return out;
}

}  // namespace

std::vector<LevelPeaks> level_peaks(const RunReader& run, const PowerGraph& graph) {
  PowerFlow full(graph);
  load_fully(full);
  auto const totals = run.totals("window");
  auto const shares = shares_by_level(graph, full, totals);
  std::vector<LevelPeaks> out;
  for (auto const kind : {NodeKind::rack, NodeKind::pdu, NodeKind::panel, NodeKind::busway, NodeKind::converter, NodeKind::ups, NodeKind::switchboard, NodeKind::transformer, NodeKind::switchgear, NodeKind::utility}) {
    auto const found = shares.find(to_text(kind));
    if (found == shares.end()) continue;
    if (LevelPeaks const level = summed(found->first, found->second); level.nodes > 0 && level.mean_share > 0) out.push_back(level);
  }
  for (auto const& row : totals)
    if (row.node == it_meter && full.it_power().si() > 0) out.push_back(summed("site (IT)", {{full.it_power().si(), row.input_peak_w}}));
  return out;
}

std::vector<NearTop> near_top(const RunReader& run) {
  std::map<int, std::string> names{{it_meter, "site (IT)"}, {facility_meter, "site"}};
  for (auto const& node : run.nodes())
    if (node.kind != "rack" && node.kind != "server" && node.kind != "enclosure") names.emplace(node.id, node.name);
  std::vector<NearTop> out;
  for (int meter : run.recorded_meters()) {
    auto const name = names.find(meter);
    if (name == names.end()) continue;
    auto const rows = run.intervals(meter);
    NearTop top{name->second};
    auto const mean_kw = [](const IntervalRow& row) { return row.energy_j / (static_cast<double>(row.to_ns - row.from_ns) / 1e9) / 1e3; };
    auto const [lowest, highest] = std::ranges::minmax_element(rows, {}, mean_kw);
    if (rows.empty() || !(mean_kw(*lowest) < mean_kw(*highest))) continue;
    top.lowest_kw = mean_kw(*lowest);
    top.highest_kw = mean_kw(*highest);
    for (auto const& row : rows) {
      double const hours = static_cast<double>(row.to_ns - row.from_ns) / 3.6e12, share = (mean_kw(row) - top.lowest_kw) / (top.highest_kw - top.lowest_kw);
      top.hours += hours;
      // a reading on the line is not above it, whatever its last digit
      if (share > 0.90 + 1e-9) top.above_90_h += hours;
      if (share > 0.95 + 1e-9) top.above_95_h += hours;
      if (share > 0.99 + 1e-9) top.above_99_h += hours;
    }
    out.push_back(top);
  }
  return out;
}

}  // namespace headroom
