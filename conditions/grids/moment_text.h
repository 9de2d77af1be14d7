// Moments as files of the electricity trade write them: 2023-01-01 00:00, 2023-01-01T00:00:00Z, 2023-01-01 08:00:00+08:00,
// 2021-01-01T00:00:00.000Z. Fast: a year of five-minute rows has 105,120 of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace headroom {

struct MomentText {
  int year = 1970, month = 1, day = 1;
  std::int32_t second = 0;                     // of the day; fractions must be 0
  std::optional<std::int32_t> offset_s;        // of the clock from UTC, where it is written
};

// nullopt: not such a text, or no such date.
std::optional<MomentText> parse_moment_text(std::string_view text);

}  // namespace headroom
