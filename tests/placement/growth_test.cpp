// Dates at which a growing load meets its limits, counted by hand.
#include <catch2/catch.hpp>

#include <limits>

#include "analysis/placement/growth.h"
#include "analysis/placement/plan_date.h"

using namespace headroom;

namespace {

Day day(const char* text) { return std::get<PlanDate>(PlanDate::parse(text)).day; }

GrowthLimit limit(const char* name, double scale) {
  GrowthLimit out;
  out.name = name;
  out.unit = "kW";
  out.scale = scale;
  return out;
}

// From 1 to 2 times today's load in 730 days; low stays, high comes to 3.
GrowthProblem doubling(std::vector<GrowthLimit> limits) { return {{{day("2026"), 1, 1, 1}, {day("2028"), 1, 2, 3}}, {}, std::move(limits)}; }

}  // namespace

TEST_CASE("a limit is reached on the first day on which more is asked than it allows", "[placement]") {
  auto const dates = dates_of_limits(doubling({limit("ups", 1.5)}));
  REQUIRE(dates.size() == 1);
  REQUIRE(dates[0].mid);
  CHECK(dates[0].mid->from == day("2027-01-02"));      // on January 1st exactly 1.5 times is asked
  CHECK_FALSE(dates[0].mid->until);
  REQUIRE(dates[0].high);
  CHECK(dates[0].high->from == day("2026-07-03"));     // 182.5 days of 730
  CHECK_FALSE(dates[0].low);
  CHECK(dates[0].used_at_end == Approx(2 / 1.5));
}

TEST_CASE("limits come in the order of their dates, those that are never reached last", "[placement]") {
  auto const dates = dates_of_limits(doubling({limit("never", 4), limit("high only", 2.5), limit("second", 1.75), limit("first", 1.25), limit("full today", 0.9)}));
  std::vector<int> order;
  for (auto const& each : dates) order.push_back(each.limit);
  CHECK(order == std::vector<int>{4, 3, 2, 1, 0});
  CHECK(dates[0].low->from == day("2026"));
  CHECK_FALSE(dates[3].mid);
  CHECK(dates[3].high);
  CHECK_FALSE(dates[4].high);
}

TEST_CASE("exactly what a limit allows is not beyond it", "[placement]") {
  CHECK_FALSE(dates_of_limits(doubling({limit("ups", 2)}))[0].mid);
  CHECK(dates_of_limits(doubling({limit("ups", 1.9999)}))[0].mid);
}

TEST_CASE("a step of the connection ends a shortage, or comes before it", "[placement]") {
  GrowthLimit late = limit("connection", 1.25), early = late;
  late.steps = {{day("2027"), 0, 5}};
  early.steps = {{day("2026-06-01"), 0, 5}};
  auto const dates = dates_of_limits(doubling({early, late}));
  CHECK(dates[0].limit == 1);
  CHECK(dates[0].mid->from == day("2026-07-03"));
  CHECK(dates[0].mid->until == day("2027"));
  CHECK_FALSE(dates[1].mid);
}

TEST_CASE("a limit that is stated only from a step on counts from there", "[placement]") {
  GrowthLimit later = limit("connection", std::numeric_limits<double>::infinity());
  later.steps = {{day("2027-06-01"), 0, 1.1}};
  CHECK(dates_of_limits(doubling({later}))[0].mid->from == day("2027-06-01"));
}

TEST_CASE("a refresh multiplies the load from its date on, but not the racks", "[placement]") {
  GrowthProblem problem = doubling({limit("ups", 1.5), limit("positions", 1.5)});
  problem.limits[1].counts_racks = true;
  problem.refresh = {{day("2026-04-01"), 1.5}};
  CHECK(refresh_at(problem, day("2026-03-31")) == 1);
  CHECK(refresh_at(problem, day("2026-04-01")) == 1.5);
  auto const dates = dates_of_limits(problem);
  CHECK(dates[0].limit == 0);
  CHECK(dates[0].mid->from == day("2026-04-01"));
  CHECK(dates[1].mid->from == day("2027-01-02"));
}

TEST_CASE("a demand that falls again ends a shortage", "[placement]") {
  GrowthProblem problem = doubling({limit("ups", 1.5)});
  problem.demand.push_back({day("2028-01-11"), 1, 1, 1});
  auto const dates = dates_of_limits(problem);
  CHECK(dates[0].mid->until == day("2028-01-06"));     // half way down it is 1.5 again
}

TEST_CASE("dates are years, months or days of the calendar", "[placement]") {
  CHECK(PlanDate{day("2027")}.whole() == "2027-01-01");
  CHECK(PlanDate{day("2027-03")}.whole() == "2027-03-01");
  CHECK(PlanDate{day("2028-02-29")}.text() == "2028-02-29");
  CHECK(PlanDate{day("2027-03")}.text() == "2027-03");
  CHECK(PlanDate{day("2027")}.text() == "2027");
  for (auto const* wrong : {"27", "2027-3", "2027-02-29", "2027-13", "2027/03", "March", "2027-03-1", "20270301"}) CHECK(std::holds_alternative<std::string>(PlanDate::parse(wrong)));
}
