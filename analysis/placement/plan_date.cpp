#include "analysis/placement/plan_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace headroom {
namespace {

// Exactly so many digits; nothing: others stand there.
std::optional<int> digits(std::string_view text, std::size_t begin, std::size_t count) {
  if (begin + count > text.size()) return std::nullopt;
  int out = 0;
  for (char const c : text.substr(begin, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    out = 10 * out + (c - '0');
  }
  return out;
}

}  // namespace

Parsed<PlanDate> PlanDate::parse(std::string_view text) {
  std::string const wrong = fmt::format("'{}' is no date; expected {}", text, grammar);
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return wrong;
  auto const year = digits(text, 0, 4), month = text.size() > 4 ? digits(text, 5, 2) : 1, day = text.size() > 7 ? digits(text, 8, 2) : 1;
  bool const dashes = (text.size() <= 4 || text[4] == '-') && (text.size() <= 7 || text[7] == '-');
  if (!year || !month || !day || !dashes) return wrong;
  std::chrono::year_month_day const date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)}, std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return fmt::format("'{}' is not in the calendar", text);
  return PlanDate{std::chrono::sys_days{date}};
}

std::string PlanDate::whole() const {
  std::chrono::year_month_day const date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string PlanDate::text() const {
  std::string out = whole();
  if (!out.ends_with("-01")) return out;
  out.resize(7);
  return out.ends_with("-01") ? out.substr(0, 4) : out;
}

}  // namespace headroom
