#include "analysis/spending/upstream.h"

#include <catch2/catch.hpp>

#include "base/shipped.h"
#include "tests/spending/support.h"

using namespace headroom;

TEST_CASE("upstream is the sum over lines of amount x Type I of its sector", "[spending]") {
  Spending const found = spending_of(small_site());
  auto const per_unit = multipliers(us_table());
  auto const home = [&](const char* code) { return per_unit.type_1_home.at(static_cast<std::size_t>(us_table().find(code))); };
  auto const all = [&](const char* code) { return per_unit.type_1_all_inputs.at(static_cast<std::size_t>(us_table().find(code))); };
  CHECK(found.upstream.total.spent == Approx(found.bill.total().mid).margin(0.005));
  CHECK(found.upstream.total.output_home == Approx(672'400 * home("334") + 280'566 * home("23")).margin(0.01));
  CHECK(found.upstream.total.output_all_inputs == Approx(672'400 * all("334") + 280'566 * all("23")).margin(0.01));
  CHECK(found.upstream.groups.at(SpendingGroup::power_path).output_home == Approx(282'350 * home("335")).margin(0.01));
  CHECK(found.upstream.total.value_added_home + found.upstream.total.imports == Approx(found.upstream.total.spent).epsilon(1e-4));
  double sectors = 0;
  for (auto const& entry : found.upstream.sectors) sectors += entry.drawn.output_home;
  CHECK(sectors == Approx(found.upstream.total.output_home).margin(0.01));
}

TEST_CASE("another currency than the table's is refused at its price", "[spending]") {
  SpendingClass ups;
  ups.count = {"ups_modules"};
  ups.sector.us_bea_summary = "335";
  ups.price = {std::nullopt, {400, "EUR", "kW"}, std::nullopt, 2020, {"ups.yaml", 5, 8}};
  CHECK_THROWS_WITH(upstream_of(make_bill(counts_of(small_site()), {ups}), us_table()),
                    "ups.yaml:5:8: error: price: in EUR, but the input-output table is in USD, and there is no rate between them");
}

TEST_CASE("every layout that ships has a bill and what it draws upstream", "[spending]") {
  for (auto const& name : shipped_names("site")) {
    CAPTURE(name);
    Site const site = read_site(find_mentioned("site", name, {}));
    Spending const found = spend(site, build_power_graph(site));
    CHECK(found.bill.of(SpendingGroup::it).mid > 0);
    CHECK(found.bill.k1());
    CHECK(found.upstream.total.output_home > found.upstream.total.spent);
    CHECK(found.upstream.total.spent == Approx(found.bill.total().mid).epsilon(1e-12));
    CHECK(to_table(found).size() > 1000);
  }
}
