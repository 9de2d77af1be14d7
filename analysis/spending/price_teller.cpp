#include "analysis/spending/price_teller.h"

#include <algorithm>

namespace headroom {

double PriceTeller::told(const UnitPrice& price, int year, const std::string& index, const Location& where) const {
  double const moved = rates_.index_factor(index, price.currency, year, money_.year, where).value;
  return rates_.convert(price.amount * moved, {price.currency, money_.year}, {money_.currency, money_.year}, where);
}

ToldPrice PriceTeller::told(const SpendingClass& priced, SpendingGroup group) const {
  Location const& where = priced.price.where;
  Price const& price = priced.price;
  std::vector<RateFactor> factors;
  if (price.year != money_.year) factors.push_back(rates_.index_factor(priced.index, price.mid.currency, price.year, money_.year, where));
  if (price.mid.currency != money_.currency) factors.push_back(rates_.convert_factor({price.mid.currency, money_.year}, {money_.currency, money_.year}, where));
  if (price.country != money_.country) {
    RateFactor here = rates_.price_level(money_.country, to_text(group), where), there = rates_.price_level(price.country, to_text(group), where);
    there.value = 1 / there.value;
    here *= there;
    factors.push_back(std::move(here));
  }
  ToldPrice out{price.range(), {}, {}};
  for (auto const& factor : factors) {
    out.range = out.range * factor.value;
    out.moved_by = std::max(out.moved_by.value_or(FigureEvidence::seen), factor.evidence);
    out.rests_on.insert(out.rests_on.end(), factor.rests_on.begin(), factor.rests_on.end());
  }
  return out;
}

}  // namespace headroom
