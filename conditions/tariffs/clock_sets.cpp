#include "conditions/tariffs/clock_sets.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <functional>
#include <vector>

#include "conditions/calendar.h"

namespace headroom {
namespace {

constexpr std::array<const char*, 8> day_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun", "holidays"};

std::string_view trimmed_part(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<int> whole(std::string_view text) {
  int value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "a-b, c" to the numbers that it names, round the end of the circle where b is before a. `one` reads an end of a range.
// Half open ranges ("12-18") leave their end out, and cannot be a single number.
template <std::size_t size>
std::optional<std::bitset<size>> ranges_of(std::string_view text, bool half_open, const std::function<std::optional<int>(std::string_view)>& one) {
  std::bitset<size> out;
  while (true) {
    auto const comma = text.find(',');
    std::string_view const part = trimmed_part(text.substr(0, comma));
    auto const dash = part.find('-');
    auto const first = one(trimmed_part(part.substr(0, dash)));
    auto const last = dash == std::string_view::npos ? first : one(trimmed_part(part.substr(dash + 1)));
    if (!first || !last || (half_open && (dash == std::string_view::npos || *first == *last || *first == static_cast<int>(size)))) return std::nullopt;
    int const end = half_open ? *last : *last + 1, begin = *first;
    int const steps = end > begin ? end - begin : end + static_cast<int>(size) - begin;
    for (int i = 0; i < steps; ++i) out.set(static_cast<std::size_t>(begin + i) % size);
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

// The ranges of a set, as (first, last).
template <std::size_t size>
std::vector<std::pair<int, int>> runs_of(const std::bitset<size>& set) {
  std::vector<std::pair<int, int>> out;
  for (std::size_t i = 0; i < size; ++i) {
    if (!set[i]) continue;
    std::size_t last = i;
    while (last + 1 < size && set[last + 1]) ++last;
    out.emplace_back(static_cast<int>(i), static_cast<int>(last));
    i = last;
  }
  return out;
}

std::optional<int> quarter_of(std::string_view text) {
  auto const colon = text.find(':');
  auto const hour = whole(text.substr(0, colon));
  auto const minute = colon == std::string_view::npos ? std::optional(0) : whole(text.substr(colon + 1));
  if (!hour || !minute || *hour < 0 || *minute < 0 || *minute > 59 || *minute % 15 != 0 || *hour * 4 + *minute / 15 > quarters_of_day) return std::nullopt;
  return *hour * 4 + *minute / 15;
}

}  // namespace

std::string day_name(int day) {
  constexpr std::array<const char*, 8> names{"a Monday", "a Tuesday", "a Wednesday", "a Thursday", "a Friday", "a Saturday", "a Sunday", "a holiday"};
  return names[static_cast<std::size_t>(day)];
}

std::string clock_text(int quarter) { return fmt::format("{:02}:{:02}", quarter / 4, quarter % 4 * 15); }

Parsed<Months> Months::parse(std::string_view text) {
  if (text == "all") return Months{};
  auto const month = [](std::string_view one) -> std::optional<int> {
    auto const value = whole(one);
    return value && *value >= 1 && *value <= 12 ? std::optional(*value - 1) : std::nullopt;
  };
  if (auto const set = ranges_of<12>(text, false, month)) return Months{*set};
  return fmt::format("'{}' is not {}", text, grammar);
}

std::string Months::text() const {
  if (set.all()) return "all";
  std::string out;
  for (auto const& [first, last] : runs_of(set)) out += fmt::format("{}{}{}", out.empty() ? "" : ", ", first + 1, first == last ? "" : fmt::format("-{}", last + 1));
  return out;
}

Parsed<Days> Days::parse(std::string_view text) {
  if (text == "all") return Days{};
  if (text == "weekdays") return Days{0b00011111};
  if (text == "weekends") return Days{0b11100000};
  if (text == "holidays") return Days{0b10000000};
  auto const day = [](std::string_view one) -> std::optional<int> {
    for (int i = 0; i < holiday; ++i)
      if (one == day_names[static_cast<std::size_t>(i)]) return i;
    return std::nullopt;
  };
  if (auto const set = ranges_of<7>(text, false, day)) return Days{set->to_ulong()};
  return fmt::format("'{}' is not {}", text, grammar);
}

std::string Days::text() const {
  for (const char* name : {"all", "weekdays", "weekends", "holidays"})
    if (std::get<Days>(parse(name)).set == set) return name;
  std::string out;
  for (std::size_t i = 0; i < day_names.size(); ++i)
    if (set[i]) out += fmt::format("{}{}", out.empty() ? "" : ", ", day_names[i]);
  return out;
}

Parsed<Hours> Hours::parse(std::string_view text) {
  if (text == "all") return Hours{};
  if (auto const set = ranges_of<quarters_of_day>(text, true, quarter_of)) return Hours{*set};
  return fmt::format("'{}' is not {}", text, grammar);
}

std::string Hours::text() const {
  if (set.all()) return "all";
  auto const clock = [](int quarter) { return quarter % 4 == 0 ? std::to_string(quarter / 4) : fmt::format("{}:{}", quarter / 4, quarter % 4 * 15); };
  std::string out;
  for (auto const& [first, last] : runs_of(set)) out += fmt::format("{}{}-{}", out.empty() ? "" : ", ", clock(first), clock(last + 1));
  return out;
}

Parsed<CalendarDay> CalendarDay::parse(std::string_view text) {
  auto const wrong = [&] { return fmt::format("'{}' is not {}", text, grammar); };
  CalendarDay out;
  if (text.size() == 10 && text[4] == '-') {
    auto const year = whole(text.substr(0, 4));
    if (!year || *year < 1970) return wrong();
    out.year = *year;
    text.remove_prefix(5);
  }
  if (text.size() != 5 || text[2] != '-') return wrong();
  auto const month = whole(text.substr(0, 2)), day = whole(text.substr(3));
  if (!month || !day || *month < 1 || *month > 12 || *day < 1 || *day > days_in_month(out.year == 0 ? 2000 : out.year, *month)) return wrong();
  out.month = *month;
  out.day = *day;
  return out;
}

std::string CalendarDay::text() const { return year == 0 ? fmt::format("{:02}-{:02}", month, day) : fmt::format("{:04}-{:02}-{:02}", year, month, day); }

}  // namespace headroom
