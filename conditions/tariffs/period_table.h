// Which periods hold at which hour of the year: for each month, day of the week (holidays apart) and quarter of an hour.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "conditions/tariffs/tariff.h"

namespace headroom {

struct PeriodTable {
  static constexpr std::size_t size = 12 * 8 * quarters_of_day;
  static constexpr std::size_t slot(int month, int day, int quarter) {
    return (static_cast<std::size_t>(month - 1) * 8 + static_cast<std::size_t>(day)) * quarters_of_day + static_cast<std::size_t>(quarter);
  }

  std::vector<std::string> names;                  // of the periods, all schedules together
  std::vector<std::vector<int>> mixes;             // periods that hold together, one of each schedule
  std::vector<std::uint16_t> mix;                  // by slot

  // The mixes in which one of these periods holds, as flags; of no names: all.
  std::vector<bool> mixes_of(const std::vector<std::string>& periods) const;
};

// Names in `problems` the first hour that two periods of a schedule share, and the first that none has.
PeriodTable period_table(const TariffSpec& tariff, const std::string& path, std::vector<Problem>& problems);
PeriodTable period_table(const TariffSpec& tariff);        // of one that was checked

const char* month_name(int month);                         // "January"

}  // namespace headroom
