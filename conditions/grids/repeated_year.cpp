#include <fmt/format.h>

#include <algorithm>

#include "conditions/calendar.h"
#include "conditions/grids/series_table.h"
#include "conditions/grids/time_column.h"

namespace headroom {
namespace {

constexpr std::int64_t repeated_day_s = 86400;

// The rows of one year by day, on a clock that keeps one offset.
class YearOfRows {
 public:
  YearOfRows(const SignalTable& table, int year, std::int64_t offset_s) : table_(table), year_(year), offset_s_(offset_s) {}
  static std::int64_t begin_of(int year, std::int64_t offset_s) { return days_from_date(year, 1, 1) * repeated_day_s - offset_s; }

  // Adds the rows of `target`: each of its days has those of the same date.
  void add_to(SignalTable& out, int target) const {
    std::int64_t const first_day = days_from_date(target, 1, 1), last_day = days_from_date(target + 1, 1, 1);
    for (std::int64_t day = first_day; day < last_day; ++day) {
      LocalTime const date = date_of_days(day);
      int const same_day = std::min(date.day, days_in_month(year_, date.month));
      add_day(out, days_from_date(year_, date.month, same_day) * repeated_day_s - offset_s_, day * repeated_day_s - offset_s_, day == first_day);
    }
    out.end_s = begin_of(target + 1, offset_s_);
  }

 private:
  void add_day(SignalTable& out, std::int64_t from_s, std::int64_t to_day_s, bool is_first) const {
    std::size_t row = static_cast<std::size_t>(std::ranges::lower_bound(table_.from_s, from_s) - table_.from_s.begin());
    bool const begins_with_row = row < table_.from_s.size() && table_.from_s[row] == from_s;
    if (is_first && !begins_with_row) add(out, to_day_s, row - 1);      // what held when the year began
    for (; row < table_.from_s.size() && table_.from_s[row] < from_s + repeated_day_s; ++row) add(out, to_day_s + (table_.from_s[row] - from_s), row);
  }
  void add(SignalTable& out, std::int64_t at_s, std::size_t row) const {
    out.from_s.push_back(at_s);
    for (std::size_t i = 0; i < table_.columns.size(); ++i) out.columns[i].push_back(table_.columns[i][row]);
  }

  const SignalTable& table_;
  int year_;
  std::int64_t offset_s_;
};

int year_of(std::int64_t unix_s) { return TimeZone::fixed(0).local(unix_s).year; }

}  // namespace

SignalTable repeated_year(const SignalTable& table, const SeriesFile& spec, std::int64_t from_s, std::int64_t to_s) {
  std::int64_t const offset_s = spec.utc_offset ? spec.utc_offset->ns / nanoseconds_per_second : 0;
  std::int64_t const begin_s = YearOfRows::begin_of(*spec.year, offset_s), end_s = YearOfRows::begin_of(*spec.year + 1, offset_s);
  if (table.from_s.front() > begin_s || table.end_s < end_s)
    throw InputError(spec.where, fmt::format("{}: {} reaches from {} to {}; for every year like {} it needs all of that year, from {} to {}", spec.key, table.file.string(),
                                             moment_text(table.from_s.front()), moment_text(table.end_s), *spec.year, moment_text(begin_s), moment_text(end_s)));
  SignalTable out{table.file, {}, 0, {}};
  out.columns.resize(table.columns.size());
  YearOfRows const rows(table, *spec.year, offset_s);
  for (int year = year_of(from_s + offset_s); year <= year_of(to_s - 1 + offset_s); ++year) rows.add_to(out, year);
  return out;
}

}  // namespace headroom
