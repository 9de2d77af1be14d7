// How a site is used in a year of service: from a run, scaled to a year, or assumed where there is none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/summary/summary.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

// Where no run says otherwise: mean power over nameplate of a cloud site (spending.md 7.6, the middle of three assumptions).
constexpr double assumed_use = 0.65;

struct SiteUse {
  std::string basis;                   // "run DIR, 14.2 days", or what was assumed
  bool of_run = false;
  double it_mean_kw = 0, it_nameplate_kw = 0, facility_mean_kw = 0, facility_nameplate_kw = 0;
  double cores = 0, gpus = 0;          // that the site offers; cores of servers without GPUs alone
  bool gpu_servers_too = false;        // then a run's core-hours are not told apart by kind of server
  double core_hours = 0, gpu_hours = 0;            // held by jobs, a year; of cores without GPUs beside them, else 0
  double completed = 0;                // jobs or requests, a year
  double lost_core_hours = 0;          // by interruptions, in the whole run: written faults are no yearly mean
  std::optional<double> tariff_per_year;           // electricity under the run's tariff
  std::string tariff_currency;
  int tariff_year = 0;                 // of its money: the run's last
};

SiteUse assumed_site_use(const PowerGraph& graph);
SiteUse site_use_of(const Summary& summary, const std::string& run, const PowerGraph& graph);

}  // namespace headroom
