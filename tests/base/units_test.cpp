#include "base/units.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/random.h"

using namespace headroom;

namespace {

template <class Q>
Q parsed(std::string_view text) {
  auto const result = parse_quantity<Q>(text);
  INFO(text);
  if (auto const* what = std::get_if<std::string>(&result)) FAIL(*what);
  return std::get<Q>(result);
}

template <class Q>
std::string unit_problem(std::string_view text) {
  auto const result = parse_quantity<Q>(text);
  auto const* what = std::get_if<std::string>(&result);
  return what == nullptr ? "accepted" : *what;
}

std::int64_t nanoseconds(std::string_view text) {
  auto const result = parse_duration(text);
  INFO(text);
  if (auto const* what = std::get_if<std::string>(&result)) FAIL(*what);
  return std::get<Duration>(result).ns;
}

std::string duration_problem(std::string_view text) {
  auto const result = parse_duration(text);
  auto const* what = std::get_if<std::string>(&result);
  return what == nullptr ? "accepted" : *what;
}

std::string number_problem(std::string_view text) {
  auto const result = parse_number(text);
  auto const* what = std::get_if<std::string>(&result);
  return what == nullptr ? "accepted" : *what;
}

// Any finite double, or one a person would write.
double some_number(RandomStream& random) {
  if (random.below(2) == 0) return static_cast<double>(random.below(100'000)) / std::pow(10.0, static_cast<double>(random.below(4)));
  double const magnitude = std::pow(10.0, 40 * random.uniform() - 20);
  return (random.below(2) == 0 ? 1 : -1) * random.uniform() * magnitude;
}

template <class Q>
void check_round_trip(const char* name) {
  RandomStream random(1, name);
  for (int i = 0; i < 5000; ++i) {
    Q const q = Q::from_si(some_number(random));
    std::string const text = to_text(q);
    CAPTURE(name, text);
    REQUIRE(parsed<Q>(text).si() == q.si());
  }
  for (double si : {0.0, 1e-300, 5e-324, 1.7976931348623157e308, 0.1, 1e3, 1e6, 999.9999999999999})
    REQUIRE(parsed<Q>(to_text(Q::from_si(si))).si() == si);
}

}  // namespace

TEST_CASE("quantities read with every unit of their table", "[base]") {
  CHECK(parsed<Power>("12.5 kW") == 12.5 * kilowatt);
  CHECK(parsed<Power>("0 W") == Power{});
  CHECK(parsed<Power>("1 GW").si() == 1e9);
  CHECK(parsed<Power>("250 mW").si() == 0.25);
  CHECK(parsed<ApparentPower>("1500 kVA").si() == 1.5e6);
  CHECK(parsed<ReactivePower>("2 Mvar").si() == 2e6);
  CHECK(parsed<Current>("4 kA").si() == 4000);
  CHECK(parsed<Voltage>("13.8 kV").si() == Approx(13800).margin(1e-9));
  CHECK(parsed<Energy>("1 kWh").si() == 3.6e6);
  CHECK(parsed<Energy>("2 MWh").si() == 7.2e9);
  CHECK(parsed<Energy>("36 kJ").si() == 36'000);
  CHECK(parsed<Energy>("4 J").si() == 4);
  CHECK(parsed<Energy>("1.5 MJ").si() == 1.5e6);
  CHECK(parsed<Length>("16 km").si() == 16000);
  CHECK(parsed<Mass>("2 t").si() == 2000);
  CHECK(parsed<Volume>("3 m3").si() == 3000);
  CHECK(parsed<Volume>("500 L") == 500.0 * litre);
  CHECK(parsed<VolumeFlow>("2 L/s").si() == 2);
  CHECK(parsed<VolumeFlow>("81.8 L/h").si() == Approx(81.8 / 3600).epsilon(1e-14));
  CHECK(parsed<VolumeFlow>("6 L/min").si() == Approx(0.1).epsilon(1e-14));
  CHECK(parsed<VolumeFlow>("3.6 m3/h").si() == Approx(1).epsilon(1e-14));
  CHECK(parsed<TemperatureDifference>("5 K").si() == 5);
  CHECK(parsed<DataSize>("512 GB").si() == 512 * 8e9);
  CHECK(parsed<DataRate>("400 Gbit/s").si() == 4e11);
  CHECK(parsed<VolumeFlow>("2 m3/s").si() == 2000);
  CHECK(parsed<Area>("500 m2").si() == 500);
  CHECK(parsed<Pressure>("1013.25 hPa").si() == 101325);
  CHECK(parsed<HeatCapacity>("1 kWh/K").si() == 3.6e6);
  CHECK(parsed<ThermalConductance>("2 kW/K").si() == 2000);
  CHECK(parsed<CarbonIntensity>("1 lb/kWh") / gram_per_kilowatt_hour == Approx(453.59237).epsilon(1e-14));
  CHECK(parsed<CarbonIntensity>("-3 g/kWh") / gram_per_kilowatt_hour == Approx(-3).epsilon(1e-14));
}

TEST_CASE("blanks, signs and exponents in a quantity", "[base]") {
  CHECK(parsed<Power>("12.5kW") == 12.5 * kilowatt);
  CHECK(parsed<Power>("  12.5   kW\t") == 12.5 * kilowatt);
  CHECK(parsed<Power>("+1 W") == watt);
  CHECK(parsed<Power>("-1 W") == -watt);
  CHECK(parsed<Power>("1e3 W") == kilowatt);
  CHECK(parsed<Power>("1E-3 kW") == watt);
  CHECK(parsed<Power>(".5 kW") == 500.0 * watt);
}

TEST_CASE("what is wrong with a quantity is said in a sentence", "[base]") {
  CHECK(unit_problem<Power>("12.5") == "'12.5' has no unit; write W, kW, MW, GW or mW");
  CHECK(unit_problem<Power>("0") == "'0' has no unit; write W, kW, MW, GW or mW");
  CHECK(unit_problem<Power>("12.5 kw") == "unknown unit 'kw', did you mean 'kW'?");
  CHECK(unit_problem<Power>("3 KW") == "unknown unit 'KW', did you mean 'kW'?");
  CHECK(unit_problem<Power>("3 hp") == "unknown unit 'hp'; write W, kW, MW, GW or mW");
  CHECK(unit_problem<Power>("3 kVA") == "unknown unit 'kVA', did you mean 'kW'?");
  CHECK(unit_problem<Current>("3 V") == "unknown unit 'V'; write A, kA or mA");
  CHECK(unit_problem<Volume>("3 l") == "unknown unit 'l', did you mean 'L'?");
  CHECK(unit_problem<VolumeFlow>("3") == "'3' has no unit; write L/s, L/min, L/h, m3/h or m3/s");
  CHECK(unit_problem<VolumeFlow>("3 L") == "unknown unit 'L', did you mean 'L/s'?");
  CHECK(unit_problem<VolumeFlow>("L/h") == "expected a quantity such as '81.8 L/h', found 'L/h'");
  CHECK(unit_problem<Power>("") == "expected a quantity such as '12.5 kW', found ''");
  CHECK(unit_problem<Power>("kW") == "expected a quantity such as '12.5 kW', found 'kW'");
  CHECK(unit_problem<Power>("nan W") == "expected a quantity such as '12.5 kW', found 'nan W'");
  CHECK(unit_problem<Power>("inf W") == "expected a quantity such as '12.5 kW', found 'inf W'");
  CHECK(unit_problem<Power>("1e999 W") == "'1e999' is beyond the range of numbers");
  CHECK(unit_problem<Power>("1e308 GW") == "'1e308 GW' is beyond the range of numbers");
  CHECK(unit_problem<Power>("1.2.3 W") == "expected a number, found '1.2.3'");
  CHECK(unit_problem<Power>("1,5 kW") == "unknown unit ',5 kW'; write W, kW, MW, GW or mW");
  CHECK(unit_problem<Power>("1 kW 2") == "unknown unit 'kW 2', did you mean 'kW'?");
}

TEST_CASE("numbers are finite and stand alone", "[base]") {
  CHECK(std::get<double>(parse_number("0.25")) == 0.25);
  CHECK(std::get<double>(parse_number(" +1e3 ")) == 1000);
  for (auto text : {"", " ", "-", "+", ".", "e3", "nan", ".nan", "inf", ".inf", "-.inf", "0x10", "1_000", "1,5", "1 2", "--1", "+-1", "1e"}) {
    CAPTURE(text);
    CHECK(number_problem(text) == "expected a number, found '" + std::string(text) + "'");
  }
  CHECK(number_problem("1e999") == "'1e999' is beyond the range of numbers");
  CHECK(number_problem("-1e999") == "'-1e999' is beyond the range of numbers");
}

TEST_CASE("a printed quantity reads back the same, whatever its value", "[base]") {
  check_round_trip<Power>("power");
  check_round_trip<ApparentPower>("apparent");
  check_round_trip<ReactivePower>("reactive");
  check_round_trip<Current>("current");
  check_round_trip<Voltage>("voltage");
  check_round_trip<Energy>("energy");
  check_round_trip<Length>("length");
  check_round_trip<Mass>("mass");
  check_round_trip<Volume>("volume");
  check_round_trip<VolumeFlow>("flow");
  check_round_trip<Seconds>("time");
  check_round_trip<TemperatureDifference>("difference");
  check_round_trip<DataSize>("size");
  check_round_trip<DataRate>("rate");
  check_round_trip<Pressure>("pressure");
  check_round_trip<HeatCapacity>("heat capacity");
  check_round_trip<ThermalConductance>("conductance");
  check_round_trip<CarbonIntensity>("intensity");
}

TEST_CASE("printing chooses the unit that reads best", "[base]") {
  CHECK(to_text(12.5 * kilowatt) == "12.5 kW");
  CHECK(to_text(700.0 * watt) == "700 W");
  CHECK(to_text(Power{}) == "0 W");
  CHECK(to_text(-Power{}) == "0 W");
  CHECK(to_text(6.0 * megawatt) == "6 MW");
  CHECK(to_text(-2.0 * kilowatt) == "-2 kW");
  CHECK(to_text(13.8e3 * volt) == "13.8 kV");
  CHECK(to_text(512.0 * gigabyte) == "512 GB");
  CHECK(to_text(400.0 * gigabit_per_second) == "400 Gbit/s");
  CHECK(to_text(1.0 * kilowatt_hour) == "1 kWh");
  CHECK(to_text(500.0 * litre) == "500 L");
  CHECK(to_text(parsed<VolumeFlow>("269.2 L/h")) == "269.2 L/h");
  CHECK(to_text(VolumeFlow{}) == "0 L/s");
  CHECK(to_text(parsed<Seconds>("2190000 h")) == "2190000 h");
  CHECK(parsed<Seconds>("78 min").si() == 4680);
}

TEST_CASE("durations are exact in every unit", "[base]") {
  CHECK(nanoseconds("0.1 s") == 100'000'000);
  CHECK(nanoseconds("0.1 min") == 6'000'000'000);
  CHECK(nanoseconds("1 ns") == 1);
  CHECK(nanoseconds("0.3 us") == 300);
  CHECK(nanoseconds("1.5 ms") == 1'500'000);
  CHECK(nanoseconds("10 min") == 600'000'000'000);
  CHECK(nanoseconds("36 h") == 129'600'000'000'000);
  CHECK(nanoseconds("7 d") == 604'800'000'000'000);
  CHECK(nanoseconds("-5 s") == -5'000'000'000);
  CHECK(nanoseconds("1e3 s") == 1'000'000'000'000);
  // where a double would be hundreds of nanoseconds off: 36500.1 d = 3,153,608,640 s; 1234567.1 min = 74,074,026 s
  CHECK(nanoseconds("36500.1 d") == 3'153'608'640'000'000'000);
  CHECK(nanoseconds("1234567.1 min") == 74'074'026'000'000'000);
  CHECK(nanoseconds("876000.0000000003 h") == 3'153'600'000'000'001'080);
  // half a nanosecond rounds away from zero
  CHECK(nanoseconds("0.5 ns") == 1);
  CHECK(nanoseconds("0.4 ns") == 0);
  CHECK(nanoseconds("-0.5 ns") == -1);
}

TEST_CASE("a duration is at most 100 years", "[base]") {
  CHECK(nanoseconds("36600 d") == longest_duration.ns);
  CHECK(duration_problem("36600.00001 d") == "'36600.00001 d' is longer than 100 years");
  CHECK(duration_problem("20000000000 s") == "'20000000000 s' is longer than 100 years");
  CHECK(duration_problem("1e30 d") == "'1e30 d' is longer than 100 years");
}

TEST_CASE("what is wrong with a duration is said in a sentence", "[base]") {
  CHECK(duration_problem("10") == "'10' has no unit; write ns, us, ms, s, min, h or d");
  CHECK(duration_problem("0") == "'0' has no unit; write ns, us, ms, s, min, h or d");
  CHECK(duration_problem("10 mins") == "unknown unit 'mins', did you mean 'min'?");
  CHECK(duration_problem("10 H") == "unknown unit 'H', did you mean 'h'?");
  CHECK(duration_problem("soon") == "expected a time such as '10 min', found 'soon'");
  CHECK(duration_problem(". s") == "expected a number, found '.'");
}

TEST_CASE("a printed duration reads back the same", "[base]") {
  CHECK(to_text(Duration{}) == "0 s");
  CHECK(to_text(whole_seconds(600)) == "10 min");
  CHECK(to_text(whole_seconds(86400)) == "1 d");
  CHECK(to_text(Duration{1'500'000}) == "1500 us");
  RandomStream random(2, "durations");
  std::int64_t const units[] = {1, 1000, 1'000'000, nanoseconds_per_second, 60 * nanoseconds_per_second, 3600 * nanoseconds_per_second};
  for (int i = 0; i < 20'000; ++i) {
    std::int64_t const unit = units[random.below(6)];
    auto const most = static_cast<std::uint64_t>(longest_duration.ns / unit);
    Duration const d{static_cast<std::int64_t>(random.below(most)) * unit * (random.below(2) == 0 ? 1 : -1)};
    REQUIRE(nanoseconds(to_text(d)) == d.ns);
  }
}
