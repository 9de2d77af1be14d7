#include <fmt/format.h>

#include "conditions/calendar.h"
#include "conditions/weather/readers.h"

namespace headroom {
namespace {

constexpr int hours_a_year = 8760;
constexpr int any_year = 2001;      // without a leap day

constexpr const char* month_names[] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};

// Of the year, from 0.
std::int64_t hour_of_year(int month, int day, int of_day) { return (days_from_date(any_year, month, day) - days_from_date(any_year, 1, 1)) * 24 + of_day - 1; }

}  // namespace

std::string TypicalClock::text_of(std::int64_t row) const {
  std::int64_t const hours = row / rows_an_hour_;
  LocalTime const date = date_of_days(days_from_date(any_year, 1, 1) + hours / 24);
  return fmt::format("{} {}, hour {}", date.day, month_names[date.month - 1], hours % 24 + 1);
}

void TypicalClock::take(int month, int day, int of_day, const Location& where) {
  if (month < 1 || month > 12) throw InputError(where, fmt::format("month {} is out of range, 1 to 12 would do", month));
  if (month == 2 && day == 29) throw InputError(where, "29 February is a leap day too many: a typical year has 365 days; leave its rows out, 28 February stands for it");
  if (day < 1 || day > days_in_month(any_year, month)) throw InputError(where, fmt::format("{} has no day {}", month_names[month - 1], day));
  if (of_day < 1 || of_day > 24) throw InputError(where, fmt::format("hour {} is out of range, 1 to 24 would do", of_day));
  std::int64_t const at = hour_of_year(month, day, of_day), due = rows_ / rows_an_hour_;
  std::string const found = fmt::format("{} {}, hour {}", day, month_names[month - 1], of_day);
  if (rows_ == hours_a_year * rows_an_hour_) throw InputError(where, fmt::format("{} comes after the whole year; leave the rest out", found));
  if (at == due) {
    ++rows_;
    return;
  }
  if (rows_ == 0) throw InputError(where, fmt::format("the year begins with {}; it must begin with 1 January, hour 1", found));
  std::string const before = text_of(rows_ - 1);
  if (at == (rows_ - 1) / rows_an_hour_) throw InputError(where, fmt::format("{} stands twice", found));
  if (at < due) throw InputError(where, fmt::format("{} comes after {}; rows must be in order", found, before));
  std::int64_t const gap = at - due;
  throw InputError(where, fmt::format("{} follows {}: {} {} missing; fill the gap", found, before, counted(gap, "hour"), gap == 1 ? "is" : "are"));
}

void TypicalClock::finish(const Location& where) const {
  if (rows_ == hours_a_year * rows_an_hour_) return;
  if (rows_ == 0) throw InputError(where, "there are no rows of weather; a typical year has 365 days");
  std::int64_t const missing = hours_a_year - rows_ / rows_an_hour_;
  throw InputError(where, fmt::format("the year ends with {}: {} {} missing", text_of(rows_ - 1), counted(missing, "hour"), missing == 1 ? "is" : "are"));
}

}  // namespace headroom
