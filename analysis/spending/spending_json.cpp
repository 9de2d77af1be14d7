// Spending as JSON. Money is rounded to cents here and in spending_text.cpp, and nowhere else.
#include <cmath>

#include "analysis/spending/spend.h"
#include "analysis/spending/spending_parts.h"

namespace headroom {
namespace {

Json range_json(const Range& range) { return {{"low", cents(range.low)}, {"mid", cents(range.mid)}, {"high", cents(range.high)}}; }

Json elements_json(const std::vector<CountedElement>& elements) {
  Json out = Json::array();
  for (auto const& element : elements) out.push_back({{"name", element.name}, {"units", element.units}});
  return out;
}

Json payers_of_line(const BillLine& line, const Spending& s) {
  Json out = Json::object();
  for (auto const& [payer, share] : line.payers(payer_of_it(s.money), s.paid_by_utility))
    if (share > 0) out[to_text(payer)] = fine(share);
  return out;
}

Json lead_time_json(const LeadTime& lead) {
  Json weeks = Json::object();
  if (lead.low) weeks["low"] = lead.low->value;
  if (lead.mid) weeks["mid"] = lead.mid->value;
  if (lead.high) weeks["high"] = lead.high->value;
  weeks["source"] = lead.source;
  return weeks;
}

Json sellers_json(const std::vector<Seller>& sellers) {
  Json out = Json::array();
  for (auto const& seller : sellers) out.push_back({{"share", seller.share}, {"us_bea_summary", seller.us_bea_summary}, {"china_42", seller.china_42}, {"china_153", seller.china_153}});
  return out;
}

Json line_json(const BillLine& line, const Spending& s) {
  SpendingClass const& c = line.spending_class;
  Json out{{"class", c.name},
           {"count", c.count.key},
           {"group", to_text(line.group)},
           {"quantity", line.quantity},
           {"unit", line.unit},
           {"unit_price", range_json(line.unit_price)},
           {"amount", range_json(line.amount)},
           {"price", {{"mid", c.price.mid.text()}, {"year", c.price.year}, {"country", c.price.country}, {"index", c.index}}},
           {"life_years", c.life.value},
           {"maintenance_share", c.maintenance},
           {"evidence", to_text(c.evidence)},
           {"range_evidence", to_text(c.range_evidence.value_or(c.evidence))},
           {"source", c.source},
           {"sectors", sellers_json(c.sector)},
           {"payers", payers_of_line(line, s)},
           {"inside_building", line.inside_building},
           {"elements", elements_json(line.elements)}};
  if (c.lead_time) out["lead_time_weeks"] = lead_time_json(*c.lead_time);
  if (line.moved_by) out["moved_by"] = {{"evidence", to_text(*line.moved_by)}, {"rests_on", line.rests_on}};
  return out;
}

Json bill_json(const Spending& s) {
  Bill const& bill = s.bill;
  Json lines = Json::array(), missing = Json::array(), evidence = Json::object(), totals = Json::object();
  for (auto const& line : bill.lines) lines.push_back(line_json(line, s));
  for (auto const& gap : bill.missing)
    missing.push_back({{"count", gap.kind->key}, {"meaning", gap.kind->meaning}, {"why", gap.why}, {"inside_building", gap.inside_building}, {"elements", elements_json(gap.elements)}});
  for (auto const& [value, name] : names(FigureEvidence{})) evidence[name] = fine(bill.total_share(value));
  for (auto const& [value, name] : names(SpendingGroup{})) totals[name] = range_json(bill.of(value));
  totals["equipment"] = range_json(bill.equipment());
  totals["building_line"] = range_json(bill.building());
  totals["total"] = range_json(bill.total());
  return {{"currency", bill.money.currency}, {"year", bill.money.year}, {"country", bill.money.country}, {"lines", lines}, {"totals", totals}, {"evidence_share_of_total", evidence}, {"assumed_share_with_what_moved_prices", fine(bill.assumed_in_all())}, {"missing", missing}, {"notes", bill.notes}};
}

Json works_json(const Spending& s) {
  GridWorks const& w = *s.works;
  Json out{{"draw_kw", w.draw / kilowatt},
           {"draw_is", s.draw_of_contract ? "what the feeds' limits leave without the largest of them" : "the facility at nameplate"},
           {"apparent_power_kva", w.apparent / kilovolt_ampere},
           {"voltage_kv", w.rung->voltage.si() / 1e3},
           {"circuits", w.circuits},
           {"way_km", w.way.si() / 1e3},
           {"short_line_factor", w.short_line_factor},
           {"contingency_and_financing_factor", w.on_top},
           {"transformers", w.transformers},
           {"transformer_each_kva", w.transformer_each / kilovolt_ampere},
           {"generation_kw", w.generation / kilowatt}};
  if (w.plant != nullptr) out["generation_plant"] = w.plant->name;
  return out;
}

Json ranges_json(const std::vector<ReferenceRange>& ranges) {
  Json out = Json::array();
  for (auto const& range : ranges)
    out.push_back({{"name", range.name}, {"value", fine(range.value)}, {"unit", range.unit}, {"low", range.low}, {"high", range.high}, {"inside", range.inside()}, {"times_the_nearer_end", fine(range.beyond())}, {"source", range.source}});
  return out;
}

Json schedule_json(const Schedule& schedule) {
  Json feeds = Json::array(), years = Json::array();
  for (auto const& feed : schedule.feeds) feeds.push_back({{"feed", feed.feed}, {"from", day_text(feed.from)}, {"last", feed.last}, {"lead_time_weeks", feed.weeks}, {"source", feed.source}});
  for (auto const& row : schedule.years)
    years.push_back({{"year", row.year}, {"class", row.name}, {"group", row.group}, {"kind", to_text(row.kind)}, {"payer", to_text(row.payer)}, {"cash", cents(row.cash)}, {"production", cents(row.production)}});
  Json out{{"orders_from", day_text(schedule.today)}, {"in_service", day_text(schedule.in_service)}, {"held_up_by", schedule.last}, {"until", day_text(schedule.until)},
           {"payment", {{"at_order", paid_at_order}, {"at_delivery", paid_at_delivery}, {"at_start", paid_at_start}}}, {"feeds", feeds}, {"years", years}};
  if (schedule.wanted) {
    out["wanted"] = day_text(*schedule.wanted);
    out["late_days"] = (schedule.in_service - *schedule.wanted).count();
  }
  return out;
}

Json payers_json(const PaidBy& payers, const FinancingSpec& financing) {
  Json out = Json::array();
  for (auto const& [payer, years] : payers) {
    PayerFinance const f = financing.of(payer);
    out.push_back({{"payer", to_text(payer)}, {"bank_share", f.bank}, {"capital_market_share", f.market}, {"rate", f.rate}, {"years_to_repay", f.years}, {"years", payer_years_json(years)}});
  }
  return {{"financing", financing.name}, {"evidence", to_text(financing.evidence)}, {"source", financing.source}, {"payers", out}};
}

Json monthly_json(const MonthlyCosts& costs) {
  Json lines = Json::object();
  for (auto const& line : costs.lines) lines[line.key] = fine(line.amount);
  return {{"lines", lines}, {"total", fine(costs.total())}};
}

Json ownership_json(const Ownership& o) {
  Json lines = Json::object(), units = Json::array();
  for (auto const& line : o.lines) lines[line.name] = cents(line.per_year);
  for (auto const& unit : o.units) units.push_back({{"name", unit.name}, {"unit", unit.unit}, {"value", unit.value}, {"meaning", unit.meaning}});
  Json out{{"basis", o.use.basis},
           {"it_mean_kw", o.use.it_mean_kw},
           {"facility_mean_kw", o.use.facility_mean_kw},
           {"electricity_price_per_kwh", o.electricity.price_per_kwh},
           {"electricity_price_basis", o.electricity.basis},
           {"per_year", lines},
           {"total_per_year", cents(o.per_year)},
           {"unit_costs", units},
           {"hamilton_per_month", monthly_json(o.hamilton)}};
  if (o.lost_work_in_run) out["lost_work_in_run"] = cents(*o.lost_work_in_run);
  if (!o.barroso.lines.empty()) out["barroso_per_watt_and_month"] = monthly_json(o.barroso);
  return out;
}

Json ratio_json(const Ratio& ratio) { return {{"name", ratio.name}, {"value", fine(ratio.value)}, {"meaning", ratio.meaning}, {"caveats", ratio.caveats}}; }

Json ratios_json(const std::vector<Ratio>& ratios) {
  Json out = Json::array();
  for (auto const& ratio : ratios) out.push_back(ratio_json(ratio));
  return out;
}

Json effects_json(const Effects& e) {
  Json out{{"demand", cents(e.demand)}, {"imported_at_once", cents(e.imported_at_once)}, {"output_home", cents(e.output)}, {"value_added_home", cents(e.value_added)}, {"labour_income_home", cents(e.labour_income)},
           {"imported_inputs", cents(e.imported_inputs)}, {"imports", cents(e.imports())}, {"rounding_of_the_table", cents(e.residual)}};
  if (e.jobs) out["years_of_work"] = *e.jobs;
  return out;
}

Json draws_json(const BillDraws& draws) {
  Json outcomes = Json::array();
  for (auto const& o : draws.outcomes) {
    Json row{{"key", o.key}, {"name", o.name}, {"mid", fine(o.mid)}, {"p10", fine(o.spread.p10)}, {"p50", fine(o.spread.p50)}, {"p90", fine(o.spread.p90)}};
    if (o.is_ratio)
      for (auto const& definition : k_definitions())
        if (definition.key == o.key) row["caveats"] = definition.caveats;
    Json bars = Json::array();
    for (auto const& d : o.drivers)
      bars.push_back({{"class", d.name}, {"rank_correlation", fine(d.rank_correlation)}, {"price_p10", d.input_p10}, {"price_p90", d.input_p90}, {"outcome_at_p10", cents(d.outcome_at_p10)}, {"outcome_at_p90", cents(d.outcome_at_p90)}});
    if (!bars.empty()) row["drivers"] = bars;
    outcomes.push_back(std::move(row));
  }
  return {{"draws", draws.count}, {"seed", draws.seed}, {"correlation_of_prices_that_move_together", draws.correlation}, {"outcomes", outcomes}};
}

}  // namespace

double cents(double amount) { return std::round(amount * 100) / 100; }

double fine(double ratio) { return std::round(ratio * 1e6) / 1e6; }

Json knock_on_json(const KnockOn& k) {
  Json kinds = Json::object(), years = Json::array(), groups = Json::object(), sectors = Json::array();
  for (auto const& [kind, effects] : k.kinds) kinds[to_text(kind)] = effects_json(effects);
  for (auto const& year : k.years) {
    Json row = effects_json(year.effects);
    row["year"] = year.year;
    row["kind"] = to_text(year.kind);
    years.push_back(std::move(row));
  }
  for (auto const& [group, effects] : k.groups) groups[to_text(group)] = effects_json(effects);
  for (auto const& s : k.sectors) sectors.push_back({{"sector", s.sector.code}, {"name", s.sector.name}, {"demand", cents(s.demand)}, {"imported_at_once", cents(s.imported_at_once)}, {"output_home", cents(s.output)}});
  Json suppliers = Json::array();
  for (auto const& s : k.suppliers) {
    Json row = effects_json(s.effects);
    row["substitution"] = s.substitution;
    row["home_suppliers_share"] = fine(s.home_share);
    row["foreign_suppliers_share"] = fine(s.foreign_share);
    suppliers.push_back(std::move(row));
  }
  Json flows = Json::array();
  for (auto const& flow : k.flows) flows.push_back({{"class", flow.spending_class}, {"sector", k.sector_codes[flow.sector]}, {"amount", cents(flow.amount)}});
  return {{"table", k.table}, {"table_year", k.table_year}, {"currency", k.currency}, {"bill_money_to_table_money", k.to_table}, {"value_added_tax_first_fit", cents(k.tax)},
          {"ratios", ratios_json(k.ratios)}, {"kinds", kinds}, {"groups_first_fit", groups}, {"sectors_first_fit", sectors}, {"paid_to_sectors_first_fit", flows}, {"suppliers_first_fit", suppliers}, {"years", years}, {"caveats", k.caveats}, {"warnings", k.warnings}};
}

Json payer_years_json(const std::vector<PayerYear>& years) {
  Json rows = Json::array();
  for (auto const& y : years)
    rows.push_back({{"year", y.year}, {"purchases", cents(y.purchases)}, {"running", cents(y.running)}, {"own", cents(y.own)}, {"bank", cents(y.bank)}, {"capital_market", cents(y.market)}, {"debt_service", cents(y.debt_service)}});
  return rows;
}

Json to_json(const Spending& s) {
  Json out{{"schema_version", 2}, {"site", s.site}, {"bill", bill_json(s)}};
  if (s.works) out["grid"] = works_json(s);
  out["reference_ranges"] = ranges_json(s.ranges);
  out["schedule"] = schedule_json(s.schedule);
  out["who_pays"] = payers_json(s.payers, s.financing);
  out["ownership"] = ownership_json(s.ownership);
  out["k_ratios"] = ratios_json(s.k_ratios);
  out["knock_on"] = knock_on_json(s.knock_on);
  out["spread"] = draws_json(s.draws);
  return out;
}

}  // namespace headroom
