// What racks are taken to draw: budgets, readings of racks, cords and feeds, and what a run had.
#include "analysis/capacity/rack_loads.h"

#include "base/errors.h"
#include "tests/capacity/support.h"
#include "tests/support/temporary.h"

using namespace headroom;

namespace {

// Four racks of 10 kW on two boards.
PowerGraph four_racks(const std::string& rest = "", const std::string& power = "") { return graph_of(hall_of(racks_of_10_kw(4, "r", rest)) + "power: {" + two_utilities + power + "}\n"); }

CapacityAnswer measured(const PowerGraph& graph, const std::string& table) {
  TemporaryFile const file(".csv", table);
  return capacity(graph, {measured_loads(graph, file.path()), MoreOf::racks, {}});
}

std::string problem(const PowerGraph& graph, const std::string& table) {
  TemporaryFile const file(".csv", table);
  try {
    measured_loads(graph, file.path());
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().string().size());
  }
  return "accepted";
}

}  // namespace

TEST_CASE("budgets stand in for nameplates, and every rack needs one", "[capacity]") {
  PowerGraph const graph = four_racks(", budget: 5 kW");
  CapacityAnswer const found = capacity(graph, {budgeted_loads(graph), MoreOf::racks, {}});
  CHECK(found.it_kw == close_to(20));
  CHECK(found.it_nameplate_kw == close_to(40));
  CHECK(found.normal.it_kw == close_to(800));
  CHECK(found.racks_that_fit(found.ladder) == 156);      // 160 of 5 kW
  CHECK_THROWS_WITH(budgeted_loads(four_racks()), Catch::Matchers::Contains("4 of 4 racks have no budget, such as h/r-1"));
}

TEST_CASE("readings of racks, the highest of each, and what was not read counts at nameplate", "[capacity]") {
  CapacityAnswer const found = measured(four_racks(), "name,power_kw\nh/r-1,3\nh/r-1,4\nh/r-2,2\nh/r-3,6\n");
  CHECK(found.unread == 1);
  CHECK(found.it_kw == close_to(4 + 2 + 6 + 10));
  CHECK(found.normal.it_kw == close_to(800));
}

TEST_CASE("a reading of what feeds racks is spread over them as their nameplates are", "[capacity]") {
  PowerGraph const graph = four_racks();
  CapacityAnswer const found = measured(graph, "name,power_w\none,12000\ntwo,8000\n");
  CHECK(found.unread == 0);
  CHECK(found.it_kw == close_to(20));
  // 60 % of every rack hangs on the feed of 600 kW: all 1000 kW are used
  CHECK(found.normal.it_kw == close_to(1000));
  CHECK(without(found, "one").it_kw == close_to(400));
  CHECK(without(found, "two").it_kw == close_to(600));
}

TEST_CASE("cords share as they were read, and one alone carries its rack", "[capacity]") {
  PowerGraph const graph = four_racks();
  std::string table = "name,power_kw\n";
  for (int i = 1; i <= 4; ++i) table += fmt::format("h/r-{0}:a,1\nh/r-{0}:b,3\n", i);
  CapacityAnswer const found = measured(graph, table);
  CHECK(found.it_kw == close_to(16));
  CHECK(found.normal.first.binding == "two");
  CHECK(found.normal.it_kw == close_to(400 / 0.75));
  CHECK(without(found, "one").it_kw == close_to(400));
  CHECK(without(found, "two").it_kw == close_to(600));
  // a cord that was read at nothing carries all of it when it is alone
  CapacityAnswer const idle = measured(graph, "name,power_kw\nh/r-1:a,0\nh/r-1:b,4\nh/r-2,4\nh/r-3,4\nh/r-4,4\n");
  CHECK(without(idle, "two").it_kw == close_to(600));
}

TEST_CASE("readings that cannot be are told with their place", "[capacity]") {
  PowerGraph const graph = four_racks(", rated_power: 11 kW", ", rack_circuit: {voltage: 400 V, current: 16 A}");
  CHECK(problem(graph, "name,power_kw\nh/r-9,3\n") == ":2:7: error: the site has no rack and no feed 'h/r-9', did you mean 'h/r-1'?");
  CHECK(problem(graph, "name,power_kw\nh/r-1:a,12\n") == ":2:9: error: 12 kW are 17.3205 A on the circuit of 'h/r-1:a', which is rated 16 A; is the reading in another unit?");
  CHECK(problem(graph, "name,power_kw\nh/r-1,11.5\n") == ":2:7: error: 11.5 kW are more than rack 'h/r-1' is rated for, 11 kW");
  CHECK(problem(graph, "name,power_kw\nh/r-1,11\n") == "accepted");
  CHECK(problem(graph, "name,power_kw\nh/r-1,-1\n") == ":2:7: error: power_kw: -1 is no reading of a load; it must be 0 or more");
  CHECK(problem(graph, "name\nh/r-1\n") == ":1:1: error: a table of readings has one of the columns 'power_kw' and 'power_w'");
  CHECK(problem(graph, "name,power_kw\n") == ":1:1: error: the table has no readings");
  CHECK(problem(graph, "name,power_kw\nh/r-1/1,3\n").find("no rack and no feed 'h/r-1/1'") != std::string::npos);
}

TEST_CASE("what servers delivered in a run stands in for nameplates", "[capacity]") {
  PowerGraph const graph = four_racks();
  RackLoads loads;
  loads.basis = LoadBasis::simulated;
  for (double kw : {2.0, 4.0, 6.0, 8.0}) loads.delivered.push_back(kw * kilowatt);
  CapacityAnswer const found = capacity(graph, {loads, MoreOf::racks, {}});
  CHECK(found.it_kw == close_to(20));
  CHECK(found.normal.it_kw == close_to(800));
}
