#include "analysis/measures/network_measures.h"

#include <algorithm>
#include <cmath>

#include "base/sum.h"

namespace headroom {
namespace {

constexpr double percentile = 0.999;
constexpr double least_excess_s = 1e-6;      // what jobs wait longer than this is no rounding

struct NetworkWindow {
  double from_s, to_s;
  double length_s() const { return to_s - from_s; }
};

NetworkWindow network_window_of(const RunReader& run) {
  NetworkWindow const window{run.meta_number("window_from_ns") / 1e9, run.meta_number("window_to_ns") / 1e9};
  return window.length_s() > 0 ? window : NetworkWindow{0, run.meta_number("end_ns") / 1e9};
}

// The least rate that is not exceeded in this share of the time. What no span covers is zero.
double time_percentile(std::vector<std::pair<double, double>> rates_and_lengths, double window_s, double share) {
  std::ranges::sort(rates_and_lengths, std::greater{});
  double above = 0;
  for (auto const& [rate, length] : rates_and_lengths) {
    above += length;
    if (above > (1 - share) * window_s * (1 + 1e-12)) return rate;
  }
  return 0;
}

GroupLoad group_load(const RunReader& run, const NetworkMeterRow& row, const NetworkWindow& window) {
  GroupLoad group{row.fabric, row.what, row.direction, row.tier, row.links, row.rate_bit_s / 1e9, 0, 0, 0, 0, {}};
  CompensatedSum bytes, in_window;
  std::vector<std::pair<double, double>> rates;
  for (auto const& load : run.network_loads(row.id)) {
    double const from = static_cast<double>(load.from_ns) / 1e9, to = static_cast<double>(load.to_ns) / 1e9, gbit_s = 8e-9 * load.bytes / (to - from);
    bytes.add(load.bytes);
    group.spans.push_back({from, to, gbit_s});
    double const inside = std::min(to, window.to_s) - std::max(from, window.from_s);
    if (inside <= 0) continue;
    in_window.add(gbit_s * inside);
    group.peak_gbit_s = std::max(group.peak_gbit_s, gbit_s);
    rates.emplace_back(gbit_s, inside);
  }
  group.bytes = bytes.value();
  if (window.length_s() <= 0) return group;
  group.mean_gbit_s = in_window.value() / window.length_s();
  group.p999_gbit_s = time_percentile(std::move(rates), window.length_s(), percentile);
  return group;
}

std::vector<LinkLoad> link_loads(const RunReader& run, double run_s) {
  std::vector<LinkLoad> out;
  for (auto const& row : run.network_links())
    out.push_back({row.channel, row.fabric, row.from, row.to, row.tier, row.wan, row.rate_bit_s / 1e9, row.bytes, run_s > 0 ? 8 * row.bytes / run_s / row.rate_bit_s : 0, row.peak_bit_s / row.rate_bit_s});
  std::ranges::stable_sort(out, [](const LinkLoad& a, const LinkLoad& b) { return a.peak_share != b.peak_share ? a.peak_share > b.peak_share : a.mean_share > b.mean_share; });
  return out;
}

WaitingForNetwork waiting(const RunReader& run) {
  WaitingForNetwork out;
  CompensatedSum sent, waited, alone, stretch;
  std::int64_t completed = 0;
  run.each_job([&](const JobRow& job) {
    if (job.sent_bytes <= 0) return;
    ++out.jobs_sending;
    sent.add(job.sent_bytes);
    double const excess_s = job.waited_s - job.waited_alone_s;
    if (excess_s > std::max(least_excess_s, 1e-6 * job.waited_alone_s)) ++out.jobs_slowed;
    if (job.state != JobState::completed) return;
    ++completed;
    waited.add(job.waited_s);
    alone.add(job.waited_alone_s);
    double const ran_s = static_cast<double>(job.end_ns - job.start_ns) / 1e9, idle_s = ran_s - std::max(0.0, excess_s);
    double const stretched = idle_s > 0 ? ran_s / idle_s : 1;
    stretch.add(stretched);
    out.stretch_max = std::max(out.stretch_max, stretched);
  });
  out.sent_bytes = sent.value();
  out.waited_s = waited.value();
  out.alone_s = alone.value();
  if (completed > 0) out.stretch_mean = stretch.value() / static_cast<double>(completed);
  return out;
}

}  // namespace

std::optional<NetworkMeasures> network_measures(const RunReader& run, std::size_t most_links) {
  auto const meters = run.network_meters();
  if (meters.empty()) return std::nullopt;
  NetworkMeasures out;
  NetworkWindow const window = network_window_of(run);
  for (auto const& row : meters) out.groups.push_back(group_load(run, row, window));
  out.links = link_loads(run, run.meta_number("end_ns") / 1e9);
  std::erase_if(out.links, [](const LinkLoad& link) { return link.bytes <= 0; });
  out.links_that_carried = std::ssize(out.links);
  if (out.links.size() > most_links) out.links.resize(most_links);
  out.interval_s = run.meta_number("network_every_ns") / 1e9;
  out.waiting = waiting(run);
  return out;
}

}  // namespace headroom
