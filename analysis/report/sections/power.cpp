// Power over time, from the recorded intervals.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/report/buckets.h"
#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

constexpr std::size_t most_lines_of_a_kind = 8, most_overheads = 2;

struct Line {
  int node;
  std::string name, kind;
  std::optional<double> limit_kw;
};

bool overhead(const NodeRow& node) { return node.kind == "auxiliary" && node.part == "facility" && node.hall < 0; }

// The limit of a feed is on what it draws; of any other device on its output, which this figure does not show.
Line line_of(const NodeRow& node) {
  bool const cooling = overhead(node) && node.name == "cooling";
  std::string const kind = cooling ? "cooling" : overhead(node) ? "overhead" : node.kind;
  return {node.id, cooling ? "Cooling" : node.name, kind, node.kind == "utility" && node.rated_w ? std::optional(*node.rated_w / 1e3) : std::nullopt};
}

class LineChoice {
 public:
  explicit LineChoice(const RunView& view) {
    lines = {{facility_meter, "Facility", "facility", std::nullopt}, {it_meter, "IT", "it", std::nullopt}};
    for (auto const& node : view.summary.power.nodes) peak_kw_[node.node] = node.input_peak_kw;
    std::vector<const NodeRow*> overheads;
    std::map<std::string, std::vector<const NodeRow*>> by_kind;
    for (auto const& node : view.nodes) {
      if (overhead(node)) overheads.push_back(&node);
      else by_kind[node.kind].push_back(&node);
    }
    take(std::move(overheads), most_overheads, "other loads of the facility");
    for (auto const* kind : {"utility", "generator", "transformer", "ups", "pdu"}) take(std::move(by_kind[kind]), most_lines_of_a_kind, plural_of_kind(kind));
  }

  std::vector<Line> lines;
  std::vector<std::string> left_out;

 private:
  // The largest of them, in the order of their names.
  void take(std::vector<const NodeRow*> nodes, std::size_t most, const std::string& what) {
    auto const by_name = [](const NodeRow* a, const NodeRow* b) { return name_before(a->name, b->name); };
    std::sort(nodes.begin(), nodes.end(), by_name);
    if (nodes.size() > most) {
      left_out.push_back(fmt::format("{} of {} {}", most, nodes.size(), what));
      std::stable_sort(nodes.begin(), nodes.end(), [&](const NodeRow* a, const NodeRow* b) { return peak_kw_[a->id] > peak_kw_[b->id]; });
      nodes.resize(most);
      std::sort(nodes.begin(), nodes.end(), by_name);
    }
    for (const NodeRow* node : nodes) lines.push_back(line_of(*node));
  }
  std::map<int, double> peak_kw_;
};

double row_seconds(std::int64_t t_ns) { return static_cast<double>(t_ns) / 1e9; }

Json series_of(const Line& line, const std::vector<IntervalRow>& intervals, const BucketGrid& grid) {
  Buckets buckets(grid);
  for (auto const& row : intervals) {
    double const length_s = row_seconds(row.to_ns - row.from_ns);
    if (length_s > 0) buckets.hold(row_seconds(row.from_ns), row_seconds(row.to_ns), row.energy_j / length_s / 1e3, row.minimum_w / 1e3, row.maximum_w / 1e3);
  }
  Json out{{"name", line.name}, {"kind", line.kind}, {"mean_kw", buckets.means()}, {"min_kw", buckets.minima()}, {"max_kw", buckets.maxima()}};
  if (line.limit_kw) out["limit_kw"] = chart_number(*line.limit_kw);
  return out;
}

}  // namespace

Json power_section(const RunView& view) {
  BucketGrid const grid = bucket_grid(view.end_s, view.recorded_every().seconds());
  LineChoice const choice(view);
  Json series = Json::array();
  for (auto const& line : choice.lines) {
    auto const intervals = view.run.intervals(line.node);
    if (!intervals.empty()) series.push_back(series_of(line, intervals, grid));
  }
  if (series.empty() || grid.count == 0) return {};
  std::string note = "Power is what each draws from above.";
  if (!choice.left_out.empty()) note += fmt::format(" Drawn are those with the highest peaks: {}.", fmt::join(choice.left_out, ", "));
  return {{"times_s", bucket_times(grid)}, {"end_s", grid.end_s}, {"series", std::move(series)}, {"note", note}};
}

}  // namespace headroom
