#include "sim/network/link_meters.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr std::size_t directions = 3;
constexpr const char* direction_names[directions] = {"up", "down", "across"};
constexpr std::size_t most_drawn = 2000;       // links between switches of a network that is kept whole, idle links too
constexpr std::size_t most_series = 256;       // links of which the run file keeps what they carried over time

}  // namespace

LinkMeters::LinkMeters(const PowerGraph& graph, Duration every, RunFile& file)
    : graph_(graph), network_(graph.network), every_(every), file_(file), links_(2 * graph.network.links.size(), LoadMeter(every)) {
  std::size_t groups = 0;
  for (auto const& fabric : network_.fabrics) {
    first_group_.push_back(groups);
    groups += directions * static_cast<std::size_t>(fabric.tiers + 1) + 3;
  }
  groups_.assign(groups, {LoadMeter(every), {}});
  record_groups();
}

// Tier 0 of a fabric is its servers' ports; each tier has three groups, and behind the last come cross-rack, out and in.
std::size_t LinkMeters::group_of(Channel channel) const {
  NetworkLink const& link = network_.links[static_cast<std::size_t>(link_of(channel))];
  std::size_t const first = first_group_[static_cast<std::size_t>(link.fabric)];
  std::size_t const behind = first + directions * static_cast<std::size_t>(network_.fabrics[static_cast<std::size_t>(link.fabric)].tiers + 1);
  if (link.wan) return behind + (channel % 2 == 0 ? 1 : 2);
  bool const across = network_.vertices[static_cast<std::size_t>(link.a)].tier == network_.vertices[static_cast<std::size_t>(link.b)].tier;
  return first + directions * static_cast<std::size_t>(link.tier) + (across ? 2 : static_cast<std::size_t>(channel % 2));
}

template <class Function>
void LinkMeters::each_meter(const RoutedPhase& phase, const RoutedFlow& flow, Function function) {
  auto const group = [&](std::size_t number) {
    closed_.clear();
    function(groups_[number].meter, &closed_);
    if (!closed_.empty()) write(number, closed_);
  };
  for (Channel channel : phase.route(flow)) {
    function(links_[static_cast<std::size_t>(channel)], nullptr);
    group(group_of(channel));
  }
  if (!flow.crosses_racks) return;
  auto const fabric = static_cast<std::size_t>(flow.fabric);
  group(first_group_[fabric] + directions * static_cast<std::size_t>(network_.fabrics[fabric].tiers + 1));
}

void LinkMeters::add(Instant from, Instant to, const RoutedPhase& phase, const RoutedFlow& flow, double bytes) {
  if (bytes > 0) each_meter(phase, flow, [&](LoadMeter& meter, std::vector<LoadMeter::Interval>* closed) { meter.add(from, to, bytes, closed); });
}

void LinkMeters::change_rate(Instant now, const RoutedPhase& phase, const RoutedFlow& flow, double by_bytes_per_s) {
  each_meter(phase, flow, [&](LoadMeter& meter, std::vector<LoadMeter::Interval>* closed) { meter.change_rate(now, by_bytes_per_s, closed); });
}

void LinkMeters::write(std::size_t group, const std::vector<LoadMeter::Interval>& intervals) {
  NetworkLoadRow& open = groups_[group].open;
  for (auto const& interval : intervals) {
    std::int64_t const from = interval.number * every_.ns, to = from + interval.count * every_.ns;
    double const bytes = interval.bytes * static_cast<double>(interval.count);
    double const open_intervals = static_cast<double>((open.to_ns - open.from_ns) / every_.ns);
    if (open.to_ns == from && open.bytes > 0 && open.bytes / open_intervals == interval.bytes) {
      open.to_ns = to;
      open.bytes += bytes;
      continue;
    }
    if (open.bytes > 0) file_.network_load(open);
    open = {static_cast<int>(group), from, to, bytes};
  }
}

void LinkMeters::record_groups() {
  std::vector<NetworkMeterRow> rows(groups_.size());
  for (std::size_t f = 0; f < network_.fabrics.size(); ++f) {
    std::size_t id = first_group_[f];
    auto const name = [&](const char* what, int tier, const char* direction) { rows[id++] = {0, network_.fabrics[f].name, what, tier, direction, 0, 0}; };
    for (int tier = 0; tier <= network_.fabrics[f].tiers; ++tier)
      for (const char* direction : direction_names) name("tier", tier, direction);
    name("cross-rack", 0, "");
    name("wan", 0, "out");
    name("wan", 0, "in");
  }
  for (std::size_t i = 0; i < links_.size(); ++i) {
    NetworkMeterRow& row = rows[group_of(static_cast<Channel>(i))];
    ++row.links;
    row.rate_bit_s += network_.links[i / 2].rate.si();
  }
  for (std::size_t id = 0; id < rows.size(); ++id) {
    rows[id].id = static_cast<int>(id);
    if (rows[id].links > 0 || rows[id].what == "cross-rack") file_.network_meter(rows[id]);
  }
}

void LinkMeters::finish(Instant end) {
  for (std::size_t id = 0; id < groups_.size(); ++id) {
    closed_.clear();
    groups_[id].meter.finish(end, &closed_);
    write(id, closed_);
    if (groups_[id].open.bytes > 0) {
      groups_[id].open.to_ns = std::min(groups_[id].open.to_ns, (end - Instant{}).ns);
      file_.network_load(groups_[id].open);
    }
  }
  for (auto& link : links_) link.finish(end);
  record_links();
}

std::string LinkMeters::name_of(VertexId vertex) const {
  NetworkVertex const& v = network_.vertices[static_cast<std::size_t>(vertex)];
  return v.server >= 0 ? graph_.servers[static_cast<std::size_t>(v.server)].name : v.name;
}

// Links that carried anything, and the idle ones between switches of a network that is small enough to be drawn; over time
// those between switches that carried most.
void LinkMeters::record_links() {
  std::size_t between = 0;
  for (auto const& link : network_.links) between += link.tier > 0 || link.wan ? 1 : 0;
  std::vector<std::size_t> carried;
  for (std::size_t i = 0; i < links_.size(); ++i) {
    bool const drawn = between <= most_drawn && (network_.links[i / 2].tier > 0 || network_.links[i / 2].wan);
    if (links_[i].bytes() > 0 || drawn) carried.push_back(i);
  }
  for (std::size_t i : carried) {
    NetworkLink const& link = network_.links[i / 2];
    auto const channel = static_cast<Channel>(i);
    file_.network_link({channel, network_.fabrics[static_cast<std::size_t>(link.fabric)].name, name_of(network_.source(channel)), name_of(network_.target(channel)), link.tier, link.wan,
                        link.rate.si(), links_[i].bytes(), 8 * links_[i].peak_bytes_per_s()});
  }
  std::erase_if(carried, [&](std::size_t i) { return links_[i].bytes() == 0 || (network_.links[i / 2].tier == 0 && !network_.links[i / 2].wan && network_.fabrics[static_cast<std::size_t>(network_.links[i / 2].fabric)].tiers > 1); });
  std::ranges::stable_sort(carried, [&](std::size_t a, std::size_t b) { return links_[a].bytes() / network_.links[a / 2].rate.si() > links_[b].bytes() / network_.links[b / 2].rate.si(); });
  if (carried.size() > most_series) carried.resize(most_series);
  std::ranges::sort(carried);
  std::int64_t widest = 1;
  for (std::size_t i : carried) widest = std::max(widest, links_[i].intervals_per_bucket());
  file_.meta("network_bucket_ns", widest * every_.ns);
  file_.meta("network_every_ns", every_.ns);
  for (std::size_t i : carried) {
    auto const& buckets = links_[i].buckets();
    std::vector<double> wide;
    for (std::size_t b = 0; b < buckets.size(); ++b) {
      auto const bucket = static_cast<std::size_t>(static_cast<std::int64_t>(b) * links_[i].intervals_per_bucket() / widest);
      if (wide.size() <= bucket) wide.resize(bucket + 1);
      wide[bucket] += buckets[b];
    }
    for (std::size_t b = 0; b < wide.size(); ++b)
      if (wide[b] > 0) file_.network_series({static_cast<int>(i), static_cast<int>(b), wide[b]});
  }
}

}  // namespace headroom
