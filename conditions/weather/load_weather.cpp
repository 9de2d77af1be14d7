#include <fmt/format.h>

#include "base/shipped.h"
#include "conditions/calendar.h"
#include "conditions/weather/readers.h"
#include "sim/physics/psychrometrics.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t weather_day_s = 86400;

fs::path find_weather(const WeatherSpec& spec) {
  fs::path const file = find_mentioned("weather", spec.file, spec.where);
  std::error_code code;
  if (!fs::exists(file, code)) throw InputError(spec.where, fmt::format("there is no file '{}'", file.string()), InputFault::missing);
  return file;
}

Weather constant_weather(const WeatherSpec& spec) {
  WeatherSample sample;
  sample.dry_bulb_c = spec.dry_bulb->celsius();
  sample.relative_humidity = *spec.relative_humidity;
  sample.pressure_pa = spec.pressure ? spec.pressure->si() : standard_pressure_pa(spec.elevation ? spec.elevation->si() : 0);
  sample.dew_point_c = dew_point_c(sample.dry_bulb_c, sample.relative_humidity);
  sample.global_horizontal_w_m2 = spec.global_horizontal.si();
  sample.direct_normal_w_m2 = spec.direct_normal.si();
  sample.diffuse_horizontal_w_m2 = spec.diffuse_horizontal.si();
  Weather out;
  out.station = "constant";
  out.repeats = true;
  out.has_irradiance = true;
  out.step_s = 0;
  out.samples = {sample};
  return out;
}

// The rows of one year by its local standard clock, made to stand for every year.
void keep_year(Weather& weather, const WeatherSpec& spec) {
  int const year = *spec.year;
  if (weather_day_s % weather.step_s != 0 || (weather.begin_s + weather.offset_s) % weather.step_s != 0)
    throw InputError(spec.where, fmt::format("year: rows {} apart do not begin with every day; steps that divide a day would do", human(whole_seconds(weather.step_s))));
  std::int64_t const from_s = days_from_date(year, 1, 1) * weather_day_s - weather.offset_s, to_s = days_from_date(year + 1, 1, 1) * weather_day_s - weather.offset_s;
  if (!weather.covers(from_s, to_s))
    throw InputError(spec.where, fmt::format("year: '{}' does not hold {} whole: it begins at {} and ends at {}", weather.file, year, to_text(DateTime{weather.begin_s, weather.offset_s}),
                                             to_text(DateTime{weather.end_s(), weather.offset_s})));
  std::vector<WeatherSample> kept;
  for (std::int64_t at_s = from_s; at_s < to_s; at_s += weather.step_s) {
    LocalTime const date = date_of_days((at_s + weather.offset_s) / weather_day_s);
    if (!(date.month == 2 && date.day == 29)) kept.push_back(weather.at(at_s));
  }
  weather.samples = std::move(kept);
  weather.repeats = true;
  weather.begin_s = 0;
}

// Keys that only tables understand.
void refuse_table_keys(const WeatherSpec& spec) {
  std::string key;
  if (spec.year) key = "year";
  else if (!spec.timezone.empty()) key = "timezone";
  else if (spec.utc_offset) key = "utc_offset";
  else if (spec.elevation) key = "elevation";
  else if (spec.columns != WeatherColumns{}) key = "columns";
  if (!key.empty()) throw InputError(spec.where, fmt::format("{}: '{}' is a typical year, which says that itself; this key is of tables", key, spec.file));
}

}  // namespace

WeatherFormat weather_format_of(const fs::path& file) {
  std::string const first = first_bytes(file, 4096);
  if (first.starts_with("LOCATION,")) return WeatherFormat::epw;
  std::size_t const second_line = first.find('\n');
  if (second_line != std::string::npos && first.substr(second_line + 1).starts_with("Date (MM/DD/YYYY),")) return WeatherFormat::tmy3;
  return WeatherFormat::table;
}

bool is_weather_file(const fs::path& file) {
  if (weather_format_of(file) != WeatherFormat::table) return true;
  std::string const first = first_bytes(file, 4096);
  return first.substr(0, first.find('\n')).find("dry_bulb_c") != std::string::npos;
}

Weather load_weather(const WeatherSpec& spec) {
  if (spec.dry_bulb) return constant_weather(spec);
  fs::path const file = find_weather(spec);
  WeatherFormat const format = weather_format_of(file);
  if (format != WeatherFormat::table) refuse_table_keys(spec);
  Weather out = format == WeatherFormat::epw ? read_epw(file) : format == WeatherFormat::tmy3 ? read_tmy3(file) : read_weather_table(file, spec);
  out.file = spec.file;
  if (spec.year) keep_year(out, spec);
  if (spec.shift) out.shift_s = spec.shift->ns / nanoseconds_per_second;
  return out;
}

}  // namespace headroom
