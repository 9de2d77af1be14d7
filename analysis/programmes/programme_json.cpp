// A programme's answer as JSON. Every figure of a run names the run and the key of its summary.
#include <fmt/format.h>

#include "analysis/programmes/programme.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson figure_json(const RunFigure& figure) {
  return {{"value", figure.value}, {"unit", figure.unit}, {"meaning", figure.meaning}, {"run", figure.run}, {"key", figure.key}, {"of_run", figure.of_run}, {"times", figure.times}};
}

OrderedJson site_json(const ProgrammeSpec& programme, const SiteYear& row) {
  OrderedJson out{{"kind", programme.sites[row.kind].name}, {"needed", row.needed}, {"in_service", row.in_service}, {"turned_away", row.turned_away}, {"turned_away_peak_day", row.turned_away_peak_day}, {"kept_pb", row.kept_pb}};
  if (!row.bound_by.empty()) out["bound_by"] = row.bound_by;
  for (std::size_t i = 0; i < row.sector_shares.size(); ++i)
    if (row.sector_shares[i] > 0) out["sectors"][programme.sectors[i].name] = row.sector_shares[i];
  for (auto const& figure : row.figures) out["figures"][figure.name] = figure_json(figure);
  return out;
}

OrderedJson year_json(const ProgrammeAnswer& answer, int year) {
  ProgrammeSpec const& p = answer.spec;
  auto const drivers = drivers_of(p);
  YearTotals const t = totals_of(answer.spec, answer.build_out, year);
  OrderedJson out{{"year", year}, {"sites", t.sites}, {"racks", t.racks}, {"servers", t.servers}, {"data_centre_peak_mw", t.data_centre_peak_mw}, {"data_centre_twh", t.data_centre_twh}, {"outside_mean_mw", t.outside_mean_mw},
                  {"outside_twh", t.outside_twh}, {"from_users_tbit_s", t.from_users_tbit_s}, {"turned_away", t.turned_away}, {"spending", answer.spending.cash(year)}};
  for (auto const& row : answer.build_out.sites)
    if (row.year == year) out["kinds"].push_back(site_json(p, row));
  for (auto const& row : answer.build_out.drivers)
    if (row.year == year)
      out["drivers"].push_back({{"name", drivers[row.driver].driver->name}, {"sector", p.sectors[drivers[row.driver].sector].name}, {"unit", drivers[row.driver].driver->unit}, {"units", row.units}, {"added", row.added}, {"mean_mw", row.mean_mw},
                                {"peak_mw", row.peak_mw}, {"energy_twh", row.energy_twh}});
  return out;
}

OrderedJson tranche_json(const ProgrammeSpec& programme, const SiteTranche& tranche) {
  OrderedJson out{{"kind", programme.sites[tranche.kind].name}, {"wanted_year", tranche.wanted_year}, {"sites", tranche.count}, {"order", day_text(tranche.order)}, {"in_service", day_text(tranche.in_service)}, {"price_of_one", tranche.bill.total().mid}};
  if (!tranche.last.empty()) out["held_up_by"] = tranche.last;
  return out;
}

// Labels: so much of each figure is there.
OrderedJson regions_json(const ProgrammeAnswer& answer) {
  OrderedJson out = OrderedJson::array();
  int const last = answer.spec.years.last;
  YearTotals const t = totals_of(answer.spec, answer.build_out, last);
  for (auto const& region : answer.spec.regions)
    out.push_back({{"name", region.name}, {"share", region.share}, {"spending_all_years", region.share * answer.spending.cash(0)}, {"data_centre_peak_mw", region.share * t.data_centre_peak_mw}, {"data_centre_twh", region.share * t.data_centre_twh}, {"outside_twh", region.share * t.outside_twh}, {"year", last}});
  return out;
}

}  // namespace

OrderedJson to_json(const ProgrammeAnswer& answer) {
  ProgrammeSpec const& p = answer.spec;
  OrderedJson out{{"programme", p.name}, {"title", p.title}, {"first_year", p.years.first}, {"last_year", p.years.last}, {"currency", p.money.currency}, {"money_year", p.money.year}, {"country", p.country}};
  out["rounds"] = answer.build_out.rounds;
  out["dates_stand_still"] = answer.build_out.stands_still;
  out["notes"] = answer.build_out.notes;
  for (int year = p.years.first; year <= p.years.last; ++year) out["years"].push_back(year_json(answer, year));
  double before = answer.spending.cash(0);
  for (int year = p.years.first; year <= p.years.last; ++year) before -= answer.spending.cash(year);
  out["spending_before"] = before;
  out["tranches"] = OrderedJson::array();
  for (auto const& tranche : answer.build_out.tranches) out["tranches"].push_back(tranche_json(p, tranche));
  out["regions"] = regions_json(answer);
  out["spending"] = to_json(answer.spending);
  if (answer.ledger) out["ledger"] = to_json(*answer.ledger);
  return out;
}

}  // namespace headroom
