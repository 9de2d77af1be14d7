// Series that do not ship: their folder is $HEADROOM_DATA. Figures are those of the folders' READMEs.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "base/csv.h"
#include "tests/conditions/grids_support.h"

using namespace headroom;

namespace {

bool is_there(const std::string& name) {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data != nullptr && std::filesystem::exists(std::filesystem::path(data) / name)) return true;
  std::cout << "skipped: set HEADROOM_DATA to a folder with " << name << "\n";
  return false;
}

struct Statistics {
  std::size_t rows;
  double minimum, mean, maximum;
};

Statistics of(const DatedSeries& series) {
  auto const [low, high] = std::ranges::minmax_element(series.values);
  double sum = 0;
  for (double value : series.values) sum += value;
  return {series.values.size(), *low, sum / static_cast<double>(series.values.size()), *high};
}

void check_like(const DatedSeries& series, const Statistics& expected, double digits) {
  Statistics const got = of(series);
  CHECK(got.rows == expected.rows);
  CHECK(got.minimum == Approx(expected.minimum).epsilon(1e-12));
  CHECK(got.mean == Approx(expected.mean).margin(digits));
  CHECK(got.maximum == Approx(expected.maximum).epsilon(1e-12));
}

// Of the hours for which the file itself has an intensity; what keeps the value before it does not count.
double mean_of_stated(const DatedSeries& series, const std::string& name) {
  CsvReader rows(std::filesystem::path(std::getenv("HEADROOM_DATA")) / name, {{"avg_CI"}}, true);
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; rows.next(); ++i)
    if (rows.has(0)) {
      sum += series.values[i];
      ++count;
    }
  return sum / count;
}

}  // namespace

TEST_CASE("carbon and prices of 2023 are those of the README", "[grids]") {
  if (!is_there("site-year-2023")) return;
  struct Zone {
    const char* name;
    Statistics carbon;
    double life_cycle_mean;
    Statistics price;
  };
  Zone const zones[] = {{"SG", {8760, 338.23, 369.1997, 380.05}, 488.0855, {8760, 57.178, 184.9008, 3361.23}},
                        {"DE-LU", {8760, 84.4, 307.6619, 639.97}, 366.9715, {8760, -484.399, 102.5668, 523.949}},
                        {"US-TEX-ERCO", {8760, 124.0, 316.7223, 494.32}, 380.5494, {8760, 0.775, 55.9348, 4111.545}},
                        {"US-CAL-CISO", {8760, 54.47, 193.9556, 331.67}, 260.7481, {8760, -19.009, 61.5232, 1045.452}}};
  for (auto const& zone : zones) {
    CAPTURE(zone.name);
    std::string const file = fmt::format("$HEADROOM_DATA/site-year-2023/{}_2023", zone.name), column = "Carbon Intensity gCO\xe2\x82\x82" "eq/kWh";
    GridSpec const grid = grid_of(fmt::format("carbon: {{file: {0}_carbon.csv.gz, time: Datetime (UTC), timezone: UTC, value: \"{1} (direct)\", unit: g/kWh}}\n"
                                              "marginal_carbon: {{file: {0}_carbon.csv.gz, time: Datetime (UTC), timezone: UTC, value: \"{1} (LCA)\", unit: g/kWh}}\n"
                                              "price: {{file: {0}_price.csv.gz, time: Datetime (UTC), value: Price (USD/MWh), unit: USD/MWh}}\n", file, column));
    GridSignals const signals = load_grid(grid, utc(2023, 1, 1), utc(2024, 1, 1));
    check_like(signals.average_carbon, zone.carbon, 5.1e-5);
    CHECK(of(signals.marginal_carbon).mean == Approx(zone.life_cycle_mean).margin(5.1e-5));
    Statistics const price = of(signals.price);
    CHECK(price.rows == 8760);
    CHECK(price.minimum == Approx(zone.price.minimum).margin(5.1e-4));
    CHECK(price.mean == Approx(zone.price.mean).margin(5.1e-5));
    CHECK(price.maximum == Approx(zone.price.maximum).margin(5.1e-4));
    CHECK(signals.currency == "USD");
  }
}

TEST_CASE("four years of hourly intensities are those of the README", "[grids]") {
  if (!is_there("carbon-opendc")) return;
  auto const load = [](const char* country) {
    return load_grid(grid_of(fmt::format("carbon: {{file: $HEADROOM_DATA/carbon-opendc/{}_2021-2024.csv.gz, time: timestamp, value: carbon_intensity, unit: g/kWh}}\n", country)), utc(2021, 1, 1), utc(2025, 1, 1)).average_carbon;
  };
  check_like(load("NL"), {35064, 62.8, 318.7775, 548.7}, 5.1e-5);
  check_like(load("AU"), {35064, 229.04, 525.3928, 715.14}, 5.1e-5);
}

TEST_CASE("marginal factors of the hours of a year are those of the README, below zero too", "[grids]") {
  if (!is_there("grid-marginal-avert-2023")) return;
  struct Region {
    const char* name;
    double minimum, mean, maximum;
  };
  Region const regions[] = {{"CA", 0.6, 1.031977, 1.79}, {"CENT", 0.39, 1.730154, 2.44}, {"FL", -0.03, 1.042612, 1.48}, {"MIDA", 0.49, 1.357267, 2.28}, {"MIDW", -0.68, 1.697811, 3.32}, {"NCSC", 0.36, 1.509461, 3.33},
                            {"NE", 0.16, 1.06632, 2.94}, {"NW", 0.29, 1.605169, 3.4}, {"NY", 0.02, 1.055984, 1.66}, {"RM", -0.32, 1.827691, 3.22}, {"SE", -0.18, 1.439684, 2.82}, {"SW", -1.18, 1.341014, 2.28},
                            {"TE", -2.52, 1.292479, 1.94}, {"TN", -0.46, 1.331745, 2.76}, {"AKGD", 1.29, 1.29, 1.29}, {"HIMS", 1.72, 1.72, 1.72}, {"HIOA", 1.92, 1.92, 1.92}};
  constexpr double lb = 453.59237;
  for (auto const& region : regions) {
    CAPTURE(region.name);
    GridSpec const grid = grid_of(fmt::format("marginal_carbon: {{file: $HEADROOM_DATA/grid-marginal-avert-2023/AVERT_2023_CO2_lb_per_kwh.csv.gz, value: {}, unit: lb/kWh, year: 2023, utc_offset: 0 h}}\n", region.name));
    check_like(load_grid(grid, utc(2023, 1, 1), utc(2024, 1, 1)).marginal_carbon, {8760, lb * region.minimum, lb * region.mean, lb * region.maximum}, lb * 5.1e-7);
  }
}

// The intensities that the mixes' authors worked out are in their files; ours are made from the MWh by fuel alone.
TEST_CASE("the life-cycle intensity of each hour's mix is what the authors of the mix state", "[grids]") {
  if (!is_there("grid-mix-us-2022")) return;
  struct Area {
    const char* name;
    double minimum, mean, maximum;
  };
  for (auto const& area : {Area{"CISO", 74.097, 256.1881, 449.033}, {"ERCO", 110.747, 347.2019, 516.686}, {"PJM", 42.671, 362.6194, 449.174}}) {
    CAPTURE(area.name);
    std::string const file = fmt::format("$HEADROOM_DATA/grid-mix-us-2022/{}_2022_mix.csv.gz", area.name);
    GridSpec const grid = grid_of(fmt::format("mix: {{file: {0}, time: timestamp, factors: life-cycle, longest_gap: 22 h, fuels: {{WND: wind, SUN: solar, WAT: hydro, OIL: oil, NG: gas, COL: coal, NUC: nuclear, OTH: other}}}}\n"
                                              "marginal_carbon: {{file: {0}, time: timestamp, value: avg_CI, unit: g/kWh, longest_gap: 22 h}}\n", file));
    GridSignals const signals = load_grid(grid, utc(2022, 1, 1), utc(2023, 1, 1));
    DatedSeries const &ours = signals.average_carbon, &theirs = signals.marginal_carbon;
    REQUIRE(ours.values.size() == 8760);
    double worst = 0;
    for (std::size_t i = 0; i < ours.values.size(); ++i) worst = std::max(worst, std::abs(ours.values[i] - theirs.values[i]));
    CHECK(worst < 1e-9);
    Statistics const got = of(ours);
    CHECK(got.minimum == Approx(area.minimum).margin(5.1e-4));
    CHECK(got.maximum == Approx(area.maximum).margin(5.1e-4));
    CHECK(mean_of_stated(ours, fmt::format("grid-mix-us-2022/{}_2022_mix.csv.gz", area.name)) == Approx(area.mean).margin(5.1e-5));
    CHECK(*std::ranges::max_element(signals.carbon_free_share.values) <= 1);
  }
}
