// What a year of service costs whoever owns everything: annuities of what was bought and what is paid while it runs; what a
// core-hour, a GPU-hour, a kWh of IT and a job come to; what work that is lost costs.
//
//   a year = sum over lines of annuity(price, discount rate, life) + electricity + repair + salaries; of works in the grid what the user
//            pays himself, of power stations nothing: the tariff pays for the rest
//            and of what is inside the building and wears out before it, the later purchases, as an annuity over the building's life
//   electricity = mean facility power x 8760 h x price
//   a core-hour = (a year x share of servers without GPUs in the money of all servers) / core-hours that jobs held on them; a GPU-hour: the rest of it
// The three published forms (analysis/money/cost_models.h) are worked out from the same figures beside it: they leave out the
// grid. Valid for steady use; no growth, no taxes, no residual values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/money/cost_models.h"
#include "analysis/spending/grid_costs.h"
#include "analysis/spending/schedule.h"
#include "analysis/spending/site_use.h"

namespace headroom {

// Who is paid for what runs: codes of electricity and of repair in each classification of sectors.
inline const SectorCodes electricity_sector{.us_bea_summary = "22", .china_42 = "24", .china_153 = "100", .where = {}};
inline const SectorCodes repair_sector{.us_bea_summary = "81", .china_42 = "23", .china_153 = "099", .where = {}};

struct ElectricityCost {
  double price_per_kwh = 0;            // in the bill's money
  double energy_only_share = 1;        // of it: neither grids nor power stations
  std::string basis;
};

// The scenario's own price, else the run's tariff, else the country's mean. `country` may be absent.
ElectricityCost electricity_cost(const MoneySpec& money, const SiteUse& use, const GridCosts* country, const PriceTeller& teller);

// Electricity, repair by who owns what is repaired, salaries.
std::vector<RunningCost> running_costs(const Bill& bill, const MoneySpec& money, const SiteUse& use, const ElectricityCost& electricity, double paid_by_utility);

struct YearlyCostLine {
  std::string name;                    // of the group, or of the running cost
  double per_year = 0;
};

struct UnitCost {
  std::string name, unit, meaning;
  double value = 0;
};

struct Ownership {
  SiteUse use;
  ElectricityCost electricity;
  std::vector<YearlyCostLine> lines;   // annuities by group, then running costs
  double per_year = 0;                 // their sum
  MonthlyCosts hamilton, barroso;      // a month: of the site; of a watt of IT
  std::vector<UnitCost> units;
  std::optional<double> lost_work_in_run;      // core-hours that interruptions cost, at the price of one; absent where no run, or no price of a core-hour
};

Ownership ownership(const Bill& bill, const MoneySpec& money, const SiteUse& use, const ElectricityCost& electricity, const std::vector<RunningCost>& running, double paid_by_utility, const Rates& rates);

}  // namespace headroom
