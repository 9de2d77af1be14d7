#include "analysis/spending/knock_on.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/sum.h"

namespace headroom {
namespace {

using Demand = std::vector<double>;    // of each sector

double sum(const Demand& demand) {
  CompensatedSum out;
  for (double d : demand) out.add(d);
  return out.value();
}

void add_times(Demand& to, const Demand& what, double times) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += times * what[i];
}

// Share of what businesses use of each sector that is imported: of running purchases, where a first purchase is an investment.
std::vector<double> intermediate_imported(const InputOutputTable& table) {
  std::vector<double> out(table.sectors.size(), 0.0);
  for (std::size_t r = 0; r < out.size(); ++r) {
    double all = 0, home = 0;
    for (std::size_t c = 0; c < out.size(); ++c) {
      all += table.all_inputs.at(static_cast<int>(r), static_cast<int>(c)) * table.output[c];
      home += table.home.at(static_cast<int>(r), static_cast<int>(c)) * table.output[c];
    }
    if (all > 0) out[r] = std::clamp(1 - home / all, 0.0, 1.0);
  }
  return out;
}

class Economy {
 public:
  explicit Economy(const KnockOnQuestion& question) : table_(question.table), substitution_(question.substitution), running_imported_(intermediate_imported(question.table)), home_(question.table, Inputs::home) {}

  // What is imported at once: of investments, or of what is paid while the site runs.
  Demand imported(const Demand& demand, SpendingKind kind, double substitution) const {
    auto const& shares = kind == SpendingKind::running ? running_imported_ : table_.first_purchase_imported;
    Demand out = demand;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] *= shares[i] * (1 - substitution);
    return out;
  }

  Demand output(const Demand& demand, SpendingKind kind, double substitution) const {
    Demand at_home = demand;
    add_times(at_home, imported(demand, kind, substitution), -1);
    return home_.output(at_home);
  }

  Effects effects(const Demand& demand, SpendingKind kind, double substitution) const {
    OutputEffects const of = effects_of(table_, output(demand, kind, substitution));
    return {sum(demand), sum(imported(demand, kind, substitution)), of.output, of.value_added, of.labour_income, of.imports, of.residual, of.jobs};
  }
  Effects effects(const Demand& demand, SpendingKind kind = SpendingKind::first) const { return effects(demand, kind, substitution_); }
  double substitution() const { return substitution_; }

 private:
  const InputOutputTable& table_;
  double substitution_;
  std::vector<double> running_imported_;
  Leontief home_;
};

Demand demand_of_running(const RunningCost& cost, const KnockOnQuestion& q) {
  Demand out(q.table.sectors.size(), 0.0);
  if (!cost.sector.in(q.table.classification).empty()) out[sector_index(q.table, cost.sector)] = 1 / (1 + (q.country != nullptr ? q.country->vat : 0.0));
  return out;
}

// Per unit paid for each line and running cost, in the table's money.
struct Recipes {
  std::vector<Demand> lines;
  std::map<std::string, Demand> running;
};

Recipes recipes(const KnockOnQuestion& q, double to_table) {
  Recipes out;
  auto const in_table_money = [&](Demand demand) {
    for (double& d : demand) d *= to_table;
    return demand;
  };
  for (auto const& line : q.bill.lines) out.lines.push_back(in_table_money(demand_of_line(line, q)));
  for (auto const& cost : q.running) out.running.try_emplace(cost.name, in_table_money(demand_of_running(cost, q)));
  return out;
}

Ratio ratio(const std::string& name, double value, const std::string& meaning, const std::vector<std::string>& caveats) { return {name, meaning, value, caveats}; }

double drawn(const Demand& demand, const std::vector<double>& per_unit) {
  double out = 0;
  for (std::size_t i = 0; i < demand.size(); ++i) out += demand[i] * per_unit[i];
  return out;
}

// Type II multipliers; none where households would spend more than there is: their rounds of spending do not end, and what the
// system then gives is below Type I.
std::optional<std::vector<double>> households_spend(const InputOutputTable& table, Inputs inputs, Closure closure, const std::vector<double>& type_1) {
  try {
    auto found = type_2(table, inputs, closure);
    for (std::size_t i = 0; i < found.size(); ++i)
      if (!(found[i] >= type_1[i] - 1e-9)) return std::nullopt;
    return found;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

// Under both closures. What has no ratio is a warning.
void add_type_2(const Demand& basket, double all, const InputOutputTable& table, const Multipliers& type_1, KnockOn& out) {
  if (!table.has_households()) return;
  double const per_wage = table.total_household_use / table.total_wages;
  std::string const as_in_table = fmt::format("households buy {:.2f} per unit of wages, as in the table{}", per_wage, per_wage > 1 ? " (other income buys, too): an upper bound" : "");
  for (auto const& [closure, text, rule] : {std::tuple{Closure::wages, "wages", as_in_table}, std::tuple{Closure::household_use, "household use", std::string("all wages are spent, other income buys nothing")}})
    for (Inputs const inputs : {Inputs::home, Inputs::all}) {
      bool const home = inputs == Inputs::home;
      std::string const name = fmt::format("Type II {} ({})", home ? "home" : "all inputs", text);
      auto const per_unit = households_spend(table, inputs, closure, home ? type_1.type_1_home : type_1.type_1_all_inputs);
      if (per_unit) out.ratios.push_back(ratio(name, drawn(basket, *per_unit) / all, fmt::format("Type I {}, and what wages buy; {}{}", home ? "home" : "all inputs", rule, home ? "" : "; an upper bound"), out.caveats));
      else out.warnings.push_back(fmt::format("no {}: households of this table would spend more than there is", name));
    }
}

// Of a basket, per unit of it: as if all of it were bought at home, then with what is imported at once taken off.
void add_ratios(const Demand& basket, const Effects& effects, const InputOutputTable& table, double substitution, KnockOn& to) {
  double const all = sum(basket);
  if (all <= 0) return;
  Multipliers const per_unit = multipliers(table);
  auto& out = to.ratios;
  auto const& caveats = to.caveats;
  out.push_back(ratio("Type I home", drawn(basket, per_unit.type_1_home) / all, "output drawn at home per unit bought, the purchase included, as if all of it were made at home", caveats));
  out.push_back(ratio("Type I all inputs", drawn(basket, per_unit.type_1_all_inputs) / all, "the same with imported inputs as if made at home", caveats));
  add_type_2(basket, all, table, per_unit, to);
  out.push_back(ratio("value added at home", drawn(basket, per_unit.value_added_home) / all, "value added at home per unit bought, as if all of it were made at home; the rest is imported inputs", caveats));
  std::string const note = substitution > 0 ? fmt::format(", of which home suppliers take over {:.4g} %", 100 * substitution) : "";
  out.push_back(ratio("home output, imports taken off", effects.output / all, "output drawn at home per unit bought, what is imported at once taken off" + note, caveats));
  out.push_back(ratio("value added, imports taken off", effects.value_added / all, "value added at home per unit bought, what is imported at once taken off" + note, caveats));
  out.push_back(ratio("imports", effects.imports() / all, "imported per unit bought, at once or as inputs" + note, caveats));
}

std::vector<SectorEffects> sector_effects(const Demand& basket, const Economy& economy, const InputOutputTable& table) {
  Demand const imported = economy.imported(basket, SpendingKind::first, economy.substitution()), output = economy.output(basket, SpendingKind::first, economy.substitution());
  std::vector<SectorEffects> out;
  for (std::size_t i = 0; i < basket.size(); ++i)
    if (basket[i] != 0 || output[i] != 0) out.push_back({table.sectors[i], basket[i], imported[i], output[i]});
  std::stable_sort(out.begin(), out.end(), [](const SectorEffects& a, const SectorEffects& b) { return a.output > b.output; });
  return out;
}

std::vector<SupplierScenario> supplier_scenarios(const Demand& basket, const Economy& economy, double asked) {
  std::vector<SupplierScenario> out;
  for (double substitution : std::set<double>{0, asked, 0.5, 1}) {
    Effects const effects = economy.effects(basket, SpendingKind::first, substitution);
    double const foreign = effects.demand > 0 ? effects.imported_at_once / effects.demand : 0;
    out.push_back({substitution, 1 - foreign, foreign, effects});
  }
  return out;
}

std::vector<SellerFlow> flows_of(const KnockOnQuestion& q) {
  std::vector<SellerFlow> out;
  for (auto const& line : q.bill.lines) {
    if (line.inside_building) continue;
    Demand const demand = demand_of_line(line, q);
    for (std::size_t i = 0; i < demand.size(); ++i)
      if (demand[i] * line.amount.mid > 0) out.push_back({line.spending_class.name, i, demand[i] * line.amount.mid});
  }
  return out;
}

}  // namespace

void Effects::add(const Effects& other) {
  demand += other.demand;
  imported_at_once += other.imported_at_once;
  output += other.output;
  value_added += other.value_added;
  labour_income += other.labour_income;
  imported_inputs += other.imported_inputs;
  residual += other.residual;
  if (other.jobs) jobs = jobs.value_or(0) + *other.jobs;
}

std::vector<double> demand_of_line(const BillLine& line, const KnockOnQuestion& q) {
  Demand out(q.table.sectors.size(), 0.0);
  double const net = 1 / (1 + vat_of(line, q.country));
  bool const margins = q.margins.apply_to(line.group);
  double producers = net;
  if (margins)
    for (auto const* margin : {&q.margins.trade, &q.margins.transport}) {
      out[sector_index(q.table, margin->sector)] += net * margin->share;
      producers -= net * margin->share;
    }
  for (auto const& seller : line.spending_class.sector) out[sector_index(q.table, seller)] += producers * seller.share;
  return out;
}

KnockOn knock_on(const KnockOnQuestion& q) {
  KnockOn out;
  out.table = q.table.title;
  out.table_year = q.table.year;
  out.currency = q.table.currency;
  for (auto const& sector : q.table.sectors) out.sector_codes.push_back(sector.code);
  out.to_table = q.rates.convert_factor({q.bill.money.currency, q.bill.money.year}, {q.table.currency, q.table.year}, q.table.where).value;
  out.caveats = input_output_caveats(q.table);
  out.warnings = q.table.warnings;
  Economy const economy(q);
  Recipes const recipe = recipes(q, out.to_table);
  std::map<std::pair<int, SpendingKind>, Demand> years;
  std::map<SpendingGroup, Demand> groups;
  Demand const nothing(q.table.sectors.size(), 0.0);
  Demand basket = nothing;
  for (auto const& row : q.schedule.years) {
    Demand& year = years.try_emplace({row.year, row.kind}, nothing).first->second;
    Demand const& per_unit = row.line == YearlySpending::npos ? recipe.running.at(row.name) : recipe.lines[row.line];
    add_times(year, per_unit, row.production);
    if (row.kind != SpendingKind::first) continue;
    add_times(basket, per_unit, row.production);
    add_times(groups.try_emplace(q.bill.lines[row.line].group, nothing).first->second, per_unit, row.production);
    out.tax += out.to_table * row.production * (1 - 1 / (1 + vat_of(q.bill.lines[row.line], q.country)));
  }
  for (auto const& [key, demand] : years) {
    Effects const effects = economy.effects(demand, key.second);
    out.years.push_back({key.first, key.second, effects});
    out.kinds[key.second].add(effects);
  }
  for (auto const& [group, demand] : groups) out.groups[group] = economy.effects(demand);
  out.flows = flows_of(q);
  out.sectors = sector_effects(basket, economy, q.table);
  out.suppliers = supplier_scenarios(basket, economy, q.substitution);
  add_ratios(basket, economy.effects(basket), q.table, q.substitution, out);
  return out;
}

}  // namespace headroom
