#include "analysis/money/annuity.h"

#include <cmath>

#include "base/errors.h"

namespace headroom {

double monthly_payment(double principal, double yearly_rate, double years) {
  expects(principal >= 0 && yearly_rate >= 0, "capital and its yearly rate are not negative");
  expects(years > 0, "capital is paid back over more than no time");
  double const monthly_rate = yearly_rate / months_per_year, payments = months_per_year * years;
  if (monthly_rate == 0) return principal / payments;
  return principal * monthly_rate / -std::expm1(-payments * std::log1p(monthly_rate));
}

double monthly_electricity(Power critical, double use, double pue, double price_per_kwh) {
  expects(use >= 0 && use <= 1, "the use of critical power is from 0 to 1");
  expects(pue >= 1, "a PUE is at least 1");
  return critical / kilowatt * use * pue * hours_per_month * price_per_kwh;
}

}  // namespace headroom
