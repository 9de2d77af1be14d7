// How the readers take numbers out of cells: quick for what is usual, one sentence for what is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/amount.h"
#include "base/time.h"
#include "base/units.h"

namespace headroom {

// Text as a message may show it: cut to a readable length, control characters as '?'.
std::string shown(std::string_view text);

// Seconds as people write them, exactly: "59.5".
std::string exact_seconds(Duration duration);

// "12" or "12.345", also negative; exact.
Parsed<Duration> read_seconds(std::string_view text);

// A whole number from `least` to `most`.
Parsed<std::int64_t> read_whole(std::string_view text, std::int64_t least, std::int64_t most);

// Cores or GPUs, to a thousandth, from 0 to `most`.
Parsed<Amount> read_amount(std::string_view text, std::int64_t most);

// A finite number, possibly with decimals, from `least` to `most`.
Parsed<double> read_number(std::string_view text, double least, double most);

// Is the text a number at all?
bool is_number(std::string_view text);

// The value, or `fail(sentence)`, which throws.
template <class T, class Fail>
T value_or(Parsed<T> parsed, Fail fail) {
  if (auto const* sentence = std::get_if<1>(&parsed)) fail(*sentence);
  return std::get<0>(std::move(parsed));
}

}  // namespace headroom
