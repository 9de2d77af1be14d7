// Tables of results.
#include <fmt/format.h>

#include <cmath>

#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

// Less than this is what the last recharge rounded off.
constexpr double smallest_stored_kwh = 1e-6;

constexpr int digits = 4;

class Table {
 public:
  explicit Table(const char* title) : title_(title) {}
  void row(const std::string& label, const std::string& value, const std::string& note = "") {
    Json out{{"label", label}, {"value", value}};
    if (!note.empty()) out["note"] = note;
    rows_.push_back(std::move(out));
  }
  void row(const std::string& label, const Figure& figure, const std::string& note = "") { row(label, figure.text(), note); }
  Json json() const { return {{"title", title_}, {"rows", rows_}}; }

 private:
  const char* title_;
  Json rows_ = Json::array();
};

std::string hours(double unit_s) { return rounded(unit_s / 3600, digits); }

Json jobs_table(const RunView& view) {
  JobCounts const& counts = view.summary.jobs.counts;
  Table table("Jobs");
  table.row(view.summary.complete ? "Submitted" : "Recorded", grouped(counts.submitted), "= rejected + completed + killed + lost + running + queued");
  table.row("Rejected", grouped(counts.rejected), counts.rejected > 0 ? "ask for more than the whole site has" : "");
  table.row("Completed", grouped(counts.completed));
  table.row("Killed", grouped(counts.killed));
  table.row("Lost", grouped(counts.lost));
  if (counts.requeued > 0) table.row("Requeued", grouped(counts.requeued), "lost their servers and waited again; counted above, too");
  table.row("Running at the end", grouped(counts.running_at_end));
  table.row("Queued at the end", grouped(counts.queued_at_end));
  table.row("Core-hours held", hours(counts.core_s));
  if (counts.gpu_s > 0) table.row("GPU-hours held", hours(counts.gpu_s));
  if (counts.unserved_core_s > 0) table.row("Core-hours not served", hours(counts.unserved_core_s), "asked for on servers that were short");
  if (counts.unserved_gpu_s > 0) table.row("GPU-hours not served", hours(counts.unserved_gpu_s), "asked for on servers that were short");
  if (view.summary.complete) table.row("Trace records read", grouped(counts.records));
  for (auto const& [reason, number] : counts.skipped) table.row("of them skipped", grouped(number), reason);
  return table.json();
}

Json service_table(const RunView& view) {
  Service const& service = view.summary.jobs.service;
  Table table("Service");
  if (view.summary.jobs.counts.completed > 0) {
    table.row("Wait, mean", time_figure(service.wait_mean_s, digits), "of completed jobs");
    table.row("Wait, 95 % of jobs at most", time_figure(service.wait_p95_s, digits));
    table.row("Wait, longest", time_figure(service.wait_max_s, digits));
    table.row("Response, mean", time_figure(service.response_mean_s, digits), "wait and run, of completed jobs");
    table.row("Response, 50 % of jobs at most", time_figure(service.response_p50_s, digits));
    table.row("Response, 95 % of jobs at most", time_figure(service.response_p95_s, digits));
    table.row("Response, 99 % of jobs at most", time_figure(service.response_p99_s, digits));
    table.row("Response, longest", time_figure(service.response_max_s, digits));
    table.row("Jobs in the system, mean", rounded(service.in_system_mean, digits), "waiting or running");
    table.row("Bounded slowdown, mean", rounded(service.bounded_slowdown_mean, digits), "(wait + run) / run, run at least 10 s");
  }
  if (view.has_window()) table.row("Utilisation, mean", percent_figure(service.utilisation_mean, digits), fmt::format("time of {} held in the window", view.summary.jobs.counts.busy_units()));
  table.row("Offered load", percent_figure(service.offered_load, digits), "processor time asked for, of what the site had until the last job could end");
  if (view.summary.jobs.counts.completed > 0) {
    table.row("Last finish", time_figure(service.end_s, digits), view.moment(service.end_s));
    table.row("Makespan", time_figure(service.makespan_s, digits), "first submission to last finish");
  }
  return table.json();
}

Json power_table(const RunView& view) {
  PowerPeaks const& peaks = view.summary.power;
  Table table("Power");
  table.row("Facility, peak", power_figure(peaks.facility_peak_kw, digits), "greatest instant");
  if (peaks.facility_peak_15min_kw > 0) table.row("Facility, 15-minute peak", power_figure(peaks.facility_peak_15min_kw, digits));
  table.row("Facility, mean", power_figure(peaks.facility_mean_kw, digits));
  table.row("IT, peak", power_figure(peaks.it_peak_kw, digits));
  table.row("IT, mean", power_figure(peaks.it_mean_kw, digits));
  if (peaks.load_factor > 0) table.row("Load factor", rounded(peaks.load_factor, 3), "mean over 15-minute peak");
  return table.json();
}

Json energy_table(const RunView& view) {
  EnergyUse const& energy = view.summary.energy;
  auto const share = [&](double kwh) { return energy.facility_kwh > 0 ? fmt::format("{} of the facility's", percent_figure(kwh / energy.facility_kwh).text()) : ""; };
  auto const amount = [&](double kwh) { return energy_figure_beside(energy.facility_kwh, kwh, digits); };
  Table table("Energy");
  table.row("Facility", amount(energy.facility_kwh));
  table.row("IT", amount(energy.it_kwh), share(energy.it_kwh));
  if (energy.overhead_kwh > 0) table.row("Cooling and other overhead", amount(energy.overhead_kwh), share(energy.overhead_kwh));
  for (auto const& [kind, kwh] : energy.losses_kwh) {
    bool const inside_it = kind == "power-supply";
    table.row(inside_it ? "Losses of power supplies" : "Losses of " + plural_of_kind(kind), amount(kwh), inside_it ? "counted within IT" : share(kwh));
  }
  if (std::abs(energy.stored_kwh) >= smallest_stored_kwh) table.row(energy.stored_kwh > 0 ? "Into batteries" : "Out of batteries", amount(std::abs(energy.stored_kwh)), "net of the run");
  if (energy.pue > 0) table.row("PUE", fmt::format("{:.4f}", energy.pue), "of the window");
  return table.json();
}

Json reliability_table(const Reliability& r) {
  Table table("Reliability");
  table.row("Faults", grouped(r.faults), "and maintenance, which began a chain of changes");
  table.row("Racks that went dark", grouped(r.rack_outages), r.rack_outages > 0 ? fmt::format("at most {} at once", grouped(r.racks_dark_most)) : "");
  if (r.rack_outages > 0) table.row("Dark time of racks", time_figure(r.rack_dark_s, digits), "added up");
  table.row("IT availability", percent_figure(r.it_availability, 6), "of rack time");
  for (auto const& [label, count] : {std::pair{"Battery discharges", r.battery_discharges}, {"Generator starts", r.generator_starts}, {"of them failed", r.generator_start_failures},
                                     {"Breaker trips", r.breaker_trips}, {"Transfers", r.transfers}})
    if (count > 0) table.row(label, grouped(count));
  if (r.interruptions > 0) {
    table.row("Jobs interrupted", grouped(r.interruptions), fmt::format("{} requeued, {} killed, {} lost", grouped(r.requeues), grouped(r.jobs_killed), grouped(r.jobs_lost)));
    table.row("Core-hours of work lost", hours(r.lost_core_s));
  }
  return table.json();
}

Json run_table(const RunView& view) {
  RunReader const& run = view.run;
  Table table("Run");
  table.row("Simulated", time_figure(view.end_s, digits));
  if (view.has_window()) table.row("Window", time_figure(view.window_to_s - view.window_from_s, digits), fmt::format("{} to {}", view.moment(view.window_from_s), view.moment(view.window_to_s)));
  for (auto const& [label, pointer] : {std::pair{"Order of the queue", "/policy/order"}, std::pair{"Backfill", "/policy/backfill"}, std::pair{"Placement", "/policy/placement"},
                                       std::pair{"Horizon", "/horizon"}, std::pair{"Recorded every", "/record/every"}, std::pair{"Recorded down to", "/record/detail"}})
    if (std::string const text = view.scenario_text(pointer); !text.empty()) table.row(label, text);
  table.row("Seed", std::to_string(view.summary.seed));
  if (!view.summary.complete) return table.json();      // the rest is written at the end
  table.row("Instants at which something happened", grouped(run.meta_whole("instants")));
  table.row("Energy balance, worst node", fmt::format("{:.1g}", view.summary.worst_imbalance), "relative difference of what goes in and out");
  return table.json();
}

}  // namespace

Json summary_tables(const RunView& view) {
  Json out = Json::array();
  if (view.summary.energy.facility_kwh > 0) {      // else the run broke off before its totals were written
    out.push_back(energy_table(view));
    out.push_back(power_table(view));
  }
  if (view.summary.jobs.counts.submitted > 0) {
    out.push_back(service_table(view));
    out.push_back(jobs_table(view));
  }
  if (view.summary.reliability) out.push_back(reliability_table(*view.summary.reliability));
  out.push_back(run_table(view));
  return out;
}

}  // namespace headroom
