// The weather that a site stands in: outdoor air and sunshine by the hour (or at any other step), of a typical year, of real
// years, or constant. Readers of files are chosen by content; what each takes is said in docs/formats.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/quantity.h"
#include "base/temperature.h"
#include "base/time.h"
#include "base/units.h"

namespace headroom {

struct WeatherSample {
  double dry_bulb_c = 0, dew_point_c = 0;
  double relative_humidity = 0;                // 0..1
  double pressure_pa = 0;
  double global_horizontal_w_m2 = 0, direct_normal_w_m2 = 0, diffuse_horizontal_w_m2 = 0;
  double wind_m_s = 0;
};

struct Weather {
  std::string file, station, place, source;    // place: state and country; source: what the file says it is
  double latitude = 0, longitude = 0, elevation_m = 0;
  bool has_place = false;                      // does the file (or the scenario) say where?
  bool has_irradiance = false;                 // else it is 0 throughout
  bool is_typical = false;                     // months of different years, made to stand for any
  bool repeats = false;                        // every year is the same: typical, one year of a longer file, or constant
  std::int64_t step_s = 3600;                  // between samples; 0: one sample for ever
  std::int32_t offset_s = 0;                   // of the local standard time from UTC: its clock for repeated years
  std::int64_t begin_s = 0;                    // of the first sample, where nothing repeats (since 1970-01-01T00:00:00Z)
  std::int64_t shift_s = 0;                    // everything comes so much later
  std::vector<WeatherSample> samples;          // of a repeated year 365 days, from 1 January 0:00
  std::vector<std::string> notes;              // what the reader had to add, a sentence each
  std::string sha256;                          // of the unpacked file

  // The sample that holds at a moment. Of a repeated year that of the same month, day and time; on 29 February 28 February's.
  const WeatherSample& at(std::int64_t unix_s) const;
  // When another sample begins; INT64_MAX: never.
  std::int64_t holds_until(std::int64_t unix_s) const;
  bool covers(std::int64_t from_s, std::int64_t to_s) const;
  std::int64_t end_s() const;                  // INT64_MAX where it repeats
};

// What a table's columns are called, where not as here: the file's name for each of ours.
struct WeatherColumns {
  std::string time = "time", dry_bulb_c = "dry_bulb_c", relative_humidity = "relative_humidity", relative_humidity_percent = "relative_humidity_percent",
              dew_point_c = "dew_point_c", pressure_pa = "pressure_pa", pressure_hpa = "pressure_hpa", global_horizontal_w_m2 = "global_horizontal_w_m2",
              direct_normal_w_m2 = "direct_normal_w_m2", diffuse_horizontal_w_m2 = "diffuse_horizontal_w_m2", wind_m_s = "wind_m_s", wind_km_per_h = "wind_km_per_h";
  bool operator==(const WeatherColumns&) const = default;
};

// What people write under `weather`: a name or a path, or a mapping of these keys.
struct WeatherSpec {
  std::string file;                            // this, or constants
  std::optional<int> year;
  std::optional<Duration> shift;
  std::string timezone;
  std::optional<Duration> utc_offset;
  WeatherColumns columns;
  std::optional<Length> elevation;
  std::optional<Temperature> dry_bulb;
  std::optional<double> relative_humidity;
  std::optional<Pressure> pressure;
  Irradiance global_horizontal, direct_normal, diffuse_horizontal;
  Location where;

  static constexpr const char* grammar = "the name or the path of a weather file, such as 'chicago'";
  static Parsed<WeatherSpec> parse(std::string_view text);
  std::string text() const;                    // "" where it takes a mapping
};

// Throws InputError with the place of what is wrong: in the file of weather, or where the spec was written.
Weather load_weather(const WeatherSpec& spec);

// Throws InputError at `where` when the weather ends before, or begins after, what a run needs.
void require_cover(const Weather& weather, std::int64_t from_s, std::int64_t to_s, const Location& where);

// Does the file look like weather (an EPW, a TMY3, or a table with our columns)? For programs that take files of any kind.
bool is_weather_file(const std::filesystem::path& file);

}  // namespace headroom
