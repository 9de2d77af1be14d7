#include "analysis/draws/drivers.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/errors.h"

using namespace headroom;

namespace {

std::vector<Uncertain> four_quantities() {
  return {triangular("copper", 1, 2, 4, "metals"), triangular("steel", 3, 4, 8, "metals"), triangular("labour", 1, 1, 2), zero_or_lognormal("deep", 0.3, 0.25, 1.0)};
}

bool one_in_each_stratum(const Uncertain& quantity, std::vector<double> column) {
  std::sort(column.begin(), column.end());
  double const n = static_cast<double>(column.size());
  for (std::size_t i = 0; i < column.size(); ++i) {
    double const from = value_at(quantity, static_cast<double>(i) / n), to = i + 1 < column.size() ? value_at(quantity, static_cast<double>(i + 1) / n) : quantity.high;
    if (column[i] < from || column[i] > to) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("the normal quantile is the inverse of the cumulative function", "[draws]") {
  for (double const u : {1e-12, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.975, 1 - 1e-6}) {
    CAPTURE(u);
    CHECK(normal_cumulative(normal_quantile(u)) == Approx(u).epsilon(1e-12));
  }
  CHECK(normal_quantile(0.9) == Approx(1.2815515655446004).epsilon(1e-14));
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(normal_quantile(0.5) == Approx(0).margin(1e-15));
}

TEST_CASE("a triangular distribution from its cumulative function", "[draws]") {
  Uncertain const price = triangular("price", 8, 10, 12);
  CHECK(value_at(price, 0) == 8);
  CHECK(value_at(price, 0.5) == Approx(10));
  CHECK(value_at(price, 0.125) == Approx(9));      // (9-8)^2 / (4 x 2)
  CHECK(value_at(price, 0.875) == Approx(11));
  Uncertain const skewed = triangular("skewed", 0.2, 0.4, 1.0);
  CHECK(value_at(skewed, 0.25) == Approx(0.4));      // (0.4-0.2) / (1.0-0.2)
  CHECK(value_at(skewed, 1 - 1e-15) <= 1.0);
  // the mode at an end: one side is empty
  CHECK(value_at(triangular("falling", 1, 1, 2), 0) == 1);
  CHECK(value_at(triangular("falling", 1, 1, 2), 0.75) == Approx(1.5));
  CHECK(value_at(triangular("rising", 1, 2, 2), 0.25) == Approx(1.5));
}

TEST_CASE("a quantity without a range is fixed", "[draws]") {
  Uncertain const price = triangular("price", 3, 3, 3, "metals");
  CHECK(price.shape == UncertainShape::fixed);
  CHECK(value_at(price, 0.1) == 3);
  CHECK(value_at(fixed("other", 7), 0.9) == 7);
}

TEST_CASE("nothing with a probability, else lognormal", "[draws]") {
  Uncertain const deep = zero_or_lognormal("deep", 0.3, 0.25, 1.0);
  CHECK(value_at(deep, 0) == 0);
  CHECK(value_at(deep, 0.3) == 0);
  CHECK(value_at(deep, 0.3001) > 0);
  CHECK(value_at(deep, 0.65) == Approx(0.25));      // the median of what is left
  CHECK(value_at(deep, 0.93) == Approx(1.0));
}

TEST_CASE("distributions that cannot be are our own mistake", "[draws]") {
  CHECK_THROWS_AS(triangular("x", 2, 1, 3), ContractError);
  CHECK_THROWS_AS(triangular("x", 1, 4, 3), ContractError);
  CHECK_THROWS_AS(zero_or_lognormal("x", 1.0, 1, 2), ContractError);
  CHECK_THROWS_AS(zero_or_lognormal("x", 0.5, 0, 2), ContractError);
  CHECK_THROWS_AS(zero_or_lognormal("x", 0.5, 3, 2), ContractError);
  CHECK_THROWS_AS(latin_hypercube({fixed("x", 1), fixed("x", 2)}, 10, 1), ContractError);
  CHECK_THROWS_AS(latin_hypercube({fixed("x", 1)}, 0, 1), ContractError);
  CHECK_THROWS_AS(latin_hypercube({triangular("x", 1, 2, 3, "g")}, 10, 1, {{"g", 1.1}}), ContractError);
}

TEST_CASE("a Latin hypercube has one draw in each stratum, correlated or not", "[draws]") {
  auto const quantities = four_quantities();
  DrawTable const draws = latin_hypercube(quantities, 1000, 7);
  for (std::size_t i = 0; i < 3; ++i) CHECK(one_in_each_stratum(quantities[i], draws.columns[i]));
  CHECK(std::count(draws.column("deep").begin(), draws.column("deep").end(), 0.0) == 300);
  CHECK_FALSE(one_in_each_stratum(quantities[2], plain_draws(quantities, 1000, 7).columns[2]));
}

TEST_CASE("a group has the rank correlation that its factor states, and no other quantity has any", "[draws]") {
  for (double const rho : {0.0, 0.3, 0.6, 0.9}) {
    CAPTURE(rho);
    double const expected = 6 / std::numbers::pi * std::asin(rho / 2);
    for (auto const& draws : {latin_hypercube(four_quantities(), 20000, 3, {{"metals", rho}}), plain_draws(four_quantities(), 20000, 3, {{"metals", rho}})}) {
      CHECK(rank_correlation(draws.column("copper"), draws.column("steel")) == Approx(expected).margin(0.02));
      CHECK(rank_correlation(draws.column("copper"), draws.column("labour")) == Approx(0).margin(0.02));
      CHECK(rank_correlation(draws.column("labour"), draws.column("deep")) == Approx(0).margin(0.02));
    }
  }
  DrawTable const one = latin_hypercube(four_quantities(), 1000, 3, {{"metals", 1.0}});
  CHECK(rank_correlation(one.column("copper"), one.column("steel")) == Approx(1));
  DrawTable const none = latin_hypercube(without_groups(four_quantities()), 20000, 3);
  CHECK(rank_correlation(none.column("copper"), none.column("steel")) == Approx(0).margin(0.02));
}

TEST_CASE("plain draws keep every quantity's own distribution under a common factor", "[draws]") {
  DrawTable const draws = plain_draws(four_quantities(), 200'000, 11);
  Percentiles const copper = percentiles(draws.column("copper"));
  Uncertain const quantity = four_quantities()[0];
  CHECK(copper.p10 == Approx(value_at(quantity, 0.1)).epsilon(0.005));
  CHECK(copper.p50 == Approx(value_at(quantity, 0.5)).epsilon(0.005));
  CHECK(copper.p90 == Approx(value_at(quantity, 0.9)).epsilon(0.005));
}

TEST_CASE("equal seeds give equal bits, and another quantity changes none of the others", "[draws]") {
  auto more = four_quantities();
  more.insert(more.begin(), triangular("optics", 1, 2, 3, "metals"));
  for (auto const draw : {&latin_hypercube, &plain_draws}) {
    DrawTable const draws = draw(four_quantities(), 500, 42, {}), again = draw(four_quantities(), 500, 42, {}), other = draw(four_quantities(), 500, 43, {}), with = draw(more, 500, 42, {});
    CHECK(draws.columns == again.columns);
    CHECK(draws.columns != other.columns);
    for (auto const& quantity : four_quantities()) CHECK(draws.column(quantity.name) == with.column(quantity.name));
  }
}

TEST_CASE("percentiles are linear between the sorted values", "[draws]") {
  CHECK(percentile({4, 1, 3, 2}, 0.5) == Approx(2.5));
  CHECK(percentile({4, 1, 3, 2}, 0) == 1);
  CHECK(percentile({4, 1, 3, 2}, 1) == 4);
  CHECK(percentile({5}, 0.9) == 5);
  std::vector<double> hundred;
  for (int i = 100; i >= 0; --i) hundred.push_back(i);
  Percentiles const got = percentiles(hundred);
  CHECK(got.p10 == Approx(10));
  CHECK(got.p50 == Approx(50));
  CHECK(got.p90 == Approx(90));
  CHECK_THROWS_AS(percentile({}, 0.5), ContractError);
  CHECK_THROWS_AS(percentile({1}, 1.5), ContractError);
}

TEST_CASE("rank correlation sees order alone, and equal values share a rank", "[draws]") {
  CHECK(rank_correlation({1, 2, 3, 4}, {1, 8, 27, 64}) == Approx(1));
  CHECK(rank_correlation({1, 2, 3, 4}, {-1, -8, -27, -64}) == Approx(-1));
  CHECK(rank_correlation({1, 2, 3}, {5, 5, 5}) == 0);
  // ranks 1 2.5 2.5 4 against 1 2 3 4: sum of products 4.5, of squares 4.5 and 5
  CHECK(rank_correlation({1, 2, 2, 3}, {1, 2, 3, 4}) == Approx(4.5 / std::sqrt(4.5 * 5)));
  CHECK_THROWS_AS(rank_correlation({1, 2}, {1}), ContractError);
}

TEST_CASE("drivers are the inputs in the order of what they move", "[draws]") {
  std::vector<Uncertain> const quantities{triangular("small", 0, 1, 2), triangular("large", 0, 10, 20), triangular("against", 0, 4, 8), fixed("fixed", 3)};
  DrawTable const draws = latin_hypercube(quantities, 5000, 1);
  std::vector<double> outcome(draws.count);
  for (std::size_t i = 0; i < draws.count; ++i) outcome[i] = draws.columns[0][i] + draws.columns[1][i] - draws.columns[2][i];
  auto const found = drivers(draws, outcome);
  REQUIRE(found.size() == 3);
  CHECK(found[0].name == "large");
  CHECK(found[0].rank_correlation > 0.8);
  CHECK(found[1].name == "against");
  CHECK(found[1].rank_correlation < 0);
  CHECK(found[2].name == "small");
  // mean of the outcome given the input: 1 + x - 4
  CHECK(found[0].input_p10 == Approx(value_at(quantities[1], 0.1)).epsilon(0.01));
  CHECK(found[0].outcome_at_p10 == Approx(value_at(quantities[1], 0.1) - 3).margin(0.3));
  CHECK(found[0].outcome_at_p90 == Approx(value_at(quantities[1], 0.9) - 3).margin(0.3));
  CHECK(found[1].outcome_at_p10 > found[1].outcome_at_p90);
  CHECK(drivers(draws, outcome, 1).size() == 1);
}
