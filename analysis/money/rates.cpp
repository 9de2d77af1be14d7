#include "analysis/money/rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/read_fields.h"
#include "base/shipped.h"

namespace headroom {
namespace {

template <class Map>
std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> out;
  for (auto const& [key, value] : map) out.push_back(key);
  return out;
}

}  // namespace

std::string to_text(FigureEvidence evidence) {
  for (auto const& [candidate, name] : names(evidence))
    if (candidate == evidence) return name;
  return "";
}

RateFactor& RateFactor::operator*=(const RateFactor& other) {
  value *= other.value;
  evidence = std::max(evidence, other.evidence);
  for (auto const& row : other.rests_on)
    if (std::find(rests_on.begin(), rests_on.end(), row) == rests_on.end()) rests_on.push_back(row);
  return *this;
}

Rates Rates::shipped() { return Rates(shipped_folder("rates")); }

// The two rows around the year; one where it is given, or where the year is outside.
RateFactor Rates::between(const YearRows& rows, const std::string& what, int year) {
  auto const says = [&](YearRows::const_iterator row) { return fmt::format("{} {} ({}): {}", what, row->first, to_text(row->second.evidence), row->second.source); };
  auto above = rows.lower_bound(year);
  if (above == rows.end()) --above;
  if (above->first <= year || above == rows.begin()) return {above->second.value, above->second.evidence, {says(above)}};
  auto const below = std::prev(above);
  double const part = static_cast<double>(year - below->first) / (above->first - below->first);
  double const value = below->second.value * std::pow(above->second.value / below->second.value, part);
  return {value, std::max(below->second.evidence, above->second.evidence), {says(below), says(above)}};
}

Location Rates::place(const Location& asked, const std::string& file) const { return asked.file.empty() ? Location{path_of(file), 0, 0} : asked; }

RateFactor Rates::in_year(const std::map<std::string, YearRows>& table, const std::string& file, const std::string& what, const std::string& key, int year, const Location& asked) const {
  auto const found = table.find(key);
  if (found == table.end()) throw InputError(place(asked, file), fmt::format("no {} of {} is known{}; add its rows to {}", what, key, nearest_hint(key, keys_of(table)), path_of(file)));
  int const first = found->second.begin()->first, last = found->second.rbegin()->first;
  if (year < first || year > last) throw InputError(place(asked, file), fmt::format("no {} of {} is known in {}, only from {} to {}; add a row to {}", what, key, year, first, last, path_of(file)));
  return between(found->second, what + " of " + key, year);
}

RateFactor Rates::per_usd(const std::string& currency, int year, const Location& asked) const {
  if (currency == "USD") return {};
  return in_year(per_usd_, "exchange_rates.csv", "rate of exchange", currency, year, asked);
}

RateFactor Rates::deflator_factor(const std::string& currency, int from_year, int to_year, const Location& asked) const {
  if (from_year == to_year) return {};
  RateFactor const from = in_year(deflators_, "deflators.csv", "deflator", currency, from_year, asked);
  RateFactor out = in_year(deflators_, "deflators.csv", "deflator", currency, to_year, asked);
  out *= from;
  out.value /= from.value * from.value;
  return out;
}

RateFactor Rates::convert_factor(const MoneyUnit& from, const MoneyUnit& to, const Location& asked) const {
  RateFactor out = deflator_factor(from.currency, from.year, to.year, asked);
  if (from.currency == to.currency) return out;
  RateFactor const own = per_usd(from.currency, to.year, asked);
  out *= per_usd(to.currency, to.year, asked);
  out *= own;
  out.value /= own.value * own.value;
  return out;
}

RateFactor Rates::index_factor(const std::string& index, const std::string& currency, int from_year, int to_year, const Location& asked) const {
  auto const found = indices_.find(index);
  if (found == indices_.end())
    throw InputError(place(asked, "price_indices.csv"), fmt::format("no price index is called '{}'{}; add its rows to {}", index, nearest_hint(index, keys_of(indices_)), path_of("price_indices.csv")));
  PriceIndex const& prices = found->second;
  RateFactor const from = between(prices.rows, "index of " + index, from_year);
  RateFactor out = between(prices.rows, "index of " + index, to_year);
  out *= from;
  out.value /= from.value * from.value;
  int const first = prices.rows.begin()->first, last = prices.rows.rbegin()->first;
  if (prices.real) out *= deflator_factor(currency, from_year, to_year, asked);
  else {      // its own years are in it; before and after them it moves as all prices do
    out *= deflator_factor(currency, from_year, std::clamp(from_year, first, last), asked);
    out *= deflator_factor(currency, std::clamp(to_year, first, last), to_year, asked);
  }
  return out;
}

RateFactor Rates::price_level(const std::string& country, const std::string& group, const Location& asked) const {
  if (country == "US") return {};
  auto const found = levels_.find({country, group});
  if (found == levels_.end())
    throw InputError(place(asked, "price_levels.csv"), fmt::format("no price level of {} in {} is known; add a row to {}", group, country, path_of("price_levels.csv")));
  return {found->second.value, found->second.evidence, {fmt::format("price level of {} in {} ({}): {}", group, country, to_text(found->second.evidence), found->second.source)}};
}

}  // namespace headroom
