#include "conditions/weather/weather.h"

#include <fmt/format.h>

#include <array>

#include "conditions/calendar.h"
#include "conditions/weather/weather_fields.h"

namespace headroom {
namespace {

constexpr std::int64_t clock_day_s = 86400;
constexpr std::array<int, 12> days_before{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

std::int64_t floor_of(std::int64_t value, std::int64_t unit) { return value / unit - (value % unit < 0 ? 1 : 0); }

// In a year of 365 days, from 1 January 0:00.
std::int64_t second_of_year(std::int64_t local_s) {
  std::int64_t const days = floor_of(local_s, clock_day_s);
  LocalTime const date = date_of_days(days);
  int const day = date.month == 2 && date.day == 29 ? 28 : date.day;
  return (days_before[static_cast<std::size_t>(date.month) - 1] + day - 1) * clock_day_s + (local_s - days * clock_day_s);
}

std::string moment_text(std::int64_t unix_s, std::int32_t offset_s) { return to_text(DateTime{unix_s, offset_s}); }

}  // namespace

const WeatherSample& Weather::at(std::int64_t unix_s) const {
  if (step_s == 0) return samples.front();
  std::int64_t const time_s = unix_s - shift_s;
  std::int64_t const index = repeats ? second_of_year(time_s + offset_s) / step_s : floor_of(time_s - begin_s, step_s);
  expects(index >= 0 && index < static_cast<std::int64_t>(samples.size()), "weather is asked for what it covers");
  return samples[static_cast<std::size_t>(index)];
}

std::int64_t Weather::holds_until(std::int64_t unix_s) const {
  if (step_s == 0) return INT64_MAX;
  std::int64_t const origin_s = (repeats ? -static_cast<std::int64_t>(offset_s) : begin_s) + shift_s;
  return origin_s + (floor_of(unix_s - origin_s, step_s) + 1) * step_s;
}

std::int64_t Weather::end_s() const {
  return repeats ? INT64_MAX : begin_s + shift_s + step_s * static_cast<std::int64_t>(samples.size());
}

bool Weather::covers(std::int64_t from_s, std::int64_t to_s) const {
  return repeats || (begin_s + shift_s <= from_s && to_s <= end_s());
}

void require_cover(const Weather& weather, std::int64_t from_s, std::int64_t to_s, const Location& where) {
  if (weather.covers(from_s, to_s)) return;
  bool const is_late = weather.begin_s + weather.shift_s > from_s;
  std::string const held = is_late ? fmt::format("begins at {}", moment_text(weather.begin_s + weather.shift_s, weather.offset_s))
                                   : fmt::format("ends at {}", moment_text(weather.end_s(), weather.offset_s));
  std::string const needed = moment_text(is_late ? from_s : to_s, weather.offset_s);
  throw InputError(where, fmt::format("weather: '{}' {}, and is needed {} {}; a year of it that is whole can stand for all (year), or it can be moved (shift)",
                                      weather.file, held, is_late ? "from" : "until", needed));
}

Parsed<WeatherSpec> WeatherSpec::parse(std::string_view text) {
  if (text.empty()) return fmt::format("expected {}, found an empty text", grammar);
  WeatherSpec out;
  out.file = text;
  return out;
}

std::string WeatherSpec::text() const {
  bool const is_plain = !year && !shift && timezone.empty() && !utc_offset && columns == WeatherColumns{} && !elevation && !dry_bulb && !relative_humidity && !pressure;
  return is_plain ? file : "";
}

void check(const WeatherSpec& s, const std::string& path, std::vector<Problem>& problems) {
  auto const problem = [&](const std::string& key, const std::string& what) {
    problems.push_back({s.where, path.empty() ? key + ": " + what : path + "." + key + ": " + what});
  };
  if (s.file.empty() != s.dry_bulb.has_value())
    problem("file", s.file.empty() ? "missing; name a file, or give constant weather by dry_bulb and relative_humidity" : "weather comes from a file or is constant; leave out this or dry_bulb");
  if (s.dry_bulb && !s.relative_humidity) problem("relative_humidity", "missing; constant weather needs it beside dry_bulb, such as 0.4");
  if (s.dry_bulb && (s.dry_bulb->celsius() < -70 || s.dry_bulb->celsius() > 70)) problem("dry_bulb", fmt::format("{} is out of range, -70 C to 70 C would do", s.dry_bulb->text()));
  bool const has_sun = s.global_horizontal.si() > 0 || s.direct_normal.si() > 0 || s.diffuse_horizontal.si() > 0;
  if (!s.dry_bulb && (s.relative_humidity || s.pressure || has_sun)) problem("file", "what it holds is not set from outside; relative_humidity, pressure and irradiance are of constant weather");
  if (s.dry_bulb && (s.year || s.shift || !s.timezone.empty() || s.utc_offset || s.columns != WeatherColumns{}))
    problem("dry_bulb", "constant weather has no times; leave out year, shift, timezone, utc_offset and columns");
  if (!s.timezone.empty() && s.utc_offset) problem("timezone", "a clock has a timezone or one utc_offset; leave out one of them");
  if (s.shift && s.shift->ns % nanoseconds_per_second != 0) problem("shift", "whole seconds would do");
  if (s.utc_offset && s.utc_offset->ns % nanoseconds_per_second != 0) problem("utc_offset", "whole seconds would do");
}

}  // namespace headroom
