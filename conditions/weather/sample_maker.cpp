#include "conditions/weather/sample_maker.h"

#include <fmt/format.h>

#include "sim/physics/psychrometrics.h"

namespace headroom {
namespace {

struct Range {
  const char* name;
  double low, high;
  const char* unit;
};
constexpr std::array<Range, weather_field_count> ranges{{{"dry bulb", -70, 70, "C"},
                                                         {"dew point", -100, 70, "C"},
                                                         {"relative humidity", 0, 110, "%"},
                                                         {"pressure", 31000, 120000, "Pa"},
                                                         {"global horizontal irradiance", 0, 1500, "W/m2"},
                                                         {"direct normal irradiance", 0, 1500, "W/m2"},
                                                         {"diffuse horizontal irradiance", 0, 1500, "W/m2"},
                                                         {"wind", 0, 100, "m/s"}}};

void check_ranges(const WeatherRow& row, const SampleMaker::PlaceOf& place) {
  for (std::size_t i = 0; i < weather_field_count; ++i) {
    auto const& [name, low, high, unit] = ranges[i];
    if (auto const& value = row.values[i]; value && !(*value >= low && *value <= high))
      throw InputError(place(static_cast<WeatherField>(i)), fmt::format("{}: {} {} is out of range, {} to {} would do", name, number_text(*value), unit, low, high));
  }
}

}  // namespace

WeatherSample SampleMaker::sample(const WeatherRow& row, const PlaceOf& place) {
  using enum WeatherField;
  check_ranges(row, place);
  if (!row[dry_bulb]) throw InputError(place(dry_bulb), "the dry bulb is missing, and nothing else gives it; fill the gap");
  if (!row[humidity] && !row[dew_point]) throw InputError(place(humidity), "relative humidity and dew point are both missing; one of them would do");
  ++rows_;
  bool const has_sun = row[global_horizontal] && row[direct_normal] && row[diffuse_horizontal];
  without_pressure_ += !row[pressure];
  without_sun_ += !has_sun;
  without_wind_ += !row[wind];
  above_saturation_ += row[humidity] && *row[humidity] > 100;
  WeatherSample out;
  out.dry_bulb_c = *row[dry_bulb];
  out.relative_humidity = row[humidity] ? std::min(1.0, *row[humidity] / 100) : relative_humidity_of(out.dry_bulb_c, *row[dew_point]);
  out.dew_point_c = row[dew_point] ? *row[dew_point] : dew_point_c(out.dry_bulb_c, out.relative_humidity);
  out.pressure_pa = row[pressure] ? *row[pressure] : standard_pressure_pa(elevation_m_.value_or(0));
  out.global_horizontal_w_m2 = row[global_horizontal].value_or(0);
  out.direct_normal_w_m2 = row[direct_normal].value_or(0);
  out.diffuse_horizontal_w_m2 = row[diffuse_horizontal].value_or(0);
  out.wind_m_s = row[wind].value_or(0);
  return out;
}

void SampleMaker::finish(Weather& weather) const {
  auto const note = [&](std::size_t count, const std::string& what) {
    if (count > 0) weather.notes.push_back(fmt::format("{} of {} rows state {}", count, rows_, what));
  };
  std::string const height = elevation_m_ ? fmt::format("{} m", number_text(*elevation_m_)) : "sea level, as no elevation is given";
  note(without_pressure_, fmt::format("no pressure: {:.0f} Pa by the standard atmosphere at {}", standard_pressure_pa(elevation_m_.value_or(0)), height));
  note(without_sun_, "not all three irradiances: 0 where one is missing");
  note(without_wind_, "no wind: 0 m/s");
  note(above_saturation_, "a relative humidity above 100 %: held at 100 %");
  weather.has_irradiance = without_sun_ < rows_;
}

}  // namespace headroom
