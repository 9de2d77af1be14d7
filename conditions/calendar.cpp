#include "conditions/calendar.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

constexpr std::int64_t day_s = 86400;
// Runs last at most 100 years; rules of daylight saving are known for ever in the tz database, spans for so long here.
constexpr int first_year = 1970, last_year = 2150;

std::int64_t floor_days(std::int64_t unix_s) { return unix_s >= 0 ? unix_s / day_s : -((-unix_s + day_s - 1) / day_s); }

const date::time_zone* find_zone(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

}  // namespace

std::int64_t days_from_date(int year, int month, int day) {
  return date::sys_days(date::year(year) / month / day).time_since_epoch().count();
}

LocalTime date_of_days(std::int64_t days) {
  date::year_month_day const date{date::sys_days(date::days(days))};
  LocalTime out;
  out.year = static_cast<int>(date.year());
  out.month = static_cast<int>(static_cast<unsigned>(date.month()));
  out.day = static_cast<int>(static_cast<unsigned>(date.day()));
  out.weekday = static_cast<int>(((days + 3) % 7 + 7) % 7);       // 1970-01-01 was a Thursday
  return out;
}

bool is_leap_year(int year) { return date::year(year).is_leap(); }
int days_in_month(int year, int month) {
  return static_cast<int>(static_cast<unsigned>((date::year(year) / month / date::last).day()));
}

TimeZone TimeZone::fixed(std::int32_t offset_s) {
  TimeZone zone;
  zone.name_ = offset_s == 0 ? "UTC" : fmt::format("UTC{}{:02}:{:02}", offset_s < 0 ? '-' : '+', std::abs(offset_s) / 3600, std::abs(offset_s) / 60 % 60);
  zone.spans_ = {{INT64_MIN, offset_s}};
  return zone;
}

TimeZone TimeZone::named(const std::string& name, const Location& where) {
  const date::time_zone* const found = find_zone(name);
  if (found == nullptr) {
    std::vector<std::string> known;
    for (auto const& zone : date::get_tzdb().zones) known.push_back(zone.name());
    throw InputError(where, fmt::format("timezone: the tz database has no zone '{}'{}; write one such as America/Chicago or UTC", name, nearest_hint(name, known)));
  }
  TimeZone zone;
  zone.name_ = name;
  date::sys_seconds at = date::sys_days(date::year(first_year) / 1 / 1);
  date::sys_seconds const end = date::sys_days(date::year(last_year) / 1 / 1);
  while (at < end) {
    auto const info = found->get_info(at);
    auto const offset = static_cast<std::int32_t>(info.offset.count());
    if (zone.spans_.empty()) zone.spans_.push_back({INT64_MIN, offset});
    else if (zone.spans_.back().offset_s != offset) zone.spans_.push_back({info.begin.time_since_epoch().count(), offset});
    at = info.end;
  }
  return zone;
}

const TimeZone::Span& TimeZone::span(std::int64_t unix_s) const {
  return *std::prev(std::ranges::upper_bound(spans_, unix_s, {}, &Span::from));
}

LocalTime TimeZone::local(std::int64_t unix_s) const {
  std::int32_t const offset_s = span(unix_s).offset_s;
  std::int64_t const wall_s = unix_s + offset_s, days = floor_days(wall_s);
  LocalTime out = date_of_days(days);
  out.second = static_cast<std::int32_t>(wall_s - days * day_s);
  out.offset_s = offset_s;
  return out;
}

// Of each span in turn: does the clock show this while it holds? The first that does; else the end of the gap it falls in.
std::int64_t TimeZone::moment(int year, int month, int day, std::int32_t second) const {
  std::int64_t const wall_s = days_from_date(year, month, day) * day_s + second;
  auto const later = std::ranges::upper_bound(spans_, wall_s - 2 * day_s, {}, &Span::from);
  for (auto at = std::prev(later); at != spans_.end(); ++at) {
    std::int64_t const unix_s = wall_s - at->offset_s;
    bool const after_begin = at->from == INT64_MIN || unix_s >= at->from;
    bool const before_end = std::next(at) == spans_.end() || unix_s < std::next(at)->from;
    if (after_begin && before_end) return unix_s;
    if (!after_begin) return at->from;
  }
  return wall_s - spans_.back().offset_s;
}

std::optional<std::int64_t> TimeZone::next_change(std::int64_t unix_s) const {
  auto const next = std::ranges::upper_bound(spans_, unix_s, {}, &Span::from);
  if (next == spans_.end() || next->from > unix_s + 10 * 366 * day_s) return std::nullopt;
  return next->from;
}

}  // namespace headroom
