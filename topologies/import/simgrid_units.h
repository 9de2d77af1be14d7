// Values as SimGrid writes them: "125MBps", "50us", "98.095Mf". A value without a unit is in bytes a second, seconds or flop a
// second, as SimGrid takes it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace headroom {

Parsed<DataRate> simgrid_rate(std::string_view text);
Parsed<Duration> simgrid_time(std::string_view text);             // to the nearest ns
Parsed<double> simgrid_speed(std::string_view text);              // flop/s
bool simgrid_unit_missing(std::string_view text);                 // a number other than 0, and nothing behind it

// "0-2,20" -> 0, 1, 2, 20.
Parsed<std::vector<std::int64_t>> simgrid_radical(std::string_view text);

// "a;b;c" at each of `separators`, without blanks around the parts.
std::vector<std::string> parts_of(std::string_view text, std::string_view separators);
// Whole numbers, each at least 1, such as "4,4".
Parsed<std::vector<std::int64_t>> simgrid_counts(std::string_view text);

}  // namespace headroom
