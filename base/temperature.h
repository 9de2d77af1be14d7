// Absolute temperatures: points on a scale, written in degrees Celsius ("24 C") or kelvin ("297.15 K").
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/quantity.h"
#include "base/units.h"

namespace headroom {

// An absolute temperature: the difference of two is a TemperatureDifference, and two do not add.
class Temperature {
 public:
  constexpr Temperature() = default;
  static constexpr Temperature from_kelvin(double k) { Temperature t; t.kelvin_ = k; return t; }
  static constexpr Temperature from_celsius(double c) { return from_kelvin(c + 273.15); }
  constexpr double in_kelvin() const { return kelvin_; }
  constexpr double celsius() const { return kelvin_ - 273.15; }
  constexpr auto operator<=>(const Temperature&) const = default;
  constexpr TemperatureDifference operator-(Temperature b) const { return TemperatureDifference::from_si(kelvin_ - b.kelvin_); }
  static constexpr const char* grammar = "a temperature such as '24 C'";
  static Parsed<Temperature> parse(std::string_view text);
  std::string text() const;
  constexpr Temperature operator+(TemperatureDifference d) const { return from_kelvin(kelvin_ + d.si()); }

 private:
  double kelvin_ = 273.15;
};

}  // namespace headroom
