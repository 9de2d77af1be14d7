// What tariff files and loads say, and every mistake in them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <cstdlib>
#include <fstream>

#include "conditions/tariffs/bill.h"
#include "tests/support/bad_inputs.h"
#include "tests/support/temporary.h"

namespace fs = std::filesystem;
using namespace headroom;

namespace {

template <class T>
std::string again(std::string_view text) {
  auto const value = T::parse(text);
  if (auto const* what = std::get_if<std::string>(&value)) return "no: " + *what;
  return std::get<0>(value).text();
}

}  // namespace

TEST_CASE("months, days, hours, days of the calendar and rates read back as they are printed", "[conditions]") {
  CHECK(again<Months>("5-10") == "5-10");
  CHECK(again<Months>("11-4") == "1-4, 11-12");
  CHECK(again<Months>("1, 3,6-8") == "1, 3, 6-8");
  CHECK(again<Months>("1-12") == "all");
  CHECK(again<Months>("0-3").starts_with("no: '0-3' is not months"));
  CHECK(again<Days>("mon-fri") == "weekdays");
  CHECK(again<Days>("sat, tue") == "tue, sat");
  CHECK(again<Days>("weekends") == "weekends");
  CHECK(again<Hours>("12-18") == "12-18");
  CHECK(again<Hours>("8:30-12, 18-21:45") == "8:30-12, 18-21:45");
  CHECK(again<Hours>("22-6") == "0-6, 22-24");
  CHECK(again<Hours>("0-24") == "all");
  for (const char* wrong : {"12", "12-12", "8:10-9", "0-25", "24-3", "x"}) CHECK(again<Hours>(wrong).starts_with("no: "));
  CHECK(again<CalendarDay>("2020-07-03") == "2020-07-03");
  CHECK(again<CalendarDay>("12-25") == "12-25");
  CHECK(again<CalendarDay>("2023-02-29").starts_with("no: "));
  CHECK(again<Rate>("0.05 USD/kWh") == "0.05 USD/kWh");
  CHECK(again<Rate>("-45 EUR/MWh") == "-45 EUR/MWh");
  CHECK(std::get<Rate>(Rate::parse("45 EUR/MWh")).per_kilo() == Approx(0.045));
  CHECK(again<BlockLimit>("150 kWh/kW") == "150 kWh/kW");
}

TEST_CASE("the echo of every tariff that ships reads back as the same", "[conditions]") {
  std::size_t count = 0;
  for (auto const& entry : fs::directory_iterator(fs::path(HEADROOM_SOURCE_DIR) / "conditions/tariffs")) {
    if (entry.path().extension() != ".yaml") continue;
    CAPTURE(entry.path().string());
    TariffSpec const tariff = read_tariff(entry.path());
    CHECK(tariff.name == entry.path().stem());
    CHECK(!tariff.source.empty());
    CHECK(echo_tariff(read_tariff_text(echo_tariff(tariff).dump(), "echo")) == echo_tariff(tariff));
    ++count;
  }
  CHECK(count >= 5);
}

TEST_CASE("each mistake of a tariff is named at its place", "[conditions]") {
  WorkingFolder const here(HEADROOM_SOURCE_DIR);
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/tariffs"))
    if (entry.path().extension() == ".yaml" || entry.path().extension() == ".json") files.push_back(entry.path());
  std::ranges::sort(files);
  CHECK(files.size() >= 25);
  for (auto const& file : files) {
    CAPTURE(file.string());
    CHECK(message_of([&] { read_tariff(file); }) == content_of(fs::path(file).replace_extension(".expected")));
  }
}

TEST_CASE("each mistake of a metered load is named at its place", "[conditions]") {
  WorkingFolder const here(HEADROOM_SOURCE_DIR);
  std::size_t count = 0;
  for (auto const& entry : fs::directory_iterator("tests/bad_inputs/tariffs")) {
    if (entry.path().extension() != ".csv") continue;
    CAPTURE(entry.path().string());
    CHECK(message_of([&] { read_metered_load(entry.path(), TimeZone::named("Europe/Madrid", {}), {}); }) == content_of(fs::path(entry.path()).replace_extension(".expected")));
    ++count;
  }
  CHECK(count >= 5);
}

TEST_CASE("an hour that comes twice is written twice", "[conditions]") {
  TemporaryFile const file(".csv", "time,kw\n2023-10-29 01:00,1\n2023-10-29 02:00,2\n2023-10-29 02:00,3\n2023-10-29 03:00,4\n");
  MeteredLoad const load = read_metered_load(file.path(), TimeZone::named("Europe/Madrid", {}), {});
  CHECK(load.rows.size() == 4);
  CHECK(load.end_ns() == 4 * 3600 * nanoseconds_per_second);
}

TEST_CASE("the first row of a table of times is as long as the others", "[conditions]") {
  TemporaryFile const file(".csv", "time,kw,kvar\n2023-01-01T00:00:00Z,4,2\n2023-01-01T00:15:00Z,8,0\n");
  MeteredLoad const load = read_metered_load(file.path(), TimeZone::fixed(0), {});
  CHECK(load.rows[0].import_j == Approx(4000 * 900));
  CHECK(load.rows[0].reactive_vas == Approx(2000 * 900));
  CHECK(load.end_ns() == 1800 * nanoseconds_per_second);
}

TEST_CASE("URDB's files are read: blocks, seasons and a charge by the day", "[conditions]") {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data == nullptr) return;
  TimeZone const utc = TimeZone::fixed(0);
  std::int64_t const start_s = days_from_date(2023, 5, 1) * 86400;
  MeteredLoad load{start_s, {{0, 31 * 86400 * nanoseconds_per_second, 744 * 200 * 3.6e6, 0, 0}}, whole_seconds(3600), false, {}};      // 200 kW in May
  ElectricityBill const tiers = bill_of(read_tariff(fs::path(data) / "tariffs/urdb_multi_tier.json"), utc, load);
  CHECK(tiers.total == Approx(20000 * 0.078891 + (148800 - 20000) * 0.06 + 100 * 24.368 + 100 * 17.031 + 31 * 3.298));
  ElectricityBill const monthly = bill_of(read_tariff(fs::path(data) / "tariffs/urdb_monthly_rate.json"), utc, load);
  CHECK(monthly.total == Approx(148800 * 0.27 + 200 * 0.15));
}
