// The bill of material of a layout in money: a line for each spending class, totals by group, the ratio K1, and what
// has no price. Nothing is rounded here.
#pragma once

#include <string>
#include <vector>

#include "analysis/spending/spending_class.h"

namespace headroom {

struct BillLine {
  SpendingClass spending_class;
  SpendingGroup group = SpendingGroup::it;
  double quantity = 0;                   // of what the price is for
  std::string unit;                      // "unit", "kW", "kVA", ...
  Range unit_price, amount;              // escalation included
  bool inside_building = false;          // the building's line contains it: listed, not added to the total
  std::vector<CountedElement> elements;
};

// What the layout has and no class prices.
struct MissingPrice {
  const CountKind* kind;
  std::string why;
  bool inside_building = false;          // and the building is priced
  std::vector<CountedElement> elements;
};

// A named ratio, never without what it rests on.
struct Ratio {
  std::string name, meaning;
  double mid_mid = 0, low_high = 0, high_low = 0;     // numerator's and denominator's price
  std::vector<std::string> caveats;
};

struct Bill {
  std::string currency;
  std::vector<int> money_years;          // of the lines, rising
  std::vector<BillLine> lines;           // by group, then by name
  std::vector<MissingPrice> missing;
  std::vector<std::string> notes;        // of this bill as a whole

  Range of(SpendingGroup group) const;   // what is inside the building included
  Range equipment() const;               // IT and network
  Range total() const;                   // without what is inside the building
  double total_share(Evidence evidence) const;       // of the total at mid prices
  std::optional<Ratio> k1() const;       // without a priced building there is none
};

Bill make_bill(const std::vector<Count>& counts, const std::vector<SpendingClass>& classes);

}  // namespace headroom
