#include "analysis/programmes/demand.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/sum.h"

namespace headroom {
namespace {

// Below this share a site more is rounding, not need.
constexpr double rounding = 1e-9;

double share_at(const DemandDriver& driver, const SiteKind& kind) {
  double out = 0;
  for (auto const& share : driver.latency)
    if (std::find(kind.serves.begin(), kind.serves.end(), share.latency_class) != kind.serves.end()) out += share.share;
  return out;
}

// What it holds at least to move its data.
double intake_cores(double bytes_s) { return 8 * bytes_s / intake_bit_s_per_core; }

WorkStream stream_of(const DemandDriver& driver, const SiteKind& kind, double units) {
  UnitWork const& work = *driver.work;
  double const times_a_second = units / work.every.seconds();
  WorkStream out;
  out.comes_by = kind.users;
  out.received = times_a_second * work.received.si() / 8;
  out.answered = times_a_second * work.answered.si() / 8;
  if (!kind.passes_to.empty()) out.passed_on = out.received * work.passed_on;
  out.cores = times_a_second * work.core_time.seconds() / kind.busy;
  out.gpus = times_a_second * work.gpu_time.seconds() / kind.busy;
  out.cores = std::max(out.cores, intake_cores(out.received + out.answered + out.passed_on));
  return out;
}

// Hour by hour the same sum over streams, of what `of` says.
LoadHours held(const std::vector<WorkStream>& streams, auto of) {
  LoadHours out{};
  for (auto const& stream : streams)
    for (std::size_t h = 0; h < out.size(); ++h) out[h] += of(stream) * stream.factors[h];
  return out;
}

double highest_of_peak_day(const LoadHours& hours) { return *std::max_element(hours.begin() + hours_a_week, hours.end()); }

std::vector<double> shares_by_sector(const ProgrammeSpec& programme, const std::vector<WorkStream>& streams, auto of) {
  std::vector<double> out(programme.sectors.size(), 0.0);
  double all = 0;
  for (auto const& stream : streams) {
    out[stream.sector] += of(stream);
    all += of(stream);
  }
  for (double& share : out) share = all > 0 ? share / all : 0;
  return out;
}

// Bit/s to and from a place outside, hour by hour; a link carries both ways at once, so that the larger one counts.
LoadHours bits_by(const KindDemand& demand, const std::string& place, const SiteKind& kind) {
  auto const comes = [&](const WorkStream& s) { return s.comes_by == place ? 8 * s.received : 0.0; };
  auto const goes = [&](const WorkStream& s) {
    bool const onwards = !kind.passes_to.empty() && place == kind.passes_through;
    return 8 * ((s.comes_by == place ? s.answered : 0.0) + (onwards ? s.passed_on : 0.0));
  };
  LoadHours out = held(demand.streams, comes);
  LoadHours const leaving = held(demand.streams, goes);
  for (std::size_t h = 0; h < out.size(); ++h) out[h] = std::max(out[h], leaving[h]);
  return out;
}
double moved_by(const WorkStream& stream, const std::string& place, const SiteKind& kind) {
  bool const onwards = !kind.passes_to.empty() && place == kind.passes_through;
  return (stream.comes_by == place ? stream.received + stream.answered : 0.0) + (onwards ? stream.passed_on : 0.0);
}

void add_passed_on(const SiteKind& kind, const PassedOn& from, KindDemand& out) {
  if (from.from->passes_to != kind.name) return;
  for (auto const& source : from.demand->streams) {
    if (source.passed_on <= 0) continue;
    WorkStream stream = source;
    stream.job_class = fmt::format("{}-from-{}", source.job_class, from.from->name);
    stream.received = source.passed_on;
    stream.answered = stream.passed_on = stream.gpus = stream.kept_bytes = 0;
    stream.cores = intake_cores(stream.received);
    stream.comes_by = kind.takes_from;
    LoadHours const& served = source.gpus > 0 ? from.served->gpus : from.served->cores;
    for (std::size_t h = 0; h < served.size(); ++h) stream.factors[h] *= served[h];
    out.streams.push_back(std::move(stream));
  }
}

}  // namespace

const LoadShape* shape_of(const ProgrammeSpec& programme, const std::string& name) {
  for (auto const& shape : programme.shapes)
    if (shape.name == name) return &shape;
  return nullptr;
}

LoadHours hour_factors(const LoadShape* shape) {
  LoadHours out;
  out.fill(1);
  if (shape == nullptr) return out;
  auto const day = [&](int of_day) { return shape->day.empty() ? 1.0 : shape->day[static_cast<std::size_t>(of_day)]; };
  auto const week = [&](int weekday) { return shape->week.empty() ? 1.0 : shape->week[static_cast<std::size_t>(weekday)]; };
  double const busiest = shape->week.empty() ? 1.0 : *std::max_element(shape->week.begin(), shape->week.end());
  CompensatedSum sum;
  for (int h = 0; h < hours_a_week; ++h) sum.add(day(h % hours_a_day) * week(h / hours_a_day));
  double const mean = sum.value() / hours_a_week;
  for (int h = 0; h < hours_a_week; ++h) out[static_cast<std::size_t>(h)] = day(h % hours_a_day) * week(h / hours_a_day) / mean;
  for (int h = 0; h < hours_a_day; ++h) out[static_cast<std::size_t>(hours_a_week + h)] = day(h) * busiest / mean * shape->peak_day;
  return out;
}

KindDemand demand_of(const ProgrammeSpec& programme, const SiteKind& kind, int year, const std::vector<PassedOn>& passed) {
  KindDemand out;
  auto const drivers = drivers_of(programme);
  for (std::size_t i = 0; i < drivers.size(); ++i) {
    DemandDriver const& driver = *drivers[i].driver;
    double const share = share_at(driver, kind), units = share * units_in(driver, programme, year);
    if (!driver.work || units <= 0) continue;
    WorkStream stream = stream_of(driver, kind, units);
    stream.driver = i;
    stream.job_class = fmt::format("driver-{}", i + 1);
    stream.sector = drivers[i].sector;
    stream.factors = hour_factors(shape_of(programme, driver.shape));
    stream.kept_bytes = units / driver.work->every.seconds() * driver.work->kept.si() / 8 * (driver.work->kept_for ? driver.work->kept_for->value * hours_of_a_year * 3600 : 0);
    out.streams.push_back(std::move(stream));
  }
  for (auto const& from : passed) add_passed_on(kind, from, out);
  return out;
}

SitesNeeded sites_needed(const ProgrammeSpec& programme, const KindDemand& demand, const ReferenceSite& site) {
  SitesNeeded out;
  out.sector_shares.assign(programme.sectors.size(), 0.0);
  double fullest = 0;                  // sites that it fills, before they are whole
  auto const need = [&](double asked, double of_one, const std::string& what, auto of) {
    if (asked <= 0 || asked / of_one <= fullest) return;
    fullest = asked / of_one;
    out.count = std::ceil(fullest - rounding);
    out.bound_by = what;
    out.sector_shares = shares_by_sector(programme, demand.streams, of);
  };
  auto const cores = [](const WorkStream& s) { return s.cores; };
  auto const gpus = [](const WorkStream& s) { return s.gpus; };
  SiteKind const& kind = *site.kind;
  need(highest_of_peak_day(held(demand.streams, cores)), site.cores * kind.fill, "cores", cores);
  need(highest_of_peak_day(held(demand.streams, gpus)), site.gpus * kind.fill, "GPUs", gpus);
  for (auto const& [place, link] : site.places) {
    auto const moved = [&, &at = place](const WorkStream& s) { return moved_by(s, at, kind); };
    need(highest_of_peak_day(bits_by(demand, place, kind)), link.bit_s, "links to " + place, moved);
  }
  if (kind.storage) need(demand.kept_bytes(), kind.storage->si() / 8, "storage", [](const WorkStream& s) { return s.kept_bytes; });
  return out;
}

namespace {

// Of what is asked for in each hour, how much is refused: shares of a span, from hour to hour.
double refused_share(const LoadHours& asked, const LoadHours& served, std::size_t from, std::size_t to) {
  double all = 0, refused = 0;
  for (std::size_t h = from; h < to; ++h) {
    all += asked[h];
    refused += asked[h] * (1 - served[h]);
  }
  return all > 0 ? refused / all : 0;
}

}  // namespace

Served served_by(const KindDemand& demand, const ReferenceSite& site, double sites) {
  Served out;
  SiteKind const& kind = *site.kind;
  auto const share = [&](double asked, double there) { return asked <= 0 ? 1.0 : std::min(1.0, sites * there / asked * (1 + rounding)); };
  LoadHours const cores = held(demand.streams, [](const WorkStream& s) { return s.cores; });
  LoadHours const gpus = held(demand.streams, [](const WorkStream& s) { return s.gpus; });
  LoadHours links;
  links.fill(1);
  for (auto const& [place, link] : site.places) {
    LoadHours const bits = bits_by(demand, place, kind);
    for (std::size_t h = 0; h < links.size(); ++h) links[h] = std::min(links[h], share(bits[h], link.bit_s));
  }
  for (std::size_t h = 0; h < cores.size(); ++h) {
    out.cores[h] = std::min(links[h], share(cores[h], site.cores * kind.fill));
    out.gpus[h] = std::min(links[h], share(gpus[h], site.gpus * kind.fill));
  }
  double const not_kept = kind.storage ? 1 - share(demand.kept_bytes(), kind.storage->si() / 8) : 0;
  auto const worst = [&](std::size_t from, std::size_t to) { return std::max({refused_share(cores, out.cores, from, to), refused_share(gpus, out.gpus, from, to), not_kept}); };
  out.turned_away = worst(0, hours_a_week);
  out.turned_away_peak_day = worst(hours_a_week, cores.size());
  return out;
}

double KindDemand::kept_bytes() const {
  double out = 0;
  for (auto const& stream : streams) out += stream.kept_bytes;
  return out;
}

}  // namespace headroom
