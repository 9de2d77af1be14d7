#include "sim/physics/protection.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace headroom;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double above(double x) { return std::nextafter(x, infinite); }
double below(double x) { return std::nextafter(x, -infinite); }

TripCurve thermal() { return trip_curve(default_breaker()); }

// A UPS: 10 min at 110 %, 1 min at 125 %, 10 s at 150 %.
TripCurve points(Duration cool_down = {}) {
  return trip_curve({{1.1, whole_seconds(600)}, {1.25, whole_seconds(60)}, {1.5, whole_seconds(10)}}, cool_down);
}

TripCurve dell_16a() {
  BreakerSpec spec;
  spec.exponential = ExponentialCurve{whole_seconds(400), {1'810'000'000}, 4.8};
  spec.cool_down = whole_seconds(60);
  return trip_curve(spec);
}

double cold_time_s(const TripCurve& curve, double load) { return time_to_trip_s(curve, exposure_at_rest(curve, 0), load); }

}  // namespace

// tau = 600 s, theta_tr = 1.13^2, from a long time at 0.8
TEST_CASE("a thermal breaker trips after tau ln((i^2 - i0^2) / (i^2 - theta_tr))", "[physics]") {
  auto const [load, seconds] = GENERATE(std::pair{1.2, 954.15}, std::pair{1.3, 559.71}, std::pair{1.4, 395.25}, std::pair{1.6, 241.83}, std::pair{2.0, 126.10});
  CHECK(time_to_trip_s(thermal(), exposure_at_rest(thermal(), 0.8), load) == Approx(seconds).margin(5e-3));
}

TEST_CASE("a thermal breaker bears its trip ratio for ever and a hair more not", "[physics]") {
  CHECK(pickup(thermal()) == 1.13);
  CHECK(cold_time_s(thermal(), below(1.13)) == infinite);
  CHECK(cold_time_s(thermal(), 1.13) == infinite);
  CHECK(cold_time_s(thermal(), 1.13 + 1e-9) < infinite);
}

TEST_CASE("an interval in two parts heats a breaker as one does", "[physics]") {
  TripCurve const curve = thermal();
  double const one = exposure_after(curve, 0.64, 1.3, 300);
  double const two = exposure_after(curve, exposure_after(curve, 0.64, 1.3, 123.456), 1.3, 300 - 123.456);
  CHECK(two == Approx(one).epsilon(1e-14));
  CHECK(exposure_after(curve, 0.64, 1.3, 0) == 0.64);
  CHECK(exposure_after(curve, one, 0, 1e9) == 0);              // cold again
}

TEST_CASE("a breaker on its way trips when the rest of its time is over", "[physics]") {
  TripCurve const curve = thermal();
  double const whole_s = time_to_trip_s(curve, 0.64, 1.3);
  double const half_way = exposure_after(curve, 0.64, 1.3, 0.5 * whole_s);
  CHECK(time_to_trip_s(curve, half_way, 1.3) == Approx(0.5 * whole_s).epsilon(1e-12));
  CHECK(exposure_after(curve, 0.64, 1.3, whole_s) == Approx(1.13 * 1.13).epsilon(1e-12));
}

TEST_CASE("an exposure at or above the level trips now, whatever the load", "[physics]") {
  for (double load : {0.0, 1.0, 1.3}) {
    CHECK(time_to_trip_s(thermal(), 1.13 * 1.13, load) == 0);
    CHECK(time_to_trip_s(thermal(), 2, load) == 0);
    CHECK(time_to_trip_s(points(), 1, load) == 0);
    CHECK(time_to_trip_s(dell_16a(), 1.5, load) == 0);
  }
  CHECK(time_to_trip_s(thermal(), below(1.13 * 1.13), 1.3) > 0);
  CHECK(time_to_trip_s(points(), below(1), 1.3) > 0);
}

// t = 400 exp(-0.30 (A - 16)) - 1.81 s above 16 A
TEST_CASE("the virtual breaker of a Dell ePDU", "[physics]") {
  auto const [amperes, seconds] = GENERATE(std::pair{17, 294.52}, std::pair{18, 217.71}, std::pair{20, 118.67}, std::pair{24, 34.48}, std::pair{28, 9.12});
  CHECK(cold_time_s(dell_16a(), amperes / 16.0) == Approx(seconds).margin(5e-3));
}

TEST_CASE("both ends of an exponential curve", "[physics]") {
  TripCurve const curve = dell_16a();
  CHECK(pickup(curve) == 1);
  CHECK(cold_time_s(curve, 1) == infinite);
  CHECK(cold_time_s(curve, above(1)) == Approx(400 - 1.81).epsilon(1e-12));
  double const at_once = 1 + std::log(400 / 1.81) / 4.8;       // where the formula reaches zero
  CHECK(cold_time_s(curve, at_once - 1e-6) > 0);
  CHECK(cold_time_s(curve, at_once + 1e-6) == 0);
}

TEST_CASE("points: their times, straight in load and log time between them", "[physics]") {
  CHECK(cold_time_s(points(), 1.1) == 600);
  CHECK(cold_time_s(points(), 1.25) == 60);
  CHECK(cold_time_s(points(), 1.5) == 10);
  CHECK(cold_time_s(points(), 1.175) == Approx(std::sqrt(600.0 * 60.0)).epsilon(1e-12));     // half way: the geometric mean
  CHECK(cold_time_s(points(), 1.375) == Approx(std::sqrt(60.0 * 10.0)).epsilon(1e-12));
}

TEST_CASE("points: for ever below the first, at once above the last", "[physics]") {
  CHECK(pickup(points()) == 1.1);
  CHECK(cold_time_s(points(), below(1.1)) == infinite);
  CHECK(cold_time_s(points(), above(1.1)) == Approx(600).epsilon(1e-9));
  CHECK(cold_time_s(points(), below(1.5)) == Approx(10).epsilon(1e-9));
  CHECK(cold_time_s(points(), above(1.5)) == 0);
  CHECK(exposure_after(points(), 0, 2, 1e-9) == 1);
}

TEST_CASE("one point is a step, a point without time trips at once", "[physics]") {
  TripCurve const step = trip_curve({{1.1, whole_seconds(3600)}}, {});
  CHECK(cold_time_s(step, below(1.1)) == infinite);
  CHECK(cold_time_s(step, 1.1) == 3600);
  CHECK(cold_time_s(step, above(1.1)) == 0);
  TripCurve const to_zero = trip_curve({{1.1, whole_seconds(3600)}, {1.5, {}}}, {});
  CHECK(cold_time_s(to_zero, 1.1) == 3600);
  CHECK(cold_time_s(to_zero, 1.3) == 0);
  CHECK(cold_time_s(to_zero, 1.5) == 0);
}

TEST_CASE("damage adds up over loads and fades below the pickup", "[physics]") {
  TripCurve const remembers = points(whole_seconds(120)), forgets = points();
  double const half = exposure_after(remembers, 0, 1.1, 300);
  CHECK(half == Approx(0.5).epsilon(1e-15));
  CHECK(time_to_trip_s(remembers, half, 1.25) == Approx(30).epsilon(1e-14));
  CHECK(exposure_after(remembers, half, 1.0, 120) == Approx(0.5 * std::exp(-1)).epsilon(1e-14));
  CHECK(exposure_after(remembers, exposure_after(remembers, half, 1.0, 50), 1.0, 70) == Approx(0.5 * std::exp(-1)).epsilon(1e-14));
  CHECK(exposure_after(forgets, half, 1.0, 1e-9) == 0);
  CHECK(exposure_after(forgets, half, 1.0, 0) == half);
}

TEST_CASE("exposure after a long time", "[physics]") {
  CHECK(exposure_at_rest(thermal(), 0.8) == Approx(0.64).epsilon(1e-15));
  CHECK(exposure_at_rest(points(), below(1.1)) == 0);
  CHECK(exposure_at_rest(points(), 1.1) == 1);
  CHECK(exposure_at_rest(dell_16a(), 1) == 0);
  CHECK(exposure_at_rest(dell_16a(), 1.2) == 1);
}

TEST_CASE("the magnetic part trips at once in any form", "[physics]") {
  for (TripCurve curve : {thermal(), points(), dell_16a()}) {
    curve.instantaneous = 1.4;
    CHECK(cold_time_s(curve, below(1.4)) > 0);
    CHECK(cold_time_s(curve, 1.4) == 0);
    CHECK(time_to_trip_s(curve, exposure_after(curve, 0, 1.4, 1e-9), 0) == 0);
    CHECK(pickup(curve) < 1.4);
    curve.instantaneous = 0.9;
    CHECK(pickup(curve) == 0.9);
  }
}

TEST_CASE("an empty curve bears any load", "[physics]") {
  TripCurve const empty = trip_curve(std::vector<OverloadPoint>{}, {});
  CHECK(pickup(empty) == infinite);
  CHECK(exposure_at_rest(empty, 100) == 0);
  CHECK(exposure_after(empty, 0, 100, 1e9) == 0);
  CHECK(cold_time_s(empty, 100) == infinite);
  TripCurve only_magnetic = empty;
  only_magnetic.instantaneous = 5;
  CHECK(pickup(only_magnetic) == 5);
  CHECK(cold_time_s(only_magnetic, below(5)) == infinite);
  CHECK(cold_time_s(only_magnetic, 5) == 0);
}

// IEC 60898-1: not within an hour at 1.13 from cold, within an hour at 1.45 from there
TEST_CASE("the default breaker keeps the conventional currents of IEC 60898-1", "[physics]") {
  CHECK_FALSE(default_breaker().continuous_load);      // the code says
  CHECK(cold_time_s(thermal(), 1.13) > 3600);
  CHECK(time_to_trip_s(thermal(), exposure_after(thermal(), 0, 1.13, 3600), 1.45) < 3600);
}
