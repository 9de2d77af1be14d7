#include "analysis/spending/spend.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "analysis/economy/read_input_output.h"
#include "analysis/money/annuity.h"
#include "analysis/spending/prices.h"

namespace headroom {
namespace {

// What draws the facility's power: racks and other loads, the cooling, what the path loses.
std::vector<CountedElement> drawing(const std::vector<Count>& counts, const PowerGraph& graph) {
  std::vector<CountedElement> out = losses_at_nameplate(graph);
  for (auto const& count : counts)
    for (auto const* key : {"building", "cooling", "other_facility_loads"})
      if (count.kind->key == std::string_view(key)) out.insert(out.end(), count.elements.begin(), count.elements.end());
  return out;
}

std::vector<PricedCount> plan_works(const Site& site, const PowerGraph& graph, const std::vector<Count>& counts, const SpendingTables& tables, double facility_nameplate_kw, SiteBill& out) {
  if (!site.grid) return {};
  FirmDraw const draw = firm_draw(graph, facility_nameplate_kw * kilowatt);
  Power const nameplate = facility_nameplate_kw * kilowatt;
  out.works = plan_grid_works(draw.power, nameplate, *site.grid, tables.country);
  out.draw_of_contract = draw.of_contract;
  bool const limited = draw.of_contract && draw.power < nameplate;
  return grid_classes(*out.works, *site.grid, tables.country, limited ? draw.elements : drawing(counts, graph));
}

// An index says little of what was sold so long before or after.
constexpr int far_years = 10;
std::vector<std::string> moved_far(const Bill& bill) {
  std::vector<std::string> out;
  for (auto const& line : bill.lines)
    if (std::abs(line.spending_class.price.year - bill.money.year) > far_years) out.push_back(line.spending_class.name);
  return out;
}

}  // namespace

SpendingTables SpendingTables::read(const MoneySpec& money, const Site& site, const std::filesystem::path& prices) {
  Rates rates = Rates::shipped();
  rates.convert_factor({"USD", money.year}, {money.currency, money.year}, money.where);      // said here, where the money was asked for
  return {read_prices(prices), std::move(rates), find_input_output_table(money.economy, money.where), find_margins("default"), find_financing(money.financing, money.where),
          site.grid ? find_grid_costs(site.grid->country, site.grid->where) : find_grid_costs("us")};
}

PriceTeller teller_of(const MoneySpec& money, const SpendingTables& tables) { return PriceTeller({money.currency, money.year, tables.country.country}, tables.rates); }

SiteBill bill_of_site(const Site& site, const PowerGraph& graph, const SpendingTables& tables, const PriceTeller& teller, double facility_nameplate_kw, double cooling_ratio) {
  SiteBill out;
  auto counts = count_equipment(site, graph);
  for (auto& count : counts)
    if (count.kind->key == std::string_view("cooling"))
      for (auto& element : count.elements)
        if (element.size) *element.size *= cooling_ratio;
  auto const works = plan_works(site, graph, counts, tables, facility_nameplate_kw, out);
  out.bill = make_bill(counts, tables.classes, works, teller);
  return out;
}

Spending spend(const Site& site, const PowerGraph& graph, const SpendingTables& tables, const SpendingQuestion& question) {
  Spending out;
  out.site = site.name;
  out.money = question.money;
  out.financing = tables.financing;
  GridCosts const* const country = &tables.country;
  PriceTeller const teller = teller_of(question.money, tables);
  out.country = teller.money().country;
  SiteUse const use = question.use.value_or(assumed_site_use(graph));
  SiteBill planned = bill_of_site(site, graph, tables, teller, use.facility_nameplate_kw);
  out.bill = std::move(planned.bill);
  out.works = planned.works;
  out.draw_of_contract = planned.draw_of_contract;
  out.ranges = reference_ranges(out.bill, out.works ? &*out.works : nullptr, teller);
  if (out.works && use.facility_nameplate_kw * kilowatt > out.works->draw)
    out.bill.notes.push_back(fmt::format("the feeds' limits leave {:.6g} kW without the largest of them, less than the facility at nameplate, {:.6g} kW: the works are for what may be drawn", out.works->draw / kilowatt, use.facility_nameplate_kw));
  if (out.works && out.draw_of_contract && out.works->draw > 1.2 * use.facility_nameplate_kw * kilowatt)
    out.bill.notes.push_back(fmt::format("the feeds' limits allow {:.6g} kW, the facility draws {:.6g} kW at nameplate: lines, substation and transformers are for what may be drawn, deeper works and power stations for what is", out.works->draw / kilowatt, use.facility_nameplate_kw));
  if (!tables.economy.country.empty() && tables.economy.country != out.country) out.bill.notes.push_back(fmt::format("the site stands in {}, the input-output table is of {}: output, value added and imports are as if it were bought there (`money.economy`)", out.country, tables.economy.country));
  if (auto const moved = moved_far(out.bill); !moved.empty()) out.bill.notes.push_back(fmt::format("prices moved by more than {} years: {}", far_years, fmt::join(moved, ", ")));
  ElectricityCost const electricity = electricity_cost(question.money, use, country, teller);
  out.paid_by_utility = !site.grid ? 0 : site.grid->paid_by_utility.value_or(country->paid_by_utility);
  out.running = running_costs(out.bill, question.money, use, electricity, out.paid_by_utility);
  out.schedule = make_schedule(out.bill, graph, question.money, out.paid_by_utility, out.running);
  out.payers = paid_by(out.schedule, tables.financing);
  out.ownership = ownership(out.bill, question.money, use, electricity, out.running, out.paid_by_utility, tables.rates);
  KnockOnQuestion const upstream{out.bill, out.schedule, out.running, tables.economy, tables.margins, country, question.money.substitution, tables.rates};
  out.knock_on = knock_on(upstream);
  SiteMoney const money = site_money(out.bill, out.paid_by_utility, electricity, use.facility_mean_kw * hours_per_year * electricity.price_per_kwh);
  out.k_ratios = k_ratios_of(out.bill, money, out.knock_on);
  out.draws = draw_bill(question.draws, upstream, money);
  return out;
}

}  // namespace headroom
