#include "analysis/spending/ownership.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/money/annuity.h"

namespace headroom {
namespace {

double amount_of(const Bill& bill, const std::string& count) {
  double out = 0;
  for (auto const& line : bill.lines)
    if (line.spending_class.count.key == count) out += line.amount.mid;
  return out;
}

// Annuities of what is in the total, by group.
std::map<SpendingGroup, double> annuities(const Bill& bill, double rate) {
  std::map<SpendingGroup, double> out;
  for (auto const& line : bill.lines)
    if (!line.inside_building && line.amount.mid > 0) out[line.group] += yearly_payment(line.amount.mid, rate, line.spending_class.life.value);
  return out;
}

// What is inside the building and wears out before it: its later purchases, as an annuity over the building's life.
double renewals_inside(const Bill& bill, double rate) {
  double const building_years = bill.building_years().value_or(0);
  double present = 0;
  for (auto const& line : bill.lines)
    if (line.inside_building)
      for (double at = line.spending_class.life.value; at < building_years; at += line.spending_class.life.value) present += line.amount.mid / std::pow(1 + rate, at);
  return present > 0 ? yearly_payment(present, rate, building_years) : 0;
}

double mean_use(const SiteUse& use) { return use.it_nameplate_kw > 0 ? std::min(1.0, use.it_mean_kw / use.it_nameplate_kw) : 0; }
double pue_of(const SiteUse& use) { return use.it_mean_kw > 0 ? std::max(1.0, use.facility_mean_kw / use.it_mean_kw) : 1; }

MonthlyCosts hamilton_of(const Bill& bill, const MoneySpec& money, const SiteUse& use, double price) {
  HamiltonInputs in;
  in.servers_price = bill.of(SpendingGroup::it).mid;
  in.servers_years = bill.years_of(SpendingGroup::it).value_or(in.servers_years);
  in.network_price = bill.of(SpendingGroup::network).mid;
  in.network_years = bill.years_of(SpendingGroup::network).value_or(in.network_years);
  in.facility_price = bill.building().mid;
  in.facility_years = bill.building_years().value_or(in.facility_years);
  in.yearly_rate = money.discount_rate;
  in.critical = use.it_nameplate_kw * kilowatt;
  in.use = mean_use(use);
  in.pue = pue_of(use);
  in.price_per_kwh = price;
  in.monthly_salaries = money.salaries / months_per_year;
  return hamilton_costs(in);
}

// The book's operating cost is in dollars of its year, 2013.
constexpr int barroso_year = 2013;

MonthlyCosts barroso_of(const Bill& bill, const MoneySpec& money, const SiteUse& use, double price, const Rates& rates) {
  BarrosoInputs in;
  in.operation_per_w_month = rates.convert(in.operation_per_w_month, {"USD", barroso_year}, {bill.money.currency, bill.money.year});
  in.server_price = bill.equipment().mid;
  in.server_power = use.it_nameplate_kw * kilowatt;
  in.server_years = bill.years_of(SpendingGroup::it).value_or(in.server_years);
  in.site_years = bill.building_years().value_or(in.site_years);
  if (in.server_power.si() <= 0) return {};
  in.site_price_per_w = bill.building().mid / in.server_power.si();
  in.yearly_rate = money.discount_rate;
  in.use = mean_use(use);
  in.pue = pue_of(use);
  in.price_per_kwh = price;
  return barroso_costs_per_watt(in);
}

void add_unit_costs(const Bill& bill, Ownership& out) {
  double const servers = amount_of(bill, "servers"), gpu_servers = amount_of(bill, "gpu_servers"), all = servers + gpu_servers;
  double const of_gpus = all > 0 ? gpu_servers / all : 0;
  auto const add = [&](const char* name, const char* unit, const char* meaning, double money, double quantity) {
    if (quantity > 0 && money > 0) out.units.push_back({name, unit, meaning, money / quantity});
  };
  add("core-hour", "core-h", "all costs but those of GPU servers' share, over core-hours that jobs held", out.per_year * (1 - of_gpus), out.use.core_hours);
  add("GPU-hour", "GPU-h", "all costs' share of GPU servers, over GPU-hours that jobs held", out.per_year * of_gpus, out.use.gpu_hours);
  add("kWh of IT", "kWh", "all costs, over energy that servers and switches took", out.per_year, out.use.it_mean_kw * hours_per_year);
  add("job or request", "job", "all costs, over jobs or requests completed", out.per_year, out.use.completed);
}

}  // namespace

ElectricityCost electricity_cost(const MoneySpec& money, const SiteUse& use, const GridCosts* country, const PriceTeller& teller) {
  double const energy_only = country != nullptr ? country->electricity.energy_only_share : 1;
  if (money.electricity_price) return {*money.electricity_price, energy_only, "money.electricity_price of the scenario"};
  double const kwh = use.facility_mean_kw * hours_per_year;
  if (use.tariff_per_year && kwh > 0)
    return {teller.rates().convert(*use.tariff_per_year / kwh, {use.tariff_currency, use.tariff_year}, {teller.money().currency, teller.money().year}), energy_only, "the run's bill under its tariff"};
  if (country == nullptr) return {0, 1, "no price: the layout names no country (`grid`), the scenario no money.electricity_price"};
  auto const& mean = country->electricity;
  return {teller.told(mean.price, mean.year, "general", mean.where), energy_only, fmt::format("mean tariff of {} ({}): {}", country->name, to_text(mean.evidence), mean.source)};
}

std::vector<RunningCost> running_costs(const Bill& bill, const MoneySpec& money, const SiteUse& use, const ElectricityCost& electricity, double paid_by_utility) {
  std::vector<RunningCost> out;
  if (electricity.price_per_kwh > 0) out.push_back({"electricity", use.facility_mean_kw * hours_per_year * electricity.price_per_kwh, Payer::site, electricity_sector, electricity.basis});
  std::map<Payer, double> repair;
  for (auto const& line : bill.lines)
    if (!line.inside_building)
      for (auto const& [payer, share] : line.payers(payer_of_it(money), paid_by_utility)) repair[payer] += share * line.spending_class.maintenance * line.amount.mid;
  for (auto const& [payer, amount] : repair)
    if (amount > 0) out.push_back({"repair", amount, payer, repair_sector, "maintenance of each class"});
  if (money.salaries > 0) out.push_back({"salaries", money.salaries, Payer::site, {}, "money.salaries of the scenario"});
  return out;
}

Ownership ownership(const Bill& bill, const MoneySpec& money, const SiteUse& use, const ElectricityCost& electricity, const std::vector<RunningCost>& running, double paid_by_utility, const Rates& rates) {
  Ownership out;
  out.use = use;
  out.electricity = electricity;
  for (auto const& [group, amount] : annuities(bill, money.discount_rate)) {
    double const of_owner = group == SpendingGroup::grid ? 1 - paid_by_utility : group == SpendingGroup::generation ? 0.0 : 1.0;
    if (of_owner > 0) out.lines.push_back({to_text(group), of_owner * amount});
  }
  if (double const renewals = renewals_inside(bill, money.discount_rate); renewals > 0) out.lines.push_back({"inside the building, renewed", renewals});
  for (auto const& cost : running) out.lines.push_back({cost.name + (cost.payer == Payer::tenant ? " (tenant)" : ""), cost.per_year});
  for (auto const& line : out.lines) out.per_year += line.per_year;
  out.hamilton = hamilton_of(bill, money, use, electricity.price_per_kwh);
  out.barroso = barroso_of(bill, money, use, electricity.price_per_kwh, rates);
  add_unit_costs(bill, out);
  for (auto const& unit : out.units)
    if (unit.name == "core-hour" && use.of_run) out.lost_work_in_run = unit.value * use.lost_core_hours;
  return out;
}

}  // namespace headroom
