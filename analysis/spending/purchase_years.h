// Days, lead times and renewals of what is bought, and money by calendar year: what the schedule of a site and the spending of a
// programme share. Equations and payments: schedule.h.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/spending/schedule.h"

namespace headroom {

constexpr double days_a_year = 365.25;

Day day_of(const DateTime& moment);
Day first_of(int year);
int year_of(Day day);
Day later(Day day, double by_days);
Day in_years(Day day, double years);               // of 365.25 days
// The same date so many years later, what is not a whole year as days: what is bought at New Year is renewed at New Year.
Day in_calendar_years(Day day, double years);

// From order to delivery, in the middle; 0 for a class without a lead time.
double lead_weeks(const SpendingClass& bought);
double lead_days(const SpendingClass& bought);

struct Delivery {
  Day day;
  SpendingKind kind = SpendingKind::first;
};
using YearsLater = Day (*)(Day day, double years);

// Once, and again whenever it has lived its life; what would come at `until` or after it is not renewed.
std::vector<Delivery> deliveries(Day first, double life_years, Day until, YearsLater years_later = in_years);
// Of what is inside a building: a new building has new equipment in it, and its price is the building's.
std::vector<Delivery> deliveries_inside(Day first, double life_years, double building_years, Day until, YearsLater years_later = in_years);

// Money by calendar year, class, kind and payer.
class YearBook {
 public:
  void cash(Day day, const YearlySpending& of, double amount);
  // Evenly over the days from `from` until `to`; on one day where they are the same.
  void spread(Day from, Day to, const YearlySpending& of, double amount, bool also_cash);
  void add(const YearlySpending& row);
  std::vector<YearlySpending> rows() const;

 private:
  YearlySpending& row(int year, const YearlySpending& of);
  std::map<std::tuple<int, std::string, std::string, SpendingKind, Payer>, YearlySpending> rows_;
};

// Its payments and its production, by who pays.
void add_purchase(const Purchase& purchase, const BillLine& line, Payer of_it, double paid_by_utility, YearBook& book);

}  // namespace headroom
