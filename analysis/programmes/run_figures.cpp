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
  std::map<std::string, double> peak_from, peak_to;        // Gbit/s of the fullest hour
  double racks = 0;
};

OpenedRun open_run(const std::filesystem::path& folder, const std::string& name) {
  RunReader const run(run_folder(folder, name));
  Summary const summary = summarise(run);
  if (!summary.complete) throw InputError({run_folder(folder, name).string(), 0, 0}, "the run is unfinished; make it again with `headroom programme`");
  OpenedRun out{name, to_json(summary, {}), {}, {}, {}, {}, 0};
  for (auto const& link : run.network_links()) {
    if (!link.wan) continue;
    out.from_place[link.from] += link.bytes;
    out.to_place[link.to] += link.bytes;
    out.peak_from[link.from] += link.peak_bit_s / 1e9;
    out.peak_to[link.to] += link.peak_bit_s / 1e9;
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
    for (auto const& [fabric, groups] : network->at("fabrics").items())
      if (groups.contains(way)) return add(name, unit, meaning, run, fmt::format("network.fabrics.{}.{}.{}", fabric, way, what), per_site);
  }
  std::vector<RunFigure> take() { return std::move(out_); }

 private:
  double sites_;
  std::vector<RunFigure> out_;
};

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
  for (auto const& [place, gbit_s] : peak.peak_from)
    if (auto const back = peak.peak_to.find(place); back != peak.peak_to.end() && place.find('/') == std::string::npos)
      out.put(fmt::format("peak_of_{}_tbit_s", place), "Tbit/s", fmt::format("to or from the place outside '{}', the larger way, fullest hours of its links on the busiest day", place), peak, fmt::format("network_links {}", place), std::max(gbit_s, back->second), 1e-3);
  return out.take();
}

}  // namespace headroom
