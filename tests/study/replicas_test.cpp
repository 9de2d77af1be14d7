#include "analysis/study/replicas.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/errors.h"
#include "sim/model/model.h"
#include "sim/physics/standby.h"

using namespace headroom;

namespace {

// One rack on two feeds, each failing on average after 1,000 h and repaired after 100 h by people of its own.
Scenario two_units(const std::string& rest) {
  return read_scenario_text(R"(kind: scenario
version: 1
name: two-units
site:
  name: two-units
  halls: [{name: h, racks: [{name: r, servers: [{type: generic-100-350w, supplies: 2}], feeds: [a, b]}]}]
  power:
    nodes: [{name: a, utility: {voltage: 400 V}}, {name: b, utility: {voltage: 400 V}}]
workload: []
)" + rest, "two-units.yaml");
}
const std::string by_chance = "failures: [{class: utility, mtbf: 1000 h, mttr: 100 h}]\n";

}  // namespace

TEST_CASE("a thousand replicas of ten years meet the Markov answer for two repairable units") {
  Replicas const answer = replicas(two_units(by_chance + "horizon: 3650 d\n"), 1000);
  double const exact = two_unit_availability(1000 * 3600.0, 100 * 3600.0);
  CHECK(answer.runs == 1000);
  CHECK(answer.years == Approx(10));
  INFO("mean " << answer.rack_availability.mean << " +- " << answer.rack_availability.standard_error << ", exact " << exact);
  CHECK(answer.rack_availability.standard_error > 0);
  CHECK(answer.rack_availability.standard_error < 2e-4);
  CHECK(std::abs(answer.rack_availability.mean - exact) < 3 * answer.rack_availability.standard_error);
  // both down begins at the rate 2 u (1-u) lambda ... = 2 x P(one down) x rate of the other
  double const u = 100.0 / 1100.0, per_year = 2 * u * (1 - u) / 1000 * 8760;
  CHECK(std::abs(answer.outages_per_year.mean - per_year) < 3 * answer.outages_per_year.standard_error);
}

TEST_CASE("replicas have their own luck, and the same again") {
  Scenario const scenario = two_units(by_chance + "horizon: 365 d\n");
  CHECK(replicas(scenario, 3).rack_availability.mean == replicas(scenario, 3).rack_availability.mean);
  Scenario other = scenario;
  other.seed = 1000;
  CHECK(replicas(scenario, 3).rack_availability.mean != replicas(other, 3).rack_availability.mean);
}

TEST_CASE("replicas need chance and a horizon") {
  CHECK_THROWS_AS(replicas(two_units("horizon: 1 d\n"), 2), InputError);
  CHECK_THROWS_WITH(replicas(two_units("horizon: 1 d\n"), 2), Catch::Contains("nothing fails by chance"));
}
