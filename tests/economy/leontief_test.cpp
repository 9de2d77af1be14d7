// Tables small enough to be solved on paper.
#include "analysis/economy/leontief.h"

#include <catch2/catch.hpp>

using namespace headroom;

namespace {

InputOutputTable two_sectors(const std::vector<double>& coefficients) {
  InputOutputTable table;
  table.name = "two";
  table.where = {"two.csv", 0, 0};
  table.sectors = {{"1", "first"}, {"2", "second"}};
  table.home = table.all_inputs = Matrix(2, 2);
  table.home.cells = table.all_inputs.cells = coefficients;
  table.value_added = {0.65, 0.70};
  table.imports = table.residual = {0, 0};
  table.wages = {0.30, 0.25};
  return table;
}

}  // namespace

TEST_CASE("the two-sector example of Miller and Blair", "[economy]") {
  // (I - A)^-1 = 1/0.7575 [0.95 0.25; 0.20 0.85]: for f = (600, 1500) x = (1247.52, 1841.58)
  Leontief const system(two_sectors({0.15, 0.25, 0.20, 0.05}), Inputs::home);
  auto const x = system.output({600, 1500});
  CHECK(x[0] == Approx(1247.5).margin(0.1));
  CHECK(x[1] == Approx(1841.6).margin(0.1));
  CHECK(x[0] == Approx((0.95 * 600 + 0.25 * 1500) / 0.7575).epsilon(1e-12));
  CHECK(x[1] == Approx((0.20 * 600 + 0.85 * 1500) / 0.7575).epsilon(1e-12));
  CHECK(system.multipliers()[0] == Approx(1.15 / 0.7575).epsilon(1e-12));
  CHECK(system.multipliers()[1] == Approx(1.10 / 0.7575).epsilon(1e-12));
}

TEST_CASE("households close the two sectors as on paper, the household row left out of the sum", "[economy]") {
  InputOutputTable table = two_sectors({0.15, 0.25, 0.20, 0.05});
  table.household_home = table.household_all = {30, 10};
  table.total_wages = 80;
  table.total_household_use = 40;
  // x = L (f + h w'x / D), so w'x = w'L f / (1 - w'L h / D).
  double const to_first = 0.95 * 30 + 0.25 * 10, to_second = 0.20 * 30 + 0.85 * 10;              // L h, times 0.7575
  double const wages_of_households = (0.30 * to_first + 0.25 * to_second) / 0.7575, output_of_households = (to_first + to_second) / 0.7575;
  double const wages_of_demand = (0.30 * 0.95 + 0.25 * 0.20) / 0.7575;                           // one unit of the first sector
  for (auto const& [closure, divisor] : {std::pair{Closure::wages, 80.0}, std::pair{Closure::household_use, 40.0}}) {
    double const income = wages_of_demand / (1 - wages_of_households / divisor);
    CHECK(type_2(table, Inputs::home, closure)[0] == Approx(1.15 / 0.7575 + income / divisor * output_of_households).epsilon(1e-12));
  }
  table.total_wages = 0;
  CHECK_THROWS_WITH(type_2(table, Inputs::home, Closure::wages), "two.csv: error: the table two has no wages, so it has no Type II");
  table.household_home = table.household_all = {};
  CHECK_THROWS_WITH(type_2(table, Inputs::home, Closure::wages), "two.csv: error: the table two does not tell what households use from what others do, so it has no Type II");
}

TEST_CASE("a singular table is refused, one that is nearly so is not", "[economy]") {
  CHECK_THROWS_WITH(multipliers(two_sectors({1.0, 0, 0, 0.1})), "two.csv: error: the table cannot be solved: I - A is singular; some sectors buy all their output from each other");
  CHECK_THROWS_WITH(multipliers(two_sectors({0.5, 0.5, 0.5, 0.5})), Catch::Matchers::Contains("I - A is singular"));
  CHECK(multipliers(two_sectors({0.5, 0.5, 0.5, 0.4999})).type_1_home[0] > 1000);
}

TEST_CASE("jobs are counted where the table has them", "[economy]") {
  InputOutputTable table = two_sectors({0.15, 0.25, 0.20, 0.05});
  CHECK_FALSE(effects_of(table, {100, 200}).jobs);
  table.jobs = {0.02, 0.01};
  CHECK(*effects_of(table, {100, 200}).jobs == Approx(4).epsilon(1e-12));
}

TEST_CASE("a spending class finds its sector by the classification of the table, or through its map", "[economy]") {
  InputOutputTable table = two_sectors({0.15, 0.25, 0.20, 0.05});
  table.classification = Classification::china_42;
  SectorCodes codes{"334", "2", "090", {"switch.yaml", 8, 9}};
  CHECK(sector_code(table, codes) == "2");
  CHECK(sector_index(table, codes) == 1);
  codes.china_42 = "3";
  CHECK_THROWS_WITH(sector_code(table, codes), "switch.yaml:8:9: error: sector.china_42: the table two has no sector '3'");
  codes.china_42 = "";
  CHECK_THROWS_WITH(sector_code(table, codes), "switch.yaml:8:9: error: sector: no 'china_42', by which the table two finds its sectors; add it");
  table.classification = Classification::us_bea_summary;
  table.map = {{"334", "1"}, {"335", "2"}};
  CHECK(sector_code(table, codes) == "1");
  codes.us_bea_summary = "33";
  CHECK_THROWS_WITH(sector_code(table, codes), "switch.yaml:8:9: error: sector.us_bea_summary: the map of the table two has no '33', did you mean '334'?");
}
