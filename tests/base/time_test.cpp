#include "base/time.h"

#include <catch2/catch.hpp>

#include <limits>

#include "base/random.h"

using namespace headroom;

namespace {

std::optional<std::int64_t> read_nanoseconds(std::string_view text) {
  auto const d = parse_seconds(text);
  return d ? std::optional(d->ns) : std::nullopt;
}

}  // namespace

TEST_CASE("decimal seconds become nanoseconds exactly", "[base]") {
  CHECK(read_nanoseconds("0") == 0);
  CHECK(read_nanoseconds("12.345") == 12'345'000'000);
  CHECK(read_nanoseconds("0.1") == 100'000'000);
  CHECK(read_nanoseconds("-0.1") == -100'000'000);
  CHECK(read_nanoseconds("+3") == 3'000'000'000);
  CHECK(read_nanoseconds(".5") == 500'000'000);
  CHECK(read_nanoseconds("5.") == 5'000'000'000);
  CHECK(read_nanoseconds("0.123456789") == 123'456'789);
  CHECK(read_nanoseconds("0.1234567894") == 123'456'789);
  CHECK(read_nanoseconds("0.1234567895") == 123'456'790);
  CHECK(read_nanoseconds("0.9999999999") == 1'000'000'000);
  CHECK(read_nanoseconds("0000000000000007") == 7'000'000'000);
  CHECK(read_nanoseconds("1e3") == 1'000'000'000'000);
  CHECK(read_nanoseconds("2.5e-3") == 2'500'000);
}

TEST_CASE("what is not decimal seconds, or too long, is refused", "[base]") {
  for (auto text : {"", ".", "-", "+", "x", "1x", "1 ", " 1", "nan", "inf", "-inf", "--5", "+-5", "-+5", "1e", "1e999", "0x10",
                    "10000000000", "20000000000", "99999999999", "99999999999999999999999999", "-20000000000", "3162240000.1"}) {
    CAPTURE(text);
    CHECK(parse_seconds(text) == std::nullopt);
  }
  CHECK(parse_seconds("3162240000") == longest_duration);     // 36,600 days
  CHECK(parse_seconds("-3162240000") == Duration{} - longest_duration);
}

TEST_CASE("seconds as a double go to the nearest nanosecond", "[base]") {
  CHECK(round_to_duration(0.1) == Duration{100'000'000});
  CHECK(round_to_duration(-0.1) == Duration{-100'000'000});
  CHECK(round_to_duration(1e-10) == Duration{0});
  CHECK(round_to_duration(std::numeric_limits<double>::quiet_NaN()) == std::nullopt);
  CHECK(round_to_duration(std::numeric_limits<double>::infinity()) == std::nullopt);
  CHECK(round_to_duration(1e12) == std::nullopt);
}

TEST_CASE("instants and durations: points and differences", "[base]") {
  Instant const t{5};
  CHECK(t + Duration{3} == Instant{8});
  CHECK(Instant{8} - t == Duration{3});
  CHECK(t < never);
  CHECK(whole_seconds(2).seconds() == 2.0);
}

TEST_CASE("durations for people", "[base]") {
  CHECK(human({}) == "00:00:00");
  CHECK(human(whole_seconds(93784)) == "1 d 02:03:04");
  CHECK(human(Duration{93784'500'000'000}) == "1 d 02:03:04.5");
  CHECK(human(Duration{1'999'600'000}) == "00:00:02");        // not 00:00:01.000
  CHECK(human(Duration{1'999'400'000}) == "00:00:01.999");
  CHECK(human(Duration{59'999'900'000}) == "00:01:00");
  CHECK(human(whole_seconds(-61)) == "-00:01:01");
}

TEST_CASE("date-times need their offset", "[base]") {
  auto const t = parse_date_time("2017-10-03T00:00:00-05:00");
  REQUIRE(t);
  CHECK(t->unix_s == 1'507'006'800);       // 2017-10-03T05:00:00Z
  CHECK(t->offset_s == -18000);
  CHECK(to_text(*t) == "2017-10-03T00:00:00-05:00");
  CHECK(parse_date_time("1970-01-01T00:00:00Z") == DateTime{});
  CHECK(parse_date_time("1970-01-01T05:30:00+05:30") == DateTime{0, 19800});
  CHECK(parse_date_time("2024-02-29T12:00:00Z")->unix_s == 1'709'208'000);
}

TEST_CASE("what is no date-time is refused", "[base]") {
  for (auto text : {"", "2017-10-03", "2017-10-03T00:00:00", "2017-10-03T00:00:00 -05:00", "2017-13-03T00:00:00Z", "2017-02-30T00:00:00Z",
                    "2023-02-29T00:00:00Z", "2017-10-03T24:00:00Z", "2017-10-03T23:60:00Z", "2017-10-03T23:59:60Z", "2017-10-03T00:00:00.5Z", "2017-10-03T00:00:00Zx",
                    "2017-10-03T00:00:00-05:00 ", " 2017-10-03T00:00:00Z", "2017-10-03T00:00:00+05:75", "2017-10-03T00:00:00+99:00", "17-10-03T00:00:00Z",
                    "2017-10-3T00:00:00Z", "2017-10-03t00:00:00Z", "2017-10-03T0:0:0Z", "2017-10-03T00:00Z", "2017-10-03T00:00:00-5", "now"}) {
    CAPTURE(text);
    CHECK(parse_date_time(text) == std::nullopt);
  }
}

TEST_CASE("a printed date-time reads back the same", "[base]") {
  RandomStream random(3, "moments");
  for (int i = 0; i < 5000; ++i) {
    DateTime t;
    t.unix_s = static_cast<std::int64_t>(random.below(4'000'000'000));
    t.offset_s = (static_cast<std::int32_t>(random.below(28 * 60)) - 14 * 60) * 60;
    CAPTURE(to_text(t));
    REQUIRE(parse_date_time(to_text(t)) == t);
  }
}
