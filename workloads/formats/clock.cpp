#include "workloads/formats/clock.h"

#include <chrono>

namespace headroom {
namespace {

constexpr std::size_t length_of_seconds = std::string_view("0000-00-00 00:00:00").size();
constexpr std::size_t most_decimals = 9;

}  // namespace

std::optional<std::int64_t> clock_seconds(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00 00:00:00";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return std::nullopt;
  auto const number = [&](std::size_t at, std::size_t digits) {
    unsigned value = 0;
    for (char digit : text.substr(at, digits)) value = value * 10 + static_cast<unsigned>(digit - '0');
    return value;
  };
  std::chrono::year_month_day const day{std::chrono::year(static_cast<int>(number(0, 4))), std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2))};
  if (!day.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) return std::nullopt;
  return std::int64_t{std::chrono::sys_days(day).time_since_epoch().count()} * 86400 + number(11, 2) * 3600 + number(14, 2) * 60 + number(17, 2);
}

std::optional<ClockTime> clock_time(std::string_view text) {
  auto const seconds = clock_seconds(text.substr(0, length_of_seconds));
  if (!seconds) return std::nullopt;
  std::string_view const fraction = text.substr(length_of_seconds);
  if (fraction.empty()) return ClockTime{*seconds, 0};
  std::string_view const digits = fraction.substr(1);
  if (fraction.front() != '.' || digits.empty() || digits.size() > most_decimals || digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::int64_t nanoseconds = 0;
  for (std::size_t i = 0; i < most_decimals; ++i) nanoseconds = nanoseconds * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return ClockTime{*seconds, nanoseconds};
}

}  // namespace headroom
