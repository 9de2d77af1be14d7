#include "analysis/sizing/run_loads.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

bool is_above_servers(NodeKind kind) { return kind != NodeKind::server && kind != NodeKind::enclosure && !is_load_of_its_own(kind) && !may_give(kind); }

class MomentFinder {
 public:
  MomentFinder(const PowerGraph& graph, std::size_t most) : graph_(graph), most_(most) {}

  SizingMoments find(std::vector<TotalsRow> totals) {
    for (auto const& row : totals) {
      if (row.node != facility_meter || row.input_peak_w <= 0) continue;
      out_.fifteen_minutes = std::min(1.0, row.input_peak_15min_w / row.input_peak_w);
      add(row);
    }
    for (auto const& row : totals)
      if (row.node == it_meter && row.input_peak_w > 0) add(row);
    std::ranges::sort(totals, {}, &TotalsRow::node);
    for (auto const& row : totals)
      if (row.node >= 0 && row.node < std::ssize(graph_.nodes) && row.input_peak_w > 0) of_node(row);
    return std::move(out_);
  }

 private:
  bool add(const TotalsRow& row) {
    Instant const at{std::llround(row.input_peak_s * 1e9)};
    if (std::ranges::find(out_.moments, at) != out_.moments.end()) return true;
    if (out_.moments.size() == most_) return false;
    out_.moments.push_back(at);
    return true;
  }

  void of_node(const TotalsRow& row) {
    NodeId const id{row.node};
    PowerNode const& node = graph_.nodes[static_cast<std::size_t>(id)];
    if (is_load_of_its_own(node.kind) && !node.follows_it) out_.own.emplace_back(id, Power::from_si(row.input_peak_w));
    if (is_above_servers(node.kind) && !add(row)) out_.left_out.push_back(id);
  }

  const PowerGraph& graph_;
  std::size_t const most_;
  SizingMoments out_;
};

}  // namespace

SizingMoments sizing_moments(const RunReader& run, const PowerGraph& graph, std::size_t most) { return MomentFinder(graph, most).find(run.totals("run")); }

}  // namespace headroom
