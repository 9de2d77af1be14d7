// What a run emitted: location-based (energy of every moment times the grid's intensity then), by the marginal intensity,
// market-based (by what was bought), and by the generators on the site.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/measures/site_time.h"
#include "conditions/grids/grid_spec.h"

namespace headroom {

// Diesel: U.S. EPA, Emission Factors for Greenhouse Gas Inventories: 10.21 kg CO2 a U.S. gallon (3.785411784 L).
constexpr double diesel_kg_per_l = 10.21 / 3.785411784;

struct CarbonUse {
  double grid_kwh = 0;                           // from the utilities, of recorded intervals
  std::optional<double> location_kg;             // absent: the run has no intensity; so everywhere below
  std::optional<double> marginal_kg;             // what less use would have saved, were the site small
  std::optional<double> market_kg;               // contracts by their intensity, the rest by the residual intensity
  std::optional<double> mean_g_per_kwh;          // location_kg over grid_kwh: of what was used, when it was used
  std::optional<double> time_mean_g_per_kwh;     // of the hours of the run, whatever was used
  double contracted_kwh = 0, contracted_renewable_kwh = 0;
  std::optional<double> renewable_share, carbon_free_share;      // of the grid's mix at the times of use
  std::optional<double> fuel_l;                  // burnt by generators
  double generators_kg = 0;                      // fuel_l x diesel_kg_per_l
  std::optional<double> scope_1_and_2_kg() const { return location_kg ? std::optional(*location_kg + generators_kg) : std::nullopt; }
  struct Month {
    std::string name;
    double grid_kwh = 0;
    std::optional<double> location_kg;
  };
  std::vector<Month> months;                     // by the site's clock
};

// By the signals of the run; `intensity`, if it is there, stands for the average one. Throws InputError where `intensity` does
// not cover the run.
CarbonUse carbon_use(const RunReader& run, const std::optional<DatedSeries>& intensity = std::nullopt);

// While one intensity held.
struct CarbonStep {
  double from_s = 0, to_s = 0;                   // from the start of the run
  double g_per_kwh = 0, kwh = 0, g = 0;
};
std::vector<CarbonStep> carbon_steps(const RunReader& run, const std::optional<DatedSeries>& intensity = std::nullopt);

// What the scenario says of the grid; empty where it says nothing.
GridSpec grid_of_run(const RunReader& run);

}  // namespace headroom
