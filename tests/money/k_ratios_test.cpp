#include "analysis/money/k_ratios.h"

#include <catch2/catch.hpp>

using namespace headroom;

namespace {

SiteMoney site() {
  SiteMoney money;
  money.building = 10;
  money.it = 20;
  money.network = 4;
  money.grid = 2;
  money.generation = 3;
  money.electricity_per_year = 1;
  money.energy_only_share = 0.4;
  money.building_years = 15;
  money.it_years = 5;
  money.network_years = 6;
  return money;
}

}  // namespace

TEST_CASE("the ratios K by hand", "[money]") {
  KRatios const k = k_ratios(site());
  CHECK(k.k1 == Approx(2.4));
  CHECK(k.grid_and_generation == Approx(0.5));
  CHECK(k.k2 == Approx(2.9));
  CHECK(k.k3 == Approx((60 + 10 + 5) / 10.0));
  CHECK(k.k3_full_tariff == Approx((60 + 10 + 15) / 10.0));
  CHECK(k.k3_energy_only == Approx(k.k3 + 0.4 * 15 / 10));
  CHECK(k.k3e_old == Approx(k.k3 + 1.5));
}

TEST_CASE("a building that does not last as long as its servers has them once", "[money]") {
  SiteMoney money = site();
  money.building_years = 3;
  CHECK(k_ratios(money).k3 == Approx(k_ratios(money).k2));
  money.building_years = 5;
  CHECK(k_ratios(money).k3 == Approx(k_ratios(money).k2));
  money.building_years = 5.5;
  CHECK(k_ratios(money).k3 == Approx(2.2 + 0.4 + 0.5));
}
