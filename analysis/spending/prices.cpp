#include "analysis/spending/prices.h"

#include <algorithm>
#include <limits>

#include "analysis/spending/spending_class_fields.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr PriceUnit price_units[] = {
    {"unit", Measure::none, 1},           {"W", Measure::power, 1},           {"kW", Measure::power, 1e3},         {"MW", Measure::power, 1e6},
    {"VA", Measure::apparent_power, 1},   {"kVA", Measure::apparent_power, 1e3}, {"MVA", Measure::apparent_power, 1e6}, {"Gbit/s", Measure::data_rate, 1e9}, {"m", Measure::length, 1}, {"km", Measure::length, 1e3}, {"mile", Measure::length, 1609.344}, {"kWh", Measure::energy, 3.6e6},
};

std::vector<std::string> unit_names() {
  std::vector<std::string> out;
  for (auto const& unit : price_units) out.emplace_back(unit.text);
  return out;
}

const char* measured_in(Measure measure) {
  switch (measure) {
    case Measure::none: return "devices";
    case Measure::power: return "W";
    case Measure::apparent_power: return "VA";
    case Measure::data_rate: return "bit/s";
    case Measure::length: return "m";
    case Measure::energy: return "J";
  }
  return "";
}

// "15 y": a number and one unit.
Parsed<double> number_with(std::string_view text, std::string_view unit, const char* grammar, const char* what) {
  std::size_t const space = text.find(' ');
  if (space == std::string_view::npos || text.substr(space + 1) != unit) return fmt::format("expected {}, found '{}'", grammar, text);
  auto parsed = parse_number(text.substr(0, space));
  if (auto const* number = std::get_if<double>(&parsed); number != nullptr && *number <= 0) return fmt::format("{}; {} must be above zero", text, what);
  return parsed;
}

template <class T>
Parsed<T> as(const Parsed<double>& parsed) {
  if (auto const* what = std::get_if<std::string>(&parsed)) return *what;
  return T{std::get<double>(parsed)};
}

template <class Q>
Parsed<Size> size_of(std::string_view text, Measure measure) {
  auto const parsed = parse_quantity<Q>(text);
  if (auto const* what = std::get_if<std::string>(&parsed)) return *what;
  return Size{std::get<Q>(parsed).si(), measure, std::string(text)};
}

constexpr double shortest_life = 0.5;      // years

// Sizes so far apart that the prices of their devices differ by more than one price's range: eight times, or no bounds at all.
constexpr double widest_band = 8;
bool spans_sizes(const std::optional<SizeBand>& sizes) {
  if (!sizes) return true;
  return sizes->at_least && sizes->below && sizes->below->si > widest_band * sizes->at_least->si;
}

std::string bound_text(const std::optional<SizeBand>& sizes, bool lower) {
  if (!sizes) return lower ? "the smallest" : "the largest";
  return (lower ? sizes->at_least : sizes->below)->text();
}

bool overlap(const SpendingClass& a, const SpendingClass& b) {
  auto const bounds = [](const SpendingClass& c) {
    return std::pair{c.sizes && c.sizes->at_least ? c.sizes->at_least->si : 0.0, c.sizes && c.sizes->below ? c.sizes->below->si : std::numeric_limits<double>::infinity()};
  };
  auto const [a_from, a_to] = bounds(a);
  auto const [b_from, b_to] = bounds(b);
  return a.count.key == b.count.key && a_from < b_to && b_from < a_to;
}

// What is wrong between two classes that are right by themselves.
void check_together(const std::vector<SpendingClass>& classes) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    SpendingClass const& c = classes[i];
    for (std::size_t k = 0; k < i; ++k)
      if (overlap(classes[k], c)) problems.push_back({c.where, fmt::format("the classes {} and {} price the same {}; give each 'sizes' of its own, or take one away", classes[k].name, c.name, c.count.key)});
  }
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace

std::string to_text(Payer payer) {
  for (auto const& [candidate, name] : names(payer))
    if (candidate == payer) return name;
  return "";
}

const PriceUnit& price_unit(const std::string& per) {
  for (auto const& unit : price_units)
    if (per == unit.text) return unit;
  expects(false, "a price that was read has a unit of the table");
  return price_units[0];
}

Parsed<UnitPrice> UnitPrice::parse(std::string_view text) {
  std::size_t const space = text.find(' '), slash = text.find('/', space == std::string_view::npos ? 0 : space);
  if (space == std::string_view::npos && text.find('/') != std::string_view::npos) return fmt::format("'{}' has no currency; write it as in '28900 USD/unit'", text);
  auto const number = parse_number(text.substr(0, space));
  if (auto const* what = std::get_if<std::string>(&number)) return *what;
  if (space == std::string_view::npos) return fmt::format("'{}' has no currency; write it with what it is and what it is for, such as '{} USD/unit' or '{} USD/W'", text, text, text);
  UnitPrice price{std::get<double>(number), std::string(text.substr(space + 1, slash == std::string_view::npos ? slash : slash - space - 1)), ""};
  if (price.currency.size() != 3 || !std::all_of(price.currency.begin(), price.currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return fmt::format("'{}' is no currency; it is three capital letters, as in '28900 USD/unit'", price.currency);
  if (slash == std::string_view::npos) return fmt::format("'{}' does not say for what; write '{}/unit', or one of /{}", text, text, fmt::join(unit_names(), ", /"));
  price.per = text.substr(slash + 1);
  auto const known = unit_names();
  if (std::find(known.begin(), known.end(), price.per) == known.end()) return fmt::format("a price per '{}' cannot be counted{} (one of {})", price.per, nearest_hint(price.per, known), fmt::join(known, ", "));
  if (price.amount <= 0) return fmt::format("{}; a price must be above zero", text);
  if (price.amount > 1e13) return fmt::format("{}; no price is above 1e13", text);
  return price;
}

std::string UnitPrice::text() const { return fmt::format("{} {}/{}", number_text(amount), currency, per); }

Parsed<Years> Years::parse(std::string_view text) {
  auto const years = as<Years>(number_with(text, "y", grammar, "a life"));
  if (auto const* life = std::get_if<Years>(&years); life != nullptr && life->value > 1000) return fmt::format("{}; no life is above 1000 years", text);
  return years;
}
std::string Years::text() const { return number_text(value) + " y"; }

Parsed<Weeks> Weeks::parse(std::string_view text) { return as<Weeks>(number_with(text, "wk", grammar, "a lead time")); }
std::string Weeks::text() const { return number_text(value) + " wk"; }

Parsed<Size> Size::parse(std::string_view text) {
  if (text.ends_with("bit/s")) return size_of<DataRate>(text, Measure::data_rate);
  if (text.ends_with("VA")) return size_of<ApparentPower>(text, Measure::apparent_power);
  if (text.ends_with("W")) return size_of<Power>(text, Measure::power);
  if (text.ends_with("m")) return size_of<Length>(text, Measure::length);
  return fmt::format("expected {}, found '{}'", grammar, text);
}

Parsed<CountName> CountName::parse(std::string_view text) {
  std::string const key(text);
  if (find_count_kind(key) != nullptr) return CountName{key};
  std::vector<std::string> known;
  for (auto const& kind : count_kinds()) known.emplace_back(kind.key);
  return fmt::format("nothing is counted under '{}'{} (one of {})", key, nearest_hint(key, known), fmt::join(known, ", "));
}

bool SpendingClass::holds(std::optional<double> size) const {
  if (!sizes) return true;
  return size && (!sizes->at_least || *size >= sizes->at_least->si) && (!sizes->below || *size < sizes->below->si);
}

void check(const SectorCodes& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.us_bea_summary.empty() && s.china_42.empty() && s.china_153.empty()) problems.push_back({s.where, fmt::format("{}: names no sector of any table; give 'us_bea_summary', 'china_42' or 'china_153'", path)});
}

void check(const PriceRange& s, const std::string& path, std::vector<Problem>& problems) {
  for (auto const* other : {&s.low, &s.high})
    if (*other && ((*other)->currency != s.mid.currency || (*other)->per != s.mid.per))
      problems.push_back({s.where, fmt::format("{}: '{}' and '{}' are not in one unit; low, mid and high are one thing in one year", path, (*other)->text(), s.mid.text())});
  if (!problems.empty()) return;
  if (s.low && s.low->amount > s.mid.amount) problems.push_back({s.where, fmt::format("{}: low ({}) is above mid ({})", path, s.low->text(), s.mid.text())});
  if (s.high && s.high->amount < s.mid.amount) problems.push_back({s.where, fmt::format("{}: high ({}) is below mid ({})", path, s.high->text(), s.mid.text())});
}

void check(const SizeBand& s, const std::string& path, std::vector<Problem>& problems) {
  if (!s.at_least && !s.below) problems.push_back({s.where, fmt::format("{}: needs 'at_least', 'below' or both", path)});
  if (s.at_least && s.below && s.at_least->measure != s.below->measure) problems.push_back({s.where, fmt::format("{}: {} and {} are not sizes of one thing", path, s.at_least->text(), s.below->text())});
  else if (s.at_least && s.below && s.at_least->si >= s.below->si) problems.push_back({s.where, fmt::format("{}: no size is at least {} and below {}", path, s.at_least->text(), s.below->text())});
}

void check(const LeadTime& s, const std::string& path, std::vector<Problem>& problems) {
  if (!s.low && !s.mid && !s.high) problems.push_back({s.where, fmt::format("{}: needs 'low', 'mid' or 'high'", path)});
  const std::optional<Weeks>* before = nullptr;
  for (auto const* weeks : {&s.low, &s.mid, &s.high}) {
    if (!*weeks) continue;
    if (before != nullptr && (*before)->value > (*weeks)->value) problems.push_back({s.where, fmt::format("{}: {} stands before {}; low, mid and high rise", path, (*before)->text(), (*weeks)->text())});
    before = weeks;
  }
}

void check(const SpendingClass& s, const std::string&, std::vector<Problem>& problems) {
  CountKind const& kind = *find_count_kind(s.count.key);
  Measure const priced = price_unit(s.price.mid.per).measure;
  if (priced != Measure::none && priced != kind.measure)
    problems.push_back({s.price.where, fmt::format("price: the size of {} is measured in {}, it cannot be paid per {}", kind.key, measured_in(kind.measure), s.price.mid.per)});
  if (s.sizes)
    for (auto const* bound : {&s.sizes->at_least, &s.sizes->below})
      if (*bound && (*bound)->measure != kind.measure)
        problems.push_back({s.sizes->where, fmt::format("sizes: the size of {} is measured in {}, '{}' is not such a size", kind.key, measured_in(kind.measure), (*bound)->text())});
  if (priced == Measure::none && kind.measure != Measure::none && s.price.low && s.price.high && spans_sizes(s.sizes))
    problems.push_back({s.price.where, fmt::format("price: low and high of one price for {} of any size from {} to {}: a spread over sizes is no range; give each size a class of its own, or price it per its size", kind.key, bound_text(s.sizes, true), bound_text(s.sizes, false))});
  if (s.life.value < shortest_life) problems.push_back({s.where, fmt::format("life: {} is too short, {} y would do", s.life.text(), shortest_life)});
  double shares = 0;
  for (auto const& sector : s.sector) shares += sector.share;
  if (std::abs(shares - 1) > 1e-9) problems.push_back({s.sector.front().where, fmt::format("sector: the shares add up to {:.6g}, not to 1", shares)});
}

SpendingClass read_spending_class(const fs::path& file) {
  TreePtr const tree = read_yaml(file);
  ReadContext context = file_context();
  SpendingClass out = read_document<SpendingClass>(*tree, context);
  std::vector<Problem> problems;
  if (out.name != file.stem()) problems.push_back({tree->find("name")->where, fmt::format("the name is '{}', the file is called '{}'; they must agree", out.name, file.stem().string())});
  if (!problems.empty()) throw InputError(std::move(problems));
  return out;
}

std::vector<SpendingClass> read_prices(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw InputError({folder.string(), 0, 0}, "there is no such folder of spending classes", InputFault::missing);
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  if (files.empty()) throw InputError({folder.string(), 0, 0}, "the folder has no spending class (NAME.yaml)", InputFault::missing);
  std::sort(files.begin(), files.end());
  std::vector<SpendingClass> classes;
  std::vector<Problem> problems;
  for (auto const& file : files) {
    try {
      classes.push_back(read_spending_class(file));
    } catch (const InputError& e) {
      problems.insert(problems.end(), e.problems().begin(), e.problems().end());
    }
  }
  if (!problems.empty()) throw InputError(std::move(problems));
  check_together(classes);
  return classes;
}

fs::path shipped_prices() { return shipped_folder("prices"); }

Json echo_spending_class(const SpendingClass& spending_class) { return echo(spending_class); }

Json schema_of_spending_class() { return schema_document<SpendingClass>(); }

}  // namespace headroom
