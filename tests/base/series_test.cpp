#include "base/series.h"

#include <catch2/catch.hpp>

#include "base/errors.h"
#include "base/random.h"

using namespace headroom;

namespace {

Instant at_second(std::int64_t s) { return Instant{} + whole_seconds(s); }

}  // namespace

TEST_CASE("a step series holds its value until the next change", "[base]") {
  StepSeries series;
  series.set(at_second(10), 1.0);
  series.set(at_second(20), 3.0);
  CHECK(series.at(at_second(10)) == 1.0);
  CHECK(series.at(Instant{at_second(20).ns - 1}) == 1.0);
  CHECK(series.at(at_second(20)) == 3.0);
  CHECK(series.at(at_second(1'000'000)) == 3.0);
}

TEST_CASE("the integral of a step series is exact", "[base]") {
  StepSeries series;
  series.set(at_second(0), 100.0);
  series.set(at_second(10), 300.0);
  series.set(at_second(15), 0.0);
  // 100 x 10 + 300 x 5 = 2500
  CHECK(series.integral(at_second(0), at_second(20)) == 2500.0);
  CHECK(series.integral(at_second(5), at_second(12)) == 1100.0);
  CHECK(series.integral(at_second(12), at_second(12)) == 0.0);
  CHECK(series.integral(at_second(12), at_second(5)) == 0.0);
  CHECK(series.integral(at_second(30), at_second(40)) == 0.0);
}

TEST_CASE("splitting an interval changes no integral", "[base]") {
  RandomStream random(4, "series");
  StepSeries series;
  for (int i = 0; i < 500; ++i) series.set(at_second(i * 60), static_cast<double>(random.below(1'000'000)));
  double const whole = series.integral(at_second(0), at_second(30'000));
  for (int i = 0; i < 100; ++i) {
    Instant const cut = at_second(static_cast<std::int64_t>(random.below(30'000)));
    CHECK(series.integral(at_second(0), cut) + series.integral(cut, at_second(30'000)) == whole);
  }
}

TEST_CASE("a second value at the same instant replaces the first", "[base]") {
  StepSeries series;
  series.set(at_second(1), 5.0);
  series.set(at_second(1), 7.0);
  CHECK(series.size() == 1);
  CHECK(series.at(at_second(1)) == 7.0);
}

TEST_CASE("a step series is not written backwards or read before it begins", "[base]") {
  StepSeries series;
  CHECK_THROWS_AS(series.at(at_second(0)), ContractError);
  series.set(at_second(10), 1.0);
  CHECK_THROWS_AS(series.set(at_second(9), 1.0), ContractError);
  CHECK_THROWS_AS(series.at(at_second(9)), ContractError);
  CHECK_THROWS_AS(series.integral(at_second(9), at_second(11)), ContractError);
}
