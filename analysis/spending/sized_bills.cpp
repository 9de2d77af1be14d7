#include "analysis/spending/sized_bills.h"

#include <cmath>
#include <map>

namespace headroom {
namespace {

Bill bill_of(const SizedLayout& layout, const SpendingTables& tables, const PriceTeller& teller) {
  PowerGraph const graph = build_power_graph(layout.site);
  return bill_of_site(layout.site, graph, tables, teller, assumed_site_use(graph).facility_nameplate_kw, layout.cooling_ratio).bill;
}

bool is_sized(const BillLine& line) {
  return line.spending_class.count.key != "building" && line.group != SpendingGroup::it && line.group != SpendingGroup::network;
}

std::vector<SizedBillRow> rows_of(const Bill& built, const Bill& nameplate, const Bill& simulated) {
  std::map<std::string, SizedBillRow> rows;
  auto const add = [&](const Bill& bill, double SizedBillRow::*units, double SizedBillRow::*money) {
    for (auto const& line : bill.lines) {
      if (!is_sized(line)) continue;
      SizedBillRow& row = rows[line.spending_class.name];
      row.spending_class = line.spending_class.name;
      row.unit = line.unit;
      row.inside_building = row.inside_building || line.inside_building;
      row.*units += line.quantity;
      row.*money += line.amount.mid;
    }
  };
  add(built, &SizedBillRow::built_units, &SizedBillRow::built);
  add(nameplate, &SizedBillRow::nameplate_units, &SizedBillRow::nameplate);
  add(simulated, &SizedBillRow::simulated_units, &SizedBillRow::simulated);
  std::vector<SizedBillRow> out;
  for (auto const& [name, row] : rows)
    if (row.built != row.simulated || row.nameplate != row.simulated) out.push_back(row);
  return out;
}

}  // namespace

SizedBills sized_bills(const SizedLayout& built, const SizedLayout& nameplate, const SizedLayout& simulated, const SpendingTables& tables, const SpendingQuestion& question) {
  PriceTeller const teller = teller_of(question.money, tables);
  Bill const as_built = bill_of(built, tables, teller), at_nameplate = bill_of(nameplate, tables, teller), as_simulated = bill_of(simulated, tables, teller);
  SizedBills out{question.money.currency, question.money.year, rows_of(as_built, at_nameplate, as_simulated), avoided_money(as_built, as_simulated, question.draws, &tables.country), avoided_money(at_nameplate, as_simulated, question.draws, &tables.country)};
  for (auto const& row : out.rows)
    if (row.inside_building) {
      out.inside_against_built += row.built - row.simulated;
      out.inside_against_nameplate += row.nameplate - row.simulated;
    }
  return out;
}

}  // namespace headroom
