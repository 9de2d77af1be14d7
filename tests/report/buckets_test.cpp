#include "analysis/report/buckets.h"

#include <catch2/catch.hpp>

using namespace headroom;

TEST_CASE("buckets have round lengths and are never too many", "[report]") {
  CHECK(bucket_grid(3600, 300).length_s == 300);
  CHECK(bucket_grid(3600, 300).count == 12);
  CHECK(bucket_grid(300'000, 300).count == 1000);              // just fits
  CHECK(bucket_grid(300'001, 300).length_s == 600);            // no longer does
  CHECK(bucket_grid(92 * 86400, 300).length_s == 3 * 3600);
  CHECK(bucket_grid(92 * 86400, 420).length_s == 19 * 420);    // no round length is a multiple of 7 min
  CHECK(bucket_grid(100 * 366 * 86400.0, 300).count <= most_buckets);
  CHECK(bucket_grid(0, 300).count == 0);
  CHECK(bucket_times(bucket_grid(700, 300)) == Json::parse("[0, 300, 600]"));
}

TEST_CASE("down-sampling keeps peaks, lows and energy", "[report]") {
  BucketGrid const grid = bucket_grid(2'880'000, 1);
  Buckets buckets(grid);
  double energy = 0;
  for (int i = 0; i < 288'000; ++i) {
    double const value = i == 123'456 ? 987 : i == 200'000 ? 1 : 50;
    buckets.hold(10.0 * i, 10.0 * (i + 1), value);
    energy += 10 * value;
  }
  double greatest = 0, least = 1e9, sum = 0;
  for (double const value : buckets.maxima()) greatest = std::max(greatest, value);
  for (double const value : buckets.minima()) least = std::min(least, value);
  for (double const value : buckets.means()) sum += value * grid.length_s;
  CHECK(greatest == 987);
  CHECK(least == 1);
  CHECK(sum == Approx(energy).epsilon(1e-5));
}

TEST_CASE("what crosses bounds of buckets is shared out by time", "[report]") {
  Buckets buckets({10, 25, 3});
  buckets.hold(5, 25, 2, 1, 4);
  buckets.hold(0, 5, 6);
  CHECK(buckets.means() == Json::parse("[4, 2, 2]"));          // (5 x 6 + 5 x 2) / 10
  CHECK(buckets.minima() == Json::parse("[1, 1, 1]"));
  CHECK(buckets.maxima() == Json::parse("[6, 4, 4]"));
}

TEST_CASE("a bucket in which nothing was held is a gap", "[report]") {
  Buckets buckets({10, 30, 3});
  buckets.hold(0, 10, 1);
  buckets.hold(10, 10, 99);                                    // no time at all
  buckets.hold(20, 40, 3);                                     // past the end
  CHECK(buckets.means() == Json::parse("[1, null, 3]"));
}
