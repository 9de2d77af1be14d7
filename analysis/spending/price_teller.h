// What a price of one place, year and currency is in the money that a bill is told in.
//
//   told = price x index(price's year -> bill's year, in the price's currency) x exchange rate of the bill's year
//          x price level of the site's country / price level of the price's country, of what it is for
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/money/rates.h"
#include "analysis/spending/spending_class.h"

namespace headroom {

struct BillMoney {
  std::string currency = "USD";
  int year = 2025;
  std::string country = "US";          // where the site stands, as price_levels.csv calls it
};

// A price as it is told, and what it rests on beside its own source.
struct ToldPrice {
  Range range;
  std::optional<FigureEvidence> moved_by;      // the worst of index, exchange rate and price levels; absent: told as its file has it
  std::vector<std::string> rests_on;           // a row of the tables each
};

class PriceTeller {
 public:
  PriceTeller(BillMoney money, const Rates& rates) : money_(std::move(money)), rates_(rates) {}

  // Of the class's unit. Throws InputError at the price: no index, no rate between the currencies, no price level.
  ToldPrice told(const SpendingClass& priced, SpendingGroup group) const;
  // An amount of another price, without a price level.
  double told(const UnitPrice& price, int year, const std::string& index, const Location& where) const;
  const BillMoney& money() const { return money_; }
  const Rates& rates() const { return rates_; }

 private:
  BillMoney money_;
  const Rates& rates_;
};

}  // namespace headroom
