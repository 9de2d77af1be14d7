#include "analysis/spending/bill_draws.h"

#include <catch2/catch.hpp>

#include "tests/spending/support.h"

using namespace headroom;

namespace {

Spending hub_like(const DrawsQuestion& draws) {
  Site const site = read_site_text(small_site() + "grid: {distance: 5 km}\n", "site.yaml");
  return spend(site, build_power_graph(site), shipped_tables_of_us(), {{}, {}, draws});
}

}  // namespace

TEST_CASE("totals of the draws lie between all prices low and all prices high, around the middle", "[spending][draws]") {
  Spending const found = hub_like({5'000, 1, true});
  auto const* total = found.draws.find("total");
  REQUIRE(total != nullptr);
  CHECK(total->mid == Approx(found.bill.total().mid));
  CHECK(total->spread.p10 > found.bill.total().low);
  CHECK(total->spread.p90 < 1.3 * found.bill.total().high);      // deep reinforcement has no upper end
  CHECK(total->spread.p10 < total->spread.p50);
  CHECK(total->spread.p50 < total->spread.p90);
  CHECK(total->drivers.size() == 8);      // as many lines have a spread
  auto const swing = [](const Driver& driver) { return driver.outcome_at_p90 - driver.outcome_at_p10; };
  for (std::size_t i = 1; i < total->drivers.size(); ++i) CHECK(swing(total->drivers[i]) <= swing(total->drivers[i - 1]));
}

TEST_CASE("the mid of every drawn ratio is that of the bill, and home output goes with the table", "[spending][draws]") {
  Spending const found = hub_like({100, 1, true});
  for (auto const& ratio : found.k_ratios)
    for (auto const& outcome : found.draws.outcomes)
      if (outcome.is_ratio && outcome.name == ratio.name) CHECK(outcome.mid == Approx(ratio.value));
  double const in_table = found.knock_on.kinds.at(SpendingKind::first).output;
  CHECK(found.draws.find("output_home")->mid * found.knock_on.to_table == Approx(in_table).epsilon(1e-9));
  CHECK(found.draws.find("value_added")->mid * found.knock_on.to_table == Approx(found.knock_on.kinds.at(SpendingKind::first).value_added).epsilon(1e-9));
  CHECK(found.draws.find("imports")->mid * found.knock_on.to_table == Approx(found.knock_on.kinds.at(SpendingKind::first).imports()).epsilon(1e-9));
}

TEST_CASE("equal seeds give equal draws, prices that move together spread the total wider", "[spending][draws]") {
  auto const spread = [](const DrawsQuestion& draws) { return hub_like(draws).draws.find("total")->spread; };
  Percentiles const one = spread({2'000, 7, true}), same = spread({2'000, 7, true}), alone = spread({2'000, 7, false});
  CHECK(one.p50 == same.p50);
  CHECK(one.p90 - one.p10 > alone.p90 - alone.p10);
}

TEST_CASE("what a smaller site avoids is the difference of its lines, as their prices spread", "[spending][draws]") {
  auto ups = class_of("ups", "ups_modules", {400, "USD", "kW"}), building = class_of("building", "building", {10, "USD", "W"});
  ups.price.low = UnitPrice{300, "USD", "kW"};
  ups.price.high = UnitPrice{600, "USD", "kW"};
  Bill const more = bill_of_classes(small_site("2", "2", "2"), {ups, building}), less = bill_of_classes(small_site("2", "2", "1"), {ups, building});
  Avoided const found = avoided_money(more, less, {10'000, 1, true}, nullptr);
  CHECK(found.at_prices.mid == Approx(200 * 400));
  CHECK(found.at_prices.low == Approx(200 * 300));
  CHECK(found.at_prices.high == Approx(200 * 600));
  // Triangular 300, 400, 600: F(x) = (x - 300)^2 / 30000 up to 400, 1 - (600 - x)^2 / 60000 above.
  CHECK(found.spread.p10 == Approx(200 * (300 + std::sqrt(3000))).epsilon(1e-3));
  CHECK(found.spread.p90 == Approx(200 * (600 - std::sqrt(6000))).epsilon(1e-3));
  CHECK(avoided_money(more, more, {100, 1, true}, nullptr).spread.p90 == 0);
}

TEST_CASE("works at another voltage have another price, and what they save is the difference of their amounts", "[spending][draws]") {
  GridCosts const us = find_grid_costs("us");
  GridConnectionSpec spec;
  spec.distance = Length::from_si(5e3);
  auto const works = [&](double mw) { return make_bill({}, {}, grid_classes(plan_grid_works(mw * megawatt, mw * megawatt, spec, us), spec, us, {{"site", 1, mw * 1e6}}), dollars()); };
  Bill const more = works(12), less = works(8);      // 34.5 kV and 13.8 kV
  Avoided const found = avoided_money(more, less, {2'000, 1, true}, &us);
  CHECK(line_of(more, "grid-lines")->unit_price.mid != line_of(less, "grid-lines")->unit_price.mid);
  CHECK(found.at_prices.mid == Approx(more.total().mid - less.total().mid));
  CHECK(found.at_prices.low == Approx(more.total().low - less.total().low));
}

TEST_CASE("what the user pays of the grid stays beside the full tariff", "[spending][draws]") {
  auto const full_tariff = [](const std::string& share) {
    for (auto const& ratio : spending_of(small_site() + "grid: {distance: 5 km, paid_by_utility: " + share + "}\n").k_ratios)
      if (ratio.name == "K3 with electricity, full tariff") return ratio.value;
    return 0.0;
  };
  Spending const found = spending_of(small_site() + "grid: {distance: 5 km}\n");
  CHECK(full_tariff("0") - full_tariff("1") == Approx(found.bill.of(SpendingGroup::grid).mid / found.bill.building().mid));
}
