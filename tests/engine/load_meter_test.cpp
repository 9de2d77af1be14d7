#include "sim/network/load_meter.h"

#include <catch2/catch.hpp>

#include <numeric>

#include "base/random.h"

using namespace headroom;

namespace {

Instant at_second(double s) { return Instant{static_cast<std::int64_t>(s * 1e9)}; }
double sum_of(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("what comes within an interval stays in it, and its mean is the peak", "[traffic]") {
  LoadMeter meter(whole_seconds(10));
  std::vector<LoadMeter::Interval> closed;
  meter.add(at_second(2), at_second(5), 30, &closed);
  meter.add(at_second(5), at_second(10), 20, &closed);      // up to the interval's very end
  CHECK(closed.empty());
  meter.add(at_second(10), at_second(12), 7, &closed);
  REQUIRE(closed.size() == 1);
  CHECK(closed[0].number == 0);
  CHECK(closed[0].bytes == 50);
  meter.finish(at_second(20), &closed);
  CHECK(meter.bytes() == 57);
  CHECK(meter.peak_bytes_per_s() == 5);
}

TEST_CASE("a long even stream is cut at intervals, equal ones told once", "[traffic]") {
  LoadMeter meter(whole_seconds(10));
  std::vector<LoadMeter::Interval> closed;
  meter.add(at_second(5), at_second(47), 42, &closed);
  meter.finish(at_second(50), &closed);
  REQUIRE(closed.size() == 3);
  CHECK(closed[0].bytes == Approx(5));
  CHECK(closed[1].count == 3);
  CHECK(closed[1].bytes == Approx(10));
  CHECK(closed[2].bytes == Approx(7));
  CHECK(meter.peak_bytes_per_s() == Approx(1));
}

TEST_CASE("a rate is what it adds up to, whenever it is looked at", "[traffic]") {
  LoadMeter rate(whole_seconds(10)), added(whole_seconds(10));
  rate.change_rate(at_second(3), 4);
  rate.change_rate(at_second(8), -1);
  rate.change_rate(at_second(33), -3);
  rate.finish(at_second(40));
  added.add(at_second(3), at_second(8), 20);
  added.add(at_second(8), at_second(33), 75);
  added.finish(at_second(40));
  CHECK(rate.bytes() == Approx(added.bytes()));
  CHECK(rate.peak_bytes_per_s() == Approx(added.peak_bytes_per_s()));
  CHECK(rate.buckets().size() == added.buckets().size());
}

TEST_CASE("the last interval is as long as it has come", "[traffic]") {
  LoadMeter meter(whole_seconds(300));
  meter.add(at_second(0), at_second(2), 10);
  meter.finish(at_second(2));
  CHECK(meter.peak_bytes_per_s() == Approx(5));
}

TEST_CASE("buckets double their width and lose nothing", "[traffic]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    RandomStream random(seed, "load-meter");
    LoadMeter meter(whole_seconds(1));
    double now = 0;
    for (int i = 0; i < 500; ++i) {
      double const from = now + 3 * random.uniform(), to = from + 2 * random.uniform();
      meter.add(at_second(from), at_second(to), 100 * random.uniform());
      now = to;
    }
    meter.finish(at_second(now + 1));
    CHECK(meter.buckets().size() <= LoadMeter::most_buckets);
    CHECK(meter.intervals_per_bucket() > 1);
    CHECK(sum_of(meter.buckets()) == Approx(meter.bytes()).epsilon(1e-12));
  }
}
