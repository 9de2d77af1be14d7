#include "analysis/spending/schedule.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/spending/financing.h"
#include "tests/spending/support.h"
#include "tests/support/bad_inputs.h"

using namespace headroom;
using std::chrono::days;

namespace {

LeadTime weeks(double mid) {
  LeadTime out;
  out.mid = Weeks{mid};
  out.source = "a test";
  return out;
}

// UPS modules for 1,000,000 in 52 weeks, servers for 200,000 at once that live 5 years.
Bill two_lines() {
  SpendingClass ups = class_of("ups", "ups_modules", {250'000, "USD", "unit"}), servers = class_of("servers", "servers", {200'000.0 / 6, "USD", "unit"});
  ups.lead_time = weeks(52);
  ups.life = {12};
  servers.life = {5};
  return bill_of_classes(small_site(), {servers, ups});
}

MoneySpec from_2025(int horizon = 15) {
  MoneySpec money;
  money.horizon = horizon;
  return money;
}

PowerGraph small_graph() { return build_power_graph(read_site_text(small_site(), "site.yaml")); }

double paid(const Schedule& schedule, const std::string& name, SpendingKind kind, int year = 0) {
  double sum = 0;
  for (auto const& row : schedule.years)
    if (row.name == name && row.kind == kind && (year == 0 || row.year == year)) sum += row.cash;
  return sum;
}

}  // namespace

TEST_CASE("what takes longest dates the site, and everything is paid 30, 60 and 10 per cent", "[spending][schedule]") {
  Schedule const s = make_schedule(two_lines(), small_graph(), from_2025(), 0, {});
  CHECK(day_text(s.today) == "2025-01-01");
  CHECK((s.in_service - s.today).count() == 7 * 52);
  CHECK(day_text(s.in_service) == "2025-12-31");
  CHECK(s.last == "ups");
  CHECK(paid(s, "ups", SpendingKind::first, 2025) == Approx(1e6));
  CHECK(paid(s, "servers", SpendingKind::first, 2025) == Approx(200e3));
  CHECK(paid(s, "ups", SpendingKind::first) == Approx(1e6));
}

TEST_CASE("a wanted date in time moves orders, one too early is told", "[spending][schedule]") {
  MoneySpec money = from_2025();
  money.in_service = parse_date_time("2027-07-01T00:00:00+00:00");
  Schedule const late = make_schedule(two_lines(), small_graph(), money, 0, {});
  CHECK(day_text(late.in_service) == "2027-07-01");
  CHECK(late.last.empty());
  CHECK(paid(late, "ups", SpendingKind::first, 2026) == Approx(0.3e6));      // ordered 364 days before
  CHECK(paid(late, "ups", SpendingKind::first, 2027) == Approx(0.7e6));
  money.in_service = parse_date_time("2025-06-01T00:00:00+00:00");
  Schedule const early = make_schedule(two_lines(), small_graph(), money, 0, {});
  CHECK(early.in_service > *early.wanted);
  CHECK(early.last == "ups");
}

TEST_CASE("production is spread from order to delivery, by calendar year", "[spending][schedule]") {
  MoneySpec money = from_2025();
  money.in_service = parse_date_time("2026-07-02T00:00:00+00:00");
  Schedule const s = make_schedule(two_lines(), small_graph(), money, 0, {});
  double in_2025 = 0, in_2026 = 0;
  for (auto const& row : s.years)
    if (row.name == "ups" && row.kind == SpendingKind::first) (row.year == 2025 ? in_2025 : in_2026) += row.production;
  CHECK(in_2026 == Approx(1e6 * 182 / 364));
  CHECK(in_2025 + in_2026 == Approx(1e6));
}

TEST_CASE("what has lived its life is bought again within the horizon, not at its end", "[spending][schedule]") {
  auto const times = [](int horizon) {
    Schedule const s = make_schedule(two_lines(), small_graph(), from_2025(horizon), 0, {});
    return std::count_if(s.purchases.begin(), s.purchases.end(), [](const Purchase& p) { return p.kind == SpendingKind::refresh && p.line == 0; });
  };
  CHECK(times(5) == 0);
  CHECK(times(6) == 1);
  CHECK(times(10) == 1);
  CHECK(times(11) == 2);
}

TEST_CASE("all that is planned is paid once, and produced once", "[spending][schedule]") {
  Spending const found = spending_of(small_site() + "grid: {distance: 5 km}\n");
  double planned = 0, cash = 0, production = 0, running = 0;
  for (auto const& purchase : found.schedule.purchases) planned += purchase.amount;
  for (auto const& cost : found.running) planned += cost.per_year * found.money.horizon;
  for (auto const& row : found.schedule.years) {
    cash += row.cash;
    production += row.production;
    if (row.kind == SpendingKind::running) running += row.cash;
  }
  CHECK(cash == Approx(planned).epsilon(1e-12));
  CHECK(production == Approx(planned).epsilon(1e-12));
  CHECK(running > 0);
}

TEST_CASE("each feed has a date of what it takes longest for", "[spending][schedule]") {
  Schedule const s = make_schedule(two_lines(), small_graph(), from_2025(), 0, {});
  REQUIRE(s.feeds.size() == 2);
  for (auto const& feed : s.feeds) {
    CHECK(feed.last == "ups");
    CHECK((feed.from - s.today).count() == 364);
  }
  Bill one_side = two_lines();
  for (auto& line : one_side.lines)
    if (line.spending_class.name == "ups") line.elements = {{"ups-a", 1, {}}};
  Schedule const uneven = make_schedule(one_side, small_graph(), from_2025(), 0, {});
  CHECK(uneven.feeds[0].last == "ups");
  CHECK(uneven.feeds[1].last.empty());
  CHECK(uneven.feeds[1].from == uneven.today);
}

TEST_CASE("a lead time longer than the horizon is refused at its place, one as long is not", "[spending][schedule]") {
  Bill bill = two_lines();
  for (auto& line : bill.lines)
    if (line.spending_class.name == "ups") {
      line.spending_class.lead_time = weeks(53);
      line.spending_class.lead_time->where = {"ups.yaml", 7, 3};
    }
  CHECK(message_of([&] { make_schedule(bill, small_graph(), from_2025(1), 0, {}); }) ==
        "ups.yaml:7:3: error: lead_time: ups takes 53 weeks, longer than the horizon of 1 years; look farther (`money.horizon`) or leave it out of the layout\n");
  for (auto& line : bill.lines)
    if (line.spending_class.name == "ups") line.spending_class.lead_time = weeks(52);
  CHECK_NOTHROW(make_schedule(bill, small_graph(), from_2025(1), 0, {}));
}

TEST_CASE("who borrows pays it back in equal yearly payments", "[spending][schedule]") {
  Schedule const s = make_schedule(two_lines(), small_graph(), from_2025(5), 0, {});
  FinancingSpec financing;
  PayerFinance site;
  site.payer = Payer::site;
  site.bank = 0.5;
  site.market = 0.1;
  site.rate = 0;
  site.years = 4;
  financing.payers = {site};
  PaidBy const payers = paid_by(s, financing);
  REQUIRE(payers.contains(Payer::site));
  REQUIRE(payers.contains(Payer::tenant));
  auto const& years = payers.at(Payer::site);
  CHECK(years.front().bank == Approx(0.5e6));
  CHECK(years.front().market == Approx(0.1e6));
  CHECK(years.front().own == Approx(0.4e6));
  CHECK(years.front().debt_service == 0);
  REQUIRE(years.size() == 5);
  for (std::size_t i = 1; i < 5; ++i) CHECK(years[i].debt_service == Approx(0.15e6));
  for (auto const& year : payers.at(Payer::tenant)) CHECK(year.debt_service == 0);      // who is not there pays from its own
}

TEST_CASE("the building holds up no feed, however a rack's strips are called", "[spending][schedule]") {
  SpendingClass building = class_of("building", "building", {10, "USD", "W"}), ups = class_of("ups", "ups_modules", {400, "USD", "kW"});
  building.lead_time = weeks(104);
  ups.lead_time = weeks(40);
  for (auto const* feeds : {"", "        feeds: [a]\n"}) {      // one strip has its rack's name
    std::string text = small_site();
    text.insert(text.find("      - name: gpu\n") + 18, feeds);
    Schedule const s = make_schedule(bill_of_classes(text, {building, ups}), build_power_graph(read_site_text(text, "site.yaml")), from_2025(), 0, {});
    for (auto const& feed : s.feeds) CHECK(feed.last == "ups");
    CHECK(s.last == "building");
  }
}

TEST_CASE("what is inside a building is renewed within each building's life", "[spending][schedule]") {
  SpendingClass building = class_of("building", "building", {10, "USD", "W"}), ups = class_of("ups", "ups_modules", {400, "USD", "kW"});
  building.life = {15};
  ups.life = {6};
  Bill const bill = bill_of_classes(small_site(), {building, ups});
  Schedule const s = make_schedule(bill, build_power_graph(read_site_text(small_site(), "site.yaml")), from_2025(40), 0, {});
  std::map<std::string, std::vector<int>> years;
  for (auto const& purchase : s.purchases) years[bill.lines[purchase.line].spending_class.name].push_back(static_cast<int>(std::lround(static_cast<double>((purchase.delivery - s.in_service).count()) / 365.25)));
  CHECK(years["building"] == std::vector<int>{0, 15, 30});
  CHECK(years["ups"] == std::vector<int>{6, 12, 21, 27, 36});
}
