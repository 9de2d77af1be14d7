#include "analysis/measures/site_time.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/sum.h"
#include "base/time.h"

namespace headroom {
namespace {

TimeZone zone_of(const RunReader& run) {
  std::string const name = run.meta_text("timezone");
  return name.empty() ? TimeZone::fixed(0) : TimeZone::named(name, {run.directory().string(), 0, 0});
}

}  // namespace

RunClock::RunClock(const RunReader& run) : end_ns_(run.meta_whole("end_ns")), zone_(zone_of(run)) {
  auto const start = parse_date_time(run.meta_text("start"));
  if (!start) throw InputError({run.directory().string(), 0, 0}, "the run file does not say when the run began");
  start_s_ = start->unix_s;
}

std::vector<RunClock::Month> RunClock::months() const {
  std::vector<Month> out;
  for (std::int64_t from_ns = 0; from_ns < end_ns_;) {
    LocalTime const local = zone_.local(start_s_ + from_ns / nanoseconds_per_second);
    int const year = local.month == 12 ? local.year + 1 : local.year, month = local.month % 12 + 1;
    std::int64_t const next_s = zone_.moment(year, month, 1, 0) - start_s_;
    std::int64_t const to_ns = next_s > end_ns_ / nanoseconds_per_second ? end_ns_ : std::min(end_ns_, next_s * nanoseconds_per_second);
    out.push_back({fmt::format("{:04}-{:02}", local.year, local.month), from_ns, to_ns});
    from_ns = to_ns;
  }
  return out;
}

Track recorded_track(const RunReader& run, const std::string& name) {
  Track out;
  out.end_ns = run.meta_whole("end_ns");
  for (auto const& signal : run.signals()) {
    if (signal.name != name) continue;
    for (auto const& value : run.signal_values(signal.id)) {
      out.from_ns.push_back(value.from_ns);
      out.values.push_back(value.value);
    }
  }
  return out;
}

std::optional<double> quantity_total(const RunReader& run, const std::string& name) {
  std::optional<double> out;
  for (auto const& quantity : run.quantities())
    if (quantity.name == name) out = out.value_or(0) + quantity.total;
  return out;
}

std::vector<EnergyPiece> quantity_pieces(const RunReader& run, const std::string& name) {
  std::vector<EnergyPiece> out;
  for (auto const& quantity : run.quantities())
    if (quantity.name == name)
      for (auto const& row : run.quantity_intervals(quantity.id)) out.push_back({row.from_ns, row.to_ns, row.amount});
  return out;
}

std::vector<EnergyPiece> energy_pieces(const RunReader& run, int node) {
  std::vector<EnergyPiece> out;
  for (auto const& row : run.intervals(node)) out.push_back({row.from_ns, row.to_ns, row.energy_j});
  return out;
}

std::vector<double> by_month(const std::vector<EnergyPiece>& pieces, const std::vector<RunClock::Month>& months) {
  Track track;
  for (std::size_t i = 0; i < months.size(); ++i) {
    track.from_ns.push_back(months[i].from_ns);
    track.values.push_back(static_cast<double>(i));
    track.end_ns = months[i].to_ns;
  }
  std::vector<CompensatedSum> sums(months.size());
  cut_at_changes(pieces, track, [&](double energy_j, double month) { sums[static_cast<std::size_t>(month)].add(energy_j); });
  std::vector<double> out;
  for (auto const& sum : sums) out.push_back(sum.value());
  return out;
}

}  // namespace headroom
