#include "conditions/tariffs/rate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/errors.h"

namespace headroom {
namespace {

// "0.05 USD/kWh" -> "0.05", "USD/kWh"; the blank between is optional.
std::pair<std::string_view, std::string_view> number_and_rest(std::string_view text) {
  std::size_t end = text.find_first_not_of("+-.0123456789");
  if (end == std::string_view::npos) return {text, {}};
  std::string_view rest = text.substr(end);
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  return {text.substr(0, end), rest};
}

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

constexpr std::array<std::pair<std::string_view, BlockUnit>, 5> block_units{{{"kWh", BlockUnit::kwh}, {"kWh/kW", BlockUnit::kwh_per_kw}, {"kWh/day", BlockUnit::kwh_per_day}, {"kW", BlockUnit::kw}, {"kVA", BlockUnit::kva}}};

}  // namespace

Parsed<Rate> Rate::parse(std::string_view text) {
  auto const [number, rest] = number_and_rest(text);
  auto const slash = rest.find('/');
  if (number.empty() || slash == std::string_view::npos) return fmt::format("'{}' is not {}", text, grammar);
  auto const amount = parse_number(number);
  if (auto const* what = std::get_if<std::string>(&amount)) return *what;
  std::string_view const currency = rest.substr(0, slash), unit = rest.substr(slash + 1);
  if (!is_currency(currency)) return fmt::format("'{}' is no currency; write its three letters, such as USD or EUR", currency);
  std::vector<std::string> known;
  for (int i = 0; i <= static_cast<int>(RateUnit::year); ++i) {
    known.emplace_back(name_of(static_cast<RateUnit>(i)));
    if (unit == known.back()) return Rate{std::get<double>(amount), std::string(currency), static_cast<RateUnit>(i)};
  }
  return fmt::format("unknown unit '{}' of a rate{}; one of {}", unit, nearest_hint(std::string(unit), known), fmt::join(known, ", "));
}

std::string Rate::text() const { return currency.empty() ? "" : fmt::format("{} {}/{}", number_text(amount), currency, name_of(unit)); }

Parsed<BlockLimit> BlockLimit::parse(std::string_view text) {
  auto const [number, unit] = number_and_rest(text);
  if (number.empty()) return fmt::format("'{}' is not {}", text, grammar);
  auto const value = parse_number(number);
  if (auto const* what = std::get_if<std::string>(&value)) return *what;
  if (std::get<double>(value) <= 0) return fmt::format("'{}' must be above zero", text);
  for (auto const& [name, known] : block_units)
    if (unit == name) return BlockLimit{std::get<double>(value), known};
  return fmt::format("'{}' is not {}", text, grammar);
}

std::string BlockLimit::text() const {
  for (auto const& [name, known] : block_units)
    if (unit == known) return fmt::format("{} {}", number_text(value), name);
  return "";
}

}  // namespace headroom
