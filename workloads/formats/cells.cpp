#include "workloads/formats/cells.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace headroom {
namespace {

constexpr std::int64_t longest_seconds = longest_duration.ns / nanoseconds_per_second;

// Nothing when the text is more than a whole number of 64 bits.
bool whole(std::string_view text, std::int64_t& value) {
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc{} && end == text.data() + text.size();
}

// Digits with perhaps a sign: a whole number of any size.
bool is_whole(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// A number beyond the range of doubles is one too.
bool decimal(std::string_view text, double& value) {
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const number = end == text.data() + text.size() && !text.empty();
  if (code == std::errc::result_out_of_range) value = text.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
  else if (code != std::errc{} || !std::isfinite(value)) return false;
  return number;
}

std::string found(std::string_view text) { return text.empty() ? "found nothing" : fmt::format("found '{}'", shown(text)); }

std::string too_small(std::string_view text, const std::string& least) {
  return least == "0" ? fmt::format("{} is negative", shown(text)) : fmt::format("{} is too small, at least {} would do", shown(text), least);
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr std::size_t length_limit = 40;
  std::string out(text.substr(0, length_limit));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  return text.size() > length_limit ? out + "..." : out;
}

std::string exact_seconds(Duration duration) {
  std::int64_t const fraction = duration.ns % nanoseconds_per_second;
  std::string out = std::to_string(duration.ns / nanoseconds_per_second);
  if (fraction == 0) return out;
  out += fmt::format(".{:09}", fraction);
  return out.substr(0, out.find_last_not_of('0') + 1);
}

Parsed<Duration> read_seconds(std::string_view text) {
  std::int64_t seconds = 0;
  if (whole(text, seconds) && seconds <= longest_seconds && seconds >= -longest_seconds) return whole_seconds(seconds);
  if (auto const exact = parse_seconds(text)) return *exact;
  double value = 0;
  if (decimal(text, value)) return fmt::format("{} s is beyond 100 years", shown(text));
  return fmt::format("expected seconds such as '12.5', {}", found(text));
}

Parsed<std::int64_t> read_whole(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  if (!whole(text, value)) {
    if (!is_whole(text)) return fmt::format("expected a whole number, {}", found(text));
    value = text.starts_with('-') ? INT64_MIN : INT64_MAX;      // too long for 64 bits: outside of any bounds
  }
  if (value > most) return fmt::format("{} is too large, at most {} would do", shown(text), most);
  if (value < least) return too_small(text, std::to_string(least));
  return value;
}

Parsed<Amount> read_amount(std::string_view text, std::int64_t most) {
  std::int64_t count = 0;
  if (whole(text, count) && count >= 0 && count <= most) return Amount(count);
  auto const amount = Amount::parse(text);
  if (auto const* value = std::get_if<Amount>(&amount); value != nullptr && *value <= Amount(most)) return *value;
  double value = 0;
  if (!decimal(text, value)) return fmt::format("expected {}, {}", Amount::grammar, found(text));
  if (value > static_cast<double>(most)) return fmt::format("{} is too large, at most {} would do", shown(text), most);
  if (value < 0) return too_small(text, "0");
  return fmt::format("expected {}, {}", Amount::grammar, found(text));
}

Parsed<double> read_number(std::string_view text, double least, double most) {
  double value = 0;
  if (!decimal(text, value)) return fmt::format("expected a number, {}", found(text));
  if (value > most) return fmt::format("{} is too large, at most {} would do", shown(text), number_text(most));
  if (value < least) return too_small(text, number_text(least));
  return value;
}

bool is_number(std::string_view text) {
  std::int64_t value = 0;
  if (whole(text, value)) return true;
  double number = 0;
  return decimal(text, number);
}

}  // namespace headroom
