#include "conditions/calendar.h"

#include <catch2/catch.hpp>

using namespace headroom;

namespace {
std::int64_t utc_at_hour(int year, int month, int day, int hour) { return days_from_date(year, month, day) * 86400 + hour * 3600; }
}  // namespace

TEST_CASE("local time keeps daylight saving: Chicago jumps in March and repeats an hour in November") {
  TimeZone const chicago = TimeZone::named("America/Chicago", {"x", 1, 1});
  // 2024-03-10: from 2:00 CST straight to 3:00 CDT, at 08:00 UTC
  CHECK(chicago.local(utc_at_hour(2024, 3, 10, 7)).hour() == 1);
  CHECK(chicago.local(utc_at_hour(2024, 3, 10, 8)).hour() == 3);
  CHECK(chicago.next_change(utc_at_hour(2024, 1, 1, 0)) == utc_at_hour(2024, 3, 10, 8));
  // 2024-11-03: 1:00 comes twice, at 06:00 and 07:00 UTC; a clock time that comes twice is its first
  CHECK(chicago.local(utc_at_hour(2024, 11, 3, 6)).hour() == 1);
  CHECK(chicago.local(utc_at_hour(2024, 11, 3, 7)).hour() == 1);
  CHECK(chicago.moment(2024, 11, 3, 3600) == utc_at_hour(2024, 11, 3, 6));
  CHECK(chicago.moment(2024, 3, 10, 2 * 3600 + 1800) == utc_at_hour(2024, 3, 10, 8));
  // the days have 23 and 25 hours
  CHECK(chicago.moment(2024, 3, 11, 0) - chicago.moment(2024, 3, 10, 0) == 23 * 3600);
  CHECK(chicago.moment(2024, 11, 4, 0) - chicago.moment(2024, 11, 3, 0) == 25 * 3600);
}

TEST_CASE("every hour of ten years goes to the wall clock and back, but the repeated ones") {
  for (const char* name : {"America/New_York", "Europe/Berlin", "Asia/Shanghai", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"}) {
    TimeZone const zone = TimeZone::named(name, {"x", 1, 1});
    int repeated = 0;
    for (std::int64_t at = utc_at_hour(2020, 1, 1, 0); at < utc_at_hour(2030, 1, 1, 0); at += 1800) {
      LocalTime const local = zone.local(at);
      if (zone.moment(local.year, local.month, local.day, local.second) != at) ++repeated;
    }
    CHECK(repeated <= 20);
    CHECK((zone.next_change(utc_at_hour(2024, 1, 1, 0)).has_value()) == (repeated > 0));
  }
}

TEST_CASE("dates and weekdays") {
  LocalTime const day = TimeZone::fixed(-6 * 3600).local(utc_at_hour(2024, 2, 29, 5));
  CHECK((day.year == 2024 && day.month == 2 && day.day == 28 && day.weekday == 2 && day.hour() == 23));
  CHECK(days_in_month(2024, 2) == 29);
  CHECK(days_in_month(2100, 2) == 28);
  CHECK(is_leap_year(2000));
  CHECK(date_of_days(-1).weekday == 2);
  CHECK(TimeZone::fixed(19800).name() == "UTC+05:30");
}

TEST_CASE("an unknown zone is told with the nearest one") {
  CHECK_THROWS_WITH(TimeZone::named("America/Chikago", {"site.yaml", 4, 13}),
                    "site.yaml:4:13: error: timezone: the tz database has no zone 'America/Chikago', did you mean 'America/Chicago'?; write one such as America/Chicago or UTC");
}
