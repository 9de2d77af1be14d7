#include "base/time.h"

#include <date/date.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <sstream>

namespace headroom {
namespace {

std::optional<std::int64_t> whole(std::string_view digits) {
  std::int64_t value = 0;
  auto const [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

bool is_digits(std::string_view text) {
  for (char c : text)
    if (c < '0' || c > '9') return false;
  return true;
}

std::optional<Duration> within_a_century(Duration d) {
  if (d > longest_duration || Duration{-d.ns} > longest_duration) return std::nullopt;
  return d;
}

// YYYY-MM-DDThh:mm:ss and Z or +hh:mm, each with all its digits; what the digits mean is not looked at.
bool looks_like_date_time(std::string_view text) {
  constexpr std::string_view zulu = "0000-00-00T00:00:00Z", offset = "0000-00-00T00:00:00+00:00";
  std::string_view const shape = text.size() == zulu.size() ? zulu : offset;
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const fits = shape[i] == '0' ? text[i] >= '0' && text[i] <= '9' : shape[i] == '+' ? text[i] == '+' || text[i] == '-' : text[i] == shape[i];
    if (!fits) return false;
  }
  return shape == zulu || (text.substr(20, 2) <= "14" && text[23] < '6');
}

}  // namespace

std::optional<Duration> parse_seconds(std::string_view text) {
  bool const negative = !text.empty() && text.front() == '-';
  std::string_view body = negative || (!text.empty() && text.front() == '+') ? text.substr(1) : text;
  auto const dot = body.find('.');
  std::string_view const before = body.substr(0, dot);
  std::string_view const after = dot == std::string_view::npos ? std::string_view{} : body.substr(dot + 1);
  if (before.empty() && after.empty()) return std::nullopt;
  if (body.front() != '.' && !is_digits(body.substr(0, 1))) return std::nullopt;    // a second sign, "inf"
  if (!is_digits(before) || !is_digits(after)) {    // "1e3": through a double
    double value = 0;
    auto const [end, code] = std::from_chars(body.data(), body.data() + body.size(), value);
    if (code != std::errc{} || end != body.data() + body.size()) return std::nullopt;
    return round_to_duration(negative ? -value : value);
  }
  auto const seconds = before.empty() ? std::optional<std::int64_t>(0) : whole(before);
  if (!seconds || *seconds > longest_duration.ns / nanoseconds_per_second) return std::nullopt;
  std::int64_t ns = *seconds * nanoseconds_per_second;
  std::int64_t scale = nanoseconds_per_second;
  for (std::size_t i = 0; i < after.size() && i < 9; ++i) ns += (after[i] - '0') * (scale /= 10);
  if (after.size() > 9 && after[9] >= '5') ++ns;
  return within_a_century({negative ? -ns : ns});
}

std::optional<Duration> round_to_duration(double seconds) {
  if (!std::isfinite(seconds) || std::abs(seconds) > longest_duration.seconds()) return std::nullopt;
  return within_a_century({std::llround(static_cast<long double>(seconds) * 1e9L)});
}

std::string human(Duration d) {
  if (d < Duration{}) return "-" + human(Duration{} - d);
  std::int64_t const ms = (d.ns + 500'000) / 1'000'000;    // rounded before it is cut up, so that 59.9996 s is a minute
  std::int64_t const s = ms / 1000;
  std::string out = s >= 86400 ? fmt::format("{} d ", s / 86400) : "";
  out += fmt::format("{:02}:{:02}:{:02}", s / 3600 % 24, s / 60 % 60, s % 60);
  if (ms % 1000 == 0) return out;
  out += fmt::format(".{:03}", ms % 1000);
  return out.substr(0, out.find_last_not_of('0') + 1);
}

std::optional<DateTime> parse_date_time(std::string_view text) {
  if (!looks_like_date_time(text)) return std::nullopt;
  std::istringstream in{std::string(text)};
  date::sys_seconds utc;
  std::chrono::minutes offset{0};
  if (!text.empty() && text.back() == 'Z') in >> date::parse("%FT%TZ", utc);
  else in >> date::parse("%FT%T%Ez", utc, offset);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  return DateTime{utc.time_since_epoch().count(), static_cast<std::int32_t>(offset.count() * 60)};
}

std::string to_text(DateTime t) {
  date::sys_seconds const local{std::chrono::seconds{t.unix_s + t.offset_s}};
  std::int32_t const minutes = std::abs(t.offset_s) / 60;
  return date::format("%FT%T", local) + fmt::format("{}{:02}:{:02}", t.offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

}  // namespace headroom
