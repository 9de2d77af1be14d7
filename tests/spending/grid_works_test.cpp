#include "analysis/spending/grid_works.h"

#include <catch2/catch.hpp>

#include "tests/spending/support.h"
#include "tests/support/bad_inputs.h"

using namespace headroom;

namespace {

constexpr double mile_m = 1609.344;

const GridCosts& us() {
  static const GridCosts costs = find_grid_costs("us");
  return costs;
}

GridConnectionSpec ten_miles() {
  GridConnectionSpec spec;
  spec.distance = Length::from_si(10 * mile_m);
  return spec;
}

// Lines, substation and transformers in money of 2019; transformers at what they cost more by 2025 in real terms, if it is wanted.
double connection_usd_2019(const GridWorks& works, const GridConnectionSpec& spec, const GridCosts& costs, bool dearer_transformers) {
  PriceTeller const teller({"USD", 2019, "US"}, shipped_rates());
  double const real = shipped_rates().index_factor("transformers", "USD", 2019, 2025).value / shipped_rates().deflator_factor("USD", 2019, 2025).value;
  double sum = 0;
  for (auto const& line : make_bill({}, {}, grid_classes(works, spec, costs, {}), teller).lines) {
    if (line.spending_class.name == "grid-transformers") sum += line.amount.mid * (dearer_transformers ? real : 1);
    else if (line.spending_class.name == "grid-lines" || line.spending_class.name == "grid-substation") sum += line.amount.mid;
  }
  return sum;
}

}  // namespace

TEST_CASE("100 MW at 138 kV ten miles away cost 63.1 million dollars of 2019 by the whole method", "[spending][grid]") {
  auto const spec = ten_miles();
  GridWorks const works = plan_grid_works(100 * megawatt, 100 * megawatt, spec, us());
  CHECK(works.rung->voltage.si() == Approx(138e3));
  CHECK(works.circuits == 2);
  CHECK(works.transformers == 2);
  CHECK(works.transformer_each.si() == Approx(100e6 / 0.95));
  CHECK(works.way.si() == Approx(13 * mile_m));
  CHECK(works.short_line_factor == 1);
  CHECK(connection_usd_2019(works, spec, us(), true) == Approx(63.1e6).epsilon(0.001));
  CHECK(connection_usd_2019(works, spec, us(), true) == Approx((26 * 1446469.0 + 7.8e6 + 2 * 100 / 0.95 * 4260 * 1.75) * 1.25 * 1.075).epsilon(1e-9));
}

TEST_CASE("the plain sum for it, one line and nothing on top, is 23.0 million dollars of 2019", "[spending][grid]") {
  GridCosts plain = us();
  plain.route_factor = 1;
  plain.contingency = plain.afudc = 0;
  auto const spec = ten_miles();
  GridWorks works = plan_grid_works(100 * megawatt, 100 * megawatt, spec, plain);
  works.circuits = 1;
  works.transformer_each = ApparentPower::from_si(80e6);
  CHECK(connection_usd_2019(works, spec, plain, false) == Approx(23.0e6).epsilon(0.003));
  CHECK(connection_usd_2019(works, spec, plain, false) == Approx(7.8e6 + 2 * 80 * 4260.0 + 14464690.0).epsilon(1e-9));
}

TEST_CASE("the voltage is the first whose line carries the load, on both sides of each rating", "[spending][grid]") {
  auto const spec = ten_miles();
  for (std::size_t i = 0; i + 1 < us().rungs.size(); ++i) {
    double const rating = us().rungs[i].line_rating.si();
    CHECK(plan_grid_works(Power::from_si(rating * spec.power_factor * 0.9999), Power::from_si(rating * spec.power_factor * 0.9999), spec, us()).rung == &us().rungs[i]);
    CHECK(plan_grid_works(Power::from_si(rating * spec.power_factor * 1.0001), Power::from_si(rating * spec.power_factor * 1.0001), spec, us()).rung == &us().rungs[i + 1]);
  }
  GridWorks const beyond = plan_grid_works(4 * megawatt * 1000, 4 * megawatt * 1000, spec, us());
  CHECK(beyond.rung == &us().rungs.back());
  CHECK(beyond.circuits == 5);      // 4,211 MVA over 0.8 x 1,500, and one spare
}

TEST_CASE("a circuit more is planned when 80 % of those without it are passed", "[spending][grid]") {
  auto const spec = ten_miles();
  CHECK(plan_grid_works(Power::from_si(0.8 * 205e6 * 0.95 * 0.9999), Power::from_si(0.8 * 205e6 * 0.95 * 0.9999), spec, us()).circuits == 2);
  CHECK(plan_grid_works(Power::from_si(0.8 * 205e6 * 0.95 * 1.0001), Power::from_si(0.8 * 205e6 * 0.95 * 1.0001), spec, us()).circuits == 3);
}

TEST_CASE("short lines cost more, and none at all costs nothing", "[spending][grid]") {
  auto spec = ten_miles();
  auto const factor = [&](double miles) {
    spec.distance = Length::from_si(miles * mile_m);
    return plan_grid_works(100 * megawatt, 100 * megawatt, spec, us()).short_line_factor;
  };
  CHECK(factor(2.999) == 1.5);
  CHECK(factor(3) == 1.2);
  CHECK(factor(9.999) == 1.2);
  CHECK(factor(10) == 1);
  spec.distance = Length{};
  auto const classes = grid_classes(plan_grid_works(100 * megawatt, 100 * megawatt, spec, us()), spec, us(), {});
  for (auto const& of : classes) CHECK(of.spending_class.name != "grid-lines");
}

TEST_CASE("generation follows coincidence, flexibility, reserve, losses, what is spare and what counts of a plant", "[spending][grid]") {
  auto spec = ten_miles();
  spec.coincidence = 0.8;
  spec.flexible = 0.25;
  spec.spare_margin = 10 * megawatt;
  GridWorks const works = plan_grid_works(100 * megawatt, 100 * megawatt, spec, us());
  CHECK(works.generation.si() == Approx((0.8 * 100e6 * 0.75 * 1.15 / 0.95 - 10e6) / 0.9));
  CHECK(plan_grid_works(100 * megawatt, 60 * megawatt, spec, us()).generation.si() == Approx((0.8 * 60e6 * 0.75 * 1.15 / 0.95 - 10e6) / 0.9));      // it never draws more
  CHECK(plan_grid_works(100 * megawatt, 60 * megawatt, spec, us()).circuits == plan_grid_works(100 * megawatt, 100 * megawatt, spec, us()).circuits);
  spec.spare_margin = 100 * megawatt;
  CHECK(plan_grid_works(100 * megawatt, 100 * megawatt, spec, us()).generation.si() == 0);
  spec.generation = "battery-4h";
  spec.spare_margin = Power{};
  CHECK(plan_grid_works(100 * megawatt, 100 * megawatt, spec, us()).generation.si() == Approx(0.8 * 100e6 * 0.75 * 1.15 / 0.95 / 0.65));
  spec.generation = "bateries";
  CHECK(message_of([&] { plan_grid_works(100 * megawatt, 100 * megawatt, spec, us()); }).find("the table of us has no 'bateries'") != std::string::npos);
}

TEST_CASE("what a site may draw is what its feeds' limits leave without the largest of them", "[spending][grid]") {
  auto const graph = [](const std::string& text) { return build_power_graph(read_site_text(text, "site.yaml")); };
  CHECK(firm_draw(graph(small_site("2", "2", "2", ", limit: 3 MW")), 50 * kilowatt).power.si() == Approx(50e3));      // only one of two says
  std::string both = small_site("2", "2", "2", ", limit: 3 MW");
  both.insert(both.find("utility-a, voltage: 13.8 kV") + 27, ", limit: 2 MW");
  FirmDraw const draw = firm_draw(graph(both), 50 * kilowatt);
  CHECK(draw.of_contract);
  CHECK(draw.power.si() == Approx(2e6));
  CHECK(draw.elements.size() == 2);
}

TEST_CASE("the tables of every country that ships price a site of 50 MW", "[spending][grid]") {
  for (const char* name : {"us", "cn", "eu", "gb"}) {
    CAPTURE(name);
    GridCosts const costs = find_grid_costs(name);
    auto const spec = ten_miles();
    auto const bill = make_bill({}, {}, grid_classes(plan_grid_works(50 * megawatt, 50 * megawatt, spec, costs), spec, costs, {{"site", 1, 50e6}}), PriceTeller({"USD", 2025, costs.country}, shipped_rates()));
    CHECK(bill.lines.size() == 5);
    double const per_watt = bill.of(SpendingGroup::grid).mid / 50e6;
    CHECK(per_watt > 0.1);
    CHECK(per_watt < 3);
  }
}
