// What a kWh emits, costs and is made from, over time: from files, constants and mixes.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "tests/conditions/grids_support.h"

using namespace headroom;

TEST_CASE("a constant holds for ever, in g/kWh or per MWh whatever its unit", "[grids]") {
  GridSpec const grid = grid_of("carbon: 0.35 kg/kWh\nmarginal_carbon: 1 lb/kWh\nprice: -0.02 EUR/kWh\n");
  GridSignals const signals = load_grid(grid, utc(2025, 1, 1));
  CHECK(signals.average_carbon.value_at(utc(2025, 1, 1)) == Approx(350).epsilon(1e-14));
  CHECK(signals.marginal_carbon.value_at(utc(2100, 1, 1)) == Approx(453.59237).epsilon(1e-14));
  CHECK(signals.price.value_at(utc(2025, 7, 1)) == Approx(-20).epsilon(1e-14));
  CHECK(signals.currency == "EUR");
  CHECK(signals.residual_carbon.empty());
  CHECK(signals.renewable_share.empty());
  CHECK(grid.carbon->text() == "0.35 kg/kWh");
}

TEST_CASE("a file's rows hold until the next, the last as long as the one before it", "[grids]") {
  SeriesFolder const folder;
  folder.write("a.csv", "when,other,ci\n2024-01-01 00:00:00+00:00,x,100\n2024-01-01 01:00:00+01:00,x,200\n");
  CHECK_THROWS_WITH(load_grid(folder.grid("carbon: {file: a.csv, time: when, value: ci, unit: g/kWh}\n"), utc(2024, 1, 1)), Catch::Contains("2024-01-01 01:00:00+01:00 stands twice"));
  folder.write("a.csv", "when,other,ci\n2024-01-01T00:00:00.000Z,x,100\n2024-01-01 02:00+01:00,x,200\n2024-01-01 02:00Z,x,-3.5\n");
  GridSpec const grid = folder.grid("carbon: {file: a.csv, time: when, value: ci, unit: g/kWh}\n");
  DatedSeries const series = load_grid(grid, utc(2024, 1, 1)).average_carbon;
  CHECK(series.value_at(utc(2024, 1, 1, 0, 59)) == 100);
  CHECK(series.value_at(utc(2024, 1, 1, 1)) == 200);
  CHECK(series.value_at(utc(2024, 1, 1, 2, 59)) == -3.5);
  CHECK(series.end_s == utc(2024, 1, 1, 3));
  // cut to the run
  DatedSeries const cut = load_grid(grid, utc(2024, 1, 1, 1, 10), utc(2024, 1, 1, 1, 50)).average_carbon;
  CHECK(cut.values == std::vector<double>{200});
  CHECK(cut.covers(utc(2024, 1, 1, 1, 10), utc(2024, 1, 1, 1, 50)));
}

TEST_CASE("local moments without an offset follow daylight saving: an hour that comes twice has two rows", "[grids]") {
  SeriesFolder const folder;
  std::string text = "time,price\n";
  // 2023-11-05 in Chicago: 25 hours, 1:00 twice
  for (int h : {0, 1, 1, 2, 3, 4, 5}) text += fmt::format("2023-11-05 {:02}:00,{}\n", h, h);
  folder.write("local.csv", text);
  DatedSeries const series = load_grid(folder.grid("price: {file: local.csv, time: time, value: price, unit: USD/MWh, timezone: America/Chicago}\n"), utc(2023, 11, 5, 5)).price;
  CHECK(series.from_s == std::vector<std::int64_t>{utc(2023, 11, 5, 5), utc(2023, 11, 5, 6), utc(2023, 11, 5, 7), utc(2023, 11, 5, 8), utc(2023, 11, 5, 9), utc(2023, 11, 5, 10), utc(2023, 11, 5, 11)});
  // and with a clock that keeps one offset, the second 1:00 is a mistake
  CHECK_THROWS_WITH(load_grid(folder.grid("price: {file: local.csv, time: time, value: price, unit: USD/MWh, utc_offset: -6 h}\n"), utc(2023, 11, 5, 6)), Catch::Contains("local.csv:4:1: error: time: 2023-11-05 01:00 stands twice"));
  // in March an hour does not come at all
  folder.write("march.csv", "time,price\n2023-03-12 01:00,1\n2023-03-12 02:00,2\n");
  CHECK_THROWS_WITH(load_grid(folder.grid("price: {file: march.csv, time: time, value: price, unit: USD/MWh, timezone: America/Chicago}\n"), utc(2023, 3, 12, 7)),
                    Catch::Contains("the clock of America/Chicago never shows 2023-03-12 02:00: daylight saving jumps over it"));
}

TEST_CASE("a year that repeats gives every date what it has itself, and 29 February what the 28th has", "[grids]") {
  SeriesFolder const folder;
  std::string text = "ci\n";
  for (int h = 0; h < 8760; ++h) text += fmt::format("{}\n", h);
  folder.write("hours.csv", text);
  GridSpec const grid = folder.grid("marginal_carbon: {file: hours.csv, value: ci, unit: g/kWh, year: 2023, utc_offset: -6 h}\n");
  DatedSeries const series = load_grid(grid, utc(2024, 1, 1), utc(2026, 1, 1)).marginal_carbon;
  CHECK(series.value_at(utc(2024, 1, 1, 5)) == 8759);                   // 31 December 23:00 at -6 h
  CHECK(series.value_at(utc(2024, 1, 1, 6)) == 0);
  CHECK(series.value_at(utc(2024, 2, 28, 18)) == (31 + 27) * 24 + 12);
  CHECK(series.value_at(utc(2024, 2, 29, 18)) == (31 + 27) * 24 + 12);
  CHECK(series.value_at(utc(2024, 3, 1, 18)) == (31 + 28) * 24 + 12);
  CHECK(series.value_at(utc(2025, 12, 31, 23)) == 364 * 24 + 17);
  CHECK(std::ranges::is_sorted(series.from_s, std::less_equal<>()));
  CHECK(std::ranges::adjacent_find(series.from_s, [](auto a, auto b) { return b - a != 3600; }) == series.from_s.end());
  // a leap year's file over a year without 29 February: the day is left out
  for (int h = 8760; h < 8784; ++h) text += fmt::format("{}\n", h);
  folder.write("leap.csv", text);
  DatedSeries const leap = load_grid(folder.grid("carbon: {file: leap.csv, value: ci, unit: g/kWh, year: 2024, utc_offset: 0 h}\n"), utc(2025, 1, 1), utc(2026, 1, 1)).average_carbon;
  CHECK(leap.value_at(utc(2025, 2, 28, 23)) == (31 + 28) * 24 - 1);
  CHECK(leap.value_at(utc(2025, 3, 1)) == (31 + 29) * 24);
  CHECK(leap.values.size() == 8760);
}

TEST_CASE("a shift moves a series, and a series that does not reach says until when", "[grids]") {
  SeriesFolder const folder;
  folder.write("a.csv", "t,v\n2023-01-01T00:00Z,1\n2023-01-01T01:00Z,2\n2023-01-01T02:00Z,3\n");
  auto const grid = [&](const std::string& more) { return folder.grid("price: {file: a.csv, time: t, value: v, unit: USD/MWh" + more + "}\n"); };
  CHECK(load_grid(grid(", shift: 364 d"), utc(2023, 12, 31, 1), utc(2023, 12, 31, 2)).price.value_at(utc(2023, 12, 31, 1)) == 2);
  CHECK(load_grid(grid(""), utc(2023, 1, 1), utc(2023, 1, 1, 3)).price.values.size() == 3);
  CHECK_THROWS_WITH(load_grid(grid(""), utc(2023, 1, 1), utc(2023, 1, 1, 3) + 1),
                    Catch::Contains("a.csv reaches until 2023-01-01T03:00:00+00:00, the run goes on until 2023-01-01T03:00:01+00:00; write year to repeat a year of it"));
  CHECK_THROWS_WITH(load_grid(grid(""), utc(2023, 1, 1) - 1), Catch::Contains("a.csv begins at 2023-01-01T00:00:00+00:00, the run begins at 2022-12-31T23:59:59+00:00"));
  CHECK_THROWS_WITH(load_grid(grid(""), utc(2023, 1, 1, 3)), Catch::Contains("a.csv reaches until 2023-01-01T03:00:00+00:00"));
}

TEST_CASE("gaps are mistakes, or keep the value before as long as is said", "[grids]") {
  SeriesFolder const folder;
  std::string text = "t,v\n";
  for (int h : {0, 1, 2, 3, 4, 7, 8, 9, 10}) text += fmt::format("2023-01-01T{:02}:00Z,{}\n", h, h == 9 ? "" : std::to_string(h));
  folder.write("gap.csv", text);
  auto const load = [&](const std::string& more) { return load_grid(folder.grid("price: {file: gap.csv, time: t, value: v, unit: USD/MWh" + more + "}\n"), utc(2023, 1, 1)).price; };
  CHECK_THROWS_WITH(load(""), Catch::Contains("gap.csv:9:19: error: v: the cell is empty"));
  CHECK_THROWS_WITH(load(", longest_gap: 1 h"), Catch::Contains("gap.csv:7:1: error: no row from 2023-01-01T05:00:00+00:00 to 2023-01-01T07:00:00+00:00; rows are 1 h apart"));
  DatedSeries const held = load(", longest_gap: 2 h");
  CHECK(held.value_at(utc(2023, 1, 1, 6)) == 4);
  CHECK(held.value_at(utc(2023, 1, 1, 9, 30)) == 8);
  CHECK(held.value_at(utc(2023, 1, 1, 10)) == 10);
}

TEST_CASE("from hours to quarter hours is no gap, a row out of step is a mistake", "[grids]") {
  SeriesFolder const folder;
  std::string text = "t,v\n";
  for (int h = 0; h < 5; ++h) text += fmt::format("2025-09-30T{:02}:00Z,1\n", h);
  std::string quarters;
  for (int i = 0; i < 8; ++i) quarters += fmt::format("2025-09-30T{:02}:{:02}Z,2\n", 5 + i / 4, i % 4 * 15);
  folder.write("a.csv", text + quarters);
  auto const load = [&] { return load_grid(folder.grid("price: {file: a.csv, time: t, value: v, unit: EUR/MWh}\n"), utc(2025, 9, 30)).price; };
  CHECK(load().values.size() == 13);
  CHECK(load().end_s == utc(2025, 9, 30, 7));
  folder.write("a.csv", text + "2025-09-30T04:05Z,9\n" + quarters);
  CHECK_THROWS_WITH(load(), Catch::Contains("a.csv:7:1: error: this row comes 5 min after the one before; rows are 1 h apart"));
}

TEST_CASE("a mix becomes an intensity and shares of what is renewable and carbon-free", "[grids]") {
  SeriesFolder const folder;
  folder.write("mix.csv", "t,G,W,N\n2022-01-01T00:00Z,50,30,20\n2022-01-01T01:00Z,0,-1,10\n");
  auto const load = [&](const std::string& more) { return load_grid(folder.grid("mix: {file: mix.csv, time: t, fuels: {G: gas, W: wind, N: nuclear}" + more + "}\n"), utc(2022, 1, 1)); };
  GridSignals const direct = load("");
  CHECK(direct.average_carbon.values[0] == Approx(0.5 * 439.985));
  CHECK(direct.average_carbon.values[1] == 0);
  CHECK(direct.renewable_share.values == std::vector<double>{0.3, 0});
  CHECK(direct.carbon_free_share.values == std::vector<double>{0.5, 1});
  CHECK(load(", factors: life-cycle").average_carbon.values[0] == Approx(0.5 * 490 + 0.3 * 11 + 0.2 * 12));
  CHECK(load(", carbon: {gas: 400 g/kWh}").average_carbon.values[0] == Approx(200));
}

TEST_CASE("contracts are shares or energies of a year", "[grids]") {
  GridSpec const grid = grid_of("carbon: 400 g/kWh\ncontracts:\n  - {name: wind, share: 0.6, carbon: 0 g/kWh, renewable: true}\n  - {energy_per_year: 200 MWh, carbon: 50 g/kWh}\nrenewable_share: 0.25\n");
  REQUIRE(grid.contracts.size() == 2);
  CHECK(grid.contracts[0].renewable);
  CHECK(grid.contracts[1].energy_per_year.value() / kilowatt_hour == Approx(200'000));
  CHECK(load_grid(grid, utc(2025, 1, 1)).renewable_share.value_at(utc(2026, 1, 1)) == 0.25);
}
