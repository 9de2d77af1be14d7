// What a programme spends as CSV tables. Numbers read back to the same bits.
#include "analysis/programmes/programme_spending.h"
#include "analysis/spending/spending_parts.h"

namespace headroom {
namespace {

std::string spending_csv(const ProgrammeSpending& s) {
  CsvText t("year,sector,what,class,group,kind,payer,cash,production,currency,money_year");
  for (auto const& r : s.rows) t.row(r.year, r.sector, r.what, r.spending_class, r.group, to_text(r.kind), to_text(r.payer), r.cash, r.production, s.money.currency, s.money.year);
  return t.text();
}

// A row for each year for which it is wanted, and one for what is bought again, in whatever years its life ends.
std::string materials_csv(const ProgrammeSpending& s) {
  CsvText t("what,class,group,kind,wanted_year,quantity,unit,amount,currency,money_year,inside_building");
  for (auto const& m : s.materials) {
    for (auto const& [year, quantity] : m.quantity_by_year)
      t.row(m.what, m.spending_class, m.group, to_text(SpendingKind::first), year, quantity, m.unit, m.amount_by_year.at(year), s.money.currency, s.money.year, m.inside_building);
    if (m.again > 0) t.row(m.what, m.spending_class, m.group, to_text(SpendingKind::refresh), std::string(), m.again, m.unit, m.amount_again, s.money.currency, s.money.year, m.inside_building);
  }
  return t.text();
}

std::string product_csv(const ProgrammeSpending& s) {
  CsvText t("year,gross_product,cash_share,value_added_share,currency,money_year");
  for (auto const& p : s.product) t.row(p.year, p.gross_product, p.cash_share, p.value_added_share, s.money.currency, s.money.year);
  return t.text();
}

}  // namespace

std::map<std::string, std::string> to_csv(const ProgrammeSpending& s) {
  return {{"programme-spending.csv", spending_csv(s)}, {"programme-materials.csv", materials_csv(s)}, {"programme-payers.csv", payers_csv(s.payers)}, {"programme-product.csv", product_csv(s)}, {"programme-knock-on.csv", knock_on_csv(s.knock_on)}};
}

}  // namespace headroom
