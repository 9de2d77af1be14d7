// What a site avoids that is built for what a run had it carry, instead of as it is built or for every server full at once: the
// same layout in three sizes, each with its bill, differences line by line with the spread of prices.
//
// Counted: power path, cooling, works outside the fence, power stations, whatever of it is inside a building's price. Not the
// building itself, whose price is by nameplate, nor IT and network, which are the same.
#pragma once

#include <string>
#include <vector>

#include "analysis/spending/spend.h"

namespace headroom {

struct SizedBillRow {
  std::string spending_class, unit;
  bool inside_building = false;        // its price is part of the building's: saved only where that is paid by its parts
  double built_units = 0, nameplate_units = 0, simulated_units = 0;
  double built = 0, nameplate = 0, simulated = 0;      // money at mid prices
};

struct SizedBills {
  std::string currency;
  int year = 0;
  std::vector<SizedBillRow> rows;      // classes whose amounts differ
  Avoided against_built, against_nameplate;
  double inside_against_built = 0, inside_against_nameplate = 0;       // of both at mid prices, what is inside a building's price
};

// One of the three: a site, and what its cooling without machines is of that at nameplate.
struct SizedLayout {
  const Site& site;
  double cooling_ratio = 1;
};

SizedBills sized_bills(const SizedLayout& built, const SizedLayout& nameplate, const SizedLayout& simulated, const SpendingTables& tables, const SpendingQuestion& question);

Json to_json(const SizedBills& bills);
std::string to_table(const SizedBills& bills);

}  // namespace headroom
