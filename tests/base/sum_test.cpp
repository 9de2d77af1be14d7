#include "base/sum.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/random.h"

using namespace headroom;

TEST_CASE("a compensated sum keeps what a plain one loses", "[base]") {
  CompensatedSum sum;
  for (double x : {1.0, 1e100, 1.0, -1e100}) sum.add(x);      // Neumaier's own example: Kahan gives 0
  CHECK(sum.value() == 2.0);

  CompensatedSum tenths;
  for (int i = 0; i < 10'000'000; ++i) tenths.add(0.1);
  CHECK(tenths.value() == 1e6);
}

TEST_CASE("a pairwise sum changed a slot at a time is that of all slots anew, bit for bit", "[base]") {
  for (std::size_t slots : {1u, 2u, 3u, 7u, 8u, 100u, 1000u}) {
    CAPTURE(slots);
    RandomStream random(slots, "slots");
    PairwiseSum changed(slots);
    for (int i = 0; i < 1000; ++i) changed.set(random.below(slots), random.uniform() * 1e6);

    PairwiseSum forwards(slots), backwards(slots);
    for (std::size_t s = 0; s < slots; ++s) forwards.set(s, changed.at(s));
    for (std::size_t s = slots; s-- > 0;) backwards.set(s, changed.at(s));
    CHECK(changed.value() == forwards.value());
    CHECK(changed.value() == backwards.value());
  }
}

TEST_CASE("a pairwise sum of nothing is zero", "[base]") {
  CHECK(PairwiseSum().value() == 0.0);
  CHECK(PairwiseSum(5).value() == 0.0);
}

TEST_CASE("equal shares of a power of two add up exactly", "[base]") {
  PairwiseSum sum(1024);
  for (std::size_t s = 0; s < 1024; ++s) sum.set(s, 0.1);
  CHECK(sum.value() == 102.4);
}
