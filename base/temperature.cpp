#include "base/temperature.h"

#include <fmt/format.h>

#include <cmath>

namespace headroom {

Parsed<Temperature> Temperature::parse(std::string_view text) {
  auto const last = text.find_last_not_of(" \t");
  if (last == std::string_view::npos) return fmt::format("expected {}, found '{}'", grammar, text);
  char const unit = text[last];
  if (unit != 'C' && unit != 'K') return fmt::format("'{}' is no temperature; write degrees Celsius, such as '24 C', or kelvin, such as '297.15 K'", text);
  auto const number = parse_number(text.substr(0, last));
  if (auto const* problem = std::get_if<std::string>(&number)) return *problem;
  Temperature const out = unit == 'C' ? from_celsius(std::get<double>(number)) : from_kelvin(std::get<double>(number));
  if (out.in_kelvin() < 0) return fmt::format("'{}' is below absolute zero, -273.15 C", text);
  return out;
}

// Through degrees where those read back the same, else through kelvin, which always do.
std::string Temperature::text() const {
  double const rounded = std::round(celsius() * 1e9) / 1e9;
  if (from_celsius(rounded) == *this) return number_text(rounded) + " C";
  return number_text(kelvin_) + " K";
}

}  // namespace headroom
