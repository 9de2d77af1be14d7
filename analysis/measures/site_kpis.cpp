#include "analysis/measures/site_kpis.h"

#include <algorithm>

#include "analysis/measures/kwh.h"
#include "base/quantity.h"
#include "base/sum.h"

namespace headroom {
namespace {

// Core-seconds used over core-seconds there; of jobs whose utilisation stands still, so that what is recorded says all.
std::optional<double> mean_utilisation(const RunReader& run) {
  double const seconds = static_cast<double>(run.meta_whole("end_ns")) / 1e9, cores = static_cast<double>(run.meta_whole("cores"));
  if (cores * seconds <= 0 || run.meta_whole("jobs_with_fragments") > 0 || run.meta_whole("power_beside_jobs") > 0 || run.meta_whole("jobs_submitted") == 0) return std::nullopt;
  CompensatedSum used;
  run.each_job([&](const JobRow& job) {
    if (job.start_ns < 0 || job.state == JobState::rejected) return;
    std::int64_t const end_ns = job.end_ns >= 0 ? job.end_ns : run.meta_whole("end_ns");
    used.add(static_cast<double>(end_ns - job.start_ns) / 1e9 * job.cores.value() * std::min(1.0, job.utilisation));
  });
  for (auto const& row : run.interruptions()) used.add(static_cast<double>(row.end_ns - row.start_ns) / 1e9 * row.cores.value());
  return used.value() / (cores * seconds);
}

}  // namespace

std::optional<WaterUse> water_use(const RunReader& run, const CarbonUse& carbon) {
  auto const make_up = quantity_total(run, "water_l");
  GridSpec const grid = grid_of_run(run);
  if (!make_up && !grid.water_l_per_kwh) return std::nullopt;
  WaterUse out;
  out.make_up_l = make_up.value_or(0);
  out.evaporated_l = quantity_total(run, "water_evaporated_l");
  if (grid.water_l_per_kwh) out.power_stations_l = *grid.water_l_per_kwh * carbon.grid_kwh;
  return out;
}

SiteKpis site_kpis(const RunReader& run, const SiteEnergy& energy, const CarbonUse& carbon, const std::optional<WaterUse>& water) {
  SiteKpis out;
  auto const need = [&](const char* figure, const char* what) { out.missing.emplace_back(figure, what); };
  double const used_kwh = energy.used_kwh(), it_kwh = energy.it_kwh;
  if (it_kwh > 0) out.pue = used_kwh / it_kwh;
  else need("pue", "IT energy");
  double const renewable_kwh = carbon.contracted_renewable_kwh + energy.pv_used_kwh;
  if (used_kwh > 0) out.ref = std::clamp(renewable_kwh / used_kwh, 0.0, 1.0);
  need("iteesv", "a benchmark of the servers: operations and watts at full load (ISO/IEC 30134-4)");
  out.iteusv = mean_utilisation(run);
  if (!out.iteusv) need("iteusv", "jobs whose utilisation stands still while they run, on servers that nothing else loads");
  auto const reused = quantity_total(run, "heat_reused_j"), heat = quantity_total(run, "heat_j");
  if (reused && used_kwh > 0) out.erf = kwh(*reused) / used_kwh;
  else need("erf", "a cooling plant (cooling.plant); without one no heat is reused in the model");
  auto const left_in_the_air = quantity_total(run, "heat_not_removed_j");
  if (heat && energy.cooling_total_kwh() > 0) out.cer = kwh(*heat - left_in_the_air.value_or(0)) / energy.cooling_total_kwh();
  else need("cer", "heat by hall, of a cooling plant (cooling.plant)");
  if (carbon.location_kg && it_kwh > 0) out.cue_kg_per_kwh = *carbon.scope_1_and_2_kg() / it_kwh;
  else need("cue_kg_per_kwh", "an intensity of the grid (conditions.grid.carbon or mix)");
  if (carbon.market_kg && it_kwh > 0) out.cue_market_kg_per_kwh = (*carbon.market_kg + carbon.generators_kg) / it_kwh;
  if (quantity_total(run, "water_l") && it_kwh > 0) out.wue_l_per_kwh = water->make_up_l / it_kwh;
  else need("wue_l_per_kwh", "a cooling plant (cooling.plant)");
  if (water && water->power_stations_l && it_kwh > 0) out.wue_source_l_per_kwh = (water->make_up_l + *water->power_stations_l) / it_kwh;
  if (energy.pv_available_kwh.value_or(0) > 0) out.pv_self_use = energy.pv_used_kwh / *energy.pv_available_kwh;
  return out;
}

}  // namespace headroom
