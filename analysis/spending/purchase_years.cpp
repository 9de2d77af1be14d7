#include "analysis/spending/purchase_years.h"

#include <algorithm>
#include <cmath>

namespace headroom {

using std::chrono::days;

Day day_of(const DateTime& moment) { return Day{std::chrono::floor<days>(std::chrono::seconds{moment.unix_s + moment.offset_s})}; }
Day first_of(int year) { return Day{std::chrono::year{year} / 1 / 1}; }
int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }
Day later(Day day, double by_days) { return day + days{std::lround(by_days)}; }
Day in_years(Day day, double years) { return later(day, years * days_a_year); }

Day in_calendar_years(Day day, double years) {
  double const whole = std::floor(years);
  auto date = std::chrono::year_month_day{day} + std::chrono::years{static_cast<int>(whole)};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;      // 29 February
  return in_years(Day{date}, years - whole);
}

double lead_weeks(const SpendingClass& bought) {
  if (!bought.lead_time) return 0;
  auto const& lead = *bought.lead_time;
  if (lead.mid) return lead.mid->value;
  if (lead.low && lead.high) return (lead.low->value + lead.high->value) / 2;
  return lead.low ? lead.low->value : lead.high->value;
}
double lead_days(const SpendingClass& bought) { return 7 * lead_weeks(bought); }

std::vector<Delivery> deliveries(Day first, double life_years, Day until, YearsLater years_later) {
  std::vector<Delivery> out{{first, SpendingKind::first}};
  for (int k = 1; years_later(first, k * life_years) < until; ++k) out.push_back({years_later(first, k * life_years), SpendingKind::refresh});
  return out;
}

std::vector<Delivery> deliveries_inside(Day first, double life_years, double building_years, Day until, YearsLater years_later) {
  std::vector<Delivery> out;
  for (auto const& building : deliveries(first, building_years, until, years_later))
    for (auto const& renewal : deliveries(building.day, life_years, std::min(until, years_later(building.day, building_years)), years_later))
      if (renewal.kind == SpendingKind::refresh) out.push_back(renewal);
  return out;
}

void YearBook::cash(Day day, const YearlySpending& of, double amount) { row(year_of(day), of).cash += amount; }

void YearBook::spread(Day from, Day to, const YearlySpending& of, double amount, bool also_cash) {
  double const all = static_cast<double>((to - from).count());
  for (int year = year_of(from); year <= year_of(to); ++year) {
    Day const begin = std::max(from, first_of(year)), end = std::min(to, first_of(year + 1));
    double const part = all > 0 ? amount * static_cast<double>((end - begin).count()) / all : amount;
    if (part == 0) continue;
    YearlySpending& at = row(year, of);
    at.production += part;
    if (also_cash) at.cash += part;
  }
}

void YearBook::add(const YearlySpending& added) {
  YearlySpending& at = row(added.year, {added.year, added.name, added.group, added.kind, added.payer, added.line});
  at.cash += added.cash;
  at.production += added.production;
}

std::vector<YearlySpending> YearBook::rows() const {
  std::vector<YearlySpending> out;
  for (auto const& [key, row] : rows_) out.push_back(row);
  return out;
}

YearlySpending& YearBook::row(int year, const YearlySpending& of) {
  auto const [at, is_new] = rows_.try_emplace({year, of.group, of.name, of.kind, of.payer}, of);
  at->second.year = year;
  return at->second;
}

void add_purchase(const Purchase& purchase, const BillLine& line, Payer of_it, double paid_by_utility, YearBook& book) {
  for (auto const& [payer, share] : line.payers(of_it, paid_by_utility)) {
    if (share <= 0) continue;
    YearlySpending const of{0, line.spending_class.name, to_text(line.group), purchase.kind, payer, purchase.line};
    double const amount = purchase.amount * share;
    book.cash(purchase.order, of, paid_at_order * amount);
    book.cash(purchase.delivery, of, paid_at_delivery * amount);
    book.cash(purchase.start, of, paid_at_start * amount);
    book.spread(purchase.order, purchase.delivery, of, amount, false);
  }
}

}  // namespace headroom
