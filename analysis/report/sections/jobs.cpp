// Queue, running jobs and waits.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "analysis/report/buckets.h"
#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

Json line_of(const std::vector<double>& times_s, const std::vector<double>& values, const BucketGrid& grid) {
  Buckets buckets(grid);
  buckets.hold(0, times_s.front(), 0);
  for (std::size_t i = 0; i < values.size(); ++i) buckets.hold(times_s[i], i + 1 < values.size() ? times_s[i + 1] : grid.end_s, values[i]);
  return {{"mean", buckets.means()}, {"min", buckets.minima()}, {"max", buckets.maxima()}};
}

struct Bin {
  const char* label;
  double below_s;
};
constexpr std::array bins{Bin{"< 1 min", 60},      Bin{"1-10 min", 600},   Bin{"10-60 min", 3600}, Bin{"1-6 h", 6 * 3600.0},
                          Bin{"6-24 h", 86400}, Bin{"1-7 d", 7 * 86400.0}, Bin{"7 d or more", INFINITY}};
constexpr std::array bins_below_a_minute{Bin{"< 0.1 s", 0.1}, Bin{"0.1-1 s", 1}, Bin{"1-10 s", 10}, Bin{"10-60 s", 60}};
constexpr std::size_t fewest_bins = 4;      // one bar alone says nothing

Json counted(const std::vector<double>& sorted_s) {
  bool const all_short = sorted_s.back() > 0 && sorted_s.back() < 60;
  std::span<const Bin> const bins_of_these = all_short ? std::span<const Bin>(bins_below_a_minute) : std::span<const Bin>(bins);
  auto at = std::upper_bound(sorted_s.begin(), sorted_s.end(), 0.0);
  Json out = Json::array({{{"label", "none"}, {"jobs", at - sorted_s.begin()}}});
  for (auto const& bin : bins_of_these) {
    if (at == sorted_s.end() && out.size() >= fewest_bins) break;
    auto const end = std::lower_bound(at, sorted_s.end(), bin.below_s);
    out.push_back({{"label", bin.label}, {"jobs", end - at}});
    at = end;
  }
  return out;
}

}  // namespace

Json jobs_section(const RunView& view) {
  Activity const& activity = view.summary.jobs.activity;
  BucketGrid const grid = bucket_grid(view.end_s, 1);
  if (activity.times_s.empty() || grid.count == 0) return {};
  Json out = {{"times_s", bucket_times(grid)},
              {"end_s", grid.end_s},
              {"waiting", line_of(activity.times_s, activity.waiting, grid)},
              {"running", line_of(activity.times_s, activity.running, grid)},
              {"busy_share", line_of(activity.times_s, activity.busy_share, grid)}};
  if (auto const& gpus = view.summary.gpu_use) {
    out["gpus_allocated"] = line_of(gpus->times_s, gpus->allocated, grid);
    out["gpus_fragmented"] = line_of(gpus->times_s, gpus->fragmented, grid);
  }
  return out;
}

Json waits_section(const RunView& view) {
  std::vector<double> const& waits_s = view.summary.jobs.waits_s;
  if (waits_s.empty()) return {};
  Json quantiles = Json::array();
  for (double const share : {0.5, 0.9, 0.95, 0.99, 1.0}) {
    auto const rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(waits_s.size())));
    quantiles.push_back({{"share", share}, {"wait_s", chart_number(waits_s[std::max<std::size_t>(rank, 1) - 1])}});
  }
  return {{"bins", counted(waits_s)}, {"quantiles", std::move(quantiles)}};
}

}  // namespace headroom
