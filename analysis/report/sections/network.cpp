// What the network carried: over time by tier, link by link as a heat map, and the fabric as it was loaded.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/report/buckets.h"
#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

constexpr std::size_t most_drawn_links = 2000;      // of a fabric's drawing

std::string name_of(const GroupLoad& group) {
  if (group.what == "cross-rack") return group.fabric + " between racks";
  if (group.what == "wan") return group.fabric + " WAN " + group.direction;
  return fmt::format("{} {} {}", group.fabric, group.tier == 0 ? "servers" : fmt::format("tier {}", group.tier), group.direction);
}

Json series_of(const GroupLoad& group, const BucketGrid& grid) {
  Buckets buckets(grid);
  double at_s = 0;
  for (auto const& span : group.spans) {
    if (span.from_s > at_s) buckets.hold(at_s, span.from_s, 0);
    buckets.hold(span.from_s, span.to_s, span.gbit_s);
    at_s = span.to_s;
  }
  if (grid.end_s > at_s) buckets.hold(at_s, grid.end_s, 0);
  Json out{{"name", name_of(group)}, {"fabric", group.fabric}, {"mean_gbit_s", buckets.means()}};
  if (group.rate_gbit_s > 0) out["limit_gbit_s"] = chart_number(group.rate_gbit_s);
  return out;
}

// Rows of the heat map: what each link carried in each bucket, as a share of its rate.
Json heat_of(const RunView& view) {
  std::map<int, NetworkLinkRow> links;
  for (auto& row : view.run.network_links()) links.emplace(row.channel, row);
  double const bucket_s = view.run.meta_number("network_bucket_ns") / 1e9;
  Json rows = Json::array();
  std::map<int, std::vector<double>> shares;
  std::size_t buckets = 0;
  for (auto const& cell : view.run.network_series()) {
    auto const link = links.find(cell.channel);
    if (link == links.end() || bucket_s <= 0) continue;
    auto& row = shares[cell.channel];
    row.resize(static_cast<std::size_t>(cell.bucket) + 1);
    double const length_s = std::min(bucket_s, view.end_s - cell.bucket * bucket_s);
    row.back() = length_s > 0 ? 8 * cell.bytes / length_s / link->second.rate_bit_s : 0;
    buckets = std::max(buckets, row.size());
  }
  for (auto& [channel, row] : shares) {
    NetworkLinkRow const& link = links.at(channel);
    row.resize(buckets);
    Json values = Json::array();
    for (double share : row) values.push_back(chart_number(share));
    rows.push_back({{"from", link.from}, {"to", link.to}, {"fabric", link.fabric}, {"tier", link.tier}, {"rate_gbit_s", link.rate_bit_s / 1e9}, {"shares", std::move(values)}});
  }
  if (rows.empty()) return {};
  return {{"bucket_s", bucket_s}, {"rows", std::move(rows)}};
}

// Links between switches, both directions and parallel ones as one, by how full the fullest of them was.
Json drawing_of(const RunView& view) {
  struct Between {
    std::string fabric, from, to;
    int tier = 0, links = 0;
    double peak = 0;
    bool wan = false;
  };
  std::map<std::pair<std::string, std::string>, Between> between;
  for (auto const& row : view.run.network_links()) {
    if (row.tier == 0 && !row.wan) continue;
    auto const [low, high] = std::minmax(row.from, row.to);
    Between& one = between[{low, high}];
    if (one.links == 0) one = {row.fabric, row.from, row.to, row.tier, 0, 0, row.wan};
    one.links += row.channel % 2 == 0 ? 1 : 0;
    one.peak = std::max(one.peak, row.peak_bit_s / row.rate_bit_s);
  }
  if (between.empty() || between.size() > most_drawn_links) return {};
  Json out = Json::array();
  for (auto const& [ends, one] : between)
    out.push_back({{"fabric", one.fabric}, {"from", one.from}, {"to", one.to}, {"tier", one.tier}, {"links", std::max(1, one.links)}, {"peak_share", chart_number(one.peak)}, {"wan", one.wan}});
  return out;
}

Json fullest_of(const NetworkMeasures& network) {
  Json out = Json::array();
  for (auto const& link : network.links)
    out.push_back({{"from", link.from}, {"to", link.to}, {"fabric", link.fabric}, {"rate_gbit_s", chart_number(link.rate_gbit_s)}, {"peak_share", chart_number(link.peak_share)}, {"mean_share", chart_number(link.mean_share)}});
  return out;
}

}  // namespace

Json network_section(const RunView& view) {
  if (!view.summary.network || view.summary.network->waiting.jobs_sending == 0) return {};
  NetworkMeasures const& network = *view.summary.network;
  BucketGrid const grid = bucket_grid(view.end_s, view.recorded_every().seconds());
  Json series = Json::array();
  for (auto const& group : network.groups)
    if (group.bytes > 0) series.push_back(series_of(group, grid));
  if (series.empty() || grid.count == 0) return {};
  WaitingForNetwork const& waiting = network.waiting;
  std::string const note = fmt::format("{} jobs sent {:.4g} TB; {} of them waited longer than alone on the network, run times x {:.4g} in the mean and x {:.4g} at most.", grouped(waiting.jobs_sending),
                                       waiting.sent_bytes / 1e12, grouped(waiting.jobs_slowed), waiting.stretch_mean, waiting.stretch_max);
  Json out{{"times_s", bucket_times(grid)}, {"end_s", grid.end_s}, {"series", std::move(series)}, {"fullest", fullest_of(network)}, {"interval_s", network.interval_s}, {"note", note}};
  if (Json heat = heat_of(view); !heat.empty()) out["heat"] = std::move(heat);
  if (Json drawing = drawing_of(view); !drawing.empty()) out["drawing"] = std::move(drawing);
  return out;
}

}  // namespace headroom
