// NREL's typical years of the third kind, as its tables come. Source of columns and units: Wilcox and Marion, Users Manual for
// TMY3 Data Sets, NREL/TP-581-43156 (2008).
#include <fmt/format.h>

#include <cmath>

#include "conditions/weather/readers.h"
#include "conditions/weather/sample_maker.h"

namespace headroom {
namespace {

struct Tmy3Column {
  WeatherField field;
  const char* name;
  double factor;      // to our unit
};
constexpr Tmy3Column columns[weather_field_count] = {{WeatherField::dry_bulb, "Dry-bulb (C)", 1},
                                                     {WeatherField::dew_point, "Dew-point (C)", 1},
                                                     {WeatherField::humidity, "RHum (%)", 1},
                                                     {WeatherField::pressure, "Pressure (mbar)", 100},
                                                     {WeatherField::global_horizontal, "GHI (W/m^2)", 1},
                                                     {WeatherField::direct_normal, "DNI (W/m^2)", 1},
                                                     {WeatherField::diffuse_horizontal, "DHI (W/m^2)", 1},
                                                     {WeatherField::wind, "Wspd (m/s)", 1}};
constexpr double missing_code = -9900;      // this and everything below

using Cells = std::array<std::size_t, weather_field_count>;

void read_station(CommaLines& lines, Weather& out) {
  if (!lines.next()) throw InputError(lines.place(0), "the file is empty; a TMY3 begins with its station");
  lines.need(7, "the station");
  out.station = lines.text(1);
  out.place = lines.text(2);
  out.source = "TMY3";
  double const offset_h = lines.number(3, "time zone");
  if (std::abs(offset_h) > 15) throw InputError(lines.place(3), fmt::format("time zone: {} h is out of range, -15 to 15 would do", offset_h));
  out.offset_s = static_cast<std::int32_t>(std::lround(offset_h * 3600));
  out.latitude = lines.number(4, "latitude");
  out.longitude = lines.number(5, "longitude");
  out.elevation_m = lines.number(6, "elevation");
  if (out.elevation_m < -500 || out.elevation_m > 11000) throw InputError(lines.place(6), fmt::format("elevation: {} m is out of range, -500 to 11000 would do", out.elevation_m));
  out.has_place = true;
}

Cells find_columns(CommaLines& lines) {
  if (!lines.next()) throw InputError(lines.place(0), "the file ends before the names of its columns");
  Cells out{};
  for (auto const& column : columns) {
    std::size_t cell = 0;
    while (cell < lines.size() && lines.text(cell) != column.name) ++cell;
    if (cell == lines.size()) throw InputError(lines.place(0), fmt::format("column '{}' is missing; a TMY3 has it", column.name));
    out[static_cast<std::size_t>(column.field)] = cell;
  }
  return out;
}

// "MM/DD/YYYY" and "HH:MM".
void take_time(const CommaLines& lines, TypicalClock& clock) {
  auto const digits = [&](std::size_t cell, std::size_t from) {
    std::string_view const text = lines.text(cell);
    bool const right = text.size() >= from + 2 && std::isdigit(static_cast<unsigned char>(text[from])) != 0 && std::isdigit(static_cast<unsigned char>(text[from + 1])) != 0;
    if (!right) throw InputError(lines.place(cell), fmt::format("expected {}, found '{}'", cell == 0 ? "a date MM/DD/YYYY" : "a time HH:MM", text));
    return (text[from] - '0') * 10 + (text[from + 1] - '0');
  };
  clock.take(digits(0, 0), digits(0, 3), digits(1, 0), lines.place(0));
}

WeatherRow row_of(const CommaLines& lines, const Cells& cells) {
  WeatherRow row;
  for (auto const& column : columns) {
    std::size_t const cell = cells[static_cast<std::size_t>(column.field)];
    if (lines.text(cell).empty()) continue;
    if (double const value = lines.number(cell, column.name); value > missing_code) row[column.field] = value * column.factor;
  }
  return row;
}

}  // namespace

Weather read_tmy3(const std::filesystem::path& file) {
  CommaLines lines(file);
  Weather out;
  read_station(lines, out);
  Cells const cells = find_columns(lines);
  std::size_t const width = lines.size();
  TypicalClock clock;
  SampleMaker maker(out.elevation_m);
  auto const place = [&](WeatherField field) { return lines.place(cells[static_cast<std::size_t>(field)]); };
  while (lines.next()) {
    lines.need(width, "a row of this TMY3");
    take_time(lines, clock);
    out.samples.push_back(maker.sample(row_of(lines, cells), place));
  }
  clock.finish(lines.place(0));
  maker.finish(out);
  out.is_typical = out.repeats = true;
  out.sha256 = lines.sha256();
  return out;
}

}  // namespace headroom
