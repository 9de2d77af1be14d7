#include "base/quantity.h"
#include "base/temperature.h"

#include <catch2/catch.hpp>

#include <concepts>

#include "base/id.h"

using namespace headroom;

namespace {

template <class A, class B>
concept Adds = requires(A a, B b) { a + b; };
template <class A, class B>
concept Subtracts = requires(A a, B b) { a - b; };
template <class A, class B>
concept Compares = requires(A a, B b) { a < b; };
template <class A, class B>
concept Equals = requires(A a, B b) { a == b; };

// the same dimension adds, nothing else does
static_assert(Adds<Power, Power>);
static_assert(!Adds<Power, Energy>);
static_assert(!Adds<Power, ApparentPower>);
static_assert(!Adds<Power, ReactivePower>);
static_assert(!Adds<ApparentPower, ReactivePower>);
static_assert(!Adds<Power, double>);
static_assert(!Adds<double, Power>);
static_assert(!Subtracts<Voltage, Current>);
static_assert(!Compares<Power, ApparentPower>);
static_assert(!Compares<Power, double>);
static_assert(!Compares<Mass, Volume>);

// a bare number never becomes a quantity unasked
static_assert(!std::convertible_to<double, Power>);
static_assert(!std::constructible_from<Power, double>);
static_assert(!std::convertible_to<Power, double>);

// products and quotients have the dimension they should
static_assert(std::same_as<decltype(watt * second), Energy>);
static_assert(std::same_as<decltype(joule / second), Power>);
static_assert(std::same_as<decltype(volt * ampere), Power>);
static_assert(std::same_as<decltype(watt / volt), Current>);
static_assert(std::same_as<decltype(DataSize{} / second), DataRate>);
static_assert(std::same_as<decltype(watt / watt), double>);

// absolute temperatures: a difference comes from two, and two do not add
static_assert(!Adds<Temperature, Temperature>);
static_assert(Adds<Temperature, TemperatureDifference>);
static_assert(std::same_as<decltype(Temperature{} - Temperature{}), TemperatureDifference>);
static_assert(!std::constructible_from<Temperature, double>);

static_assert(sizeof(Power) == sizeof(double));

// ids of different things do not compare
static_assert(!Equals<ServerId, NodeId>);
static_assert(!std::convertible_to<ServerId, NodeId>);
static_assert(!std::convertible_to<ServerId, std::size_t>);

}  // namespace

TEST_CASE("two kilowatts for three hours are six kilowatt-hours", "[base]") {
  constexpr Energy energy = 2.0 * kilowatt * (3.0 * hour);
  STATIC_REQUIRE(energy / kilowatt_hour == 6.0);
  CHECK(energy.si() == 2.16e7);
}

TEST_CASE("quantities add, scale, negate and compare", "[base]") {
  Power p = 2.0 * kilowatt;
  p += 500.0 * watt;
  p -= 1.0 * kilowatt;
  p *= 2.0;
  CHECK(p == 3.0 * kilowatt);
  CHECK(-p == -3.0 * kilowatt);
  CHECK(p / 3.0 == 1.0 * kilowatt);
  CHECK(p > 2.999 * kilowatt);
  CHECK(abs(-p) == p);
  CHECK(is_finite(p));
  CHECK_FALSE(is_finite(p / 0.0));
}

TEST_CASE("apparent power is the hypotenuse of real and reactive power", "[base]") {
  CHECK(apparent_power(3.0 * kilowatt, 4.0 * kilovar) == 5.0 * kilovolt_ampere);
  CHECK(apparent_power(7.0 * watt, ReactivePower{}) == 7.0 * volt_ampere);
}

TEST_CASE("line current of three phases and of one, and back", "[base]") {
  // 400 V x sqrt(3) x 32 A = 22,170.25 VA; 230 V x 16 A = 3,680 VA
  CHECK(carried_by(32.0 * ampere, 400.0 * volt, 3).si() == Approx(22170.25).margin(0.01));
  CHECK(carried_by(16.0 * ampere, 230.0 * volt, 1) == 3680.0 * volt_ampere);
  for (int phases : {1, 3})
    CHECK(line_current(carried_by(63.0 * ampere, 400.0 * volt, phases), 400.0 * volt, phases).si() == Approx(63).margin(1e-12));
}

TEST_CASE("a temperature is a point, a difference of two is not", "[base]") {
  CHECK(Temperature{}.celsius() == 0.0);
  CHECK(Temperature::from_celsius(25).in_kelvin() == 298.15);
  CHECK((Temperature::from_celsius(25) - Temperature::from_celsius(18)).si() == Approx(7).margin(1e-12));
  CHECK((Temperature::from_celsius(20) + TemperatureDifference::from_si(5)).celsius() == Approx(25).margin(1e-12));
  CHECK(Temperature::from_celsius(-1) < Temperature::from_celsius(0));
}

TEST_CASE("an id is invalid until it is given an index", "[base]") {
  CHECK_FALSE(ServerId{}.valid());
  CHECK(ServerId{0}.valid());
  CHECK(ServerId{1} < ServerId{2});
  CHECK(static_cast<std::size_t>(ServerId{7}) == 7);
}
