// What the spread of prices makes of a bill: thousands of draws of every price at once, through the totals, the named ratios K and
// the input-output table.
//
// Prices are triangular between low and high of one thing in one year, works deeper in the grid a spread of their own
// (zero or lognormal); Latin hypercube, fixed seed. Prices that move with each other ("metals", "it") share one factor, rho 0.6 (an
// assumption). Quantities, the table and what a site draws do not vary.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/draws/drivers.h"
#include "analysis/money/k_ratios.h"
#include "analysis/spending/knock_on.h"
#include "analysis/spending/ownership.h"
#include "analysis/spending/ratio.h"

namespace headroom {

struct DrawnOutcome {
  std::string key, name;
  bool is_ratio = false;               // else money of the bill
  double mid = 0;                      // with every price in the middle
  Percentiles spread;
  std::vector<Driver> drivers;         // of the total and of home output: the ten that move it most, each by itself
};

struct BillDraws {
  std::size_t count = 0;
  std::uint64_t seed = 1;
  double correlation = 0;
  std::vector<DrawnOutcome> outcomes;

  const DrawnOutcome* find(const std::string& key) const;
};

struct DrawsQuestion {
  std::size_t count = 10'000;
  std::uint64_t seed = 1;
  bool correlated = true;
};

// The money of a site in the terms of the ratios, at mid prices. Without a priced building that is 0.
SiteMoney site_money(const Bill& bill, double paid_by_utility, const ElectricityCost& electricity, double electricity_per_year);

// Is there anything to say of it? Without works in the grid nothing of K2, without a price of electricity nothing that contains it.
bool tells(const KDefinition& definition, const SiteMoney& money);

// Named ratios of a bill at mid prices, each with its caveats; none without a priced building.
std::vector<Ratio> k_ratios_of(const Bill& bill, const SiteMoney& money, const KnockOn& knock_on);

// `knock_on`'s question tells what each line draws.
BillDraws draw_bill(const DrawsQuestion& draws, const KnockOnQuestion& question, const SiteMoney& money);

// The difference of two bills of the same classes, what is inside a building line by line: as prices spread.
struct Avoided {
  Range at_prices;                     // all low, all mid, all high
  Percentiles spread;
};
Avoided avoided_money(const Bill& more, const Bill& less, const DrawsQuestion& draws, const GridCosts* country);

}  // namespace headroom
