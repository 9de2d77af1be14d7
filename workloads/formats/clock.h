// Time stamps of a clock on the wall, without a time zone: "2023-11-16 18:15:46".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace headroom {

struct ClockTime {
  std::int64_t seconds = 0;        // since 1970 on the same clock
  std::int64_t nanoseconds = 0;    // of the second, 0 to 999,999,999
};

// "YYYY-MM-DD hh:mm:ss", then perhaps a point and one to nine digits; nothing when the text is no date and time of day.
std::optional<ClockTime> clock_time(std::string_view text);

// The same without a fraction.
std::optional<std::int64_t> clock_seconds(std::string_view text);

}  // namespace headroom
