#include "analysis/spending/knock_on.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

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

class Economy {
 public:
  explicit Economy(const KnockOnQuestion& question) : table_(question.table), substitution_(question.substitution), home_(question.table, Inputs::home) {}

  Demand imported(const Demand& demand, double substitution) const {
    Demand out = demand;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] *= table_.first_purchase_imported[i] * (1 - substitution);
    return out;
  }
  Demand imported(const Demand& demand) const { return imported(demand, substitution_); }

  Demand output(const Demand& demand, double substitution) const {
    Demand at_home = demand;
    add_times(at_home, imported(demand, substitution), -1);
    return home_.output(at_home);
  }
  Demand output(const Demand& demand) const { return output(demand, substitution_); }

  Effects effects(const Demand& demand, double substitution) const {
    OutputEffects const of = effects_of(table_, output(demand, substitution));
    return {sum(demand), sum(imported(demand, substitution)), of.output, of.value_added, of.labour_income, of.imports, of.residual, of.jobs};
  }
  Effects effects(const Demand& demand) const { return effects(demand, substitution_); }

 private:
  const InputOutputTable& table_;
  double substitution_;
  Leontief home_;
};

Demand demand_of_running(const RunningCost& cost, const KnockOnQuestion& q) {
  Demand out(q.table.sectors.size(), 0.0);
  if (!cost.sector.in(q.table.classification).empty()) out[sector_index(q.table, cost.sector)] = 1 / (1 + (q.country != nullptr ? q.country->service_vat : 0.0));
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

// Of a basket, per unit of it: as if all of it were bought at home, then with what is imported at once taken off.
std::vector<Ratio> ratios_of(const Demand& basket, const Effects& effects, const InputOutputTable& table, double substitution, const std::vector<std::string>& caveats) {
  double const all = sum(basket);
  if (all <= 0) return {};
  Multipliers const per_unit = multipliers(table);
  std::vector<Ratio> out{
      ratio("Type I home", drawn(basket, per_unit.type_1_home) / all, "output drawn at home per unit bought, the purchase included, as if all of it were made at home", caveats),
      ratio("Type I all inputs", drawn(basket, per_unit.type_1_all_inputs) / all, "the same with imported inputs as if made at home", caveats)};
  if (table.has_households())
    for (auto const& [closure, text] : {std::pair{Closure::wages, "wages"}, std::pair{Closure::household_use, "household use"}}) {
      std::string const rule = closure == Closure::wages ? "wages are spent as far as the table's households spend" : "all wages are spent";
      out.push_back(ratio(fmt::format("Type II home ({})", text), drawn(basket, type_2(table, Inputs::home, closure)) / all, fmt::format("Type I home, and what wages buy; {}", rule), caveats));
      out.push_back(ratio(fmt::format("Type II all inputs ({})", text), drawn(basket, type_2(table, Inputs::all, closure)) / all, fmt::format("Type I all inputs, and what wages buy; {}; an upper bound", rule), caveats));
    }
  out.push_back(ratio("value added at home", drawn(basket, per_unit.value_added_home) / all, "value added at home per unit bought, as if all of it were made at home; the rest is imported inputs", caveats));
  std::string const note = substitution > 0 ? fmt::format(", of which home suppliers take over {:.4g} %", 100 * substitution) : "";
  out.push_back(ratio("home output, imports taken off", effects.output / all, "output drawn at home per unit bought, what is imported at once taken off" + note, caveats));
  out.push_back(ratio("value added, imports taken off", effects.value_added / all, "value added at home per unit bought, what is imported at once taken off" + note, caveats));
  out.push_back(ratio("imports", effects.imports() / all, "imported per unit bought, at once or as inputs" + note, caveats));
  return out;
}

std::vector<SectorEffects> sector_effects(const Demand& basket, const Economy& economy, const InputOutputTable& table) {
  Demand const imported = economy.imported(basket), output = economy.output(basket);
  std::vector<SectorEffects> out;
  for (std::size_t i = 0; i < basket.size(); ++i)
    if (basket[i] != 0 || output[i] != 0) out.push_back({table.sectors[i], basket[i], imported[i], output[i]});
  std::stable_sort(out.begin(), out.end(), [](const SectorEffects& a, const SectorEffects& b) { return a.output > b.output; });
  return out;
}

std::vector<SupplierScenario> supplier_scenarios(const Demand& basket, const Economy& economy, double asked) {
  std::vector<SupplierScenario> out;
  for (double substitution : std::set<double>{0, asked, 0.5, 1}) {
    Effects const effects = economy.effects(basket, substitution);
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
  double const net = 1 / (1 + vat_of(line.group, q.country));
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
    out.tax += out.to_table * row.production * (1 - 1 / (1 + vat_of(q.bill.lines[row.line].group, q.country)));
  }
  for (auto const& [key, demand] : years) {
    Effects const effects = economy.effects(demand);
    out.years.push_back({key.first, key.second, effects});
    out.kinds[key.second].add(effects);
  }
  for (auto const& [group, demand] : groups) out.groups[group] = economy.effects(demand);
  out.flows = flows_of(q);
  out.sectors = sector_effects(basket, economy, q.table);
  out.suppliers = supplier_scenarios(basket, economy, q.substitution);
  out.ratios = ratios_of(basket, economy.effects(basket), q.table, q.substitution, out.caveats);
  return out;
}

}  // namespace headroom
