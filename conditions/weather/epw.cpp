// EnergyPlus weather files. Source of positions, units and marks of missing values: EnergyPlus, Auxiliary Programs, "EnergyPlus
// Weather File (EPW) Data Dictionary".
#include <fmt/format.h>

#include <cmath>

#include "conditions/weather/readers.h"
#include "conditions/weather/sample_maker.h"

namespace headroom {
namespace {

struct EpwCell {
  WeatherField field;
  std::size_t cell;
  const char* name;
  double missing;      // this and everything above
};
constexpr EpwCell cells[] = {{WeatherField::dry_bulb, 6, "dry bulb", 99.9},
                             {WeatherField::dew_point, 7, "dew point", 99.9},
                             {WeatherField::humidity, 8, "relative humidity", 999},
                             {WeatherField::pressure, 9, "pressure", 999999},
                             {WeatherField::global_horizontal, 13, "global horizontal irradiance", 9999},
                             {WeatherField::direct_normal, 14, "direct normal irradiance", 9999},
                             {WeatherField::diffuse_horizontal, 15, "diffuse horizontal irradiance", 9999},
                             {WeatherField::wind, 21, "wind", 999}};
constexpr std::size_t cells_needed = 22;

void read_location(const CommaLines& lines, Weather& out) {
  lines.need(10, "LOCATION");
  out.station = lines.text(1);
  bool const has_state = !lines.text(2).empty() && lines.text(2) != "-";
  out.place = has_state ? fmt::format("{}, {}", lines.text(2), lines.text(3)) : std::string(lines.text(3));
  out.source = lines.text(4);
  out.latitude = lines.number(6, "latitude");
  out.longitude = lines.number(7, "longitude");
  double const offset_h = lines.number(8, "time zone");
  if (std::abs(offset_h) > 15) throw InputError(lines.place(8), fmt::format("time zone: {} h is out of range, -15 to 15 would do", offset_h));
  out.offset_s = static_cast<std::int32_t>(std::lround(offset_h * 3600));
  out.elevation_m = lines.number(9, "elevation");
  if (out.elevation_m < -500 || out.elevation_m > 11000) throw InputError(lines.place(9), fmt::format("elevation: {} m is out of range, -500 to 11000 would do", out.elevation_m));
  out.has_place = true;
}

// The last of the header's eight lines says how many rows an hour has.
int read_header(CommaLines& lines, Weather& out) {
  int rows_an_hour = 1;
  for (int line = 0; line < 8; ++line) {
    if (!lines.next()) throw InputError(lines.place(0), fmt::format("the file ends in its header; an EPW has eight lines of it, from LOCATION to DATA PERIODS"));
    if (line == 0) read_location(lines, out);
    if (line < 7) continue;
    if (lines.text(0) != "DATA PERIODS") throw InputError(lines.place(0), fmt::format("expected the header's eighth line, DATA PERIODS, found '{}'", lines.text(0)));
    lines.need(3, "DATA PERIODS");
    rows_an_hour = lines.whole(2, "rows an hour");
    if (rows_an_hour < 1 || rows_an_hour > 60 || 60 % rows_an_hour != 0) throw InputError(lines.place(2), fmt::format("rows an hour: {} does not divide 60", rows_an_hour));
  }
  return rows_an_hour;
}

// Irradiance stands there as what the row's part of an hour received [Wh/m2].
WeatherRow row_of(const CommaLines& lines, int rows_an_hour) {
  WeatherRow row;
  for (auto const& [field, cell, name, missing] : cells) {
    if (lines.text(cell).empty()) continue;
    bool const is_irradiance = field == WeatherField::global_horizontal || field == WeatherField::direct_normal || field == WeatherField::diffuse_horizontal;
    if (double const value = lines.number(cell, name); value < missing) row[field] = is_irradiance ? value * rows_an_hour : value;
  }
  return row;
}

}  // namespace

Weather read_epw(const std::filesystem::path& file) {
  CommaLines lines(file);
  Weather out;
  int const rows_an_hour = read_header(lines, out);
  TypicalClock clock(rows_an_hour);
  SampleMaker maker(out.elevation_m);
  auto const place = [&](WeatherField field) {
    for (auto const& cell : cells)
      if (cell.field == field) return lines.place(cell.cell);
    return lines.place(0);
  };
  while (lines.next()) {
    lines.need(cells_needed, "a row of an EPW");
    clock.take(lines.whole(1, "month"), lines.whole(2, "day"), lines.whole(3, "hour"), lines.place(0));
    out.samples.push_back(maker.sample(row_of(lines, rows_an_hour), place));
  }
  clock.finish(lines.place(0));
  maker.finish(out);
  out.is_typical = out.repeats = true;
  out.step_s = 3600 / rows_an_hour;
  out.sha256 = lines.sha256();
  return out;
}

}  // namespace headroom
