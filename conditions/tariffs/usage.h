// What a load took, month by month and mix of periods by mix of periods: all that a bill asks for. Intervals are split at
// every change of period, month, day and offset of the clock, and at every step of the price; nothing is lost on the way.
#pragma once

#include <cstdint>
#include <vector>

#include "base/sum.h"
#include "conditions/calendar.h"
#include "conditions/dated_series.h"
#include "conditions/tariffs/metered_load.h"
#include "conditions/tariffs/period_table.h"

namespace headroom {

struct MixUse {
  CompensatedSum import_j, export_j, reactive_vas;
  CompensatedSum priced;                   // energy times price: joules times currency per MWh
  double peak_w = 0, peak_va = 0;          // highest interval mean; an interval belongs to what holds as it begins
};

struct MonthUse {
  int year = 1970, month = 1;
  std::int64_t from_s = 0, to_s = 0;       // of the calendar month, by the clock
  std::int64_t covered_ns = 0;             // of it, by the load
  std::vector<MixUse> mixes;               // by mix of the table
  std::vector<bool> occurs;                // mixes that hold at some hour the load covers

  double covered() const { return static_cast<double>(covered_ns) / (static_cast<double>(to_s - from_s) * 1e9); }
  bool is_whole() const { return covered_ns == (to_s - from_s) * nanoseconds_per_second; }
};

// `price`: null, or covers the load.
std::vector<MonthUse> usage_of(const TariffSpec& tariff, const PeriodTable& table, const TimeZone& zone, const MeteredLoad& load, const DatedSeries* price);

}  // namespace headroom
