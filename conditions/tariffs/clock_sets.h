// When a rate holds, as tariffs say it: months of the year, days of the week, hours by the clock on the wall.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"

namespace headroom {

// "5-10", "11-4", "1, 3, 6-8", "all".
struct Months {
  std::bitset<12> set = std::bitset<12>().set();

  bool has(int month) const { return set[static_cast<std::size_t>(month - 1)]; }      // from 1
  static constexpr const char* grammar = "months such as 5-10, '11-4' or '1, 3, 6-8', or all";
  static Parsed<Months> parse(std::string_view text);
  std::string text() const;
  bool operator==(const Months&) const = default;
};

// Monday to Sunday, and holidays apart from them whatever day they fall on.
constexpr int holiday = 7;
std::string day_name(int day);

// "weekdays" are Monday to Friday without holidays; "weekends" have the holidays with them; "holidays" alone; "all"; or days by
// name, without holidays: "mon-fri", "sat".
struct Days {
  std::bitset<8> set = std::bitset<8>().set();

  bool has(int day) const { return set[static_cast<std::size_t>(day)]; }              // 0: Monday, 7: a holiday
  static constexpr const char* grammar = "all, weekdays, weekends, holidays, or days such as 'mon-thu, sat'";
  static Parsed<Days> parse(std::string_view text);
  std::string text() const;
  bool operator==(const Days&) const = default;
};

// Half open: "12-18" ends as the clock shows 18:00. By quarters of an hour: "8:30-12, 18-21:30"; "22-6" goes round midnight.
constexpr int quarters_of_day = 96;
struct Hours {
  std::bitset<quarters_of_day> set = std::bitset<quarters_of_day>().set();

  static constexpr const char* grammar = "hours such as 12-18, '8:30-12, 18-21:30' or 22-6, or all";
  static Parsed<Hours> parse(std::string_view text);
  std::string text() const;
  bool operator==(const Hours&) const = default;
};
std::string clock_text(int quarter);                       // "08:30"

// "2020-07-03", or without a year of every year: "12-25".
struct CalendarDay {
  int year = 0;                                            // 0: of every year
  int month = 1, day = 1;

  static constexpr const char* grammar = "a day such as 2020-07-03, or of every year such as 12-25";
  static Parsed<CalendarDay> parse(std::string_view text);
  std::string text() const;
  bool operator==(const CalendarDay&) const = default;
};

}  // namespace headroom
