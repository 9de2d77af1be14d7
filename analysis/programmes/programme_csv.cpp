// A programme's answer as CSV tables.
#include <fmt/format.h>

#include "analysis/programmes/programme.h"
#include "base/csv_text.h"

namespace headroom {
namespace {

std::string drivers_csv(const ProgrammeAnswer& answer) {
  auto const drivers = drivers_of(answer.spec);
  CsvText table("year,sector,driver,unit,units,added,mean_mw,peak_mw,energy_twh");
  for (auto const& row : answer.build_out.drivers)
    table.row(row.year, answer.spec.sectors[drivers[row.driver].sector].name, drivers[row.driver].driver->name, drivers[row.driver].driver->unit, row.units, row.added, row.mean_mw, row.peak_mw, row.energy_twh);
  return table.text();
}

std::string sites_csv(const ProgrammeAnswer& answer) {
  CsvText table("year,kind,needed,in_service,bound_by,turned_away,turned_away_peak_day,kept_pb");
  for (auto const& row : answer.build_out.sites) table.row(row.year, answer.spec.sites[row.kind].name, row.needed, row.in_service, row.bound_by, row.turned_away, row.turned_away_peak_day, row.kept_pb);
  return table.text();
}

std::string run_figures_csv(const ProgrammeAnswer& answer) {
  CsvText table("year,kind,figure,value,unit,run,key,of_run,times");
  for (auto const& row : answer.build_out.sites)
    for (auto const& figure : row.figures) table.row(row.year, answer.spec.sites[row.kind].name, figure.name, figure.value, figure.unit, figure.run, figure.key, figure.of_run, figure.times);
  return table.text();
}

std::string tranches_csv(const ProgrammeAnswer& answer) {
  CsvText table("kind,wanted_year,sites,order,in_service,held_up_by,price_of_one");
  for (auto const& t : answer.build_out.tranches) table.row(answer.spec.sites[t.kind].name, t.wanted_year, t.count, day_text(t.order), day_text(t.in_service), t.last, t.bill.total().mid);
  return table.text();
}

std::string regions_csv(const ProgrammeAnswer& answer) {
  CsvText table("region,share,year,spending,data_centre_peak_mw,data_centre_twh,outside_twh");
  for (int year = answer.spec.years.first; year <= answer.spec.years.last; ++year) {
    YearTotals const t = totals_of(answer.spec, answer.build_out, year);
    for (auto const& region : answer.spec.regions)
      table.row(region.name, region.share, year, region.share * answer.spending.cash(year), region.share * t.data_centre_peak_mw, region.share * t.data_centre_twh, region.share * t.outside_twh);
  }
  return table.text();
}

}  // namespace

std::map<std::string, std::string> to_csv(const ProgrammeAnswer& answer) {
  std::map<std::string, std::string> out = to_csv(answer.spending);
  out["programme-drivers.csv"] = drivers_csv(answer);
  out["programme-sites.csv"] = sites_csv(answer);
  out["programme-run-figures.csv"] = run_figures_csv(answer);
  out["programme-tranches.csv"] = tranches_csv(answer);
  if (!answer.spec.regions.empty()) out["programme-regions.csv"] = regions_csv(answer);
  if (answer.ledger) out.merge(to_csv(*answer.ledger));
  return out;
}

}  // namespace headroom
