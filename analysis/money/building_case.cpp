#include "analysis/money/building_case.h"

#include <algorithm>

#include "analysis/money/annuity.h"
#include "analysis/money/building_case_fields.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"

namespace headroom {
namespace {

bool is_currency(std::string_view text) { return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }); }

// "10 USD/W": a number, a currency, and what it is for.
template <class T>
Parsed<T> priced(std::string_view text, std::string_view per) {
  std::size_t const space = text.find(' ');
  auto const number = parse_number(text.substr(0, space));
  if (auto const* what = std::get_if<std::string>(&number)) return *what;
  std::string_view const unit = space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
  if (unit.size() < 4 || !is_currency(unit.substr(0, 3)) || unit.substr(3) != per) return fmt::format("expected {}, found '{}'", T::grammar, text);
  if (std::get<double>(number) < 0) return fmt::format("{}; a price must not be below zero", text);
  return T{std::get<double>(number), std::string(unit.substr(0, 3))};
}

double number_of(double value) { return value; }
template <class T>
double number_of(const T& value) { return value.amount; }

std::string text_of(double value) { return number_text(value); }
template <class T>
std::string text_of(const T& value) { return value.text(); }

// Every range with its key, in the order in which they are drawn.
template <class Case, class Take>
void each_range(Case& c, Take take) {
  take("building", c.building);
  take("it", c.it);
  take("network_share", c.network_share);
  take("grid", c.grid);
  take("generation", c.generation);
  take("pue", c.pue);
  take("use", c.use);
  take("server_life", c.server_life);
  take("network_life", c.network_life);
  take("electricity", c.electricity);
  take("energy_only_share", c.energy_only_share);
}

template <class T>
void check_range_of(const char* key, const CaseRange<T>& range, const std::string& currency, std::vector<Problem>& problems) {
  if (number_of(range.low) > number_of(range.mid)) problems.push_back({range.where, fmt::format("{}: low ({}) is above mid ({})", key, text_of(range.low), text_of(range.mid))});
  if (number_of(range.high) < number_of(range.mid)) problems.push_back({range.where, fmt::format("{}: high ({}) is below mid ({})", key, text_of(range.high), text_of(range.mid))});
  if constexpr (requires { range.low.currency; }) {
    for (auto const* price : {&range.low, &range.mid, &range.high})
      if (price->currency != currency) problems.push_back({range.where, fmt::format("{}: '{}' is not in {}, the currency of the case; all its money has one currency and year", key, price->text(), currency)});
  }
}

void check_bounds(const char* key, const CaseNumber& range, double least, double most, std::vector<Problem>& problems) {
  if (range.low < least) problems.push_back({range.where, fmt::format("{}: {} must be at least {}", key, number_text(range.low), number_text(least))});
  if (range.high > most) problems.push_back({range.where, fmt::format("{}: {} must be at most {}", key, number_text(range.high), number_text(most))});
}

}  // namespace

Parsed<PricePerWatt> PricePerWatt::parse(std::string_view text) { return priced<PricePerWatt>(text, "/W"); }
std::string PricePerWatt::text() const { return fmt::format("{} {}/W", number_text(amount), currency); }

Parsed<PricePerKilowattHour> PricePerKilowattHour::parse(std::string_view text) { return priced<PricePerKilowattHour>(text, "/kWh"); }
std::string PricePerKilowattHour::text() const { return fmt::format("{} {}/kWh", number_text(amount), currency); }

Parsed<LifeOfYears> LifeOfYears::parse(std::string_view text) {
  if (!text.ends_with(" y")) return fmt::format("expected {}, found '{}'", grammar, text);
  auto const number = parse_number(text.substr(0, text.size() - 2));
  if (auto const* what = std::get_if<std::string>(&number)) return *what;
  if (std::get<double>(number) <= 0) return fmt::format("{}; a life must be above zero", text);
  return LifeOfYears{std::get<double>(number)};
}
std::string LifeOfYears::text() const { return number_text(amount) + " y"; }

void check(const BuildingCase& s, const std::string&, std::vector<Problem>& problems) {
  if (!is_currency(s.currency)) problems.push_back({s.where, fmt::format("currency: '{}' is no currency; it is three capital letters, such as USD", s.currency)});
  each_range(s, [&](const char* key, const auto& range) { check_range_of(key, range, s.currency, problems); });
  if (s.building.low.amount <= 0) problems.push_back({s.building.where, fmt::format("building: {} must be above zero, everything is divided by it", s.building.low.text())});
  if (s.network_share.high >= 1) problems.push_back({s.network_share.where, fmt::format("network_share: {} must be below 1, a part of IT and network together", number_text(s.network_share.high))});
  check_bounds("pue", s.pue, 1, 100, problems);
  check_bounds("use", s.use, 0, 1, problems);
  check_bounds("energy_only_share", s.energy_only_share, 0, 1, problems);
}

BuildingCase read_building_case(const std::filesystem::path& file) {
  TreePtr const tree = read_yaml(file);
  ReadContext context = file_context();
  BuildingCase out = read_document<BuildingCase>(*tree, context);
  if (out.name != file.stem()) throw InputError(tree->find("name")->where, fmt::format("the name is '{}', the file is called '{}'; they must agree", out.name, file.stem().string()));
  return out;
}

BuildingCase find_building_case(const std::string& name_or_path) { return read_building_case(find_mentioned_file(BuildingCase::kind, name_or_path, {})); }

Json schema_of_building_case() { return schema_document<BuildingCase>(); }
Json echo_building_case(const BuildingCase& building_case) { return echo(building_case); }

std::vector<Uncertain> case_quantities(const BuildingCase& building_case) {
  std::vector<Uncertain> out;
  each_range(building_case, [&](const char* key, const auto& range) {
    std::string group;
    for (auto const& [value, name] : names(CommonFactor{}))
      if (range.moves_with == value) group = name;
    out.push_back(triangular(key, number_of(range.low), number_of(range.mid), number_of(range.high), group));
  });
  return out;
}

Correlations case_correlations(const BuildingCase& building_case) { return {{"it", building_case.correlations.it}, {"metals", building_case.correlations.metals}}; }

SiteMoney money_per_watt(const CaseFigures& figures, double building_years) {
  return {.building = figures.building,
          .it = figures.it,
          .network = figures.it * figures.network_share / (1 - figures.network_share),
          .grid = figures.grid * figures.pue,
          .generation = figures.generation * figures.pue,
          .electricity_per_year = figures.use * figures.pue * hours_per_year / 1000 * figures.electricity,
          .energy_only_share = figures.energy_only_share,
          .building_years = building_years,
          .it_years = figures.server_life,
          .network_years = figures.network_life};
}

}  // namespace headroom
