#include "analysis/spending/grid_costs.h"

#include "analysis/spending/grid_costs_fields.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"

namespace headroom {
namespace {

void expect_measure(const PriceRange& price, Measure measure, const char* example, const std::string& what, std::vector<Problem>& problems) {
  if (price_unit(price.mid.per).measure != measure) problems.push_back({price.where, fmt::format("{}: '{}' is not such a price; write it like '{}'", what, price.mid.text(), example)});
}

void expect_currency(const PriceRange& price, const GridCosts& costs, const std::string& what, std::vector<Problem>& problems) {
  if (price.mid.currency != costs.currency)
    problems.push_back({price.where, fmt::format("{}: in {}, but the prices of this file are in {}", what, price.mid.currency, costs.currency)});
}

}  // namespace

void check(const GridRung& s, const std::string& path, std::vector<Problem>& problems) {
  expect_measure(s.line, Measure::length, "900000 USD/km", path + ".line", problems);
  expect_measure(s.new_substation, Measure::none, "7800000 USD/unit", path + ".new_substation", problems);
  expect_measure(s.upgrade_substation, Measure::none, "1600000 USD/unit", path + ".upgrade_substation", problems);
  expect_measure(s.transformer, Measure::apparent_power, "4260 USD/MVA", path + ".transformer", problems);
}

void check(const DeepReinforcement& s, const std::string& path, std::vector<Problem>& problems) {
  for (auto const* price : {&s.median, &s.p90})
    if (price_unit(price->per).measure != Measure::power) problems.push_back({s.where, fmt::format("{}: '{}' is not a price per watt", path, price->text())});
  if (problems.empty() && s.median.amount / price_unit(s.median.per).si >= s.p90.amount / price_unit(s.p90.per).si)
    problems.push_back({s.where, fmt::format("{}: the median ({}) is not below p90 ({})", path, s.median.text(), s.p90.text())});
}

void check(const GridCosts& s, const std::string&, std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < s.rungs.size(); ++i) {
    auto const& rung = s.rungs[i];
    std::string const name = fmt::format("rungs[{}]", i);
    if (i > 0 && (rung.voltage.si() <= s.rungs[i - 1].voltage.si() || rung.line_rating.si() <= s.rungs[i - 1].line_rating.si()))
      problems.push_back({rung.where, fmt::format("{}: voltages and ratings rise from rung to rung", name)});
    for (auto const* price : {&rung.line, &rung.new_substation, &rung.upgrade_substation, &rung.transformer}) expect_currency(*price, s, name, problems);
  }
  for (std::size_t i = 1; i < s.short_lines.size(); ++i)
    if (s.short_lines[i].below.si() <= s.short_lines[i - 1].below.si()) problems.push_back({s.short_lines[i].where, fmt::format("short_lines[{}]: lengths rise from line to line", i)});
  if (s.deep)
    for (auto const* price : {&s.deep->median, &s.deep->p90})
      if (price->currency != s.currency) problems.push_back({s.deep->where, fmt::format("deep: in {}, but the prices of this file are in {}", price->currency, s.currency)});
  for (std::size_t i = 0; i < s.generation.size(); ++i) expect_measure(s.generation[i].price, Measure::power, "1420 USD/kW", fmt::format("generation[{}].price", i), problems);
  if (price_unit(s.electricity.price.per).measure != Measure::energy) problems.push_back({s.electricity.where, fmt::format("electricity.price: '{}' is not a price per kWh", s.electricity.price.text())});
}

GridCosts find_grid_costs(const std::string& country, const Location& mention) {
  auto const file = find_mentioned_file(GridCosts::kind, country, mention);
  TreePtr const tree = read_yaml(file);
  ReadContext context = file_context();
  return read_document<GridCosts>(*tree, context);
}

Json schema_of_grid_costs() { return schema_document<GridCosts>(); }

}  // namespace headroom
