// Title, facts and the big numbers.
#include <fmt/format.h>

#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

std::string workload_text(const RunView& view) {
  auto const traces = view.traces();
  if (traces.empty()) return "";
  if (traces.size() <= 3) return fmt::format("{}", fmt::join(traces, " and "));
  return fmt::format("{} and {} more", traces.front(), traces.size() - 1);
}

Json big_number(const char* label, const Figure& figure, const std::string& note) {
  Json out{{"label", label}, {"value", figure.value}, {"note", note}};
  if (!figure.unit.empty()) out["unit"] = figure.unit;
  return out;
}

Json smallest_headroom(const NodePower& node) {
  Limit const& limit = *node.binding;
  std::string const unit = std::string_view(limit.unit) == "circuit A" ? "A" : limit.unit;
  Json out = big_number("Smallest headroom", percent_figure(1 - limit.used_share()),
                        fmt::format("{}: {} of {} at its peak", node.name, rounded(limit.carried), Figure{fmt::format("{:.6g}", limit.allowed), unit}.text()));
  if (limit.used_share() > 1) out["warn"] = true;
  return out;
}

}  // namespace

Json top_of_page(const RunView& view) {
  std::string const workload = workload_text(view), site = view.summary.site;
  std::string const length = view.end_s >= 2 * 86400 ? fmt::format("{:.0f} days", view.end_s / 86400) : time_figure(view.end_s, 2).text();
  std::int64_t const cores = view.summary.cores, gpus = view.summary.gpus;
  Json facts = Json::array();
  facts.push_back(fmt::format("{} servers, {} cores{}", grouped(view.summary.servers), grouped(cores), gpus > 0 ? fmt::format(", {} GPUs", grouped(gpus)) : ""));
  facts.push_back(fmt::format("{} to {}", view.moment(0), view.moment(view.end_s)));
  JobCounts const& jobs = view.summary.jobs.counts;
  bool const of_rows = jobs.submitted == 0 && jobs.records > 0;
  if (!workload.empty()) facts.push_back(fmt::format("{} {} of {}", grouped(of_rows ? jobs.records : jobs.submitted), of_rows ? "rows" : "jobs", workload));
  facts.push_back(fmt::format("seed {}", view.summary.seed));
  std::string program = view.summary.version;
  if (program.starts_with("headroom")) program[0] = 'H';
  std::string const start = view.summary.start, zone = view.run.meta_text("timezone");
  Json data{{"version", 1}, {"title", fmt::format("{} over {}", site.empty() ? "Site" : site, length)}, {"scenario", fmt::format("Scenario {}", view.summary.scenario)},
            {"facts", facts}, {"start", start.empty() ? to_text(view.start) : start}};
  if (!program.empty()) data["program"] = program;
  if (!zone.empty() && zone != "UTC") data["zone"] = zone;
  return data;
}

Json headline(const RunView& view) {
  PowerPeaks const& peaks = view.summary.power;
  EnergyUse const& energy = view.summary.energy;
  Service const& service = view.summary.jobs.service;
  Json out = Json::array();
  if (energy.pue > 0) out.push_back(big_number("PUE", {fmt::format("{:.2f}", energy.pue), ""}, "facility energy over IT energy"));
  if (energy.facility_kwh > 0) out.push_back(big_number("Facility energy", energy_figure(energy.facility_kwh), fmt::format("IT {}", energy_figure(energy.it_kwh).text())));
  if (peaks.facility_peak_15min_kw > 0)
    out.push_back(big_number("Facility peak", power_figure(peaks.facility_peak_15min_kw), fmt::format("15-minute mean; {} for an instant", power_figure(peaks.facility_peak_kw).text())));
  else if (peaks.facility_peak_kw > 0)
    out.push_back(big_number("Facility peak", power_figure(peaks.facility_peak_kw), "for an instant"));
  if (const NodePower* node = fullest(peaks)) out.push_back(smallest_headroom(*node));
  else if (peaks.load_factor > 0) out.push_back(big_number("Load factor", {rounded(peaks.load_factor), ""}, "facility mean over its peak"));
  if (view.summary.jobs.counts.completed > 0)
    out.push_back(big_number("Mean wait", time_figure(service.wait_mean_s),
                             fmt::format("95 % of jobs at most {}, the longest {}", time_figure(service.wait_p95_s).text(), time_figure(service.wait_max_s).text())));
  if (view.summary.jobs.counts.submitted > 0 && view.has_window()) out.push_back(big_number("Utilisation", percent_figure(service.utilisation_mean), fmt::format("of the site's {}, mean", view.summary.jobs.counts.busy_units())));
  return out;
}

}  // namespace headroom
