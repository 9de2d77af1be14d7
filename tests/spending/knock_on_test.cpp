#include "analysis/spending/knock_on.h"

#include <catch2/catch.hpp>

#include "tests/spending/support.h"
#include "tests/support/bad_inputs.h"

using namespace headroom;

namespace {

// GPU servers for 600,000 dollars of 2022, sold by the computer industry.
struct Bought {
  explicit Bought(double substitution = 0, const InputOutputTable& table = us_table()) : bill(make_bill(counts_of(small_site()), {servers()}, {}, PriceTeller({"USD", 2022, "US"}, shipped_rates()))),
                                                                                         schedule(make_schedule(bill, build_power_graph(read_site_text(small_site(), "site.yaml")), of_2022(), 0, {})),
                                                                                         question{bill, schedule, running, table, margins, nullptr, substitution, shipped_rates()} {}
  static MoneySpec of_2022() {
    MoneySpec money;
    money.year = 2022;
    money.horizon = 5;
    return money;
  }
  static SpendingClass servers() {
    SpendingClass out = class_of("gpus", "gpu_servers", {30, "USD", "W"}, 2022);
    out.sector.front().us_bea_summary = "334";
    out.sector.front().china_153 = "090";
    out.life = {5};
    return out;
  }
  Bill bill;
  Schedule schedule;
  std::vector<RunningCost> running;
  MarginSpec margins = find_margins("default");
  KnockOnQuestion question;
};

double ratio(const KnockOn& found, const std::string& name) {
  for (auto const& r : found.ratios)
    if (r.name == name) return r.value;
  FAIL("no ratio " << name);
  return 0;
}

}  // namespace

TEST_CASE("without margins and imports a purchase draws its sector's multiplier", "[spending][knock-on]") {
  Bought bought(1);
  bought.margins.groups.clear();
  KnockOn const found = knock_on(bought.question);
  CHECK(found.to_table == 1);
  Effects const& first = found.kinds.at(SpendingKind::first);
  CHECK(first.demand == Approx(600e3));
  CHECK(first.imported_at_once == Approx(0).margin(1e-6));
  CHECK(first.output == Approx(600e3 * 1.326).epsilon(0.001));      // 334, home
  CHECK(ratio(found, "Type I home") == Approx(1.326).margin(0.001));
  CHECK(ratio(found, "Type I all inputs") == Approx(1.482).margin(0.001));
}

TEST_CASE("what is demanded is value added, imports and the table's rounding, to the last digit", "[spending][knock-on]") {
  for (double substitution : {0.0, 0.4, 1.0}) {
    KnockOn const found = knock_on(Bought(substitution).question);
    Effects const& first = found.kinds.at(SpendingKind::first);
    CHECK(first.value_added + first.imports() + first.residual == Approx(first.demand).epsilon(1e-12));
    CHECK(ratio(found, "value added, imports taken off") + ratio(found, "imports") == Approx(1).margin(1e-4));
  }
}

TEST_CASE("margins go to trade and transport, the rest to who makes it", "[spending][knock-on]") {
  KnockOn const found = knock_on(Bought().question);
  double trade = 0, transport = 0, makers = 0;
  for (auto const& flow : found.flows) (found.sector_codes[flow.sector] == "42" ? trade : found.sector_codes[flow.sector] == "484" ? transport : makers) += flow.amount;
  CHECK(trade == Approx(0.08 * 600e3));
  CHECK(transport == Approx(0.02 * 600e3));
  CHECK(makers == Approx(0.9 * 600e3));
}

TEST_CASE("substitution moves suppliers home", "[spending][knock-on]") {
  double const none = ratio(knock_on(Bought(0).question), "home output, imports taken off"), half = ratio(knock_on(Bought(0.5).question), "home output, imports taken off"), all = ratio(knock_on(Bought(1).question), "home output, imports taken off");
  CHECK(none < half);
  CHECK(half == Approx((none + all) / 2).epsilon(1e-9));
  CHECK(all == Approx(ratio(knock_on(Bought(1).question), "Type I home")));
}

TEST_CASE("value-added tax is taken off before the table", "[spending][knock-on]") {
  Bought bought;
  GridCosts country = find_grid_costs("cn");
  bought.question.country = &country;
  KnockOn const found = knock_on(bought.question);
  CHECK(country.vat == Approx(0.13));
  CHECK(found.tax == 0);                       // a price of the United States has none in it
  bought.bill.lines.front().spending_class.price.country = "CN";
  KnockOn const taxed = knock_on(bought.question);
  CHECK(taxed.kinds.at(SpendingKind::first).demand == Approx(600e3 / 1.13));
  CHECK(taxed.tax == Approx(600e3 - 600e3 / 1.13));
}

TEST_CASE("money goes into the table's year before it goes into its currency", "[spending][knock-on]") {
  InputOutputTable const china = find_input_output_table("china-2020-153");
  KnockOn const found = knock_on(Bought(0, china).question);
  CHECK(found.currency == "CNY");
  CHECK(found.to_table == Approx(shipped_rates().deflator_factor("USD", 2022, 2020).value * shipped_rates().convert(1, {"USD", 2020}, {"CNY", 2020})));
  CHECK(found.kinds.at(SpendingKind::first).demand == Approx(600e3 * found.to_table));
}

TEST_CASE("a class with no sector in the table is named at its place", "[spending][knock-on]") {
  InputOutputTable const china = find_input_output_table("china-2020");
  Bought bought(0, china);
  bought.bill.lines.front().spending_class.sector.front().where = {"gpus.yaml", 8, 9};
  CHECK(message_of([&] { knock_on(bought.question); }).starts_with("gpus.yaml:8:9: error: "));
}

TEST_CASE("first purchases, refreshes and running costs are told apart, and each year is part of its whole", "[spending][knock-on]") {
  Spending const found = spending_of(small_site() + "grid: {distance: 5 km}\n");
  std::map<SpendingKind, double> sums;
  for (auto const& year : found.knock_on.years) sums[year.kind] += year.effects.output;
  CHECK(sums.size() == 3);
  for (auto const& [kind, sum] : sums) CHECK(found.knock_on.kinds.at(kind).output == Approx(sum));
  double groups = 0;
  for (auto const& [group, effects] : found.knock_on.groups) groups += effects.output;
  CHECK(groups == Approx(sums[SpendingKind::first]).epsilon(1e-9));
  double flows = 0;
  for (auto const& flow : found.knock_on.flows) flows += flow.amount;
  CHECK(flows == Approx(found.bill.total().mid).epsilon(1e-9));      // no tax in the United States
}

TEST_CASE("what is paid while the site runs is imported as what businesses use, not as investments", "[spending][knock-on]") {
  InputOutputTable const china = find_input_output_table("china-2020");
  Bought bought(0, china);
  bought.bill.lines.front().spending_class.sector.front().china_42 = "20";
  bought.margins = {};
  bought.running = {{"repair", 1e6, Payer::site, {"81", "23", "099", {}}, "a test"}};
  bought.schedule = make_schedule(bought.bill, build_power_graph(read_site_text(small_site(), "site.yaml")), Bought::of_2022(), 0, bought.running);
  KnockOn const found = knock_on(bought.question);
  Effects const& running = found.kinds.at(SpendingKind::running);
  CHECK(running.imported_at_once / running.demand == Approx(0.066).margin(0.01));      // repair of machines: intermediate uses of 2020
}

TEST_CASE("who supplies the first fit is told for nothing, half and all of the imports made at home", "[spending][knock-on]") {
  KnockOn const found = knock_on(Bought(0.25).question);
  REQUIRE(found.suppliers.size() == 4);
  CHECK(found.suppliers[1].substitution == 0.25);
  CHECK(found.suppliers[1].effects.output == Approx(found.kinds.at(SpendingKind::first).output));
  CHECK(found.suppliers[3].foreign_share == Approx(0).margin(1e-12));
  for (auto const& s : found.suppliers) CHECK(s.home_share + s.foreign_share == Approx(1));
  CHECK(found.suppliers[0].foreign_share == Approx(2 * found.suppliers[2].foreign_share));
}

TEST_CASE("a closure in which households would spend more than there is has no ratio but a warning", "[spending][knock-on]") {
  InputOutputTable spendthrift = us_table();
  for (auto* use : {&spendthrift.household_home, &spendthrift.household_all})
    for (double& of : *use) of *= 3;
  KnockOn const found = knock_on(Bought(0, spendthrift).question);
  CHECK(std::none_of(found.ratios.begin(), found.ratios.end(), [](const Ratio& r) { return r.name == "Type II home (wages)"; }));
  CHECK(std::any_of(found.warnings.begin(), found.warnings.end(), [](const std::string& w) { return w.starts_with("no Type II home (wages)"); }));
  CHECK(ratio(found, "Type I home") > 1);
}
