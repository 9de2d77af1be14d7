// A day as plans are made: "2027", "2027-03" or "2027-03-15"; a year or a month means its first day.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/units.h"

namespace headroom {

struct PlanDate {
  std::chrono::sys_days day{};

  static constexpr const char* grammar = "a date such as 2027, 2027-03 or 2027-03-15";
  static Parsed<PlanDate> parse(std::string_view text);
  std::string text() const;            // as short as it may be written
  std::string whole() const;           // "2027-03-15"
  constexpr auto operator<=>(const PlanDate&) const = default;
};

}  // namespace headroom
