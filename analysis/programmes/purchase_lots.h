// What a programme buys, lot by lot: so much of one line of its bill, wanted at once.
//
// A driver's units of a year are wanted on its first day; a line of a site when the tranche goes into service.
// Units that leave service are taken to be the oldest: of those added in year a there stand in year y
//   min(added(a), units(y) - sum of added(a + 1 .. y)), not below 0
// and only these are bought again. Sites are not taken down.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/programmes/build_out.h"
#include "analysis/spending/spend.h"

namespace headroom {

// What a line of the programme's bill is of.
struct LineOrigin {
  bool of_site = false;
  std::size_t index = 0;               // in drivers_of(), or of the kind of site
  std::string what;                    // its name
  std::string spending_class;          // without that name
};

struct PurchaseLot {
  std::size_t line = 0;                // of the bill
  int wanted_year = 0;
  Day wanted, earliest_order;          // orders go out from then on, and from money.today on
  double quantity = 0, amount = 0;     // money at mid prices
  double lead_days = 0;
  std::optional<double> building_years;        // inside a building of that life: its first fit is the building's
  double paid_by_utility = 0;
  std::vector<double> sector_shares;   // of the programme's sectors; the last is of work that nobody asks for
  std::vector<double> standing;        // share of it that stands, by year of the programme; empty: all of it
};

struct PurchaseLots {
  Bill bill;                           // of all first purchases: drivers first, then kinds of site
  std::vector<LineOrigin> origins;     // of each line
  std::vector<PurchaseLot> lots;       // by line, then by year
  std::vector<std::string> notes;
};

// A purchase for each unit of a driver as a class of its own, without a quantity yet. Throws InputError: money without a rate.
BillLine line_of_unit(const DemandDriver& driver, const UnitPurchase& purchase, const PriceTeller& teller);

// Throws InputError: prices in money without a rate, all of them.
PurchaseLots purchase_lots(const ProgrammeSpec& programme, const BuildOut& build_out, const PriceTeller& teller);

const DriverYear& driver_year(const BuildOut& build_out, std::size_t driver, int year);
const SiteYear& site_year(const BuildOut& build_out, std::size_t kind, int year);

// By sector of the programme, summing to 1; a site without work is nobody's.
std::vector<double> shares_of_driver(const ProgrammeSpec& programme, std::size_t driver);
std::vector<double> shares_of_site(const ProgrammeSpec& programme, const SiteYear& site);

}  // namespace headroom
