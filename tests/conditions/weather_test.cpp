#include "conditions/weather/weather.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

#include "base/json_fields.h"
#include "base/read_fields.h"
#include "base/text_file.h"
#include "base/yaml.h"
#include "conditions/calendar.h"
#include "conditions/weather/weather_fields.h"
#include "conditions/weather/weather_totals.h"
#include "sim/physics/psychrometrics.h"
#include "tests/support/bad_inputs.h"
#include "tests/support/temporary.h"

namespace fs = std::filesystem;
using namespace headroom;

namespace {

WeatherSpec named(const std::string& file) {
  WeatherSpec spec;
  spec.file = file;
  return spec;
}

WeatherSpec written(const std::string& yaml) {
  ReadContext context;
  return read_document<WeatherSpec>(*parse_yaml(yaml, "weather.yaml"), context);
}

std::int64_t seconds_utc(int year, int month, int day, double hours) { return days_from_date(year, month, day) * 86400 + static_cast<std::int64_t>(hours * 3600); }

struct Table : TemporaryFile {
  explicit Table(const std::string& text) : TemporaryFile(".csv", text) {}
  WeatherSpec spec() const { return named(path().string()); }
};

struct Published {
  const char* file;
  double least, mean, most, humidity, sun, degree_days;
  int above_18, above_27;
};
// data/weather-epw/README.md; Greensboro's are summed from its file.
constexpr Published places[] = {{"chicago", -22.8, 9.988, 35.0, 70.335, 1406.646, 566.73, 2608, 522},
                                {"greensboro", -16.7, 14.422, 35.6, 69.516, 1566.203, 827.34, 3675, 811},
                                {"$HEADROOM_DATA/weather-epw/USA_AZ_Phoenix_TMYx.epw.gz", 0.4, 24.6674, 45.6, 29.911, 2152.872, 2976.05, 6253, 3949},
                                {"$HEADROOM_DATA/weather-epw/USA_VA_Leesburg_TMYx.epw.gz", -12.0, 13.7814, 37.0, 68.252, 1535.434, 833.72, 3181, 778},
                                {"$HEADROOM_DATA/weather-epw/USA_CA_San.Jose_TMYx.epw.gz", -0.6, 15.2467, 34.4, 64.312, 1940.558, 427.68, 2527, 255},
                                {"$HEADROOM_DATA/weather-epw/CHN_SH_Shanghai-Hongqiao_TMYx.epw.gz", -3.0, 17.0183, 38.0, 73.577, 1470.754, 1198.38, 4166, 1348}};

std::optional<fs::path> data_folder(const char* name) {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data != nullptr && fs::exists(fs::path(data) / name)) return fs::path(data) / name;
  std::cout << "skipped: set HEADROOM_DATA to a folder with " << name << "\n";
  return std::nullopt;
}

}  // namespace

TEST_CASE("the totals of typical years are the published ones") {
  for (auto const& place : places) {
    CAPTURE(place.file);
    if (place.file[0] == '$' && !data_folder("weather-epw")) continue;
    Weather const weather = load_weather(named(place.file));
    CHECK(weather.samples.size() == 8760);
    CHECK(weather.is_typical);
    CHECK(weather.has_irradiance);
    CHECK(weather.notes.empty());
    WeatherTotals const totals = totals_of(weather, 18);
    CHECK(totals.dry_bulb_c.least == place.least);
    CHECK(totals.dry_bulb_c.mean == Approx(place.mean).margin(5.1e-4));
    CHECK(totals.dry_bulb_c.most == place.most);
    CHECK(100 * totals.relative_humidity_mean == Approx(place.humidity).margin(5.1e-4));
    CHECK(totals.global_horizontal_kwh_m2 == Approx(place.sun).margin(5.1e-4));
    CHECK(totals.cooling_degree_days == Approx(place.degree_days).margin(5.1e-3));
    CHECK(8760 - totals.below->dry_bulb_h == place.above_18);
    CHECK(8760 - totals_of(weather, 27).below->dry_bulb_h == place.above_27);
    CHECK(totals.below->wet_bulb_h >= totals.below->dry_bulb_h);
  }
}

TEST_CASE("a typical year holds by the station's standard time, its hour 1 from midnight") {
  Weather const chicago = load_weather(named("chicago"));
  CHECK(chicago.station == "Chicago Ohare Intl Ap");
  CHECK(chicago.place == "IL, USA");
  CHECK(chicago.elevation_m == 201);
  CHECK(chicago.offset_s == -6 * 3600);
  std::int64_t const new_year = seconds_utc(2025, 1, 1, 6);      // 0:00 there
  CHECK(&chicago.at(new_year) == &chicago.samples.front());
  CHECK(&chicago.at(new_year - 1) == &chicago.samples.back());
  CHECK(&chicago.at(new_year + 3599) == &chicago.samples.front());
  CHECK(&chicago.at(new_year + 3600) == &chicago.samples[1]);
  CHECK(chicago.holds_until(new_year) == new_year + 3600);
  CHECK(chicago.holds_until(new_year - 1) == new_year);
  CHECK(chicago.at(new_year).dry_bulb_c == -12.2);
  CHECK(chicago.at(new_year).pressure_pa == 99500);
  // in July the clock on the wall is an hour ahead, the file's is not
  CHECK(&chicago.at(seconds_utc(2025, 7, 1, 6)) == &chicago.samples[181 * 24]);
}

TEST_CASE("29 February has the weather of the 28th, and the year goes on from there") {
  Weather const chicago = load_weather(named("chicago"));
  for (int h = 0; h < 24; ++h) CHECK(&chicago.at(seconds_utc(2024, 2, 29, 6 + h)) == &chicago.at(seconds_utc(2024, 2, 28, 6 + h)));
  CHECK(&chicago.at(seconds_utc(2024, 3, 1, 6)) == &chicago.samples[59 * 24]);
  CHECK(&chicago.at(seconds_utc(2023, 3, 1, 6)) == &chicago.samples[59 * 24]);
  CHECK(&chicago.at(seconds_utc(2024, 12, 31, 6 + 23)) == &chicago.samples.back());
}

TEST_CASE("a TMY3 table gives what stands in its columns") {
  Weather const greensboro = load_weather(named("greensboro"));
  CHECK(greensboro.station == "GREENSBORO PIEDMONT TRIAD INT");
  CHECK(greensboro.latitude == 36.1);
  CHECK(greensboro.offset_s == -5 * 3600);
  WeatherSample const& first = greensboro.samples.front();
  CHECK(first.dry_bulb_c == 10);
  CHECK(first.dew_point_c == 6.1);
  CHECK(first.relative_humidity == 0.77);
  CHECK(first.pressure_pa == 99300);
  CHECK(first.wind_m_s == 6.2);
}

TEST_CASE("shifted weather comes later") {
  Weather const plain = load_weather(named("chicago")), later = load_weather(written("{file: chicago, shift: 30 d}"));
  CHECK(later.at(seconds_utc(2025, 3, 2, 12)).dry_bulb_c == plain.at(seconds_utc(2025, 1, 31, 12)).dry_bulb_c);
  CHECK(later.holds_until(seconds_utc(2025, 3, 2, 12)) == seconds_utc(2025, 3, 2, 13));
}

TEST_CASE("a table holds from its first row to one step after its last, at any step") {
  Table const table("time,dry_bulb_c,relative_humidity,pressure_hpa,wind_km_per_h\n2023-05-01T00:00-05:00,10,0.5,1000,36\n2023-05-01T00:05-05:00,11,1,1000,0\n2023-05-01 00:10:00-0500,12,0,1000,0\n");
  Weather const weather = load_weather(table.spec());
  CHECK(weather.step_s == 300);
  CHECK_FALSE(weather.repeats);
  std::int64_t const begin_s = seconds_utc(2023, 5, 1, 5);
  CHECK(weather.begin_s == begin_s);
  CHECK(weather.end_s() == begin_s + 900);
  CHECK(weather.at(begin_s).dry_bulb_c == 10);
  CHECK(weather.at(begin_s).wind_m_s == Approx(10));
  CHECK(weather.at(begin_s).dew_point_c == Approx(dew_point_c(10, 0.5)));
  CHECK(weather.at(begin_s + 299).dry_bulb_c == 10);
  CHECK(weather.at(begin_s + 899).dry_bulb_c == 12);
  CHECK(weather.holds_until(begin_s + 300) == begin_s + 600);
  CHECK_THROWS_AS(weather.at(begin_s - 1), ContractError);
  CHECK_THROWS_AS(weather.at(begin_s + 900), ContractError);
  CHECK_NOTHROW(require_cover(weather, begin_s, begin_s + 900, {"s.yaml", 3, 1}));
  try {
    require_cover(weather, begin_s, begin_s + 901, {"s.yaml", 3, 1});
    FAIL("the run is longer");
  } catch (const InputError& e) {
    CHECK(std::string(e.what()).find("s.yaml:3:1: error: weather: '" + table.path().string() + "' ends at 2023-05-01T00:15:00-05:00, and is needed until 2023-05-01T00:15:01-05:00") == 0);
  }
  CHECK_THROWS_WITH(require_cover(weather, begin_s - 1, begin_s, {"s.yaml", 3, 1}), Catch::Contains("begins at 2023-05-01T00:00:00-05:00, and is needed from 2023-04-30T23:59:59-05:00"));
}

TEST_CASE("what a table leaves out is worked out, and said") {
  Table const table("time,dry_bulb_c,dew_point_c\n2023-05-01T00:00Z,20,20\n2023-05-01T01:00Z,20,9.27\n");
  WeatherSpec spec = table.spec();
  Weather const at_sea = load_weather(spec);
  CHECK(at_sea.samples[0].relative_humidity == 1);
  CHECK(at_sea.samples[1].relative_humidity == Approx(0.5).margin(1e-3));
  CHECK(at_sea.samples[0].pressure_pa == 101325);
  REQUIRE(at_sea.notes.size() == 3);
  CHECK(at_sea.notes[0] == "2 of 2 rows state no pressure: 101325 Pa by the standard atmosphere at sea level, as no elevation is given");
  CHECK_FALSE(at_sea.has_irradiance);
  spec.elevation = Length::from_si(1000);
  CHECK(load_weather(spec).samples[0].pressure_pa == standard_pressure_pa(1000));
}

TEST_CASE("local times of a zone go through both changes of its clock") {
  std::string text = "time,dry_bulb_c,relative_humidity_percent\n";
  for (const char* time : {"2024-11-03T00:00", "2024-11-03T01:00", "2024-11-03T01:00", "2024-11-03T02:00"}) text += std::string(time) + ",5,50\n";
  Table const autumn(text), spring("time,dry_bulb_c,relative_humidity_percent\n2024-03-10T00:00,5,50\n2024-03-10T01:00,5,50\n2024-03-10T03:00,5,50\n");
  for (const Table* table : {&autumn, &spring}) {
    WeatherSpec spec = table->spec();
    CHECK_THROWS_WITH(load_weather(spec), Catch::Contains("has no offset from UTC; write one, or give the weather's timezone or utc_offset"));
    spec.timezone = "America/Chicago";
    Weather const weather = load_weather(spec);
    CHECK(weather.step_s == 3600);
    CHECK(weather.offset_s == -6 * 3600);
  }
}

TEST_CASE("one year of a longer table stands for every year, whole or not at all") {
  std::string text = "time,dry_bulb_c,relative_humidity\n";
  for (std::int64_t at = seconds_utc(2023, 12, 1, 0); at < seconds_utc(2025, 2, 1, 0); at += 6 * 3600) text += to_text(DateTime{at, 0}) + "," + std::to_string((at / 21600) % 40) + ",0.5\n";
  Table const table(text);
  WeatherSpec spec = table.spec();
  Weather const real = load_weather(spec);
  spec.year = 2024;
  Weather const every = load_weather(spec);
  CHECK(every.repeats);
  CHECK(every.samples.size() == 365 * 4);
  CHECK(every.at(seconds_utc(2031, 7, 1, 13)).dry_bulb_c == real.at(seconds_utc(2024, 7, 1, 13)).dry_bulb_c);
  CHECK(every.at(seconds_utc(2024, 2, 29, 13)).dry_bulb_c == real.at(seconds_utc(2024, 2, 28, 13)).dry_bulb_c);
  CHECK_NOTHROW(require_cover(every, seconds_utc(1990, 1, 1, 0), seconds_utc(2090, 1, 1, 0), {}));
  spec.year = 2025;
  CHECK_THROWS_WITH(load_weather(spec), Catch::Contains("does not hold 2025 whole: it begins at 2023-12-01T00:00:00+00:00 and ends at 2025-02-01T00:00:00+00:00"));
}

TEST_CASE("constant weather holds for ever") {
  Weather const weather = load_weather(written("{dry_bulb: 20 C, relative_humidity: 0.4, global_horizontal: 0.8 kW/m2}"));
  WeatherSample const& sample = weather.at(seconds_utc(2040, 1, 1, 0));
  CHECK(sample.dry_bulb_c == Approx(20));
  CHECK(sample.pressure_pa == 101325);
  CHECK(sample.global_horizontal_w_m2 == 800);
  CHECK(weather.holds_until(0) == INT64_MAX);
  CHECK(weather.covers(0, INT64_MAX));
}

TEST_CASE("a name, a mapping and what a run keeps of them read alike") {
  ReadContext context;
  WeatherSpec scalar;
  read_value(*parse_yaml("chicago", "scenario.yaml"), Path{}, optional, context, scalar);
  CHECK(context.problems.empty());
  CHECK(scalar.file == "chicago");
  CHECK(scalar.where.file == "scenario.yaml");
  CHECK(echo(scalar) == "chicago");
  CHECK(echo(written("{file: chicago}")) == "chicago");
  WeatherSpec const moved = written("{file: chicago, shift: 30 d, utc_offset: -5 h, columns: {wind_m_s: wind}}");
  Json const kept = echo(moved);
  CHECK(kept["shift"] == "30 d");
  CHECK(echo(written(kept.dump())) == kept);
}

TEST_CASE("a year of real weather at four places can be read through options") {
  auto const folder = data_folder("site-year-2023");
  if (!folder) return;
  struct Zone {
    const char* name;
    int offset_h;
    double least, mean, most;
  };
  for (auto const& [name, offset_h, least, mean, most] : {Zone{"SG", 8, 22.4, 27.2573, 33.4}, Zone{"DE-LU", 1, -6.2, 12.0884, 35.0}, Zone{"US-TEX-ERCO", -5, -3.6, 20.409, 43.0}, Zone{"US-CAL-CISO", -7, 0.2, 14.8615, 36.5}}) {
    CAPTURE(name);
    WeatherSpec spec = written("{file: x, year: 2023, columns: {dry_bulb_c: 'temperature_2m [°C]', relative_humidity_percent: 'relative_humidity_2m [%]', wind_km_per_h: 'windspeed_10m [km/h]'}}");
    spec.file = (*folder / (std::string(name) + "_2023_weather.csv.gz")).string();
    spec.where = {};
    spec.utc_offset = whole_seconds(offset_h * 3600);
    Weather const weather = load_weather(spec);
    CHECK(weather.samples.size() == 8760);
    WeatherTotals const totals = totals_of(weather, std::nullopt);
    CHECK(totals.dry_bulb_c.least == least);
    CHECK(totals.dry_bulb_c.mean == Approx(mean).margin(5.1e-5));
    CHECK(totals.dry_bulb_c.most == most);
  }
}

// Each folder entry is a spec in YAML beside the table it names and the whole message.
TEST_CASE("each mistake of a weather file or of what is said about one is named at its place") {
  WorkingFolder const here(HEADROOM_SOURCE_DIR);
  int count = 0;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/weather")) {
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path().string());
    ++count;
    std::string const found = message_of([&] {
      ReadContext context;
      load_weather(read_document<WeatherSpec>(*read_yaml(entry.path()), context));
    });
    CHECK(found == content_of(fs::path(entry.path()).replace_extension(".expected")));
  }
  CHECK(count >= 20);
}

TEST_CASE("a typical year with an hour missing, twice, too many or out of order says which", "[slow]") {
  std::vector<std::string> lines;
  LineReader reader(fs::path(HEADROOM_SOURCE_DIR) / "conditions/weather/chicago.epw.gz");
  for (std::string_view line; reader.next(line);) lines.emplace_back(line);
  auto const message = [&](const std::function<void(std::vector<std::string>&)>& change) {
    auto changed = lines;
    change(changed);
    std::string text;
    for (auto const& line : changed) text += line + "\r\n";
    Table const table(text);
    std::string const found = message_of([&] { load_weather(table.spec()); });
    return found.starts_with(table.path().string()) ? found.substr(table.path().string().size()) : found;
  };
  CHECK(message([](auto&) {}) == "no error\n");
  CHECK(message([](auto& l) { l.erase(l.begin() + 10); }) == ":11:1: error: 1 January, hour 4 follows 1 January, hour 2: 1 hour is missing; fill the gap\n");
  CHECK(message([](auto& l) { l.insert(l.begin() + 10, l[9]); }) == ":11:1: error: 1 January, hour 2 stands twice\n");
  CHECK(message([](auto& l) { std::swap(l[10], l[11]); }) == ":11:1: error: 1 January, hour 4 follows 1 January, hour 2: 1 hour is missing; fill the gap\n");
  CHECK(message([](auto& l) { l.insert(l.begin() + 20, l[9]); }) == ":21:1: error: 1 January, hour 2 comes after 1 January, hour 12; rows must be in order\n");
  CHECK(message([](auto& l) { l.pop_back(); }) == ":8767:1: error: the year ends with 31 December, hour 23: 1 hour is missing\n");
  CHECK(message([](auto& l) { l.push_back(l.back()); }) == ":8769:1: error: 31 December, hour 24 comes after the whole year; leave the rest out\n");
  CHECK(message([](auto& l) { l.insert(l.begin() + 8 + 59 * 24, "2024,2,29,1" + l[8].substr(8)); }) ==
        ":1425:1: error: 29 February is a leap day too many: a typical year has 365 days; leave its rows out, 28 February stands for it\n");
  CHECK(message([](auto& l) { l[8].replace(l[8].find("-12.2"), 5, "99.90"); }).find("the dry bulb is missing, and nothing else gives it; fill the gap") != std::string::npos);
  CHECK(message([](auto& l) { l[8].replace(l[8].find("-12.2"), 5, "-72.2"); }).find("dry bulb: -72.2 C is out of range, -70 to 70 would do") != std::string::npos);
}

TEST_CASE("missing pressures of an EPW are those of its elevation, and counted") {
  std::string text;
  LineReader reader(fs::path(HEADROOM_SOURCE_DIR) / "conditions/weather/chicago.epw.gz");
  for (std::string_view line; reader.next(line);) {
    std::string row(line);
    if (reader.line_number() == 9) row.replace(row.find("99500"), 5, "999999");
    text += row + "\n";
  }
  Table const table(text);
  Weather const weather = load_weather(table.spec());
  CHECK(weather.samples[0].pressure_pa == standard_pressure_pa(201));
  REQUIRE(weather.notes.size() == 1);
  CHECK(weather.notes[0] == "1 of 8760 rows state no pressure: 98934 Pa by the standard atmosphere at 201 m");
}
