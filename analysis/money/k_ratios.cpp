#include "analysis/money/k_ratios.h"

#include <algorithm>

#include "base/errors.h"

namespace headroom {
namespace {

// What holds for all of them, and what is particular.
std::vector<std::string> with_common(std::vector<std::string> own) {
  for (auto const* caveat : {"fixed prices: no price rises because so much is bought at once", "no capacity limit: transformers with queues of years are the opposite",
                             "no displaced spending: what the money would have bought elsewhere is not subtracted",
                             "imports are not told apart: it says what is bought, not where it is made",
                             "the boundary, a building with power path and cooling, is ours: the claim of 5-10 says related sectors, no more",
                             "a ratio of purchases, not an input-output multiplier",
                             "times a Type I multiplier it becomes gross output: suppliers' sales again, by one table of one year"})
    own.emplace_back(caveat);
  return own;
}

std::vector<KDefinition> make_definitions() {
  std::string const lives = "IT and network are bought again at their first price, without discounting, the last time in part";
  return {{"k1", "K1", "IT and network at first fit per unit of building", &KRatios::k1, with_common({"first fit alone: what is bought again later is not in it"})},
          {"grid_and_generation", "(grid + generation) / C", "grid connection and new generation per unit of building", &KRatios::grid_and_generation,
           with_common({"whoever pays first: what the utility pays comes back in its tariff"})},
          {"k2", "K2", "IT, network, grid and generation at first fit per unit of building", &KRatios::k2, with_common({"first fit alone: what is bought again later is not in it"})},
          {"k3", "K3", "IT and network over the building's life, grid and generation once, per unit of building", &KRatios::k3, with_common({lives})},
          {"k3_full_tariff", "K3 with electricity, full tariff", "K3 without power stations and the utility's part of the grid, with the electricity of the building's life at the full tariff, per unit of building", &KRatios::k3_full_tariff,
           with_common({lives, "power stations and the utility's part of the grid are paid by the tariff"})},
          {"k3_energy_only", "K3 with electricity, energy only", "K3 with the part of the electricity of the building's life that is neither grid nor power station, per unit of building", &KRatios::k3_energy_only,
           with_common({lives, "the share of the tariff that is energy alone is an assumption"})},
          {"k3e_old", "K3e, old definition", "K3 with the electricity of the building's life at the full tariff, per unit of building", &KRatios::k3e_old,
           with_common({lives, "counts grid and power station twice, as investment and again in the tariff: for comparison with older figures alone"})}};
}

}  // namespace

KRatios k_ratios(const SiteMoney& money) {
  expects(money.building > 0, "a ratio to the building needs one that costs something");
  expects(money.building_years > 0 && money.it_years > 0 && money.network_years > 0, "lives are above zero");
  double const supply = money.grid + money.generation, electricity = money.electricity_per_year * money.building_years;
  double const rebought = money.it * std::max(1.0, money.building_years / money.it_years) + money.network * std::max(1.0, money.building_years / money.network_years);
  KRatios out;
  out.k1 = (money.it + money.network) / money.building;
  out.grid_and_generation = supply / money.building;
  out.k2 = out.k1 + out.grid_and_generation;
  out.k3 = (rebought + supply) / money.building;
  out.k3_full_tariff = (rebought + money.grid_of_user + electricity) / money.building;
  out.k3_energy_only = out.k3 + money.energy_only_share * electricity / money.building;
  out.k3e_old = out.k3 + electricity / money.building;
  return out;
}

const std::vector<KDefinition>& k_definitions() {
  static const std::vector<KDefinition> definitions = make_definitions();
  return definitions;
}

}  // namespace headroom
