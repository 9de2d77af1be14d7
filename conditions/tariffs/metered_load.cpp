#include "conditions/tariffs/metered_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/csv.h"
#include "base/units.h"

namespace headroom {
namespace {

constexpr double metered_joules_of_kwh = 3.6e6;

struct WallTime {
  int year, month, day;
  std::int32_t second;
};

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  if (text.size() < at + count) return std::nullopt;
  auto const [end, code] = std::from_chars(text.data() + at, text.data() + at + count, value);
  return code == std::errc{} && end == text.data() + at + count && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<WallTime> wall_time(std::string_view text) {
  auto const year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-' || *year < 1970 || *month < 1 || *month > 12 || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  if (text.size() == 10) return WallTime{*year, *month, *day, 0};
  auto const hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = text.size() == 16 ? std::optional(0) : digits(text, 17, 2);
  if ((text.size() != 16 && text.size() != 19) || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59 || text[13] != ':') return std::nullopt;
  return WallTime{*year, *month, *day, *hour * 3600 + *minute * 60 + *second};
}

bool shows(const LocalTime& clock, const WallTime& wall) {
  return clock.year == wall.year && clock.month == wall.month && clock.day == wall.day && clock.second == wall.second;
}

// A moment as written; of a clock's hour that comes twice the one that follows on what was read before.
std::optional<std::int64_t> moment_after(std::string_view text, const TimeZone& zone, std::optional<std::int64_t> expected) {
  if (auto const moment = parse_date_time(text)) return moment->unix_s;
  auto const wall = wall_time(text);
  if (!wall) return std::nullopt;
  if (expected && shows(zone.local(*expected), *wall)) return expected;
  return zone.moment(wall->year, wall->month, wall->day, wall->second);
}

class LoadFileReader {
 public:
  LoadFileReader(const std::filesystem::path& file, const TimeZone& zone, const LoadReading& reading) : file_(file), zone_(zone), reading_(reading) {}

  MeteredLoad read_numbers();
  MeteredLoad read_table();

 private:
  enum Cell { time, from, to, kw, kwh, kvar, kvarh, export_kw, export_kwh };
  void check_columns(const CsvReader& csv) const;
  std::int64_t moment(const CsvReader& csv, Cell cell, std::optional<std::int64_t> expected) const;
  std::optional<double> amount(const CsvReader& csv, Cell cell) const;
  void fill_row(const CsvReader& csv, LoadRow& row) const;

  std::filesystem::path file_;
  const TimeZone& zone_;
  const LoadReading& reading_;
};

MeteredLoad LoadFileReader::read_numbers() {
  if (!reading_.start_s) throw InputError({file_.string(), 0, 0}, "has no times; --start says when it begins, such as --start 2018-01-01");
  if (reading_.interval <= Duration{}) throw InputError({"--interval", 0, 0}, "must be above zero");
  MeteredLoad load;
  load.start_s = *reading_.start_s;
  load.interval = reading_.interval;
  LineReader lines(file_);
  std::string_view line;
  while (lines.next(line)) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Location const where{lines.name(), lines.line_number(), 1};
    auto const value = parse_number(line);
    if (auto const* what = std::get_if<std::string>(&value)) throw InputError(where, *what + "; a file without a header has one mean power in kW a line");
    double const mean_kw = std::get<double>(value);
    if (mean_kw < 0) throw InputError(where, fmt::format("{} kW is below zero; write what is given to the grid in a column export_kw", number_text(mean_kw)));
    std::int64_t const begin_ns = load.end_ns();
    load.rows.push_back({begin_ns, begin_ns + reading_.interval.ns, mean_kw * 1000 * reading_.interval.seconds(), 0, 0});
    if (load.end_ns() > longest_duration.ns) throw InputError(where, "the load is longer than 100 years");
  }
  if (load.rows.empty()) throw InputError({file_.string(), 0, 0}, "holds no load");
  return load;
}

void LoadFileReader::check_columns(const CsvReader& csv) const {
  Location const where{file_.string(), 1, 1};
  bool const has_span = csv.has_column(from) && csv.has_column(to);
  if (csv.has_column(time) == has_span || csv.has_column(from) != csv.has_column(to)) throw InputError(where, "needs a column time, or columns from and to");
  if (csv.has_column(kw) == csv.has_column(kwh)) throw InputError(where, "needs one column of kw and kwh");
  if (csv.has_column(kvar) && csv.has_column(kvarh)) throw InputError(where, "has both kvar and kvarh; one of them would do");
  if (csv.has_column(export_kw) && csv.has_column(export_kwh)) throw InputError(where, "has both export_kw and export_kwh; one of them would do");
}

std::int64_t LoadFileReader::moment(const CsvReader& csv, Cell cell, std::optional<std::int64_t> expected) const {
  std::string_view const text = csv.text(cell);
  auto const moment = moment_after(text, zone_, expected);
  if (!moment) throw csv.problem(cell, fmt::format("'{}' is no moment; write it as 2018-01-01T13:30:00, with its offset from UTC or by the clock of the time zone", text));
  return *moment;
}

std::optional<double> LoadFileReader::amount(const CsvReader& csv, Cell cell) const {
  if (!csv.has_column(cell)) return std::nullopt;
  double const value = csv.number(cell);
  if (value < 0 && cell != kvar && cell != kvarh) throw csv.problem(cell, fmt::format("{} is below zero; what is given to the grid stands in a column of its own", number_text(value)));
  return value;
}

void LoadFileReader::fill_row(const CsvReader& csv, LoadRow& row) const {
  double const seconds = Duration{row.to_ns - row.from_ns}.seconds();
  auto const joules = [&](Cell power, Cell energy) {
    if (auto const mean_kw = amount(csv, power)) return *mean_kw * 1000 * seconds;
    return amount(csv, energy).value_or(0) * metered_joules_of_kwh;
  };
  row.import_j = joules(kw, kwh);
  row.reactive_vas = joules(kvar, kvarh);
  row.export_j = joules(export_kw, export_kwh);
}

MeteredLoad LoadFileReader::read_table() {
  CsvReader csv(file_, {{"time", false}, {"from", false}, {"to", false}, {"kw", false}, {"kwh", false}, {"kvar", false}, {"kvarh", false}, {"export_kw", false}, {"export_kwh", false}});
  check_columns(csv);
  MeteredLoad load;
  load.has_reactive = csv.has_column(kvar) || csv.has_column(kvarh);
  bool const spans = csv.has_column(from);
  std::optional<std::int64_t> last_begin, step, expected;
  while (csv.next()) {
    std::int64_t const begin = moment(csv, spans ? from : time, expected);
    if (load.rows.empty()) load.start_s = begin;
    if (!spans && last_begin && !step) step = begin - *last_begin;
    if (!spans && step && *step <= 0) throw csv.problem(time, "is not after the row before it");
    // the first row of a table of times is as long as the way to the second; every one then is
    if (!spans && load.rows.size() == 1 && load.rows.front().to_ns != *step * nanoseconds_per_second) {
      double const scale = csv.has_column(kw) ? static_cast<double>(*step) / Duration{load.rows.front().to_ns}.seconds() : 1.0;
      load.rows.front().import_j *= scale;
      load.rows.front().to_ns = *step * nanoseconds_per_second;
      if (csv.has_column(kvar)) load.rows.front().reactive_vas *= static_cast<double>(*step) / reading_.interval.seconds();
      if (csv.has_column(export_kw)) load.rows.front().export_j *= static_cast<double>(*step) / reading_.interval.seconds();
      expected = load.start_s + *step;
    }
    std::int64_t const end = spans ? moment(csv, to, std::nullopt) : begin + step.value_or(reading_.interval.ns / nanoseconds_per_second);
    if (end <= begin) throw csv.problem(spans ? to : time, "ends before it begins");
    std::int64_t const from_ns = (begin - load.start_s) * nanoseconds_per_second;
    if (from_ns != load.end_ns())
      throw csv.problem(spans ? from : time, fmt::format("the load has {} of {} before this row; intervals lie side by side", from_ns > load.end_ns() ? "a gap" : "an overlap", to_text(Duration{std::abs(from_ns - load.end_ns())})));
    LoadRow row{from_ns, from_ns + (end - begin) * nanoseconds_per_second};
    fill_row(csv, row);
    load.rows.push_back(row);
    Duration const length{row.to_ns - row.from_ns};
    load.interval = load.interval == Duration{} ? length : std::min(load.interval, length);
    last_begin = begin;
    expected = end;
  }
  if (load.rows.empty()) throw InputError({file_.string(), 0, 0}, "holds no load");
  if (step) load.interval = whole_seconds(*step);
  return load;
}

double between(const MeteredLoad& load, std::int64_t from_ns, std::int64_t to_ns, double LoadRow::*energy) {
  double sum = 0;
  auto row = std::ranges::upper_bound(load.rows, from_ns, {}, &LoadRow::to_ns);
  for (; row != load.rows.end() && row->from_ns < to_ns; ++row) {
    double const part = static_cast<double>(std::min(to_ns, row->to_ns) - std::max(from_ns, row->from_ns));
    sum += (*row).*energy * (part / static_cast<double>(row->to_ns - row->from_ns));
  }
  return sum;
}

}  // namespace

double MeteredLoad::import_j_between(std::int64_t from_ns, std::int64_t to_ns) const { return between(*this, from_ns, to_ns, &LoadRow::import_j); }
double MeteredLoad::reactive_vas_between(std::int64_t from_ns, std::int64_t to_ns) const { return between(*this, from_ns, to_ns, &LoadRow::reactive_vas); }

std::optional<std::int64_t> moment_of(std::string_view text, const TimeZone& zone) { return moment_after(text, zone, std::nullopt); }

MeteredLoad read_metered_load(const std::filesystem::path& file, const TimeZone& zone, const LoadReading& reading) {
  LineReader lines(file);
  std::string_view first;
  bool found = false;
  while (!found && lines.next(first)) found = first.find_first_not_of(" \t\r") != std::string_view::npos;
  LoadFileReader reader(file, zone, reading);
  return found && std::holds_alternative<double>(parse_number(first)) ? reader.read_numbers() : reader.read_table();
}

}  // namespace headroom
