// From a layout, and a run of it if there is one, to what somebody has to buy, when, who pays, and what that sets off:
// `headroom spend`.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/spending/bill_draws.h"
#include "analysis/spending/financing.h"
#include "analysis/spending/grid_works.h"
#include "analysis/spending/knock_on.h"
#include "analysis/spending/ownership.h"
#include "analysis/spending/reference_ranges.h"
#include "base/json_fields.h"

namespace headroom {

// What prices, tables and shares are read from. Throws InputError with everything that is wrong.
struct SpendingTables {
  std::vector<SpendingClass> classes;
  Rates rates;
  InputOutputTable economy;
  MarginSpec margins;
  FinancingSpec financing;
  GridCosts country;                   // of `grid` in the layout; the United States where it says nothing

  static SpendingTables read(const MoneySpec& money, const Site& site, const std::filesystem::path& prices);
};

struct SpendingQuestion {
  MoneySpec money;
  std::optional<SiteUse> use;          // of a run; assumed where it is absent
  DrawsQuestion draws;
};

struct Spending {
  std::string site;
  MoneySpec money;
  std::string country;                 // whose prices
  Bill bill;
  std::optional<GridWorks> works;
  bool draw_of_contract = false;       // what the works are sized by: limits that feeds state, else nameplate
  double paid_by_utility = 0;          // share of the works in the grid
  std::vector<ReferenceRange> ranges;
  std::vector<RunningCost> running;
  Schedule schedule;
  PaidBy payers;
  FinancingSpec financing;
  Ownership ownership;
  KnockOn knock_on;
  std::vector<Ratio> k_ratios;
  BillDraws draws;
};

// The bill alone. `cooling_ratio`: how many times what it would be the cooling without machines is sized.
struct SiteBill {
  Bill bill;
  std::optional<GridWorks> works;
  bool draw_of_contract = false;
};
SiteBill bill_of_site(const Site& site, const PowerGraph& graph, const SpendingTables& tables, const PriceTeller& teller, double facility_nameplate_kw, double cooling_ratio = 1);
PriceTeller teller_of(const MoneySpec& money, const SpendingTables& tables);

// `tables` must outlive the result: the works point into them. `graph` is of `site`.
Spending spend(const Site& site, const PowerGraph& graph, const SpendingTables& tables, const SpendingQuestion& question);

Json to_json(const Spending& spending);
// At most 100 columns wide.
std::string to_table(const Spending& spending);
// By file name, ready to be written: bill, elements, years, feeds, payers, knock-on by year and sector, ratios, spread.
std::map<std::string, std::string> to_csv(const Spending& spending);

}  // namespace headroom
