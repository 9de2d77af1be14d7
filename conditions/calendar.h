// Local time of a place: what tariffs, reports and typical years speak of. By the tz database that the system keeps
// (Debian's tzdata), daylight saving included: a local day has 23, 24 or 25 hours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"

namespace headroom {

struct LocalTime {
  int year = 1970, month = 1, day = 1;     // month and day from 1
  int weekday = 3;                         // 0: Monday
  std::int32_t second = 0;                 // of the day, by the clock on the wall
  std::int32_t offset_s = 0;               // of the clock, from UTC

  int hour() const { return second / 3600; }
  bool is_weekend() const { return weekday >= 5; }
  bool operator==(const LocalTime&) const = default;
};

class TimeZone {
 public:
  // Throws InputError at `where`: no zone of that name, with the nearest known one.
  static TimeZone named(const std::string& name, const Location& where);
  // A clock that keeps one offset all year: typical years, and files that say so.
  static TimeZone fixed(std::int32_t offset_s);

  LocalTime local(std::int64_t unix_s) const;
  // The moment at which the clock shows this; of two (an hour that comes twice) the first; within a gap, the gap's end.
  std::int64_t moment(int year, int month, int day, std::int32_t second) const;
  // The next moment after this one at which the offset changes; absent where none is known within ten years.
  std::optional<std::int64_t> next_change(std::int64_t unix_s) const;
  const std::string& name() const { return name_; }

 private:
  struct Span {                            // one offset from `from` on
    std::int64_t from;
    std::int32_t offset_s;
  };
  const Span& span(std::int64_t unix_s) const;
  const std::vector<Span>& spans() const { return spans_; }

  std::string name_;
  std::vector<Span> spans_;                // rising; the first holds from the beginning of time
};

// Days from 1970-01-01 (proleptic Gregorian), and back.
std::int64_t days_from_date(int year, int month, int day);
LocalTime date_of_days(std::int64_t days);
bool is_leap_year(int year);
int days_in_month(int year, int month);

}  // namespace headroom
