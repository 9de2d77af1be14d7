// The bill of material of a layout in money: a line for each spending class, totals by group, the ratio K1, and what
// has no price. Nothing is rounded here.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/spending/price_teller.h"
#include "analysis/spending/spending_class.h"

namespace headroom {

struct BillLine {
  SpendingClass spending_class;          // its price as its file has it
  SpendingGroup group = SpendingGroup::it;
  double quantity = 0;                   // of what the price is for
  std::string unit;                      // "unit", "kW", "kVA", ...
  Range unit_price, amount;              // in the bill's money
  bool inside_building = false;          // the building's line contains it: listed, not added to the total
  std::vector<CountedElement> elements;

  std::optional<FigureEvidence> moved_by;      // what its price rests on beside its own source (price_teller.h)
  std::vector<std::string> rests_on;

  // Who pays how much of it: what the class says, else by group; of works in the grid network charges their share.
  std::vector<std::pair<Payer, double>> payers(Payer of_it, double paid_by_utility) const;
};

// What the layout has and no class prices.
struct MissingPrice {
  const CountKind* kind;
  std::string why;
  bool inside_building = false;          // and the building is priced
  std::vector<CountedElement> elements;
};

struct Bill {
  BillMoney money;
  std::vector<BillLine> lines;           // by group, then by name
  std::vector<MissingPrice> missing;
  std::vector<std::string> notes;        // of this bill as a whole

  Range of(SpendingGroup group) const;   // what is inside the building included
  const BillLine* building_line() const; // of the whole building; nullptr without one
  Range building() const;                // its amount; zero without one
  std::optional<double> building_years() const;      // its life
  // Life of what is bought for a group, as a whole: its money over what of it wears out a year. Nothing where nothing is bought.
  std::optional<double> years_of(SpendingGroup group) const;
  Range equipment() const;               // IT and network
  Range total() const;                   // without what is inside the building
  double total_share(FigureEvidence evidence) const;       // of the total at mid prices, by the prices' own sources
  double assumed_in_all() const;         // share of it whose price, or what moved it to this year, currency and country, is an assumption
};

// A class and what it alone prices: works outside the fence, made from the country's table.
struct PricedCount {
  SpendingClass spending_class;
  Count count;
};

Bill make_bill(const std::vector<Count>& counts, const std::vector<SpendingClass>& classes, const std::vector<PricedCount>& works, const PriceTeller& teller);

}  // namespace headroom
