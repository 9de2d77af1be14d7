#include "analysis/spending/bill_draws.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace headroom {
namespace {

using Column = std::vector<double>;

constexpr std::size_t most_drivers = 10;

std::string group_of(const SpendingClass& bought) {
  switch (bought.moves_with) {
    case MovesWith::metals: return "metals";
    case MovesWith::it: return "it";
    case MovesWith::nothing: return "";
  }
  return "";
}

// The unit price of a line, in the bill's money.
Uncertain price_of(const BillLine& line, const GridCosts* country) {
  Range const& p = line.unit_price;
  std::string const& name = line.spending_class.name;
  if (line.spending_class.count.key == std::string_view("deep_reinforcement") && country != nullptr && country->deep) return zero_or_lognormal(name, country->deep->nothing, p.mid, p.high);
  return p.low == p.high ? fixed(name, p.mid) : triangular(name, p.low, p.mid, p.high, group_of(line.spending_class));
}

std::vector<Uncertain> prices_of(const std::vector<const BillLine*>& lines, const DrawsQuestion& draws, const GridCosts* country) {
  std::vector<Uncertain> out;
  for (auto const* line : lines) out.push_back(price_of(*line, country));
  return draws.correlated ? out : without_groups(std::move(out));
}

std::vector<const BillLine*> lines_in_total(const Bill& bill) {
  std::vector<const BillLine*> out;
  for (auto const& line : bill.lines)
    if (!line.inside_building) out.push_back(&line);
  return out;
}

// Sum over lines of price x quantity x weight, draw by draw.
Column weighted(const DrawTable& table, const std::vector<const BillLine*>& lines, auto weight) {
  Column out(table.count, 0.0);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    double const times = lines[i]->quantity * weight(*lines[i], i);
    if (times == 0) continue;
    Column const& price = table.columns[i];
    for (std::size_t k = 0; k < out.size(); ++k) out[k] += times * price[k];
  }
  return out;
}

double at_mid(const std::vector<const BillLine*>& lines, auto weight) {
  double out = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) out += lines[i]->amount.mid * weight(*lines[i], i);
  return out;
}

// What a unit paid for each line comes to at home, what is imported at once taken off.
struct PerUnit {
  Column output, value_added, imports;
};
PerUnit per_unit_paid(const std::vector<const BillLine*>& lines, const KnockOnQuestion& q) {
  Multipliers const drawn = multipliers(q.table);
  PerUnit out;
  for (auto const* line : lines) {
    Column const demand = demand_of_line(*line, q);
    double output = 0, value_added = 0, imports = 0;
    for (std::size_t s = 0; s < demand.size(); ++s) {
      double const imported = demand[s] * q.table.first_purchase_imported[s] * (1 - q.substitution), home = demand[s] - imported;
      output += home * drawn.type_1_home[s];
      value_added += home * drawn.value_added_home[s];
      imports += imported + home * drawn.imports_home[s];
    }
    out.output.push_back(output);
    out.value_added.push_back(value_added);
    out.imports.push_back(imports);
  }
  return out;
}

// The lines whose prices move a sum most, each by itself: its units x weight x (P90 - P10 of its price). The rank correlation stands beside it;
// it is that of prices that move together, too.
std::vector<Driver> largest_drivers(const DrawTable& table, const std::vector<const BillLine*>& lines, const Column& outcome, double mid, auto weight) {
  std::vector<Driver> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Uncertain const& price = table.quantities[i];
    if (price.shape == UncertainShape::fixed) continue;
    double const times = lines[i]->quantity * weight(*lines[i], i), low = value_at(price, 0.1), high = value_at(price, 0.9), middle = lines[i]->unit_price.mid;
    if (times != 0) out.push_back({price.name, rank_correlation(table.columns[i], outcome), low, high, mid + times * (low - middle), mid + times * (high - middle)});
  }
  std::stable_sort(out.begin(), out.end(), [](const Driver& a, const Driver& b) { return std::abs(a.outcome_at_p90 - a.outcome_at_p10) > std::abs(b.outcome_at_p90 - b.outcome_at_p10); });
  if (out.size() > most_drivers) out.resize(most_drivers);
  return out;
}

class Outcomes {
 public:
  Outcomes(const DrawTable& table, const std::vector<const BillLine*>& lines, BillDraws& out) : table_(table), lines_(lines), out_(out) {}

  Column money(const char* key, const char* name, auto weight, bool with_drivers = false) {
    Column values = weighted(table_, lines_, weight);
    double const mid = at_mid(lines_, weight);
    add(key, name, false, mid, values);
    if (with_drivers) out_.outcomes.back().drivers = largest_drivers(table_, lines_, values, mid, weight);
    return values;
  }
  void add(const char* key, const char* name, bool is_ratio, double mid, const Column& values) { out_.outcomes.push_back({key, name, is_ratio, mid, percentiles(values), {}}); }

 private:
  const DrawTable& table_;
  const std::vector<const BillLine*>& lines_;
  BillDraws& out_;
};

bool is_building(const BillLine& line) { return line.spending_class.count.key == "building"; }

void add_ratios(Outcomes& outcomes, const SiteMoney& mid, const std::map<SpendingGroup, Column>& groups, const Column& building) {
  std::vector<KRatios> drawn(building.size());
  for (std::size_t k = 0; k < building.size(); ++k) {
    SiteMoney money = mid;
    auto const of = [&](SpendingGroup group) { return groups.at(group)[k]; };
    money.building = building[k];
    money.it = of(SpendingGroup::it);
    money.network = of(SpendingGroup::network);
    money.grid = of(SpendingGroup::grid);
    money.grid_of_user = mid.grid > 0 ? mid.grid_of_user / mid.grid * money.grid : 0;
    money.generation = of(SpendingGroup::generation);
    drawn[k] = k_ratios(money);
  }
  KRatios const at_mid = k_ratios(mid);
  Column values(drawn.size());
  for (auto const& definition : k_definitions()) {
    if (!tells(definition, mid)) continue;
    for (std::size_t k = 0; k < drawn.size(); ++k) values[k] = drawn[k].*definition.value;
    outcomes.add(definition.key, definition.name, true, at_mid.*definition.value, values);
  }
}

}  // namespace

const DrawnOutcome* BillDraws::find(const std::string& key) const {
  for (auto const& outcome : outcomes)
    if (outcome.key == key) return &outcome;
  return nullptr;
}

SiteMoney site_money(const Bill& bill, double paid_by_utility, const ElectricityCost& electricity, double electricity_per_year) {
  SiteMoney out;
  out.building = bill.building().mid;
  out.it = bill.of(SpendingGroup::it).mid;
  out.network = bill.of(SpendingGroup::network).mid;
  out.grid = bill.of(SpendingGroup::grid).mid;
  out.grid_of_user = (1 - paid_by_utility) * out.grid;
  out.generation = bill.of(SpendingGroup::generation).mid;
  out.electricity_per_year = electricity_per_year;
  out.energy_only_share = electricity.energy_only_share;
  out.building_years = bill.building_years().value_or(out.building_years);
  out.it_years = bill.years_of(SpendingGroup::it).value_or(out.it_years);
  out.network_years = bill.years_of(SpendingGroup::network).value_or(out.network_years);
  return out;
}

bool tells(const KDefinition& definition, const SiteMoney& money) {
  std::string const key = definition.key;
  if (key == "grid_and_generation" || key == "k2") return money.grid + money.generation > 0;
  if (key == "k3_full_tariff" || key == "k3_energy_only" || key == "k3e_old") return money.electricity_per_year > 0;
  return true;
}

std::vector<Ratio> k_ratios_of(const Bill& bill, const SiteMoney& money, const KnockOn& knock_on) {
  if (money.building <= 0) return {};
  std::vector<std::string> own{fmt::format("{:.1f} % of the money rests on assumptions, {:.1f} % on shares of larger sums", 100 * bill.assumed_in_all(), 100 * bill.total_share(FigureEvidence::share))};
  for (auto const& gap : bill.missing)
    if (!gap.inside_building) own.push_back(fmt::format("{:.6g} {} have no price and are left out", Count{gap.kind, gap.elements}.units(), gap.kind->key));
  KRatios const values = k_ratios(money);
  std::vector<Ratio> out;
  for (auto const& definition : k_definitions()) {
    if (!tells(definition, money)) continue;
    Ratio ratio{definition.name, definition.meaning, values.*definition.value, definition.caveats};
    ratio.caveats.insert(ratio.caveats.end(), own.begin(), own.end());
    out.push_back(std::move(ratio));
  }
  for (auto const& type_1 : knock_on.ratios)
    if (type_1.name == "Type I home") {
      Ratio k4{"K4", "K3 x Type I home of the first fit: two different things multiplied, for comparison with claims that do so", values.k3 * type_1.value, {}};
      k4.caveats.emplace_back("not a multiplier of the building: purchases of its whole life times gross output, which counts a good again at each stage");
      k4.caveats.insert(k4.caveats.end(), own.begin(), own.end());
      k4.caveats.insert(k4.caveats.end(), type_1.caveats.begin(), type_1.caveats.end());
      out.push_back(std::move(k4));
    }
  return out;
}

BillDraws draw_bill(const DrawsQuestion& draws, const KnockOnQuestion& question, const SiteMoney& money) {
  auto const lines = lines_in_total(question.bill);
  DrawTable const table = latin_hypercube(prices_of(lines, draws, question.country), draws.count, draws.seed);
  BillDraws out;
  out.count = draws.count;
  out.seed = draws.seed;
  out.correlation = draws.correlated ? default_correlation : 0;
  Outcomes outcomes(table, lines, out);
  outcomes.money("total", "total, first fit", [](const BillLine&, std::size_t) { return 1.0; }, true);
  std::map<SpendingGroup, Column> groups;
  for (auto const& [group, name] : names(SpendingGroup{})) groups[group] = outcomes.money(name, name, [group = group](const BillLine& line, std::size_t) { return line.group == group ? 1.0 : 0.0; });
  Column const building = outcomes.money("building_line", "building with its power path and cooling", [](const BillLine& line, std::size_t) { return is_building(line) ? 1.0 : 0.0; });
  PerUnit const per_unit = per_unit_paid(lines, question);
  outcomes.money("output_home", "output at home drawn by the first fit", [&](const BillLine&, std::size_t i) { return per_unit.output[i]; }, true);
  outcomes.money("value_added", "value added at home drawn by the first fit", [&](const BillLine&, std::size_t i) { return per_unit.value_added[i]; });
  outcomes.money("imports", "imports drawn by the first fit", [&](const BillLine&, std::size_t i) { return per_unit.imports[i]; });
  if (money.building > 0) add_ratios(outcomes, money, groups, building);
  return out;
}

// Between two bills a class may have another price (works at another voltage): it is drawn once, as a factor on its price in the
// middle, for the difference of its amounts.
Avoided avoided_money(const Bill& more, const Bill& less, const DrawsQuestion& draws, const GridCosts* country) {
  std::map<std::string, std::pair<const BillLine*, Range>> differences;      // by class: one of its lines, and money more
  auto const add = [&](const Bill& bill, double sign) {
    for (auto const& line : bill.lines) {
      if (is_building(line)) continue;
      Range& money = differences.try_emplace(line.spending_class.name, &line, Range{}).first->second.second;
      money = money + line.amount * sign;
    }
  };
  add(more, 1);
  add(less, -1);
  std::vector<const BillLine*> lines;
  std::vector<double> at_mid;
  Avoided out;
  for (auto const& [name, difference] : differences) {
    lines.push_back(difference.first);
    at_mid.push_back(difference.second.mid);
    out.at_prices = out.at_prices + difference.second;
  }
  DrawTable const table = latin_hypercube(prices_of(lines, draws, country), draws.count, draws.seed);
  Column const values = weighted(table, lines, [&](const BillLine& line, std::size_t i) { return line.amount.mid > 0 ? at_mid[i] / line.amount.mid : 0.0; });
  out.spread = percentiles(values);
  return out;
}

}  // namespace headroom
