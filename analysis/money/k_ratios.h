// What is spent for one unit of money of building: the named ratios K.
//
// C: the building with its power path and cooling. L: its life. All in money of one currency and year, of a whole site or of one watt of IT load alike.
//   K1 = (IT + network, first fit) / C
//   K2 = K1 + (grid + generation) / C
//   K3 = (IT L/life_IT + network L/life_network + grid + generation) / C           the first fit included and never less than that, the last one in part
//   K3 with electricity, at the full tariff  = K3 without generation and grid but for what the user pays of it + electricity of L years at the full tariff / C
//   K3 with electricity, energy only = K3 + electricity of L years x its share that is neither grid nor power station / C
//   K3e, old = K3 + electricity of L years at the full tariff / C: pays for grid and stations twice, kept for comparison alone
// Valid for C > 0 and lives above zero; no discounting. Source: the definitions are ours, made to test a claim of 5-10 dollars of
// networking, power grid and equipment for each dollar of data centre (ChinData, 2020), whose boundary its source does not give.
#pragma once

#include <string>
#include <vector>

namespace headroom {

struct SiteMoney {
  double building = 0, it = 0, network = 0, grid = 0, generation = 0;      // first fit
  double grid_of_user = 0;                                                 // of `grid`, what no tariff pays back
  double electricity_per_year = 0;                                         // at the full tariff
  double energy_only_share = 0;                                            // of the tariff: neither grid nor power station
  double building_years = 15, it_years = 5, network_years = 5;
};

struct KRatios {
  double k1 = 0, grid_and_generation = 0, k2 = 0, k3 = 0, k3_full_tariff = 0, k3_energy_only = 0, k3e_old = 0;
};

KRatios k_ratios(const SiteMoney& money);

// Each of them by name, never without its meaning and its caveats.
struct KDefinition {
  const char* key;
  const char* name;
  const char* meaning;
  double KRatios::*value;
  std::vector<std::string> caveats;
};
const std::vector<KDefinition>& k_definitions();

}  // namespace headroom
