// Arithmetic as people write it in a ledger: "(F036 / F035) ^ (1 / 5) - 1".
//
// + - * / ^ with their usual order (-a ^ 2 is -(a ^ 2), a ^ b ^ c is a ^ (b ^ c)), brackets, min, max, sqrt, ln, exp; numbers such as 0.5 or 2e12.
// Names begin with a letter and go on with letters, digits, _ and dots. Doubles; what divides by zero or leaves the numbers is an error.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/errors.h"

namespace headroom {

// And where it stands.
struct WrittenArithmetic {
  std::string text;
  std::string path;                    // "claims[F022].ours[0].is"
  Location where;
};

struct ArithmeticResult {
  double value = 0;
  std::vector<std::string> names;      // of the figures in it, in the order of their first use
};

// `figure`: the value behind a name, or an InputError. Throws InputError at the arithmetic's place.
ArithmeticResult calculate(const WrittenArithmetic& arithmetic, const std::function<double(const std::string&)>& figure);

// Read, not worked out. Throws InputError.
std::vector<std::string> names_in(const WrittenArithmetic& arithmetic);

}  // namespace headroom
