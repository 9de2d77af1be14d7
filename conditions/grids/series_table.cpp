#include "conditions/grids/series_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/units.h"
#include "conditions/grids/time_column.h"

namespace headroom {
namespace {

constexpr std::int64_t hour_s = 3600;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::int64_t seconds(const std::optional<Duration>& duration) { return duration ? duration->ns / nanoseconds_per_second : 0; }

// Reads the rows; knows for each its line, for messages.
class Rows {
 public:
  Rows(const SeriesFile& spec, std::filesystem::path file) : spec_(spec), rows_(file), time_(spec), table_{std::move(file), {}, 0, {}} {
    if (!spec.time.empty()) time_column_ = column(spec.time);
    for (auto const& name : spec.columns) columns_.push_back(column(name));
    table_.columns.resize(columns_.size());
  }

  SignalTable read() {
    while (rows_.next()) add_row();
    if (lines_.size() < 2) {
      Location const where{table_.file.string(), lines_.empty() ? 1 : lines_.front(), 1};
      throw InputError(where, fmt::format("the series has {}; it needs at least two, for one value for ever write '{}: 350 g/kWh' and the like", counted(std::ssize(lines_), "row"), spec_.key));
    }
    if (spec_.time.empty()) check_hours();
    else check_steps(table_.file.string(), table_.from_s, lines_, seconds(spec_.longest_gap));
    table_.end_s = table_.from_s.back() + (table_.from_s.back() - table_.from_s[table_.from_s.size() - 2]);
    for (std::size_t i = 0; i < columns_.size(); ++i) hold_before(table_.columns[i], columns_[i]);
    return std::move(table_);
  }

 private:
  std::size_t column(const std::string& name) const {
    std::vector<std::string> known;
    for (auto const& each : rows_.columns()) known.push_back(each.name);
    auto const found = std::ranges::find(known, name);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    std::string const near = nearest_hint(name, known);
    throw InputError(spec_.where, fmt::format("{}: {} has no column '{}'{}", spec_.key, table_.file.string(), name, near.empty() ? fmt::format("; it has {}", fmt::join(known, ", ")) : near));
  }

  void add_row() {
    table_.from_s.push_back(time_column_ ? time_.moment(rows_, *time_column_) : hour_of_year());
    lines_.push_back(rows_.line());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      bool const empty = rows_.text(columns_[i]).empty();
      if (empty && !spec_.longest_gap) throw rows_.problem(columns_[i], "the cell is empty; write its value, or longest_gap in the scenario so that the value before holds");
      table_.columns[i].push_back(empty ? missing : rows_.number(columns_[i]));
    }
  }

  std::int64_t hour_of_year() const {
    return days_from_date(*spec_.year, 1, 1) * 24 * hour_s - seconds(spec_.utc_offset) + hour_s * static_cast<std::int64_t>(lines_.size());
  }

  void check_hours() const {
    std::size_t const hours = is_leap_year(*spec_.year) ? 8784 : 8760;
    if (lines_.size() != hours)
      throw InputError({table_.file.string(), lines_.back(), 1}, fmt::format("the file ends after {} rows; {} has {} hours, and without a time column it needs a row for each", lines_.size(), *spec_.year, hours));
  }

  // Empty cells keep the value before them, as long as longest_gap allows.
  void hold_before(std::vector<double>& values, std::size_t column_number) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isnan(values[i])) continue;
      std::size_t end = i;
      while (end < values.size() && std::isnan(values[end])) ++end;
      std::int64_t const to_s = end < values.size() ? table_.from_s[end] : table_.end_s;
      Location const where{table_.file.string(), lines_[i], 1};
      std::string const name = rows_.columns()[column_number].name;
      if (i == 0) throw InputError(where, fmt::format("{}: the first cell is empty; there is no value before that could hold", name));
      if (to_s - table_.from_s[i] > seconds(spec_.longest_gap))
        throw InputError(where, fmt::format("{}: empty for {}, from {} on; longest_gap is {}", name, step_text(to_s - table_.from_s[i]), moment_text(table_.from_s[i]), step_text(seconds(spec_.longest_gap))));
      std::fill(values.begin() + static_cast<std::ptrdiff_t>(i), values.begin() + static_cast<std::ptrdiff_t>(end), values[i - 1]);
    }
  }

  const SeriesFile& spec_;
  CsvReader rows_;
  TimeColumn time_;
  SignalTable table_;
  std::optional<std::size_t> time_column_;
  std::vector<std::size_t> columns_;
  std::vector<int> lines_;
};

}  // namespace

SignalTable read_series_table(const SeriesFile& spec) { return Rows(spec, find_series_file(spec.file, spec.key, spec.where)).read(); }

}  // namespace headroom
