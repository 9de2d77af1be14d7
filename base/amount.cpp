#include "base/amount.h"

#include <charconv>

namespace headroom {

Parsed<Amount> Amount::parse(std::string_view text) {
  auto const wrong = [&] { return fmt::format("'{}' is not {}", text, grammar); };
  std::int64_t whole = 0;
  const char* const end = text.data() + text.size();
  auto [rest, code] = std::from_chars(text.data(), end, whole);
  if (code != std::errc{} || text.starts_with('-') || whole > INT64_MAX / 2000) return wrong();
  if (rest == end) return Amount(whole);
  std::string_view const decimals(rest + 1, static_cast<std::size_t>(end - rest - 1));
  if (*rest != '.' || decimals.empty() || decimals.size() > 3 || decimals.find_first_not_of("0123456789") != std::string_view::npos) return wrong();
  std::int64_t part = 0;
  std::from_chars(decimals.data(), end, part);
  for (std::size_t i = decimals.size(); i < 3; ++i) part *= 10;
  return Amount::of_thousandths(whole * 1000 + part);
}

std::string Amount::text() const {
  std::string out = std::to_string(whole());
  if (is_whole()) return out;
  out += fmt::format(".{:03}", thousandths_ % 1000);
  return out.substr(0, out.find_last_not_of('0') + 1);
}

}  // namespace headroom
