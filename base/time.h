// Exact simulated time: int64 nanoseconds from the start of the run, at most 100 years.
// Durations that came from text or a trace are exact; `seconds()` leaves the exact world for physics (whole seconds stay
// whole: a division rounds once, a product with 1e-9 twice).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/quantity.h"

namespace headroom {

struct Duration {
  std::int64_t ns = 0;

  constexpr auto operator<=>(const Duration&) const = default;
  constexpr Duration operator+(Duration b) const { return {ns + b.ns}; }
  constexpr Duration operator-(Duration b) const { return {ns - b.ns}; }
  constexpr double seconds() const { return static_cast<double>(ns) / 1e9; }
};

struct Instant {
  std::int64_t ns = 0;

  constexpr auto operator<=>(const Instant&) const = default;
  constexpr Instant operator+(Duration d) const { return {ns + d.ns}; }
  constexpr Duration operator-(Instant b) const { return {ns - b.ns}; }
  constexpr double seconds() const { return static_cast<double>(ns) / 1e9; }
};

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
constexpr Duration longest_duration{100LL * 366 * 86400 * nanoseconds_per_second};
constexpr Instant never{INT64_MAX};

constexpr Duration whole_seconds(std::int64_t s) { return {s * nanoseconds_per_second}; }

// Decimal seconds such as "12.345" to nanoseconds, exactly; digits past the ninth are rounded to the nearest.
// nullopt: not a number, or beyond +-100 years.
std::optional<Duration> parse_seconds(std::string_view text);

// The nearest nanosecond. nullopt: not finite or beyond +-100 years.
std::optional<Duration> round_to_duration(double seconds);

// "1 d 02:03:04.5": for people.
std::string human(Duration d);

// A wall-clock moment written by the user, ISO 8601 with an offset: 2017-10-03T00:00:00-05:00.
struct DateTime {
  std::int64_t unix_s = 0;         // seconds since 1970-01-01T00:00:00Z
  std::int32_t offset_s = 0;       // as written, for printing
  constexpr bool operator==(const DateTime&) const = default;
};

std::optional<DateTime> parse_date_time(std::string_view text);
std::string to_text(DateTime t);

}  // namespace headroom
