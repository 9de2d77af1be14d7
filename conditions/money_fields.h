// The keys of `money` in a scenario.
#pragma once

#include "conditions/money_spec.h"

namespace headroom {

void fields(auto& v, MoneySpec& s) {
  v("currency", s.currency, optional.filled(), "three capital letters, such as USD");
  v("year", s.year, optional.between(1990, 2100), "answers are in money of that year, at its prices");
  v("today", s.today, optional, "orders go out from then on; the beginning of `year` by default");
  v("in_service", s.in_service, optional, "when the site is wanted; as soon as everything can be there by default");
  v("horizon", s.horizon, optional.between(1, 60), "years of service that are looked at");
  v("discount_rate", s.discount_rate, optional.between(0, 0.5), "a year, real; annuities, too");
  v("electricity_price", s.electricity_price, optional.between(1e-6, 1e6), "per kWh, in that currency; by default the run's tariff, without one the country's mean");
  v("salaries", s.salaries, optional.between(0, 1e12), "a year, of those who run the site");
  v("it_owner", s.it_owner, optional, "who buys servers and network: operator or tenant");
  v("economy", s.economy, optional.filled(), "input-output table: us-2022, china-2017, china-2018, china-2020, china-2020-153, or a path");
  v("substitution", s.substitution, optional.share(), "share of imported first purchases that home suppliers take over");
  v("financing", s.financing, optional.filled(), "how each payer raises its money: a name of what ships, or a path");
  v("growth", s.growth, optional.share(), "share of the peak load that sizes leave room for");
}

}  // namespace headroom
