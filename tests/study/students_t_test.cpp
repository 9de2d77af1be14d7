// Student's t against printed tables.
#include "analysis/study/students_t.h"

#include <catch2/catch.hpp>

#include <utility>

using namespace headroom;

TEST_CASE("Student's t is that of the tables", "[students_t]") {
  for (auto const& [degrees, t] : {std::pair{1, 12.7062}, {2, 4.3027}, {3, 3.1824}, {4, 2.7764}, {9, 2.2622}, {10, 2.2281}, {19, 2.0930}, {30, 2.0423}, {120, 1.9799}}) {
    CAPTURE(degrees);
    CHECK(students_t(0.95, degrees) == Approx(t).margin(5e-5));
    CHECK(within_t(students_t(0.95, degrees), degrees) == Approx(0.95).epsilon(1e-12));
  }
  CHECK(students_t(0.99, 5) == Approx(4.0321).margin(5e-5));
  CHECK(students_t(0.95, 100'000) == Approx(1.95999).margin(5e-5));
}
