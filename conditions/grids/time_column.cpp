#include "conditions/grids/time_column.h"

#include <fmt/format.h>

#include "base/units.h"
#include "conditions/grids/moment_text.h"

namespace headroom {
namespace {

constexpr std::int64_t column_day_s = 86400;
constexpr std::size_t regular_run = 3;         // so many equal steps in a row are how the file is meant

std::optional<TimeZone> zone_of(const SeriesFile& spec) {
  if (!spec.timezone.empty()) return TimeZone::named(spec.timezone, spec.where);
  if (spec.utc_offset) return TimeZone::fixed(static_cast<std::int32_t>(spec.utc_offset->ns / nanoseconds_per_second));
  return std::nullopt;
}

// Equal steps side by side: `count` of them, the first behind row `first`.
struct Run {
  std::size_t first, count;
  std::int64_t step;
};

std::vector<Run> runs_of(const std::vector<std::int64_t>& from_s) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i + 1 < from_s.size(); ++i) {
    std::int64_t const step = from_s[i + 1] - from_s[i];
    if (runs.empty() || runs.back().step != step) runs.push_back({i, 1, step});
    else ++runs.back().count;
  }
  return runs;
}

// The step of the nearest regular run: before it, or behind it where there is none.
std::int64_t step_around(const std::vector<Run>& runs, std::size_t at) {
  for (std::size_t i = at; i-- > 0;)
    if (runs[i].count >= regular_run) return runs[i].step;
  for (std::size_t i = at + 1; i < runs.size(); ++i)
    if (runs[i].count >= regular_run) return runs[i].step;
  return 0;
}

}  // namespace

std::string moment_text(std::int64_t unix_s) { return to_text(DateTime{unix_s, 0}); }
std::string step_text(std::int64_t s) { return to_text(whole_seconds(s)); }

TimeColumn::TimeColumn(const SeriesFile& spec) : zone_(zone_of(spec)) {}

std::int64_t TimeColumn::moment(const CsvReader& rows, std::size_t column) {
  auto const text = parse_moment_text(rows.text(column));
  if (!text) throw rows.problem(column, fmt::format("expected a moment such as 2023-01-01T00:00:00Z or 2023-01-01 08:00:00+08:00, found '{}'", rows.text(column)));
  if (!text->offset_s && !zone_)
    throw rows.problem(column, fmt::format("'{}' has no offset from UTC; write timezone (America/Chicago, UTC) or utc_offset (-6 h) beside the file", rows.text(column)));
  std::int64_t const at = text->offset_s ? days_from_date(text->year, text->month, text->day) * column_day_s + text->second - *text->offset_s
                                         : in_zone(rows, column, text->year, text->month, text->day, text->second);
  if (before_ && at == *before_) throw rows.problem(column, fmt::format("{} stands twice; the line before has it, too", rows.text(column)));
  if (before_ && at < *before_) throw rows.problem(column, fmt::format("{} comes after {}; rows must be in the order of time", moment_text(at), moment_text(*before_)));
  before_ = at;
  return at;
}

std::int64_t TimeColumn::in_zone(const CsvReader& rows, std::size_t column, int year, int month, int day, std::int32_t of_day_s) const {
  std::int64_t const first = zone_->moment(year, month, day, of_day_s);
  LocalTime const shown = zone_->local(first);
  if (shown.second != of_day_s || shown.day != day)
    throw rows.problem(column, fmt::format("the clock of {} never shows {}: daylight saving jumps over it", zone_->name(), rows.text(column)));
  if (!before_ || first > *before_) return first;
  auto const change = zone_->next_change(first);
  if (!change || *change > first + column_day_s) return first;
  std::int64_t const second_time = first + shown.offset_s - zone_->local(*change).offset_s;
  return second_time >= *change && second_time > *before_ ? second_time : first;
}

void check_steps(const std::string& file, const std::vector<std::int64_t>& from_s, const std::vector<int>& lines, std::int64_t longest_gap_s) {
  std::vector<Run> const runs = runs_of(from_s);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].count >= regular_run) continue;
    std::int64_t const step = step_around(runs, i);
    std::size_t const row = runs[i].first + 1;       // at the end of the step
    if (step == 0 || runs[i].step == step || (runs[i].step > step && runs[i].step - step <= longest_gap_s)) continue;
    Location const where{file, lines[row], 1};
    if (runs[i].step < step) throw InputError(where, fmt::format("this row comes {} after the one before; rows are {} apart", step_text(runs[i].step), step_text(step)));
    throw InputError(where, fmt::format("no row from {} to {}; rows are {} apart. Add what is missing, or write longest_gap so that the value before holds",
                                        moment_text(from_s[row - 1] + step), moment_text(from_s[row]), step_text(step)));
  }
}

}  // namespace headroom
