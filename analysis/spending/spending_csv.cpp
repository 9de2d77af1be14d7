// Spending as CSV tables, for spreadsheets and scripts. Numbers read back to the same bits.
#include <fmt/format.h>

#include "analysis/spending/spend.h"
#include "analysis/spending/spending_parts.h"

namespace headroom {
namespace {

std::string payers_text(const BillLine& line, const Spending& s) {
  std::string out;
  for (auto const& [payer, share] : line.payers(payer_of_it(s.money), s.paid_by_utility))
    if (share > 0) out += fmt::format("{}{}{}", out.empty() ? "" : " + ", to_text(payer), share < 1 ? fmt::format(" {:.4g}", share) : "");
  return out;
}

std::string lead_time_text(const SpendingClass& c) { return c.lead_time && c.lead_time->mid ? CsvText::cell(c.lead_time->mid->value) : ""; }

std::string bill_csv(const Spending& s) {
  Bill const& bill = s.bill;
  CsvText t("class,count,group,quantity,unit,unit_price_low,unit_price_mid,unit_price_high,amount_low,amount_mid,amount_high,currency,year,payers,life_years,lead_time_weeks,inside_building,evidence,source");
  for (auto const& l : bill.lines)
    t.row(l.spending_class.name, l.spending_class.count.key, to_text(l.group), l.quantity, l.unit, l.unit_price.low, l.unit_price.mid, l.unit_price.high, l.amount.low, l.amount.mid, l.amount.high, bill.money.currency, bill.money.year,
          payers_text(l, s), l.spending_class.life.value, lead_time_text(l.spending_class), l.inside_building, to_text(l.spending_class.evidence), l.spending_class.source);
  return t.text();
}

std::string elements_csv(const Bill& bill) {
  CsvText t("class,element,units,size_si");
  for (auto const& l : bill.lines)
    for (auto const& e : l.elements) t.row(l.spending_class.name, e.name, e.units, e.size ? CsvText::cell(*e.size) : std::string());
  return t.text();
}

std::string years_csv(const Schedule& schedule) {
  CsvText t("year,class,group,kind,payer,cash,production");
  for (auto const& y : schedule.years) t.row(y.year, y.name, y.group, to_text(y.kind), to_text(y.payer), y.cash, y.production);
  return t.text();
}

std::string feeds_csv(const Schedule& schedule) {
  CsvText t("feed,from,last,lead_time_weeks");
  for (auto const& f : schedule.feeds) t.row(f.feed, day_text(f.from), f.last, f.weeks);
  return t.text();
}

std::string sectors_csv(const KnockOn& k) {
  CsvText t("sector,name,demand,imported_at_once,output_home");
  for (auto const& s : k.sectors) t.row(s.sector.code, s.sector.name, s.demand, s.imported_at_once, s.output);
  return t.text();
}

std::string ratios_csv(const Spending& s) {
  CsvText t("name,value,meaning,caveats");
  for (auto const* ratios : {&s.k_ratios, &s.knock_on.ratios})
    for (auto const& r : *ratios) t.row(r.name, r.value, r.meaning, fmt::format("{}", fmt::join(r.caveats, "; ")));
  return t.text();
}

std::vector<std::string> caveats_of(const DrawnOutcome& outcome) {
  for (auto const& definition : k_definitions())
    if (outcome.is_ratio && definition.key == outcome.key) return definition.caveats;
  return {};
}

std::string spread_csv(const BillDraws& draws) {
  CsvText t("key,name,mid,p10,p50,p90,caveats");
  for (auto const& o : draws.outcomes) t.row(o.key, o.name, o.mid, o.spread.p10, o.spread.p50, o.spread.p90, fmt::format("{}", fmt::join(caveats_of(o), "; ")));
  return t.text();
}

std::string drivers_csv(const BillDraws& draws) {
  CsvText t("outcome,class,rank_correlation,price_p10,price_p90,outcome_at_p10,outcome_at_p90");
  for (auto const& o : draws.outcomes)
    for (auto const& d : o.drivers) t.row(o.key, d.name, d.rank_correlation, d.input_p10, d.input_p90, d.outcome_at_p10, d.outcome_at_p90);
  return t.text();
}

}  // namespace

std::string payers_csv(const PaidBy& payers) {
  CsvText t("payer,year,purchases,running,own,bank,capital_market,debt_service");
  for (auto const& [payer, years] : payers)
    for (auto const& y : years) t.row(to_text(payer), y.year, y.purchases, y.running, y.own, y.bank, y.market, y.debt_service);
  return t.text();
}

std::string knock_on_csv(const KnockOn& k) {
  CsvText t("year,kind,demand,imported_at_once,output_home,value_added_home,labour_income_home,imported_inputs,years_of_work,currency,table_year");
  for (auto const& y : k.years) t.row(y.year, to_text(y.kind), y.effects.demand, y.effects.imported_at_once, y.effects.output, y.effects.value_added, y.effects.labour_income, y.effects.imported_inputs, y.effects.jobs ? CsvText::cell(*y.effects.jobs) : std::string(), k.currency, k.table_year);
  return t.text();
}

std::map<std::string, std::string> to_csv(const Spending& s) {
  return {{"bill.csv", bill_csv(s)},         {"elements.csv", elements_csv(s.bill)},   {"years.csv", years_csv(s.schedule)}, {"feeds.csv", feeds_csv(s.schedule)},   {"payers.csv", payers_csv(s.payers)},
          {"knock_on.csv", knock_on_csv(s.knock_on)}, {"sectors.csv", sectors_csv(s.knock_on)}, {"ratios.csv", ratios_csv(s)},        {"spread.csv", spread_csv(s.draws)},    {"drivers.csv", drivers_csv(s.draws)}};
}

}  // namespace headroom
