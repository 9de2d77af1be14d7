#include "base/temperature.h"

#include <catch2/catch.hpp>

using namespace headroom;

namespace {
std::string temperature_problem(std::string_view text) { return std::get<std::string>(Temperature::parse(text)); }
}  // namespace

TEST_CASE("temperatures are written in degrees Celsius or kelvin") {
  CHECK(std::get<Temperature>(Temperature::parse("24 C")) == Temperature::from_celsius(24));
  CHECK(std::get<Temperature>(Temperature::parse("-5.5C")) == Temperature::from_celsius(-5.5));
  CHECK(std::get<Temperature>(Temperature::parse("300 K")) == Temperature::from_kelvin(300));
  CHECK(temperature_problem("24") == "'24' is no temperature; write degrees Celsius, such as '24 C', or kelvin, such as '297.15 K'");
  CHECK(temperature_problem("75 F") == "'75 F' is no temperature; write degrees Celsius, such as '24 C', or kelvin, such as '297.15 K'");
  CHECK(temperature_problem("warm C") == "expected a number, found 'warm '");
  CHECK(temperature_problem("-274 C") == "'-274 C' is below absolute zero, -273.15 C");
}

TEST_CASE("a printed temperature reads back the same") {
  for (double celsius : {24.0, 6.67, 0.1, -22.8, 29.4, 1.0 / 3}) {
    Temperature const t = Temperature::from_celsius(celsius);
    CHECK(std::get<Temperature>(Temperature::parse(t.text())) == t);
  }
  CHECK(Temperature::from_celsius(6.67).text() == "6.67 C");
}
