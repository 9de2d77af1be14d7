// How many cores or GPUs: whole ones and thousandths, exact. "3", "0.25".
#pragma once

#include <fmt/format.h>

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/units.h"

namespace headroom {

class Amount {
 public:
  constexpr Amount() = default;
  constexpr Amount(std::integral auto whole) : thousandths_(static_cast<std::int64_t>(whole) * 1000) {}     // a whole number stands for itself
  static constexpr Amount of_thousandths(std::int64_t n) { Amount out; out.thousandths_ = n; return out; }

  constexpr std::int64_t thousandths() const { return thousandths_; }
  constexpr std::int64_t whole() const { return thousandths_ / 1000; }      // rounded down, where it is not negative
  constexpr std::int64_t rounded_up() const { return (thousandths_ + 999) / 1000; }
  constexpr bool is_whole() const { return thousandths_ % 1000 == 0; }
  constexpr double value() const { return static_cast<double>(thousandths_) / 1000; }

  static constexpr const char* grammar = "a number with at most three decimals, such as 4 or 0.25";
  static Parsed<Amount> parse(std::string_view text);
  std::string text() const;

  constexpr auto operator<=>(const Amount&) const = default;
  constexpr Amount& operator+=(Amount b) { thousandths_ += b.thousandths_; return *this; }
  constexpr Amount& operator-=(Amount b) { thousandths_ -= b.thousandths_; return *this; }
  friend constexpr Amount operator+(Amount a, Amount b) { return a += b; }
  friend constexpr Amount operator-(Amount a, Amount b) { return a -= b; }
  friend constexpr double operator*(Amount a, double b) { return a.value() * b; }

 private:
  std::int64_t thousandths_ = 0;
};

}  // namespace headroom

template <>
struct fmt::formatter<headroom::Amount> : fmt::formatter<std::string> {
  template <class Context>
  auto format(headroom::Amount amount, Context& context) const { return fmt::formatter<std::string>::format(amount.text(), context); }
};
