// What a programme spends, by year, sector, class and payer, and what that sets off upstream.
//
// Purchases: of each driver for the units that a year adds, of each kind of site its bill for each site that a year adds; whatever has
// lived its life within the programme's years is bought again, unless it has been taken out of service (purchase_lots.h). What stands
// before the first year is not bought, and not bought again. A driver's units are wanted on the first day of their year:
//   order = wanted - lead time, not before money.today; delivery = order + lead time;  of a site's lines with the day on which the site
//   goes into service in place of the wanted day
//   payments 30 / 60 / 10 % at order, delivery and service, as analysis/spending/schedule.h; production (the clock of the input-output
//   tables) evenly from order to delivery
//   running: maintenance as a share of each price, electricity of sites (their runs) and of the units' own power, at the country's price
//            (programme_running.h)
// A site's money is its sectors' by the share of the work that it does for each (SiteYear::sector_shares): of purchases in the year for
// which the site is wanted, of running costs in each year.
// Told are the years of the programme, and what is paid before the first; what falls due after the last is named in a note.
// Valid for: prices that do not move with what is bought, lead times in the middle. Payments: an assumption (schedule.h).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/programmes/build_out.h"
#include "analysis/spending/financing.h"
#include "analysis/spending/knock_on.h"
#include "analysis/spending/spend.h"

namespace headroom {

// The sector of what stands without work.
constexpr const char* no_sector = "(no work)";

struct ProgrammeRow {
  int year = 0;
  std::string sector;                  // of the programme, or no_sector
  std::string what;                    // the driver, or the kind of site
  std::string spending_class, group;   // a running cost's name, and "running"
  SpendingKind kind = SpendingKind::first;
  Payer payer = Payer::site;
  double cash = 0, production = 0;     // in the programme's money
};

// What is bought of one class over the programme: first purchases and, apart, what is bought again.
struct MaterialLine {
  std::string what;                    // the driver, or the kind of site
  std::string spending_class, group, unit;
  double quantity = 0, again = 0;
  double amount = 0, amount_again = 0; // money, mid prices
  bool inside_building = false;        // the first amount is in the building's, not to be added to it
  std::map<int, double> quantity_by_year, amount_by_year;      // first purchases, by wanted year
};

struct ProductShare {
  int year = 0;
  double gross_product = 0;            // in the programme's money
  double cash_share = 0;               // spent over it
  double value_added_share = 0;        // value added at home by first purchases, over it
};

struct ProgrammeSpending {
  BillMoney money;
  std::vector<ProgrammeRow> rows;      // by year, sector, what, class, kind, payer
  std::vector<MaterialLine> materials; // by what, then as bills are
  Bill bill;                           // all first purchases of all years as one: what knock_on is of
  Schedule schedule;
  std::vector<RunningCost> running;    // per_year: in the last year
  PaidBy payers;
  KnockOn knock_on;
  std::vector<ProductShare> product;
  std::vector<std::string> notes;

  double cash(int year) const;         // 0: all years
  double first(const std::string& sector, int year) const;      // cash of first purchases; "": all sectors, 0: all years
};

// Throws InputError: money without a rate, what no sector of the table sells.
// What would stop the spending, before anything runs: throws InputError as below.
void check_purchases(const ProgrammeSpec& programme, const SpendingTables& tables);

ProgrammeSpending programme_spending(const ProgrammeSpec& programme, const SpendingTables& tables, const BuildOut& build_out);

Json to_json(const ProgrammeSpending& spending);
std::string to_table(const ProgrammeSpending& spending);       // at most 100 columns wide
// By file name: programme-spending.csv, programme-materials.csv, programme-payers.csv, programme-product.csv, programme-knock-on.csv.
std::map<std::string, std::string> to_csv(const ProgrammeSpending& spending);

}  // namespace headroom
