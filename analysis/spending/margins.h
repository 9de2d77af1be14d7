// From what a buyer pays to what producers get: input-output tables are in producers' prices. Value-added tax goes first, then
// what trade and transport take, which is demand of their own sectors.
//
//   net = paid / (1 + VAT);  producers get net x (1 - trade - transport)
// One YAML file in margins/.
#pragma once

#include <string>
#include <vector>

#include "analysis/spending/bill.h"
#include "analysis/spending/grid_costs.h"

namespace headroom {

struct MarginShare {
  double share = 0;                    // of what the buyer pays without tax
  SectorCodes sector;
};

struct MarginSpec {
  static constexpr const char* kind = "margins";
  std::string name;
  std::vector<SpendingGroup> groups;   // whose purchases have them
  MarginShare trade, transport;
  FigureEvidence evidence = FigureEvidence::assumption;
  std::string source;
  Location where;

  bool apply_to(SpendingGroup group) const;
};

MarginSpec find_margins(const std::string& text);
Json schema_of_margins();

// Of a price of the country that the site stands in: prices of elsewhere have none in them. Works bear that of construction.
double vat_of(const BillLine& line, const GridCosts* costs);

}  // namespace headroom
