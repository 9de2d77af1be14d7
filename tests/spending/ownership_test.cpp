#include "analysis/spending/ownership.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/money/annuity.h"
#include "tests/spending/support.h"

using namespace headroom;

namespace {

SiteUse used() {
  SiteUse use;
  use.of_run = true;
  use.it_mean_kw = 10;
  use.it_nameplate_kw = 23.98;
  use.facility_mean_kw = 14;
  use.core_hours = 200'000;
  use.gpu_hours = 50'000;
  use.completed = 1000;
  use.lost_core_hours = 2'000;
  return use;
}

Bill small_bill() {
  SpendingClass servers = class_of("servers", "servers", {100'000.0 / 6, "USD", "unit"}), gpus = class_of("gpus", "gpu_servers", {150'000, "USD", "unit"}), building = class_of("building", "building", {10, "USD", "W"});
  servers.maintenance = 0.1;
  return bill_of_classes(small_site(), {servers, gpus, building});
}

}  // namespace

TEST_CASE("a year is annuities, electricity, repair and salaries", "[spending][ownership]") {
  Bill const bill = small_bill();
  MoneySpec money;
  money.salaries = 5'000;
  ElectricityCost const electricity{0.1, 0.5, "a test"};
  auto const running = running_costs(bill, money, used(), electricity, 0);
  Ownership const found = ownership(bill, money, used(), electricity, running, 0, shipped_rates());
  double const expected = yearly_payment(400'000, 0.05, 10) + yearly_payment(bill.building().mid, 0.05, 10) + 14 * 8760 * 0.1 + 10'000 + 5'000;
  CHECK(found.per_year == Approx(expected));
  double sum = 0;
  for (auto const& line : found.lines) sum += line.per_year;
  CHECK(sum == Approx(found.per_year));
  for (auto const& cost : running) CHECK(cost.payer == (cost.name == "repair" ? Payer::tenant : Payer::site));
}

TEST_CASE("core-hours and GPU-hours share the money as their servers do, and lost work is priced by them", "[spending][ownership]") {
  Bill const bill = small_bill();
  ElectricityCost const electricity{0.1, 0.5, "a test"};
  Ownership const found = ownership(bill, {}, used(), electricity, running_costs(bill, {}, used(), electricity, 0), 0, shipped_rates());
  auto const unit = [&](const std::string& name) {
    for (auto const& u : found.units)
      if (u.name == name) return u.value;
    return 0.0;
  };
  CHECK(unit("core-hour") == Approx(found.per_year * 0.25 / 200'000));
  CHECK(unit("GPU-hour") == Approx(found.per_year * 0.75 / 50'000));
  CHECK(unit("kWh of IT") == Approx(found.per_year / 87'600));
  CHECK(unit("job or request") == Approx(found.per_year / 1000));
  REQUIRE(found.lost_work_in_run);
  CHECK(*found.lost_work_in_run == Approx(2'000 * unit("core-hour")));
}

TEST_CASE("the published forms are worked out from the same figures", "[spending][ownership]") {
  Bill const bill = small_bill();
  ElectricityCost const electricity{0.07, 0.5, "a test"};
  Ownership const found = ownership(bill, {}, used(), electricity, {}, 0, shipped_rates());
  CHECK(found.hamilton.of("servers") == Approx(monthly_payment(400'000, 0.05, 10)));
  CHECK(found.hamilton.of("power") == Approx(14 * 730 * 0.07));
  CHECK(found.barroso.of("power") + found.barroso.of("overhead") == Approx(14 * 730 * 0.07 / 23980));
}

TEST_CASE("electricity costs what the scenario says, else the run's tariff, else the country's mean", "[spending][ownership]") {
  MoneySpec money;
  GridCosts const us = find_grid_costs("us");
  SiteUse use = used();
  CHECK(electricity_cost(money, use, nullptr, dollars()).price_per_kwh == 0);
  double const mean = electricity_cost(money, use, &us, dollars()).price_per_kwh;
  CHECK(mean > 0.05);
  CHECK(mean < 0.12);
  use.tariff_per_year = 14 * 8760 * 0.2;
  use.tariff_currency = "USD";
  use.tariff_year = 2025;
  CHECK(electricity_cost(money, use, &us, dollars()).price_per_kwh == Approx(0.2));
  money.electricity_price = 0.3;
  CHECK(electricity_cost(money, use, &us, dollars()).price_per_kwh == 0.3);
}

TEST_CASE("works in the grid count for the part that the user pays, power stations not at all", "[spending][ownership]") {
  Spending const found = spending_of(small_site() + "grid: {distance: 5 km, paid_by_utility: 0.75}\n");
  double grid = 0;
  for (auto const& line : found.bill.lines)
    if (line.group == SpendingGroup::grid) grid += yearly_payment(line.amount.mid, 0.05, line.spending_class.life.value);
  auto const of = [&](const std::string& name) {
    for (auto const& line : found.ownership.lines)
      if (line.name == name) return line.per_year;
    return 0.0;
  };
  CHECK(of("grid") == Approx(0.25 * grid));
  CHECK(of("generation") == 0);
}

TEST_CASE("repair of what is inside the building is the building's, what wears out in it is bought again", "[spending][ownership]") {
  auto building = class_of("building", "building", {10, "USD", "W"}), ups = class_of("ups", "ups_modules", {400, "USD", "kW"});
  building.life = {15};
  building.maintenance = 0.02;
  ups.maintenance = 0.5;
  Bill const bill = bill_of_classes(small_site(), {building, ups});
  ElectricityCost const electricity{0.1, 0.5, "a test"};
  auto const running = running_costs(bill, {}, used(), electricity, 0);
  for (auto const& cost : running)
    if (cost.name == "repair") CHECK(cost.per_year == Approx(0.02 * 239'800));
  Ownership const found = ownership(bill, {}, used(), electricity, running, 0, shipped_rates());
  double renewed = 0;
  for (auto const& line : found.lines)
    if (line.name == "inside the building, renewed") renewed = line.per_year;
  CHECK(renewed == Approx(yearly_payment(160'000 / std::pow(1.05, 10), 0.05, 15)));      // once, after its ten years
}

TEST_CASE("core-hours of a run on a site of both kinds of server are not told apart", "[spending][ownership]") {
  PowerGraph const graph = build_power_graph(read_site_text(small_site(), "site.yaml"));
  SiteUse const assumed = assumed_site_use(graph);
  CHECK(assumed.cores == 2 * 3 * 64);                          // of the boxes without GPUs
  CHECK(assumed.core_hours == Approx(assumed.cores * 8760 * assumed_use));
  Summary summary;
  summary.simulated_s = 86400;
  summary.jobs.counts.core_s = 1e6;
  summary.jobs.counts.gpu_s = 36e6;
  SiteUse const of_run = site_use_of(summary, "run", graph);
  CHECK(of_run.core_hours == 0);
  CHECK(of_run.gpu_hours == Approx(1e4 * 365));
}
