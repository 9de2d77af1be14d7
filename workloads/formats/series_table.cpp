#include "workloads/formats/series_table.h"

#include <fmt/format.h>

namespace headroom {

SeriesTable::SeriesTable(TraceTable&& rows, Shape shape) : rows_(std::move(rows)), shape_(std::move(shape)), interval_(shape_.usual_interval) {
  for (std::size_t const column : shape_.values) names_.push_back(rows_.columns()[column].name);
}

bool SeriesTable::next(Instant& from, std::vector<double>& values) {
  if (!rows_.next()) {
    from = end();
    return false;
  }
  Duration const at = date(rows_);
  if (used_ == 0) first_ = at;
  else if (at <= latest_) rows_.fail(shape_.date, fmt::format("{} is not after the date of the row before; dates must rise", shown(rows_.text(shape_.date))));
  else interval_ = at - latest_;
  check(rows_);
  latest_ = at;
  ++used_;
  from = Instant{} + (at - first_);
  values.clear();
  for (std::size_t const column : shape_.values) values.push_back(rows_.up_to(1, column));
  return true;
}

Instant SeriesTable::end() const {
  if (used_ == 0) throw InputError(rows_.place(), "the table has no rows; a series needs one at least");
  if (!interval_) throw InputError(rows_.place(), "a single row does not say for how long its values hold; a second one would do");
  Duration const length = latest_ - first_ + *interval_;
  if (length > longest_duration) throw InputError(rows_.place(), "the last row holds as long as the one before it, and so beyond 100 years");
  return Instant{} + length;
}

}  // namespace headroom
