#include "analysis/spending/site_use.h"

#include <fmt/format.h>

#include "analysis/money/annuity.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

SiteUse offered_by_site(const PowerGraph& graph) {
  SiteUse out;
  PowerFlow flow(graph);
  load_fully(flow);
  out.facility_nameplate_kw = flow.facility_power() / kilowatt;
  out.it_nameplate_kw = out.it_mean_kw = flow.it_power() / kilowatt;
  out.facility_mean_kw = out.facility_nameplate_kw;
  for (auto const& place : graph.servers) {
    ServerSpec const& spec = graph.server_types[static_cast<std::size_t>(place.type)];
    if (spec.gpus == 0) out.cores += static_cast<double>(spec.cores);
    out.gpus += static_cast<double>(spec.gpus);
    out.gpu_servers_too = out.gpu_servers_too || spec.gpus > 0;
  }
  return out;
}

}  // namespace

SiteUse assumed_site_use(const PowerGraph& graph) {
  SiteUse out = offered_by_site(graph);
  out.basis = fmt::format("assumed: {:.0f} % of nameplate power and of cores and GPUs, all year; a run says better", 100 * assumed_use);
  out.it_mean_kw *= assumed_use;
  out.facility_mean_kw *= assumed_use;
  out.core_hours = out.cores * hours_per_year * assumed_use;
  out.gpu_hours = out.gpus * hours_per_year * assumed_use;
  return out;
}

SiteUse site_use_of(const Summary& summary, const std::string& run, const PowerGraph& graph) {
  SiteUse out = offered_by_site(graph);
  double const hours = summary.simulated_s / 3600, years = hours / hours_per_year;
  out.of_run = true;
  out.basis = fmt::format("run {}: {} as a year of service", run, hours >= 48 ? fmt::format("{:.1f} days", hours / 24) : fmt::format("{:.3g} hours", hours));
  out.it_mean_kw = summary.power.it_mean_kw;
  out.facility_mean_kw = summary.power.facility_mean_kw;
  if (years <= 0) return out;
  if (!out.gpu_servers_too) out.core_hours = summary.jobs.counts.core_s / 3600 / years;
  out.gpu_hours = summary.jobs.counts.gpu_s / 3600 / years;
  out.completed = static_cast<double>(summary.jobs.counts.completed) / years;
  if (summary.reliability) out.lost_core_hours = summary.reliability->lost_core_s / 3600;
  if (summary.bill && !summary.bill->months.empty()) {
    out.tariff_per_year = summary.bill->total / years;
    out.tariff_currency = summary.bill->currency;
    out.tariff_year = summary.bill->months.back().year;
  }
  return out;
}

}  // namespace headroom
