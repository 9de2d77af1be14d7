// A row of a weather file as it stands there, and the whole sample made of it: ranges checked, what is missing worked out
// from the rest where that is possible, and told.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conditions/weather/weather.h"

namespace headroom {

enum class WeatherField : std::size_t { dry_bulb, dew_point, humidity, pressure, global_horizontal, direct_normal, diffuse_horizontal, wind };
constexpr std::size_t weather_field_count = 8;

// C, C, per cent, Pa, W/m2 three times, m/s; absent where the row says nothing.
struct WeatherRow {
  std::array<std::optional<double>, weather_field_count> values;
  std::optional<double>& operator[](WeatherField field) { return values[static_cast<std::size_t>(field)]; }
  const std::optional<double>& operator[](WeatherField field) const { return values[static_cast<std::size_t>(field)]; }
};

class SampleMaker {
 public:
  using PlaceOf = std::function<Location(WeatherField)>;

  // Without an elevation, missing pressures are those of sea level.
  explicit SampleMaker(std::optional<double> elevation_m) : elevation_m_(elevation_m) {}

  // Throws InputError: a value out of range; neither a dry bulb nor a humidity, and nothing to work it out from.
  WeatherSample sample(const WeatherRow& row, const PlaceOf& place);
  // Fills in what is to be said of all rows.
  void finish(Weather& weather) const;

 private:
  std::optional<double> elevation_m_;
  std::size_t rows_ = 0, without_pressure_ = 0, without_sun_ = 0, without_wind_ = 0, above_saturation_ = 0;
};

}  // namespace headroom
