#include "analysis/programmes/run_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/programmes/demand.h"
#include "analysis/programmes/reference_run.h"
#include "analysis/summary/summary.h"
#include "sim/results/run_file.h"

namespace headroom {
namespace {

// One run, opened once: its summary, and what the summary does not hold.
struct OpenedRun {
  std::string name;
  nlohmann::ordered_json summary;
  std::map<std::string, double> from_place, to_place;      // bytes by place outside
  double racks = 0;
};

OpenedRun open_run(const std::filesystem::path& folder, const std::string& name) {
  RunReader const run(run_folder(folder, name));
  Summary const summary = summarise(run);
  if (!summary.complete) throw InputError({run_folder(folder, name).string(), 0, 0}, "the run is unfinished; make it again with `headroom programme`");
  if (auto const& jobs = summary.jobs.counts; jobs.queued_at_end + jobs.rejected > 0)
    throw InputError({run_folder(folder, name).string(), 0, 0}, fmt::format("{} jobs wait at the end of this run and {} were never started: its site cannot hold what its cores and GPUs promise; lower `fill` of its kind", jobs.queued_at_end, jobs.rejected));
  OpenedRun out{name, to_json(summary, {}), {}, {}, 0};
  for (auto const& link : run.network_links()) {
    if (!link.wan) continue;
    out.from_place[link.from] += link.bytes;
    out.to_place[link.to] += link.bytes;
  }
  std::set<int> racks;
  for (auto const& node : run.nodes())
    if (node.rack >= 0) racks.insert(node.rack);
  out.racks = static_cast<double>(racks.size());
  return out;
}

// "power.it_power_peak_kw"; 0 where the run has none of it.
double at(const nlohmann::ordered_json& summary, std::string_view key) {
  auto const* here = &summary;
  while (!key.empty()) {
    std::size_t const dot = key.find('.');
    auto const found = here->find(std::string(key.substr(0, dot)));
    if (found == here->end()) return 0;
    here = &*found;
    key = dot == std::string_view::npos ? std::string_view{} : key.substr(dot + 1);
  }
  return here->is_number() ? here->get<double>() : 0;
}

class Figures {
 public:
  explicit Figures(double sites) : sites_(sites) {}

  void add(const char* name, const char* unit, const char* meaning, const OpenedRun& run, const std::string& key, double per_site) {
    put(name, unit, meaning, run, key, at(run.summary, key), per_site);
  }
  void put(const std::string& name, const char* unit, const std::string& meaning, const OpenedRun& run, const std::string& key, double of_run, double per_site) {
    out_.push_back({name, unit, meaning, "runs/" + run.name, key, of_run, per_site * sites_, of_run * per_site * sites_});
  }
  // Of all fabrics of the site together.
  void add_wan(const char* name, const char* unit, const char* meaning, const OpenedRun& run, const char* way, const char* what, double per_site) {
    auto const network = run.summary.find("network");
    if (network == run.summary.end()) return;
    double sum = 0;
    std::string keys;
    for (auto const& [fabric, groups] : network->at("fabrics").items()) {
      if (!groups.contains(way)) continue;
      std::string const key = fmt::format("network.fabrics.{}.{}.{}", fabric, way, what);
      sum += at(run.summary, key);
      keys += (keys.empty() ? "" : " + ") + key;
    }
    if (!keys.empty()) put(name, unit, meaning, run, keys, sum, per_site);
  }
  std::vector<RunFigure> take() { return std::move(out_); }

 private:
  double sites_;
  std::vector<RunFigure> out_;
};

// A place outside has the part of all ways in or out that its bytes have of all bytes of the day.
class PeaksOfPlaces {
 public:
  explicit PeaksOfPlaces(const OpenedRun& run) : in_(run, "wan_in", run.from_place), out_(run, "wan_out", run.to_place) {}
  double from(const std::string& place) const { return in_.of(place); }
  double either(const std::string& place) const { return std::max(in_.of(place), out_.of(place)); }
  std::vector<std::string> places() const {
    std::set<std::string> names;
    for (auto const* way : {&in_, &out_})
      for (auto const& [place, bytes] : way->by_place)
        if (place.find('/') == std::string::npos) names.insert(place);      // the other ends are switches of the site
    return {names.begin(), names.end()};
  }

 private:
  struct Way {
    Way(const OpenedRun& run, const char* way, const std::map<std::string, double>& bytes) : by_place(bytes) {
      for (auto const& [place, amount] : bytes)
        if (place.find('/') == std::string::npos) all += amount;
      if (auto const network = run.summary.find("network"); network != run.summary.end())
        for (auto const& [fabric, groups] : network->at("fabrics").items())
          if (groups.contains(way)) gbit_s += groups.at(way).at("peak_gbit_s").get<double>();
    }
    double of(const std::string& place) const {
      auto const found = by_place.find(place);
      return found == by_place.end() || all <= 0 ? 0 : gbit_s * found->second / all;
    }
    std::map<std::string, double> by_place;
    double all = 0, gbit_s = 0;
  };
  Way in_, out_;
};

void add_peaks_of_places(const OpenedRun& run, Figures& out) {
  PeaksOfPlaces const peaks(run);
  for (auto const& place : peaks.places()) {
    std::string const key = fmt::format("network.fabrics, network_links: {}", place);
    out.put(fmt::format("peak_from_{}_tbit_s", place), "Tbit/s", fmt::format("from the place outside '{}', fullest hour of the busiest day", place), run, key, peaks.from(place), 1e-3);
    out.put(fmt::format("peak_of_{}_tbit_s", place), "Tbit/s", fmt::format("to or from the place outside '{}', the larger way, fullest hour of the busiest day", place), run, key, peaks.either(place), 1e-3);
  }
}

// The tier of links that is fullest in the fullest hour, over its rate.
struct FullestTier {
  std::string key;
  double share = 0;
};
FullestTier fullest_tier(const OpenedRun& run) {
  FullestTier out;
  auto const network = run.summary.find("network");
  if (network == run.summary.end()) return out;
  for (auto const& [fabric, groups] : network->at("fabrics").items())
    for (auto const& [group, load] : groups.items()) {
      double const rate = load.contains("rate_gbit_s") ? load.at("rate_gbit_s").template get<double>() : 0;
      if (rate > 0 && load.at("peak_gbit_s").template get<double>() / rate > out.share) out = {fmt::format("network.fabrics.{}.{}.peak_gbit_s", fabric, group), load.at("peak_gbit_s").template get<double>() / rate};
    }
  return out;
}

}  // namespace

std::vector<RunFigure> run_figures(const std::filesystem::path& folder, const std::string& kind, int year, double sites) {
  OpenedRun const week = open_run(folder, fmt::format("{}-{}-week", kind, year)), peak = open_run(folder, fmt::format("{}-{}-peak-day", kind, year));
  double const weeks = hours_of_a_year / hours_a_week;
  Figures out(sites);
  out.put("racks", "racks", "racks with servers or switches", week, "racks of nodes", week.racks, 1);
  out.add("servers", "servers", "servers", week, "run.servers", 1);
  out.add("it_peak_mw", "MW", "IT power at the cords, highest instant of the busiest day", peak, "power.it_power_peak_kw", 1e-3);
  out.add("facility_peak_mw", "MW", "drawn from the grid, highest quarter hour of the busiest day", peak, "power.facility_power_peak_15min_kw", 1e-3);
  out.add("facility_mean_mw", "MW", "drawn from the grid, mean week", week, "power.facility_power_mean_kw", 1e-3);
  out.add("it_energy_twh", "TWh", "IT energy of a year of mean weeks", week, "energy.it_energy_kwh", weeks * 1e-9);
  out.add("facility_energy_twh", "TWh", "drawn from the grid in a year of mean weeks", week, "energy.facility_energy_kwh", weeks * 1e-9);
  out.add("utilisation", "", "cores held, mean week; of one site", week, "service.utilisation_mean", 1 / sites);
  out.add_wan("arriving_tbit_s", "Tbit/s", "arriving from outside, fullest hour of the busiest day", peak, "wan_in", "peak_gbit_s", 1e-3);
  out.add_wan("leaving_tbit_s", "Tbit/s", "leaving the sites, fullest hour of the busiest day", peak, "wan_out", "peak_gbit_s", 1e-3);
  out.add_wan("arriving_pb_a_day", "PB/d", "arriving from outside, a day of the mean week", week, "wan_in", "bytes", 1e-15 / 7);
  out.add_wan("leaving_pb_a_day", "PB/d", "leaving the sites, a day of the mean week", week, "wan_out", "bytes", 1e-15 / 7);
  for (auto const& [ways, prefix] : {std::pair{&week.from_place, "from"}, std::pair{&week.to_place, "to"}})
    for (auto const& [place, bytes] : *ways)
      if (place.find('/') == std::string::npos)      // the other ends are switches of the site
        out.put(fmt::format("{}_{}_pb_a_day", prefix, place), "PB/d", fmt::format("{} the place outside '{}', a day of the mean week", prefix, place), week, fmt::format("network_links {} {}", prefix, place), bytes, 1e-15 / 7);
  add_peaks_of_places(peak, out);
  if (FullestTier const tier = fullest_tier(peak); tier.share > 0) out.put("fullest_tier", "of its rate", "fullest tier of links, fullest hour of the busiest day", peak, tier.key, tier.share, 1 / sites);
  return out.take();
}

std::string overload_of(const std::vector<RunFigure>& figures) {
  for (auto const& figure : figures)
    if (figure.name == "fullest_tier" && figure.value > 1 + 1e-9) return fmt::format("{} carries {:.3g} times its rate in the fullest hour of the busiest day: the layout's network is too small for its servers' work", figure.key, figure.value);
  return "";
}

}  // namespace headroom
