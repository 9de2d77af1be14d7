// What capital costs a month, and what electricity does.
//
// Annuity: A = P m / (1 - (1 + m)^-n), m = yearly rate / 12, n = 12 Y payments of equal size at the end of each month; A = P / n at no interest.
// Valid for P >= 0, a rate of at least 0, Y > 0. Source: the form of Hamilton, "Cost of Power in Large-Scale Data Centers" (2008), and of every
// annuity table; it gives his figures to the dollar.
// Electricity of a month: critical power x use x PUE x 730 h x price, 730 h = 8760 h / 12 (the same source).
// No currency in here: what comes in goes out.
#pragma once

#include "base/quantity.h"

namespace headroom {

constexpr double hours_per_month = 730, hours_per_year = 8760, months_per_year = 12;

double monthly_payment(double principal, double yearly_rate, double years);
inline double yearly_payment(double principal, double yearly_rate, double years) { return months_per_year * monthly_payment(principal, yearly_rate, years); }

// Of the payments, what is not repayment.
inline double interest_paid(double principal, double yearly_rate, double years) { return years * yearly_payment(principal, yearly_rate, years) - principal; }

// use: mean share of the critical power that is drawn, 0 to 1; pue: at least 1.
double monthly_electricity(Power critical, double use, double pue, double price_per_kwh);
inline double yearly_electricity(Power critical, double use, double pue, double price_per_kwh) { return months_per_year * monthly_electricity(critical, use, pue, price_per_kwh); }

}  // namespace headroom
