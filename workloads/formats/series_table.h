// A series as a table: one row from each date on, a column for the dates and one for each value. Read a row at a time.
//
// The first row is at the start of the trace, whatever its date; dates must rise. The values of the last row hold as long
// as those of the row before it did. Values are shares, 0 to 1.
#pragma once

#include <optional>

#include "workloads/formats/trace_table.h"
#include "workloads/series.h"

namespace headroom {

class SeriesTable : public SeriesSource {
 public:
  SeriesMeaning meaning() const final { return shape_.meaning; }
  const std::vector<std::string>& columns() const final { return names_; }
  bool next(Instant& from, std::vector<double>& values) final;
  ReadCounts counts() const final { return {used_, used_, {}}; }
  std::string sha256() final { return rows_.sha256(); }
  double share_read() const final { return rows_.share_read(); }

 protected:
  struct Shape {
    SeriesMeaning meaning;
    std::size_t date;                           // its column
    std::vector<std::size_t> values;            // theirs, one at least
    std::optional<Duration> usual_interval;     // how long a single row holds; nothing: one row is an error
  };
  SeriesTable(TraceTable&& rows, Shape shape);

  // The date of the row on the clock of the trace, from 0 to 100 years. Throws InputError at its cell.
  virtual Duration date(const TraceTable& rows) const = 0;
  // What else a row must hold; throws InputError.
  virtual void check(const TraceTable&) {}

 private:
  Instant end() const;

  TraceTable rows_;
  Shape shape_;
  std::vector<std::string> names_;
  Duration first_, latest_;                  // dates of rows
  std::optional<Duration> interval_;         // between the latest two rows
  std::int64_t used_ = 0;
};

}  // namespace headroom
