// summary.json and the text that `headroom run` prints: the measures of one run under stable, documented names.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

#include "analysis/measures/bill.h"
#include "analysis/measures/gpu_use.h"
#include "analysis/measures/measures.h"
#include "analysis/measures/network_measures.h"
#include "analysis/measures/reliability.h"
#include "analysis/summary/site_summary.h"

namespace headroom {

constexpr int summary_schema_version = 1;

struct Summary {
  std::string scenario, site, version, start;
  std::int64_t seed = 0, servers = 0, cores = 0, gpus = 0;
  bool complete = true;
  double simulated_s = 0, worst_imbalance = 0;
  std::vector<std::pair<std::string, std::string>> inputs;      // name, sha256
  JobMeasures jobs;
  std::optional<GpuUse> gpu_use;              // only where the site has GPUs
  PowerPeaks power;
  EnergyUse energy;
  std::optional<NetworkMeasures> network;     // only where the site has a network and its traffic is simulated
  std::optional<Reliability> reliability;      // only where something changed state
  std::optional<ElectricityBill> bill;                   // only where the scenario names a tariff
  std::optional<SiteSummary> around;          // what surrounds the servers; only where something of it was recorded
};

Summary summarise(const RunReader& run);

// Everything but `wall_s` depends on the inputs alone.
nlohmann::ordered_json to_json(const Summary& summary, std::optional<double> wall_s);
std::string to_text(const Summary& summary);

}  // namespace headroom
