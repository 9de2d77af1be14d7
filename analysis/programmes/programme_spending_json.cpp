// What a programme spends as JSON. Money is rounded to cents here and in programme_spending_text.cpp, and nowhere else.
#include <algorithm>
#include <tuple>

#include "analysis/programmes/programme_spending.h"
#include "analysis/spending/spending_parts.h"

namespace headroom {
namespace {

// Money of one year, sector or class by kind.
struct MoneyByKind {
  double first = 0, refresh = 0, running = 0, production = 0;

  void add(const ProgrammeRow& row) {
    (row.kind == SpendingKind::first ? first : row.kind == SpendingKind::refresh ? refresh : running) += row.cash;
    production += row.production;
  }
  Json json() const { return {{"first", cents(first)}, {"refresh", cents(refresh)}, {"running", cents(running)}, {"cash", cents(first + refresh + running)}, {"production", cents(production)}}; }
};

Json with(Json to, Json more) {
  to.update(more);
  return to;
}

Json by_year(const std::vector<ProgrammeRow>& rows, auto wanted) {
  std::map<int, MoneyByKind> years;
  for (auto const& row : rows)
    if (wanted(row)) years[row.year].add(row);
  Json out = Json::array();
  for (auto const& [year, money] : years) out.push_back(with(money.json(), {{"year", year}}));
  return out;
}

// In the order in which the rows have them.
std::vector<std::string> sectors_of(const std::vector<ProgrammeRow>& rows) {
  std::vector<std::string> out;
  for (auto const& row : rows)
    if (std::find(out.begin(), out.end(), row.sector) == out.end()) out.push_back(row.sector);
  return out;
}

Json by_sector(const std::vector<ProgrammeRow>& rows) {
  Json out = Json::array();
  for (auto const& sector : sectors_of(rows)) {
    MoneyByKind all;
    for (auto const& row : rows)
      if (row.sector == sector) all.add(row);
    out.push_back(with(all.json(), {{"sector", sector}, {"years", by_year(rows, [&](const ProgrammeRow& row) { return row.sector == sector; })}}));
  }
  return out;
}

Json by_class(const std::vector<ProgrammeRow>& rows) {
  std::map<std::tuple<std::string, std::string, std::string>, MoneyByKind> classes;
  for (auto const& row : rows) classes[{row.what, row.group, row.spending_class}].add(row);
  Json out = Json::array();
  for (auto const& [key, money] : classes) out.push_back(with(money.json(), {{"what", std::get<0>(key)}, {"group", std::get<1>(key)}, {"class", std::get<2>(key)}}));
  return out;
}

Json by_payer(const PaidBy& payers) {
  Json out = Json::array();
  for (auto const& [payer, years] : payers) out.push_back({{"payer", to_text(payer)}, {"years", payer_years_json(years)}});
  return out;
}

Json materials_json(const std::vector<MaterialLine>& materials) {
  Json out = Json::array();
  for (auto const& m : materials) {
    Json years = Json::array();
    for (auto const& [year, quantity] : m.quantity_by_year) years.push_back({{"year", year}, {"quantity", quantity}, {"amount", cents(m.amount_by_year.at(year))}});
    out.push_back({{"what", m.what}, {"class", m.spending_class}, {"group", m.group}, {"unit", m.unit}, {"quantity", m.quantity}, {"again", m.again}, {"amount", cents(m.amount)}, {"amount_again", cents(m.amount_again)},
                   {"inside_building", m.inside_building}, {"wanted", years}});
  }
  return out;
}

Json product_json(const std::vector<ProductShare>& product) {
  Json out = Json::array();
  for (auto const& p : product) out.push_back({{"year", p.year}, {"gross_product", cents(p.gross_product)}, {"cash_share", p.cash_share}, {"value_added_share", p.value_added_share}});
  return out;
}

Json running_json(const std::vector<RunningCost>& running) {
  Json out = Json::array();
  for (auto const& r : running) out.push_back({{"name", r.name}, {"payer", to_text(r.payer)}, {"last_year", cents(r.per_year)}, {"basis", r.basis}});
  return out;
}

Json missing_json(const std::vector<MissingPrice>& missing) {
  Json out = Json::array();
  for (auto const& gap : missing) out.push_back({{"count", gap.kind->key}, {"meaning", gap.kind->meaning}, {"why", gap.why}, {"inside_building", gap.inside_building}});
  return out;
}

}  // namespace

Json to_json(const ProgrammeSpending& s) {
  MoneyByKind all;
  for (auto const& row : s.rows) all.add(row);
  Json evidence = Json::object();
  for (auto const& [value, name] : names(FigureEvidence{})) evidence[name] = fine(s.bill.total_share(value));
  return {{"currency", s.money.currency},
          {"money_year", s.money.year},
          {"country", s.money.country},
          {"all_years", all.json()},
          {"by_year", by_year(s.rows, [](const ProgrammeRow&) { return true; })},
          {"by_sector", by_sector(s.rows)},
          {"by_class", by_class(s.rows)},
          {"by_payer", by_payer(s.payers)},
          {"product", product_json(s.product)},
          {"running", running_json(s.running)},
          {"materials", materials_json(s.materials)},
          {"evidence_share_of_first_purchases", evidence},
          {"assumed_share_with_what_moved_prices", fine(s.bill.assumed_in_all())},
          {"missing", missing_json(s.bill.missing)},
          {"knock_on", knock_on_json(s.knock_on)},
          {"notes", s.notes}};
}

}  // namespace headroom
