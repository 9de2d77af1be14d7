// Figures of merit of a data centre after ISO/IEC 30134, of the whole run. A figure that needs what the run does not have is
// absent and stands in `missing` with what it would need.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/measures/carbon.h"
#include "analysis/measures/site_energy.h"

namespace headroom {

struct WaterUse {
  double make_up_l = 0;                          // that the site draws
  std::optional<double> evaporated_l;            // of it; the rest is blown down
  std::optional<double> power_stations_l;        // that power stations evaporate for what the grid delivers
};

struct SiteKpis {
  std::optional<double> pue;                     // 30134-2: what the data centre used / IT energy
  std::optional<double> ref;                     // 30134-3: renewable energy of its own or under contract / what it used, at most 1
  std::optional<double> iteusv;                  // 30134-5: mean utilisation of the processors of all servers, 0..1
  std::optional<double> erf;                     // 30134-6: heat reused outside / what it used
  std::optional<double> cer;                     // 30134-7: heat removed / electricity of the cooling plant
  std::optional<double> cue_kg_per_kwh;          // 30134-8: emissions of use (grid by location, generators) / IT energy
  std::optional<double> cue_market_kg_per_kwh;   // the same with the grid market-based
  std::optional<double> wue_l_per_kwh;           // 30134-9, category 1: water drawn by the site / IT energy
  std::optional<double> wue_source_l_per_kwh;    // with what power stations evaporate
  std::optional<double> pv_self_use;             // of what the arrays could give: the share that was used
  std::vector<std::pair<std::string, std::string>> missing;      // figure, what it needs
};

std::optional<WaterUse> water_use(const RunReader& run, const CarbonUse& carbon);
SiteKpis site_kpis(const RunReader& run, const SiteEnergy& energy, const CarbonUse& carbon, const std::optional<WaterUse>& water);

}  // namespace headroom
