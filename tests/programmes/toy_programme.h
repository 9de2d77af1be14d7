// A small programme that can be worked out by hand: stations and cameras, and one kind of site. In US dollars of 2022, the year of the
// input-output table, of the United States, where prices have no tax in them.
#pragma once

#include "analysis/programmes/programme_spending.h"
#include "tests/spending/support.h"

namespace headroom {

inline UnitPurchase purchase(const std::string& name, double price, double life, Payer payer, double maintenance = 0) {
  UnitPurchase out;
  out.name = name;
  out.price.mid = {price, "USD", "unit"};
  out.year = 2022;
  out.life = {life};
  out.maintenance = maintenance;
  out.payer = payer;
  Seller seller;
  seller.us_bea_summary = "335";
  out.sector = {seller};
  return out;
}

inline LeadTime weeks_of_lead(double weeks) {
  LeadTime out;
  out.mid = Weeks{weeks};
  out.source = "a test";
  return out;
}

// Stations for a mast of 1,000 dollars in 26 weeks that lives two years, and a radio of 500 at once that lives ten; cameras buy nothing.
inline ProgrammeSpec toy_programme() {
  ProgrammeSpec out;
  out.name = "toy";
  out.years.first = 2020;
  out.years.last = 2023;
  out.money.currency = "USD";
  out.money.year = 2022;
  out.money.electricity_price = 0.1;
  DemandDriver stations, cameras;
  stations.name = "stations";
  stations.unit = "station";
  stations.buys = {purchase("mast", 1000, 2, Payer::tenant, 0.05), purchase("radio", 500, 10, Payer::government)};
  stations.buys[0].lead_time = weeks_of_lead(26);
  cameras.name = "cameras";
  cameras.unit = "camera";
  ProgrammeSector mobile, streets;
  mobile.name = "mobile";
  mobile.drivers = {stations};
  streets.name = "streets";
  streets.drivers = {cameras};
  out.sectors = {mobile, streets};
  return out;
}

// Units in service, from `before` on; what a unit draws over a year.
inline void add_driver_years(BuildOut& to, std::size_t driver, double before, const std::vector<double>& units, double kwh_a_unit) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    double const last = i == 0 ? before : units[i - 1];
    to.drivers.push_back({2020 + static_cast<int>(i), driver, units[i], std::max(0.0, units[i] - last), 0, 0, units[i] * kwh_a_unit * 1e-9});
  }
}

inline BuildOut toy_build_out(double times = 1) {
  BuildOut out;
  add_driver_years(out, 0, 0, {100 * times, 150 * times, 150 * times, 150 * times}, 1000);
  add_driver_years(out, 1, 10 * times, {10 * times, 20 * times, 20 * times, 30 * times}, 100);
  return out;
}

inline PriceTeller dollars_of_2022() { return PriceTeller({"USD", 2022, "US"}, shipped_rates()); }

// Of a small site: servers for 6,000 dollars, a building for 239,800 with UPS for 1,000 in it that live one year, works in the grid for
// 10,000 that take 52 weeks.
inline Bill toy_site_bill(double works_price = 10'000) {
  SpendingClass servers = class_of("servers", "servers", {1000, "USD", "unit"}, 2022), building = class_of("building", "building", {10, "USD", "W"}, 2022), ups = class_of("ups", "ups_modules", {250, "USD", "unit"}, 2022);
  SpendingClass works = class_of("grid-substation", "grid_substations", {works_price, "USD", "unit"}, 2022);
  ups.life = {1};
  building.life = {15};
  servers.maintenance = 0.1;
  ups.maintenance = 0.5;               // inside the building: not counted
  works.lead_time = weeks_of_lead(52);
  return make_bill(counts_of(small_site()), {servers, building, ups}, {{works, {find_count_kind("grid_substations"), {{"substation", 1, {}}}}}}, dollars_of_2022());
}

// Two sites from March 2021 on, three quarters of the work for mobile; in all later years it is half.
inline void add_toy_sites(ProgrammeSpec& programme, BuildOut& to, double sites = 2) {
  SiteKind kind;
  kind.name = "hub";
  kind.layout = "small";
  programme.sites = {kind};
  for (int year = 2020; year <= 2023; ++year) {
    SiteYear at;
    at.year = year;
    at.in_service = year == 2020 ? 0 : sites;
    if (year > 2020) {
      at.sector_shares = year == 2021 ? std::vector<double>{0.75, 0.25} : std::vector<double>{0.5, 0.5};
      at.figures = {{"facility_energy_twh", "TWh", "", "", "", 0, 1, sites * 1e-3}};      // a million kWh a site
    }
    to.sites.push_back(at);
  }
  using namespace std::chrono;
  to.tranches.push_back({0, 2021, sites, Day{2020y / 3 / 1}, Day{2021y / 3 / 1}, "", toy_site_bill(), 0.4});
}

inline SpendingTables toy_tables() {
  SpendingTables out = shipped_tables_of_us();
  out.margins = find_margins("default");
  return out;
}

struct WantedRows {
  std::string what, spending_class;
  std::optional<SpendingKind> kind;
  int year = 0;
  std::string sector;
};

// Cash of the rows that are wanted; what is left open is any.
inline double paid_of(const ProgrammeSpending& spending, const WantedRows& wanted) {
  double out = 0;
  for (auto const& row : spending.rows)
    if ((wanted.what.empty() || row.what == wanted.what) && (wanted.spending_class.empty() || row.spending_class == wanted.spending_class) && (!wanted.kind || row.kind == *wanted.kind) && (wanted.year == 0 || row.year == wanted.year) &&
        (wanted.sector.empty() || row.sector == wanted.sector))
      out += row.cash;
  return out;
}

inline bool any_note(const ProgrammeSpending& spending, const std::string& words) {
  for (auto const& note : spending.notes)
    if (note.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace headroom
