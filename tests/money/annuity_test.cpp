#include "analysis/money/annuity.h"

#include <catch2/catch.hpp>

#include "analysis/money/cost_models.h"
#include "base/errors.h"

using namespace headroom;

namespace {

HamiltonInputs hamilton_2010(double facility) {
  return {.servers_price = 66.7e6, .servers_years = 3, .network_price = 12.81e6, .network_years = 4, .facility_price = facility, .facility_years = 10, .critical = 8 * megawatt};
}

}  // namespace

TEST_CASE("an annuity pays back capital and interest", "[money]") {
  // by hand: 1200 over one year at 12 %: 1200 x 0.01 / (1 - 1.01^-12) = 106.6185
  CHECK(monthly_payment(1200, 0.12, 1) == Approx(106.61854641401004).epsilon(1e-12));
  double balance = 1200;
  for (int month = 0; month < 12; ++month) balance = balance * 1.01 - monthly_payment(1200, 0.12, 1);
  CHECK(balance == Approx(0).margin(1e-9));
  CHECK(yearly_payment(1200, 0.12, 1) == Approx(12 * 106.61854641401004));
  CHECK(interest_paid(1200, 0.12, 1) == Approx(12 * 106.61854641401004 - 1200));
}

TEST_CASE("an annuity without interest is straight-line, and one near it is nearly so", "[money]") {
  CHECK(monthly_payment(3600, 0, 3) == 100);
  CHECK(monthly_payment(3600, 1e-12, 3) == Approx(100).epsilon(1e-10));
  CHECK(monthly_payment(0, 0.05, 3) == 0);
  CHECK(monthly_payment(3600, 0.01, 3) > 100);
}

TEST_CASE("annuities and electricity refuse what cannot be", "[money]") {
  CHECK_THROWS_AS(monthly_payment(-1, 0.05, 3), ContractError);
  CHECK_THROWS_AS(monthly_payment(1, -0.05, 3), ContractError);
  CHECK_THROWS_AS(monthly_payment(1, 0.05, 0), ContractError);
  CHECK_THROWS_AS(monthly_electricity(1 * megawatt, 1.01, 1.2, 0.07), ContractError);
  CHECK_THROWS_AS(monthly_electricity(1 * megawatt, 0.5, 0.99, 0.07), ContractError);
  CHECK(monthly_electricity(1 * megawatt, 1, 1, 0.07) == Approx(1000 * 730 * 0.07));
  CHECK(yearly_electricity(1 * megawatt, 1, 1, 0.07) == Approx(1000 * 8760 * 0.07));
}

TEST_CASE("Hamilton's form is the sum of its lines, and shares add up to one", "[money]") {
  MonthlyCosts const costs = hamilton_costs(hamilton_2010(88e6));
  double sum = 0;
  for (auto const& line : costs.lines) sum += costs.share(line.key);
  CHECK(sum == Approx(1).epsilon(1e-14));
  CHECK(costs.lines.size() == 5);
  CHECK(costs.yearly() == Approx(12 * costs.total()));
  CHECK(costs.of("power_and_cooling") / costs.of("other") == Approx(0.82 / 0.18));
  CHECK_THROWS_AS(costs.of("salaries"), ContractError);
  HamiltonInputs with_people = hamilton_2010(88e6);
  with_people.monthly_salaries = 85000;
  CHECK(hamilton_costs(with_people).total() == Approx(costs.total() + 85000));
}

TEST_CASE("Barroso's form, worked out here and not seen in the book", "[money]") {
  MonthlyCosts const costs = barroso_costs_per_watt({});
  CHECK(costs.total() == Approx(1.007).margin(0.0005));
  for (auto const& [key, percent] : {std::pair{"server", 62.5}, std::pair{"server_interest", 8.0}, std::pair{"repair", 9.4}, std::pair{"site", 6.9}, std::pair{"site_interest", 3.9}, std::pair{"operation", 4.0},
                                     std::pair{"power", 3.6}, std::pair{"overhead", 1.8}}) {
    CAPTURE(key);
    CHECK(100 * costs.share(key) == Approx(percent).margin(0.06));
  }
}
