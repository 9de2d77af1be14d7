#include "analysis/report/figures.h"

#include <catch2/catch.hpp>

#include "analysis/report/run_view.h"

using namespace headroom;

TEST_CASE("numbers are rounded and grouped", "[report]") {
  CHECK(rounded(0) == "0");
  CHECK(rounded(1234567.8) == "1,234,568");
  CHECK(rounded(-1234.5) == "-1,234");
  CHECK(rounded(56.78) == "56.8");
  CHECK(rounded(-1.8) == "-1.80");
  CHECK(rounded(0.01234) == "0.0123");
  CHECK(rounded(1e-9) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(-1234567) == "-1,234,567");
}

TEST_CASE("units suit the size", "[report]") {
  CHECK(power_figure(81.27).text() == "81.3\u00a0kW");
  CHECK(power_figure(25000).text() == "25.0\u00a0MW");
  CHECK(energy_figure(102157).text() == "102\u00a0MWh");
  CHECK(energy_figure_beside(102157, 2332, 4).text() == "2.332\u00a0MWh");
  CHECK(time_figure(119).text() == "119\u00a0s");
  CHECK(time_figure(120).text() == "2.00\u00a0min");
  CHECK(time_figure(172800).text() == "2.00\u00a0d");
}

TEST_CASE("chart numbers have six digits and no NaN", "[report]") {
  CHECK(chart_number(81273.2918971863).dump() == "81273.3");
  CHECK(chart_number(1234567.8).dump() == "1234568");
  CHECK(chart_number(0.1).dump() == "0.1");
  CHECK(chart_number(1.0 / 3).dump() == "0.333333");
  CHECK(chart_number(-15).dump() == "-15");
  CHECK(chart_number(std::nan("")).is_null());
}

TEST_CASE("names are in the order in which people count", "[report]") {
  CHECK(name_before("pdu-a-2", "pdu-a-10"));
  CHECK_FALSE(name_before("pdu-a-10", "pdu-a-2"));
  CHECK(name_before("pdu-a-10", "pdu-b-1"));
  CHECK(name_before("r-1", "r-1:a"));
  CHECK_FALSE(name_before("r-1", "r-1"));
}
