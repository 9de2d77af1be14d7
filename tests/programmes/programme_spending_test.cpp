#include "analysis/programmes/programme_spending.h"

#include <catch2/catch.hpp>

#include "tests/programmes/toy_programme.h"
#include "tests/support/bad_inputs.h"

using namespace headroom;
using enum SpendingKind;

namespace {

ProgrammeSpending spending_of_toy(const ProgrammeSpec& programme = toy_programme(), const BuildOut& build_out = toy_build_out()) { return programme_spending(programme, toy_tables(), build_out); }

ProgrammeSpending spending_with_sites(double sites = 2) {
  ProgrammeSpec programme = toy_programme();
  BuildOut build_out = toy_build_out();
  add_toy_sites(programme, build_out, sites);
  return programme_spending(programme, toy_tables(), build_out);
}

const MaterialLine& material(const ProgrammeSpending& spending, const std::string& what, const std::string& spending_class) {
  for (auto const& line : spending.materials)
    if (line.what == what && line.spending_class == spending_class) return line;
  FAIL("no material " << what << ": " << spending_class);
  return spending.materials.front();
}

}  // namespace

TEST_CASE("units are paid 30, 60 and 10 per cent around the first day of their year", "[programmes]") {
  ProgrammeSpending const s = spending_of_toy();
  auto const mast = [&](SpendingKind kind, int year) { return paid_of(s, {"stations", "mast", kind, year, ""}); };
  CHECK(mast(first, 2020) == Approx(100e3 + 15e3));      // 100 late, in July; 30 % of 50 ordered on 3 July for New Year
  CHECK(mast(first, 2021) == Approx(35e3));
  CHECK(mast(first, 0) == Approx(150e3));
  CHECK(mast(refresh, 2021) == Approx(30e3));            // the hundred again on 1 July 2022, ordered on 31 December 2021
  CHECK(mast(refresh, 2022) == Approx(70e3 + 15e3));
  CHECK(mast(refresh, 2023) == Approx(35e3));            // the fifty at New Year 2023
  CHECK(paid_of(s, {"stations", "radio", first, 2020, ""}) == Approx(50e3));
  CHECK(paid_of(s, {"stations", "radio", first, 2021, ""}) == Approx(25e3));
  CHECK(paid_of(s, {"stations", "radio", refresh, 0, ""}) == 0);
  CHECK(any_note(s, "stations: mast, wanted on 2020-01-01, is delivered 182 days later: orders go out from 2020-01-01, it takes 26 weeks"));
  CHECK(any_note(s, "nothing is ordered for years after 2023"));
  CHECK(s.notes.size() == 2);
}

TEST_CASE("what stands draws and is repaired from the year in which it is added", "[programmes]") {
  ProgrammeSpending const s = spending_of_toy();
  CHECK(paid_of(s, {"stations", "repair (tenant)", running, 2020, ""}) == Approx(100 * 50));       // 5 % of 1,000
  CHECK(paid_of(s, {"stations", "repair (tenant)", running, 2023, ""}) == Approx(150 * 50));
  CHECK(paid_of(s, {"stations", "electricity (tenant)", running, 2021, ""}) == Approx(150 * 100));     // 1,000 kWh at 0.1
  CHECK(paid_of(s, {"cameras", "electricity (operator)", running, 2020, ""}) == Approx(10 * 10));
  CHECK(paid_of(s, {"cameras", "", first, 0, ""}) == 0);
  REQUIRE(s.running.size() == 3);
  for (auto const& cost : s.running) CHECK(cost.per_year == Approx(cost.name == "repair (tenant)" ? 7500 : cost.name == "electricity (tenant)" ? 15e3 : 300));
}

TEST_CASE("rows add up to first purchases, what is bought again and running costs", "[programmes]") {
  ProgrammeSpending const s = spending_with_sites();
  double again = 0, production = 0, yearly = 0;
  for (auto const& line : s.materials) again += line.amount_again;
  for (auto const& row : s.rows) production += row.production;
  for (auto const& row : s.rows)
    if (row.kind == running) yearly += row.cash;
  CHECK(s.first("", 0) == Approx(s.bill.total().mid).epsilon(1e-12));
  CHECK(s.bill.total().mid == Approx(225e3 + 2 * (6e3 + 239'800 + 10e3)).epsilon(1e-12));
  CHECK(again == Approx(150e3 + 2 * 2 * 1000));      // masts; UPS of both sites in March 2022 and 2023
  CHECK(s.cash(0) == Approx(s.bill.total().mid + again + yearly).epsilon(1e-12));
  CHECK(production == Approx(s.cash(0)).epsilon(1e-12));
  double years = 0;
  for (int year = 2020; year <= 2023; ++year) years += s.cash(year);
  CHECK(years == Approx(s.cash(0)).epsilon(1e-12));
}

TEST_CASE("a site is paid around its day, and is its sectors' by the work of the year that it is wanted for", "[programmes]") {
  ProgrammeSpending const s = spending_with_sites();
  CHECK(paid_of(s, {"hub", "grid-substation", first, 2020, ""}) == Approx(0.3 * 20e3));      // ordered 52 weeks before 1 March 2021
  CHECK(paid_of(s, {"hub", "grid-substation", first, 2021, ""}) == Approx(0.7 * 20e3));
  CHECK(paid_of(s, {"hub", "servers", first, 2021, "mobile"}) == Approx(0.75 * 12e3));
  CHECK(paid_of(s, {"hub", "servers", first, 2021, "streets"}) == Approx(0.25 * 12e3));
  CHECK(paid_of(s, {"hub", "ups", first, 0, ""}) == 0);                                     // in the building's price
  CHECK(paid_of(s, {"hub", "ups", refresh, 2022, "mobile"}) == Approx(0.75 * 2000));
  CHECK(paid_of(s, {"hub", "electricity (operator)", running, 2021, "mobile"}) == Approx(0.75 * 2e5));
  CHECK(paid_of(s, {"hub", "electricity (operator)", running, 2022, "mobile"}) == Approx(0.5 * 2e5));
  CHECK(paid_of(s, {"hub", "repair (operator)", running, 2023, ""}) == Approx(0.1 * 12e3));
  CHECK(paid_of(s, {"hub", "", running, 2020, ""}) == 0);
  CHECK(s.first("mobile", 0) + s.first("streets", 0) == Approx(s.first("", 0)).epsilon(1e-12));
}

TEST_CASE("what a site has no work for is of no sector, and is told", "[programmes]") {
  ProgrammeSpec programme = toy_programme();
  BuildOut build_out = toy_build_out();
  add_toy_sites(programme, build_out);
  build_out.sites[3].sector_shares = {0, 0};
  ProgrammeSpending const s = programme_spending(programme, toy_tables(), build_out);
  CHECK(paid_of(s, {"hub", "electricity (operator)", running, 2023, no_sector}) == Approx(2e5));
  CHECK(paid_of(s, {"hub", "electricity (operator)", running, 2023, "mobile"}) == 0);
  CHECK(any_note(s, "hub has no work in 2023"));
  build_out.sites[3].sector_shares = {0.5, 0.4};
  CHECK_THROWS_AS(programme_spending(programme, toy_tables(), build_out), ContractError);
}

TEST_CASE("sites that are only kept are paid for as far as it is known", "[programmes]") {
  ProgrammeSpec programme = toy_programme();
  BuildOut build_out = toy_build_out();
  add_toy_sites(programme, build_out);
  build_out.tranches.clear();
  ProgrammeSpending const s = programme_spending(programme, toy_tables(), build_out);
  CHECK(paid_of(s, {"hub", "electricity (operator)", running, 2021, ""}) == Approx(2e5));
  CHECK(paid_of(s, {"hub", "", first, 0, ""}) == 0);
  CHECK(any_note(s, "hub: none is built in these years"));
}

TEST_CASE("tranches of one kind are one line a class, each with its own works and dates", "[programmes]") {
  ProgrammeSpec programme = toy_programme();
  BuildOut build_out = toy_build_out();
  add_toy_sites(programme, build_out);
  using namespace std::chrono;
  build_out.tranches.push_back({0, 2022, 1, Day{2021y / 1 / 1}, Day{2022y / 1 / 1}, "", toy_site_bill(40e3), 0});
  ProgrammeSpending const s = programme_spending(programme, toy_tables(), build_out);
  auto const* works = line_of(s.bill, "hub: grid-substation");
  REQUIRE(works != nullptr);
  CHECK(works->quantity == 3);
  CHECK(works->amount.mid == Approx(60e3));
  CHECK(works->unit_price.mid == Approx(20e3));
  CHECK(s.bill.lines.size() == 2 + 4);
  CHECK(paid_of(s, {"hub", "grid-substation", first, 2022, ""}) == Approx(0.7 * 40e3));
  MaterialLine const& servers = material(s, "hub", "servers");
  CHECK(servers.quantity == 18);
  CHECK(servers.quantity_by_year == std::map<int, double>{{2021, 12}, {2022, 6}});
  double by_utility = 0;
  for (auto const& row : s.rows)
    if (row.payer == Payer::utility) by_utility += row.cash;
  CHECK(by_utility == Approx(0.4 * 20e3));      // of the first tranche alone
}

TEST_CASE("payers pay what the rows say, with what they borrow", "[programmes]") {
  ProgrammeSpending const s = spending_with_sites();
  std::map<Payer, double> of_rows, of_payers;
  for (auto const& row : s.rows) of_rows[row.payer] += row.cash;
  for (auto const& [payer, years] : s.payers)
    for (auto const& year : years) of_payers[payer] += year.purchases + year.running;
  CHECK(of_rows.size() == 4);
  for (auto const& [payer, amount] : of_rows) CHECK(of_payers[payer] == Approx(amount).epsilon(1e-12));
  CHECK(of_rows[Payer::government] == Approx(75e3));
  CHECK(of_rows[Payer::utility] == Approx(0.4 * 20e3));
  CHECK(s.payers.at(Payer::tenant).front().year == 2020);
}

TEST_CASE("what enters the table is what is paid first, without its tax", "[programmes]") {
  SpendingTables tables = toy_tables();
  ProgrammeSpec programme = toy_programme();
  BuildOut build_out = toy_build_out();
  add_toy_sites(programme, build_out);
  CHECK(programme_spending(programme, tables, build_out).knock_on.kinds.at(first).demand == Approx(225e3 + 2 * 255'800).epsilon(1e-12));
  tables.country.vat = 0.25;
  ProgrammeSpending const taxed = programme_spending(programme, tables, build_out);
  CHECK(taxed.knock_on.kinds.at(first).demand == Approx(225e3 / 1.25 + 2 * (6e3 / 1.25 + 249'800)).epsilon(1e-12));      // works have none of it
  CHECK(taxed.knock_on.kinds.at(running).demand == Approx((paid_of(taxed, {"", "", running, 0, ""})) / 1.25).epsilon(1e-12));
}

TEST_CASE("twice as much of everything is twice the money and the demand, and no other ratio", "[programmes]") {
  ProgrammeSpending const once = spending_with_sites();
  ProgrammeSpec programme = toy_programme();
  BuildOut build_out = toy_build_out(2);
  add_toy_sites(programme, build_out, 4);
  ProgrammeSpending const twice = programme_spending(programme, toy_tables(), build_out);
  REQUIRE(twice.rows.size() == once.rows.size());
  for (std::size_t i = 0; i < once.rows.size(); ++i) CHECK(twice.rows[i].cash == Approx(2 * once.rows[i].cash).epsilon(1e-12));
  CHECK(twice.knock_on.kinds.at(first).output == Approx(2 * once.knock_on.kinds.at(first).output).epsilon(1e-12));
  REQUIRE(twice.knock_on.ratios.size() == once.knock_on.ratios.size());
  for (std::size_t i = 0; i < once.knock_on.ratios.size(); ++i) CHECK(twice.knock_on.ratios[i].value == Approx(once.knock_on.ratios[i].value).epsilon(1e-9));
}
