// The moments of a file's rows, one after the other.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "conditions/calendar.h"
#include "conditions/grids/series_table.h"

namespace headroom {

class TimeColumn {
 public:
  explicit TimeColumn(const SeriesFile& spec);
  // Of the row that the reader stands on; of an hour that the clock shows twice, its second row is the second.
  // Throws InputError: no moment, without an offset that the spec does not give either, not after the one before.
  std::int64_t moment(const CsvReader& rows, std::size_t column);

 private:
  std::int64_t in_zone(const CsvReader& rows, std::size_t column, int year, int month, int day, std::int32_t of_day_s) const;
  std::optional<TimeZone> zone_;
  std::optional<std::int64_t> before_;
};

// Rows whose distances differ from those around them: too long a step is a gap, one that is too short a stray row.
// Steps up to longest_gap_s too long pass. `lines`: of the rows in the file.
void check_steps(const std::string& file, const std::vector<std::int64_t>& from_s, const std::vector<int>& lines, std::int64_t longest_gap_s);

std::string moment_text(std::int64_t unix_s);      // 2023-01-01T00:00:00+00:00
std::string step_text(std::int64_t s);             // 1 h

}  // namespace headroom
