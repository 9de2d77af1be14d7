#include <catch2/catch.hpp>

#include "analysis/sizing/standard_sizes.h"

using namespace headroom;

TEST_CASE("a size is the least of its series that will do", "[sizing]") {
  CHECK(standard_size(SizeSeries::r10, 630.0) == 630);
  CHECK(standard_size(SizeSeries::r10, 630.1) == 800);
  CHECK(standard_size(SizeSeries::r10, 629.9) == 630);
  CHECK(standard_size(SizeSeries::r10, 500.1) == 630);
  CHECK(standard_size(SizeSeries::r20, 630.1) == 710);
  CHECK(standard_size(SizeSeries::whole, 630.1) == 631);
  CHECK(standard_size(SizeSeries::whole, 630.0) == 630);
}

TEST_CASE("a rounding of a sum is no reason for a larger size, more than that is", "[sizing]") {
  CHECK(standard_size(SizeSeries::r10, 630 * (1 + 1e-12)) == 630);
  CHECK(standard_size(SizeSeries::r10, 630 * (1 + 1e-8)) == 800);
  CHECK(standard_size(SizeSeries::whole, 300 * (1 + 1e-12)) == 300);
}

TEST_CASE("the series goes on over decades, up and down", "[sizing]") {
  CHECK(standard_size(SizeSeries::r10, 1) == 1);
  CHECK(standard_size(SizeSeries::r10, 8.01) == 10);
  CHECK(standard_size(SizeSeries::r10, 3.1) == 3.15);
  CHECK(standard_size(SizeSeries::r10, 0.3) == 0.315);
  CHECK(standard_size(SizeSeries::r20, 9001) == 10000);
  CHECK(standard_size(SizeSeries::r10, 31600) == 40000);
}

TEST_CASE("the series of ISO 3 have so many steps a decade in nearly equal proportions", "[sizing]") {
  for (auto const& [series, steps] : {std::pair{SizeSeries::r10, 10}, std::pair{SizeSeries::r20, 20}}) {
    double size = 100;
    for (int i = 0; i < steps; ++i) {
      double const next = standard_size(series, size * 1.001);
      CHECK(next / size == Approx(std::pow(10, 1.0 / steps)).epsilon(0.02));
      size = next;
    }
    CHECK(size == 1000);
  }
}

TEST_CASE("what is built stays where it would do and the next size of the series is larger", "[sizing]") {
  CHECK(chosen_size(SizeSeries::r10, 260, 300) == 300);      // not 315
  CHECK(chosen_size(SizeSeries::r10, 240, 300) == 250);
  CHECK(chosen_size(SizeSeries::r10, 300.1, 300) == 315);    // too small
  CHECK(chosen_size(SizeSeries::r10, 300, 300) == 300);
  CHECK(chosen_size(SizeSeries::r10, 0, 300) == 300);        // nothing asks
}
