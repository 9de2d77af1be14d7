// When what a programme buys is paid, bought again or no longer told: both sides of each limit, and what it cannot be reckoned with.
#include <catch2/catch.hpp>

#include "analysis/spending/purchase_years.h"
#include "tests/programmes/toy_programme.h"
#include "tests/support/bad_inputs.h"

using namespace headroom;
using enum SpendingKind;

namespace {

// One purchase of one driver, 100 units in 2020.
ProgrammeSpec with_one(const UnitPurchase& bought) {
  ProgrammeSpec out = toy_programme();
  out.sectors[0].drivers[0].buys = {bought};
  return out;
}

BuildOut hundred_then(const std::vector<double>& later_units) {
  BuildOut out;
  std::vector<double> units{100};
  units.insert(units.end(), later_units.begin(), later_units.end());
  add_driver_years(out, 0, 0, units, 0);
  add_driver_years(out, 1, 0, {0, 0, 0, 0}, 0);
  return out;
}

double again(double life, const std::vector<double>& later_units = {100, 100, 100}) {
  return paid_of(programme_spending(with_one(purchase("box", 1, life, Payer::site)), toy_tables(), hundred_then(later_units)), {"stations", "box", refresh, 0, ""});
}

}  // namespace

TEST_CASE("what lives until the end of the programme is not bought again, a day less and it is", "[programmes]") {
  CHECK(again(4) == 0);
  CHECK(again(4 - 1 / 365.25) == 100);
  CHECK(again(2) == 100);
  CHECK(again(1) == 300);
  CHECK(again(100) == 0);
}

TEST_CASE("what is bought at New Year is renewed at New Year", "[programmes]") {
  ProgrammeSpending const s = programme_spending(with_one(purchase("box", 1, 3, Payer::site)), toy_tables(), hundred_then({100, 100, 100}));
  CHECK(paid_of(s, {"stations", "box", refresh, 2022, ""}) == 0);
  CHECK(paid_of(s, {"stations", "box", refresh, 2023, ""}) == 100);
  CHECK(day_text(in_calendar_years(first_of(2020), 5)) == "2025-01-01");
  CHECK(day_text(in_years(first_of(2020), 5)) == "2024-12-31");      // as a site's schedule counts
  CHECK(day_text(in_calendar_years(Day{std::chrono::year{2020} / 2 / 29}, 1)) == "2021-02-28");
  CHECK(day_text(in_calendar_years(first_of(2021), 0.5)) == "2021-07-03");
}

TEST_CASE("units that have left service are not bought again, the oldest leave first", "[programmes]") {
  CHECK(again(1, {60, 60, 60}) == 180);
  CHECK(again(1, {0, 0, 0}) == 0);
  // 150 in 2021, then 80: of the first hundred 30 stand, and the fifty
  CHECK(again(2, {150, 80, 80}) == 30 + 50);
  // back to a hundred: 40 of them are new
  CHECK(again(2, {60, 100, 100}) == 60);
}

TEST_CASE("what stands before the first year is neither bought nor bought again, but is repaired", "[programmes]") {
  BuildOut before;
  add_driver_years(before, 0, 100, {100, 100, 100, 100}, 0);
  add_driver_years(before, 1, 0, {0, 0, 0, 0}, 0);
  ProgrammeSpending const s = programme_spending(with_one(purchase("box", 1, 1, Payer::site, 0.1)), toy_tables(), before);
  CHECK(s.first("", 0) == 0);
  CHECK(paid_of(s, {"stations", "box", {}, 0, ""}) == 0);
  CHECK(s.cash(0) == Approx(4 * 10));
}

TEST_CASE("orders that went out before the first year are told under their own year", "[programmes]") {
  UnitPurchase box = purchase("box", 1, 10, Payer::site);
  box.lead_time = weeks_of_lead(26);
  ProgrammeSpec programme = with_one(box);
  programme.money.today = parse_date_time("2019-07-03T00:00:00+00:00");      // 182 days before
  auto const in_2019 = [&] { return paid_of(programme_spending(programme, toy_tables(), hundred_then({100, 100, 100})), {"", "", first, 2019, ""}); };
  CHECK(in_2019() == Approx(30));
  programme.money.today = parse_date_time("2018-01-01T00:00:00+00:00");
  CHECK(in_2019() == Approx(30));
  programme.money.today = parse_date_time("2019-07-04T00:00:00+00:00");      // a day late, and delivered a day late
  ProgrammeSpending const late = programme_spending(programme, toy_tables(), hundred_then({100, 100, 100}));
  CHECK(in_2019() == Approx(30));
  CHECK(any_note(late, "stations: box, wanted on 2020-01-01, is delivered 1 days later"));
  programme.money.today = parse_date_time("2020-01-01T00:00:00+00:00");
  CHECK(in_2019() == 0);
}

TEST_CASE("what falls due after the last year is named, not told", "[programmes]") {
  UnitPurchase box = purchase("box", 1, 10, Payer::site);
  box.lead_time = weeks_of_lead(208);      // until 27 December 2023
  ProgrammeSpending const just = programme_spending(with_one(box), toy_tables(), hundred_then({100, 100, 100}));
  CHECK(just.first("", 0) == Approx(100));
  CHECK_FALSE(any_note(just, "fall due after 2023"));
  box.lead_time = weeks_of_lead(209);
  ProgrammeSpending const after = programme_spending(with_one(box), toy_tables(), hundred_then({100, 100, 100}));
  CHECK(after.first("", 0) == Approx(30));
  CHECK(any_note(after, "of what is bought, 70 USD fall due after 2023 and are not told"));
  CHECK(after.bill.total().mid == 100);
  for (auto const& row : after.rows) CHECK(row.year <= 2023);
}

TEST_CASE("shares of the gross product are of what is paid and of value added, in one money", "[programmes]") {
  ProgrammeSpec programme = with_one(purchase("box", 1e6, 10, Payer::site));
  GrossProduct of_2020, of_2021, of_2030;
  of_2020.year = 2020;
  of_2020.amount = {1e12, "USD"};
  of_2021.year = 2021;
  of_2021.amount = {7e12, "CNY"};
  of_2030.year = 2030;                 // outside the years: not asked for
  of_2030.amount = {1, "XXX"};
  programme.gross_product = {of_2021, of_2020, of_2030};
  ProgrammeSpending const s = programme_spending(programme, toy_tables(), hundred_then({100, 100, 150}));
  REQUIRE(s.product.size() == 2);
  double const product = 1e12 * shipped_rates().deflator_factor("USD", 2020, 2022).value;
  CHECK(s.product[0].gross_product == Approx(product).epsilon(1e-12));
  CHECK(s.product[0].cash_share == Approx(100e6 / product).epsilon(1e-12));
  CHECK(s.product[0].value_added_share == Approx(s.knock_on.years.front().effects.value_added / product).epsilon(1e-12));
  CHECK(s.product[0].value_added_share < s.product[0].cash_share);
  CHECK(s.product[1].gross_product == Approx(shipped_rates().convert(7e12, {"CNY", 2021}, {"USD", 2022})).epsilon(1e-12));
  CHECK(s.product[1].cash_share == 0);
}

TEST_CASE("a price of another country, year and currency is told in the programme's", "[programmes]") {
  UnitPurchase box = purchase("box", 100, 10, Payer::site);
  box.price.mid = {100, "CNY", "unit"};
  box.year = 2020;
  box.country = "CN";
  ProgrammeSpending const s = programme_spending(with_one(box), toy_tables(), hundred_then({100, 100, 100}));
  Rates const& rates = shipped_rates();
  double const told = 100 * rates.index_factor("general", "CNY", 2020, 2022).value * rates.convert(1, {"CNY", 2022}, {"USD", 2022}) / rates.price_level("CN", "outside").value;
  CHECK(s.first("", 0) == Approx(100 * told).epsilon(1e-12));
  CHECK(s.bill.lines.front().moved_by == FigureEvidence::assumption);
}

TEST_CASE("prices without a rate and purchases that nobody sells are mistakes at their place", "[programmes]") {
  UnitPurchase box = purchase("box", 1, 10, Payer::site), other = box;
  box.price.mid.currency = other.price.mid.currency = "XXX";
  box.price.where = {"toy.yaml", 12, 9};
  other.price.where = {"toy.yaml", 15, 9};
  ProgrammeSpec programme = with_one(box);
  programme.sectors[0].drivers[0].buys.push_back(other);
  std::string const message = message_of([&] { programme_spending(programme, toy_tables(), hundred_then({100, 100, 100})); });
  CHECK(message.find("toy.yaml:12:9: error: no ") == 0);
  CHECK(message.find("\ntoy.yaml:15:9: error: no ") != std::string::npos);      // all of them
  UnitPurchase unsold = purchase("box", 1, 10, Payer::site);
  unsold.sector[0].us_bea_summary = "3350";
  unsold.sector[0].where = {"toy.yaml", 20, 7};
  CHECK(message_of([&] { programme_spending(with_one(unsold), toy_tables(), hundred_then({100, 100, 100})); }).find("toy.yaml:20:7: error: sector.us_bea_summary: the table us-2022 has no sector '3350'") == 0);
  unsold.sector[0].us_bea_summary = "";
  CHECK(message_of([&] { programme_spending(with_one(unsold), toy_tables(), hundred_then({100, 100, 100})); }).find("toy.yaml:20:7: error: sector: no 'us_bea_summary'") == 0);
}
