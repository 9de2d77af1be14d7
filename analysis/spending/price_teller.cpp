#include "analysis/spending/price_teller.h"

namespace headroom {

double PriceTeller::told(const UnitPrice& price, int year, const std::string& index, const Location& where) const {
  double const moved = rates_.index_factor(index, price.currency, year, money_.year, where).value;
  return rates_.convert(price.amount * moved, {price.currency, money_.year}, {money_.currency, money_.year}, where);
}

Range PriceTeller::told(const SpendingClass& priced, SpendingGroup group) const {
  Location const& where = priced.price.where;
  double const level = rates_.price_level(money_.country, to_text(group), where).value / rates_.price_level(priced.price.country, to_text(group), where).value;
  UnitPrice one = priced.price.mid;
  one.amount = 1;
  return priced.price.range() * (told(one, priced.price.year, priced.index, where) * level);
}

}  // namespace headroom
