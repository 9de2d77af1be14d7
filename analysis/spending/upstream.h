// What a bill draws upstream, by sector and by group: output per unit of money spent, the purchase itself included.
#pragma once

#include <map>

#include "analysis/economy/leontief.h"
#include "analysis/spending/bill.h"

namespace headroom {

// Money that enters the table, and what it draws. Divide for the ratios.
struct Drawn {
  double spent = 0;                        // at mid prices
  double output_home = 0;                  // Type I home
  double output_all_inputs = 0;            // Type I all inputs
  double value_added_home = 0, imports = 0;

  void add(double amount, const Multipliers& per_unit, std::size_t sector);
};

struct SectorDrawn {
  Sector sector;
  Drawn drawn;
};

struct Upstream {
  std::string table;
  int year = 0;
  std::string currency;
  Drawn total;                                   // of what is in the bill's total
  std::map<SpendingGroup, Drawn> groups;         // each by itself, what is inside the building included
  std::vector<SectorDrawn> sectors;              // of the total, by code
  std::vector<std::string> caveats;              // beside every ratio
  std::vector<std::string> warnings;             // of the table
};

// Expects the bill's currency to be the table's and its sectors to be in it: read_prices() checks both.
Upstream upstream_of(const Bill& bill, const InputOutputTable& table);

}  // namespace headroom
