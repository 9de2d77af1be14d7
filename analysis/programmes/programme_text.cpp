// A programme's answer as text of at most 100 columns.
#include <fmt/format.h>

#include <cmath>

#include "analysis/programmes/programme.h"
#include "analysis/spending/spending_parts.h"

namespace headroom {
namespace {

// Four figures at most: 2.275, 19.93, 159.8, 12340.
std::string short_number(double value) { return value == 0 ? "0" : std::abs(value) >= 1000 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value); }

std::string years_table(const ProgrammeAnswer& answer) {
  ProgrammeSpec const& p = answer.spec;
  std::string out = fmt::format("{:<6}{:>9}{:>11}{:>12}{:>11}{:>11}{:>11}{:>12}{:>13}\n", "year", "sites", "racks", "peak MW", "TWh", "Tbit/s", "turned", "outside", "spending");
  out += fmt::format("{:<6}{:>9}{:>11}{:>12}{:>11}{:>11}{:>11}{:>12}{:>13}\n", "", "", "", "of sites", "of sites", "from users", "away %", "TWh", fmt::format("bn {}", p.money.currency));
  for (int year = p.years.first; year <= p.years.last; ++year) {
    YearTotals const t = totals_of(answer.spec, answer.build_out, year);
    out += fmt::format("{:<6}{:>9}{:>11}{:>12}{:>11}{:>11}{:>11}{:>12}{:>13}\n", year, short_number(t.sites), short_number(t.racks), short_number(t.data_centre_peak_mw), short_number(t.data_centre_twh), short_number(t.from_users_tbit_s),
                       short_number(100 * t.turned_away), short_number(t.outside_twh), short_number(answer.spending.cash(year) / 1e9));
  }
  return out;
}

std::string sites_table(const ProgrammeAnswer& answer) {
  ProgrammeSpec const& p = answer.spec;
  if (p.sites.empty()) return "";
  std::string out = fmt::format("\n{:<14}{:<6}{:>9}{:>12}  {:<16}{:>10}{:>10}{:>10}{:>10}\n", "kind of site", "year", "needed", "in service", "bound by", "away %", "peak MW", "TWh", "Tbit/s");
  for (auto const& row : answer.build_out.sites)
    out += fmt::format("{:<14.13}{:<6}{:>9}{:>12}  {:<16.16}{:>10}{:>10}{:>10}{:>10}\n", p.sites[row.kind].name, row.year, short_number(row.needed), short_number(row.in_service), row.bound_by, short_number(100 * row.turned_away), short_number(row.figure("facility_peak_mw")), short_number(row.figure("facility_energy_twh")),
                       short_number(row.figure("arriving_tbit_s")));
  return out;
}

std::string late_sites(const ProgrammeAnswer& answer) {
  std::string out;
  for (auto const& t : answer.build_out.tranches)
    if (!t.last.empty()) out += fmt::format("  {:.0f} {} of {}: ordered on {}, in service on {}, held up by {}\n", t.count, answer.spec.sites[t.kind].name, t.wanted_year, day_text(t.order), day_text(t.in_service), t.last);
  if (!out.empty()) out = "\nlate\n" + out;
  if (!answer.build_out.stands_still) out += fmt::format("\nthe dates still moved after {} rounds: what stands in which year is not settled\n", answer.build_out.rounds);
  return out;
}

std::string notes_text(const ProgrammeAnswer& answer) {
  std::string out;
  for (auto const& note : answer.build_out.notes) out += wrapped("  ", note);
  return out.empty() ? out : "\nnote\n" + out;
}

std::string drivers_table(const ProgrammeAnswer& answer) {
  auto const drivers = drivers_of(answer.spec);
  int const last = answer.spec.years.last;
  std::string out = fmt::format("\n{:<26}{:<20}{:>14}  {:<10}{:>12}{:>12}\n", fmt::format("driver, in {}", last), "sector", "units", "", "mean MW", "TWh");
  for (auto const& row : answer.build_out.drivers)
    if (row.year == last)
      out += fmt::format("{:<26.25}{:<20.19}{:>14}  {:<10.10}{:>12}{:>12}\n", drivers[row.driver].driver->name, answer.spec.sectors[drivers[row.driver].sector].name, short_number(row.units), drivers[row.driver].driver->unit, short_number(row.mean_mw), short_number(row.energy_twh));
  return out;
}

}  // namespace

std::string to_table(const ProgrammeAnswer& answer, bool all_of_ledger) {
  ProgrammeSpec const& p = answer.spec;
  std::string out = fmt::format("{}: {}\n{} to {}, money of {} in {}; {} rounds of runs{}\n\n", p.name, p.title, p.years.first, p.years.last, p.money.year, p.money.currency, answer.build_out.rounds, answer.build_out.stands_still ? "" : ", not settled");
  out += years_table(answer) + sites_table(answer) + late_sites(answer) + notes_text(answer) + drivers_table(answer) + "\n" + to_table(answer.spending);
  if (answer.ledger) out += "\n" + (all_of_ledger ? to_table(*answer.ledger) : to_short_table(*answer.ledger));
  return out;
}

}  // namespace headroom
