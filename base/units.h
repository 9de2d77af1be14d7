// Quantities as people write them: a number, a space, a unit ("12.5 kW", "10 min", "400 Gbit/s"). The unit is never
// optional, not even for zero. One table per dimension; printing chooses the unit that reads best and loses no digit.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/quantity.h"
#include "base/time.h"

namespace headroom {

// Either the value or one sentence that says what is wrong with the text and what would do.
template <class T>
using Parsed = std::variant<T, std::string>;

template <class Q> Parsed<Q> parse_quantity(std::string_view text);        // any Quantity alias of quantity.h
Parsed<Duration> parse_duration(std::string_view text);                    // "10 min", exact
Parsed<double> parse_number(std::string_view text);                        // a finite number, nothing else around it

template <class Q> std::string to_text(Q quantity);                        // parse_quantity(to_text(q)) == q
std::string to_text(Duration duration);
std::string counted(std::int64_t count, std::string_view thing);           // "1 rack", "2 racks"
std::string number_text(double value);                                     // shortest text that reads back the same
template <class Q> std::string unit_examples();                            // "such as '12.5 kW'"

}  // namespace headroom
