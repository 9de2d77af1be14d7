// The part of the summary that is about what surrounds the servers: carbon, water, the connection, storage, months.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/measures/carbon.h"
#include "analysis/measures/connection_use.h"
#include "analysis/measures/facility_time.h"
#include "analysis/measures/site_energy.h"
#include "analysis/measures/site_kpis.h"

namespace headroom {

// Chillers outside the range of their curves, which were held at its bounds: how often, for how long, how far at the most.
struct BeyondCurves {
  std::int64_t times = 0;
  double hours = 0, chilled_k = 0, condenser_k = 0, part_load = 0;
};

struct SiteSummary {
  SiteEnergy energy;
  CarbonUse carbon;
  std::optional<WaterUse> water;
  SiteKpis kpis;
  std::optional<ConnectionUse> connection;
  std::optional<StorageUse> storage;
  std::vector<PueMonth> months;
  LoadDuration load_duration;
  std::optional<BeyondCurves> beyond_curves;
};

// Absent where nothing of the kind was recorded: no signal, no quantity.
std::optional<SiteSummary> site_summary(const RunReader& run);

// Adds its blocks to those of the summary; `kpi` is there already.
void add_site_json(const SiteSummary& site, nlohmann::ordered_json& out);
using TextLine = std::function<void(std::string_view label, const std::string& value)>;
void add_site_text(const SiteSummary& site, const TextLine& line);

nlohmann::ordered_json carbon_json(const CarbonUse& carbon);

}  // namespace headroom
