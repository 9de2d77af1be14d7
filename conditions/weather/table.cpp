// Tables of real weather with named columns, at any step: a row holds from its time to the next one's.
#include <fmt/format.h>

#include "base/csv.h"
#include "conditions/calendar.h"
#include "conditions/weather/readers.h"
#include "conditions/weather/sample_maker.h"

namespace headroom {
namespace {

constexpr std::int64_t row_day_s = 86400;

struct TableColumn {
  std::string WeatherColumns::*name;
  std::optional<WeatherField> field;       // none: the time
  double factor;                           // to the unit of a WeatherRow
};
constexpr TableColumn table_columns[] = {{&WeatherColumns::time, std::nullopt, 1},
                                         {&WeatherColumns::dry_bulb_c, WeatherField::dry_bulb, 1},
                                         {&WeatherColumns::relative_humidity, WeatherField::humidity, 100},
                                         {&WeatherColumns::relative_humidity_percent, WeatherField::humidity, 1},
                                         {&WeatherColumns::dew_point_c, WeatherField::dew_point, 1},
                                         {&WeatherColumns::pressure_pa, WeatherField::pressure, 1},
                                         {&WeatherColumns::pressure_hpa, WeatherField::pressure, 100},
                                         {&WeatherColumns::global_horizontal_w_m2, WeatherField::global_horizontal, 1},
                                         {&WeatherColumns::direct_normal_w_m2, WeatherField::direct_normal, 1},
                                         {&WeatherColumns::diffuse_horizontal_w_m2, WeatherField::diffuse_horizontal, 1},
                                         {&WeatherColumns::wind_m_s, WeatherField::wind, 1},
                                         {&WeatherColumns::wind_km_per_h, WeatherField::wind, 1 / 3.6}};
constexpr std::size_t column_count = std::size(table_columns);
constexpr std::size_t time_column = 0, humidity_share_column = 2;

// What a cell says of a moment: a date, a time of day and perhaps an offset from UTC.
struct WrittenTime {
  int year = 0, month = 0, day = 0;
  std::int32_t second = 0;
  std::optional<std::int32_t> offset_s;
};

// Digits of a fixed width, taken off the front; -1: something else stands there.
int take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return -1;
  int value = 0;
  for (char c : text.substr(0, width)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// "Z", "+01:00", "-0500"; nothing at all is no offset.
bool take_offset(std::string_view& text, std::optional<std::int32_t>& out) {
  if (text.empty()) return true;
  if (take(text, "Z")) {
    out = 0;
    return text.empty();
  }
  int const sign = text.front() == '-' ? -1 : 1;
  if (!take(text, "+-")) return false;
  int const hours = take_digits(text, 2);
  take(text, ":");
  int const minutes = take_digits(text, 2);
  out = sign * (hours * 3600 + minutes * 60);
  return text.empty() && hours >= 0 && hours <= 15 && minutes >= 0 && minutes < 60;
}

// YYYY-MM-DDTHH:MM[:SS] and perhaps an offset; a blank may stand for the T.
std::optional<WrittenTime> parse_time(std::string_view text) {
  WrittenTime out;
  out.year = take_digits(text, 4);
  if (out.year < 1900 || !take(text, "-")) return std::nullopt;
  out.month = take_digits(text, 2);
  if (!take(text, "-")) return std::nullopt;
  out.day = take_digits(text, 2);
  if (!take(text, "T ")) return std::nullopt;
  int const hours = take_digits(text, 2);
  if (!take(text, ":")) return std::nullopt;
  int const minutes = take_digits(text, 2), seconds = take(text, ":") ? take_digits(text, 2) : 0;
  bool const right = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60 && out.month >= 1 && out.month <= 12 && out.day >= 1;
  if (!right || !take_offset(text, out.offset_s)) return std::nullopt;
  out.second = hours * 3600 + minutes * 60 + seconds;
  return out;
}

class WeatherTable {
 public:
  WeatherTable(const std::filesystem::path& file, const WeatherSpec& spec) : spec_(spec), csv_(file, columns_of(spec), spec.columns != WeatherColumns{}) {
    if (!spec.timezone.empty()) zone_ = TimeZone::named(spec.timezone, spec.where);
    if (spec.utc_offset) zone_ = TimeZone::fixed(static_cast<std::int32_t>(spec.utc_offset->ns / nanoseconds_per_second));
  }

  Weather read() {
    Weather out;
    if (spec_.elevation) out.elevation_m = spec_.elevation->si();
    SampleMaker maker(spec_.elevation ? std::optional(out.elevation_m) : std::nullopt);
    auto const place = [&](WeatherField field) { return place_of(field); };
    while (csv_.next()) {
      take_moment(moment(), out);
      out.samples.push_back(maker.sample(row(), place));
    }
    if (out.samples.size() < 2) throw InputError(csv_.place(), fmt::format("the table has {}; two would say how far apart they are", counted(static_cast<std::int64_t>(out.samples.size()), "row")));
    maker.finish(out);
    out.offset_s = standard_offset_s_.value_or(0);
    out.sha256 = csv_.sha256();
    return out;
  }

 private:
  static std::vector<CsvReader::Column> columns_of(const WeatherSpec& spec) {
    std::vector<CsvReader::Column> out;
    for (auto const& column : table_columns) out.push_back({spec.columns.*column.name, !column.field || column.field == WeatherField::dry_bulb});
    return out;
  }

  Location place_of(WeatherField field) const {
    for (std::size_t i = 0; i < column_count; ++i)
      if (table_columns[i].field == field && csv_.has_column(i)) return csv_.place_of(i);
    return csv_.place();
  }

  WeatherRow row() const {
    WeatherRow out;
    for (std::size_t i = 0; i < column_count; ++i) {
      if (!table_columns[i].field || !csv_.has(i)) continue;
      double const value = csv_.number(i);
      if (i == humidity_share_column && value > 1.1)
        throw csv_.problem(i, fmt::format("{} is no share from 0 to 1; a column in per cent is relative_humidity_percent", number_text(value)));
      out[*table_columns[i].field] = value * table_columns[i].factor;
    }
    return out;
  }

  std::int64_t moment() {
    auto const written = parse_time(csv_.text(time_column));
    if (!written) throw csv_.problem(time_column, fmt::format("expected a moment such as '2023-01-01T00:00' or '2023-01-01T00:00:00-05:00', found '{}'", csv_.text(time_column)));
    auto const& [year, month, day, clock_s, offset_s] = *written;
    if (day > days_in_month(year, month)) throw csv_.problem(time_column, fmt::format("the month {}-{:02} has {} days, no day {}", year, month, days_in_month(year, month), day));
    if (!offset_s && !zone_) throw csv_.problem(time_column, fmt::format("'{}' has no offset from UTC; write one, or give the weather's timezone or utc_offset", csv_.text(time_column)));
    if (offset_s && zone_) throw csv_.problem(time_column, fmt::format("'{}' has an offset from UTC of its own; leave out the weather's {}", csv_.text(time_column), spec_.timezone.empty() ? "utc_offset" : "timezone"));
    if (offset_s) {
      if (!standard_offset_s_) standard_offset_s_ = offset_s;
      return days_from_date(year, month, day) * row_day_s + clock_s - *offset_s;
    }
    if (!standard_offset_s_) standard_offset_s_ = zone_->local(days_from_date(year, 1, 1) * row_day_s).offset_s;
    return local_moment(*written);
  }

  // An hour that the clock shows twice is the second one where that follows the row before.
  std::int64_t local_moment(const WrittenTime& written) const {
    std::int64_t const first_s = zone_->moment(written.year, written.month, written.day, written.second);
    if (!due_s_ || first_s == *due_s_) return first_s;
    LocalTime const due = zone_->local(*due_s_);
    bool const shows_the_same = due.year == written.year && due.month == written.month && due.day == written.day && due.second == written.second;
    return shows_the_same ? *due_s_ : first_s;
  }

  // The second row says how far apart they are; every further one must keep to it.
  void take_moment(std::int64_t at_s, Weather& out) {
    std::string_view const written = csv_.text(time_column);
    if (out.samples.empty()) out.begin_s = at_s;
    else if (at_s == before_s_) throw csv_.problem(time_column, fmt::format("{} stands twice", written));
    else if (at_s < before_s_) throw csv_.problem(time_column, fmt::format("{} comes after {}; rows must be in order", written, before_));
    else if (out.samples.size() == 1) out.step_s = at_s - before_s_;
    else if (at_s != *due_s_) throw csv_.problem(time_column, step_problem(at_s, out.step_s));
    before_s_ = at_s;
    before_ = written;
    due_s_ = out.samples.empty() ? std::nullopt : std::optional(at_s + out.step_s);
  }

  std::string step_problem(std::int64_t at_s, std::int64_t step_s) const {
    std::int64_t const apart_s = at_s - before_s_;
    std::string const found = fmt::format("{} follows {}", csv_.text(time_column), before_);
    if (apart_s < step_s || apart_s % step_s != 0) return fmt::format("{} by {}, and rows before by {}; one step throughout would do", found, human(whole_seconds(apart_s)), human(whole_seconds(step_s)));
    std::int64_t const missing = apart_s / step_s - 1;
    return fmt::format("{}: {} {} missing; fill the gap", found, counted(missing, "row"), missing == 1 ? "is" : "are");
  }

  const WeatherSpec& spec_;
  CsvReader csv_;
  std::optional<TimeZone> zone_;
  std::optional<std::int32_t> standard_offset_s_;
  std::optional<std::int64_t> due_s_;
  std::int64_t before_s_ = 0;
  std::string before_;
};

}  // namespace

Weather read_weather_table(const std::filesystem::path& file, const WeatherSpec& spec) { return WeatherTable(file, spec).read(); }

}  // namespace headroom
