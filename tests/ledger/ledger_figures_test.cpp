#include "analysis/ledger/ledger_figures.h"

#include <catch2/catch.hpp>

#include "tests/ledger/support.h"

using namespace headroom;

namespace {

LedgerFigure multiplier(MultiplierKind kind, const std::string& sector, const std::string& economy = "china-2020-153") {
  LedgerFigure out;
  out.name = "m";
  out.multiplier = kind;
  out.economy = economy;
  out.sector = sector;
  return out;
}

LedgerFigure ratio(const std::string& building_case, const std::string& key, const std::string& at = "p50") {
  LedgerFigure out;
  out.name = "r";
  out.building_case = building_case;
  out.ratio = key;
  out.at = at;
  return out;
}

std::vector<double> values(std::vector<LedgerFigure> figures) {
  LedgerSpec spec = ledger_of({});
  spec.figures = std::move(figures);
  std::vector<double> out;
  for (auto const& figure : figures_of(spec)) out.push_back(figure.value);
  return out;
}

}  // namespace

TEST_CASE("every kind of multiplier is what the table of 2020 gives", "[ledger]") {
  using enum MultiplierKind;
  auto const computers = values({multiplier(type_1_home, "090"), multiplier(type_1_all, "090"), multiplier(type_2_home_wages, "090"), multiplier(type_2_all_wages, "090"),
                                 multiplier(type_2_home_household_use, "090"), multiplier(type_2_all_household_use, "090"), multiplier(value_added_home, "090")});
  double const expected[] = {2.4569, 4.1025, 3.0260, 5.3003, 3.4291, 6.2474, 0.5526};
  for (std::size_t i = 0; i < computers.size(); ++i) {
    CAPTURE(i);
    CHECK(computers[i] == Approx(expected[i]).margin(1e-4));
  }
  CHECK(values({multiplier(type_1_home, "105")})[0] == Approx(2.71).margin(0.005));      // railways, roads, tunnels and bridges
  CHECK(values({multiplier(type_1_all, "105")})[0] == Approx(3.03).margin(0.005));
  CHECK(values({multiplier(type_1_home, "334", "us-2022")})[0] == Approx(1.326).margin(0.001));
}

TEST_CASE("ratios are those of the building case, at the percentile that is asked for", "[ledger]") {
  auto const k3 = values({ratio("china-2020", "k3", "p10"), ratio("china-2020", "k3"), ratio("china-2020", "k3", "p90"), ratio("china-2020", "k1"), ratio("china-2020", "k3", "mid")});
  CHECK(k3[0] == Approx(6.90).epsilon(0.005));
  CHECK(k3[1] == Approx(9.32).epsilon(0.005));
  CHECK(k3[2] == Approx(12.58).epsilon(0.005));
  CHECK(k3[3] == Approx(3.069).epsilon(0.005));
  CHECK(k3[4] > k3[0]);
  CHECK(k3[4] < k3[2]);
  CHECK(k3[4] != k3[1]);
}

TEST_CASE("figures carry their unit, and claims rest on them", "[ledger]") {
  LedgerFigure product;
  product.name = "product";
  product.meaning = "gross product";
  product.value = 101.6;
  product.unit = "yuan";
  LedgerFigure const building = ratio("china-2020", "building");
  LedgerSpec spec = ledger_of({claim_of("F1", 10, Verdict::other_quantity, "product / 10")});
  spec.figures = {product, building};
  Ledger const ledger = work_out(spec, {});
  CHECK(ledger.figures[0].unit == "yuan");
  CHECK(ledger.figures[1].unit == "USD/W");
  REQUIRE(ledger.claims[0].ours[0].uses.size() == 1);
  CHECK(ledger.claims[0].ours[0].uses[0].meaning == "gross product");
  CHECK_THROWS_WITH(work_out(spec, {programme_figure("product", 1)}), Catch::Contains("the name 'product' is one of the programme's figures"));
  CHECK_THROWS_WITH(work_out(spec, {programme_figure("F1", 1)}), Catch::Contains("the name 'F1' is one of the programme's figures"));
}
