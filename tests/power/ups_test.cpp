// A UPS above its rating, without some of its modules, repaired and reset.
#include "tests/power/system_support.h"

using namespace headroom;

TEST_CASE("an overloaded UPS goes to bypass and comes back when the load fits", "[power]") {
  PathInTime path(below_ups(lossless_ups(", bypass: automatic, overload: [{load: 1.1, time: 60 s}]"), battery_1_kwh()));
  path.run_to(5);
  path.load(0, 110e3);
  path.run_to(100);
  CHECK(path.when("u", "bypass") == 65);
  CHECK(path.live("u"));
  path.load(0, 100e3);
  CHECK(path.when("u", "live") == 100);
  path.load(0, 110e3);
  path.run_to(200);
  CHECK(path.when("u", "bypass", 2) == 160);
  path.fail("mains");              // unprotected, and too much for its battery
  CHECK_FALSE(path.live("u"));
}

TEST_CASE("an overloaded UPS without a bypass is off until it is repaired or reset", "[power]") {
  std::string const site = below_ups(lossless_ups(", overload: [{load: 1.1, time: 60 s}]"), battery_1_kwh());
  PathInTime path(site);
  path.load(0, 110e3);
  path.run_to(1000);
  CHECK(path.when("u", "overloaded") == 60);
  CHECK_FALSE(path.live("u"));
  path.fail("u");
  path.load(0, 50e3);
  path.repair("u");
  CHECK(path.live("u"));
  path.fail("mains");
  CHECK(path.live("u"));           // its battery is ready again

  PathInTime reset(site, 1, whole_seconds(600));
  reset.load(0, 110e3);
  reset.run_to(659);
  CHECK_FALSE(reset.live("u"));
  reset.run_to(660);
  CHECK(reset.live("u"));
  reset.run_to(720);
  CHECK(reset.when("u", "overloaded", 2) == 720);
}

TEST_CASE("a reset of what has failed meanwhile brings nothing back, nor does an old reset close a new trip", "[power]") {
  PathInTime path(below_ups(lossless_ups(", overload: [{load: 1.1, time: 60 s}]"), ""), 1, whole_seconds(600));
  path.load(0, 110e3);
  path.run_to(600);
  path.fail("u");
  path.run_to(660);                // the reset of the trip at 60 s
  CHECK_FALSE(path.live("u"));
  CHECK(path.system.state().state(path.node("u")) == "failed");
  path.repair("u");
  path.run_to(1000);
  CHECK(path.when("u", "overloaded", 2) == 720);
  path.fail("u");
  path.repair("u");                // back at 1000 s, off at 1060 s; the old reset was for 1320 s
  path.run_to(1400);
  CHECK(path.when("u", "overloaded", 3) == 1060);
  CHECK_FALSE(path.live("u"));
  path.run_to(1660);
  CHECK(path.live("u"));
}

TEST_CASE("a UPS that is overloaded by its load's reactive power gives way", "[power]") {
  PathInTime path(R"(halls: [{name: h, racks: [{name: r, auxiliary: [{name: fans, power: 60 kW, power_factor: 0.5}], feeds: [u]}]}]
power:
  oversubscribed: true
  nodes: [{name: mains, utility: {voltage: 400 V}}, {name: u, ups: )" + lossless_ups(", overload: [{load: 1.1, time: 60 s}, {load: 1.3, time: 10 s}]") + R"(}]
  circuits: [{from: mains, to: u}]
)");
  path.run_to(100);                // 120 kVA, 60 kW, from the start
  CHECK(path.when("u", "overloaded") == Approx(std::sqrt(600.0)).epsilon(1e-9));
}

TEST_CASE("the modules that are left carry the load, for as long as they bear it", "[power]") {
  PathInTime path(below_ups(lossless_ups(", overload: [{load: 1.2, time: 60 s}]"), battery_1_kwh(), 3));
  path.load(0, 240e3);
  path.run_to(10);
  path.fail("u", 1);
  CHECK(path.when("u", "1 of 3 failed") == 10);
  path.run_to(69);
  CHECK(path.live("u"));
  path.repair("u", 1);
  path.run_to(200);
  CHECK(path.when("u", "overloaded") == -1);
  path.fail("u", 1);
  path.run_to(300);
  CHECK(path.when("u", "overloaded") == 260);
}

TEST_CASE("two faults of one element last until both are repaired", "[power]") {
  PathInTime path(below_ups(lossless_ups(), battery_1_kwh(), 3));
  path.fail("u");
  path.run_to(10);
  path.fail("u");
  path.run_to(20);
  path.repair("u");
  CHECK_FALSE(path.live("u"));
  CHECK(path.system.state().state(path.node("u")) == "failed");
  path.run_to(30);
  path.repair("u");
  CHECK(path.live("u"));
  CHECK(path.when("u", "live") == 30);
}

TEST_CASE("one module fails while another is in maintenance, and they come back in either order", "[power]") {
  for (bool const failed_first : {true, false}) {
    PathInTime path(below_ups(lossless_ups(), battery_1_kwh(), 3));
    path.system.fail(path.now, path.node("u"), 1, "maintenance", 0, "maintenance");
    path.settle();
    path.run_to(5);
    path.fail("u", 2);
    CHECK_FALSE(path.live("u"));
    path.run_to(10);
    path.repair("u", failed_first ? 2 : 1);
    CHECK(path.system.flow().units(path.node("u")) == (failed_first ? 2 : 1));
    path.run_to(20);
    path.repair("u", failed_first ? 1 : 2);
    CHECK(path.system.flow().units(path.node("u")) == 3);
    CHECK(path.system.state().state(path.node("u")) == "live");
  }
}

TEST_CASE("a module that is repaired on battery leaves the UPS on battery", "[power]") {
  PathInTime path(below_ups(lossless_ups(), battery_1_kwh(), 3));
  path.load(0, 50e3);
  path.fail("mains");
  path.run_to(1);
  path.fail("u", 1);
  path.run_to(2);
  path.repair("u", 1);
  CHECK(path.system.state().state(path.node("u")) == "on battery");
  path.run_to(100);
  CHECK(path.when("u", "battery empty") == 72);
}
