// What a meter counted: energy over intervals side by side, of a run or of a utility's own data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "conditions/calendar.h"

namespace headroom {

struct LoadRow {
  std::int64_t from_ns = 0, to_ns = 0;     // from the load's start; several intervals of equal power are one row
  double import_j = 0, export_j = 0;       // taken from the grid, given to it
  double reactive_vas = 0;                 // var-seconds drawn
};

struct MeteredLoad {
  std::int64_t start_s = 0;                // unix time of 0 ns
  std::vector<LoadRow> rows;               // rising, without a gap
  Duration interval;                       // of the meter: the shortest row; 0: unknown, and no longer than demand is measured over
  bool has_reactive = false;
  std::optional<double> power_factor;      // of a load that states no reactive power

  std::int64_t end_ns() const { return rows.empty() ? 0 : rows.back().to_ns; }
  // Energy taken between two of its moments.
  double import_j_between(std::int64_t from_ns, std::int64_t to_ns) const;
  double reactive_vas_between(std::int64_t from_ns, std::int64_t to_ns) const;
};

// How a file is read that does not say it all.
struct LoadReading {
  std::optional<std::int64_t> start_s;     // where the file has no times
  Duration interval = whole_seconds(3600); // likewise
};

// One mean power in kW a line, without a header; or columns `time` and kw or kwh, or `from`, `to` and kwh or kw, and besides
// kvar or kvarh, export_kw or export_kwh. Moments have an offset from UTC, or are by the clock of `zone` (an hour that comes
// twice is written twice). Throws InputError: a gap, an overlap, a number below zero, nothing at all.
MeteredLoad read_metered_load(const std::filesystem::path& file, const TimeZone& zone, const LoadReading& reading);

// "2018-01-01", "2018-01-01 13:30", "2018-01-01T13:30:00" by a clock, or with an offset. nullopt: none of these.
std::optional<std::int64_t> moment_of(std::string_view text, const TimeZone& zone);

}  // namespace headroom
