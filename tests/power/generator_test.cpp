// A standby set behind a transfer switch: start, steps of load, fuel, overload, cooling down.
#include "tests/power/system_support.h"

using namespace headroom;

namespace {

Approx generator_close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }

// 200 kW each, 8 s of run-up; a litre an hour for each kW. Called for 1 s after the loss, on load 0.2 s after its start.
std::string backed(const std::string& generator, int sets = 1, const std::string& below = "feeds: [ats]", const std::string& more_nodes = "", const std::string& more_circuits = "") {
  return racks_of(below, "1 MW", below.find(',') == std::string::npos ? 1 : 3) + R"(power:
  oversubscribed: true
  nodes:
    - {name: mains, utility: {voltage: 400 V}}
    - {name: set, count: )" + std::to_string(sets) + R"(, generator: {rated_power: 200 kW, rated_apparent_power: 250 kVA, fuel_use: [{load: 0.5, use: 100 L/h}, {load: 1, use: 200 L/h}], run_up: 8 s, )" + generator + R"(}}
    - {name: ats, transfer_switch: {rated_current: 4000 A, detection: 1 s, transfer: 200 ms, retransfer_delay: 60 s}}
)" + more_nodes + "  circuits: [{from: mains, to: ats}, {from: set, to: ats}" + more_circuits + "]\n";
}

}  // namespace

TEST_CASE("a set starts when it is called for and runs on for its cool-down", "[power]") {
  PathInTime path(backed("fuel: 1000 L, cool_down: 5 min"));
  path.load(0, 100e3);
  path.run_to(10);
  path.fail("mains");
  path.run_to(100);
  CHECK(path.when("set", "starting") == 11);
  CHECK(path.when("set", "running") == 19);
  CHECK(path.when("h/r-1", "live") == generator_close_to(19.2));
  path.repair("mains");
  path.run_to(1000);
  CHECK(path.when("ats", "on mains") == generator_close_to(160.2));
  CHECK(path.when("set", "cooling down") == 160);
  CHECK(path.when("set", "off") == 460);
  CHECK_FALSE(path.system.flow().running(path.node("set")));
}

TEST_CASE("a start that is not needed any more ends at once", "[power]") {
  PathInTime path(backed("fuel: 1000 L"));
  path.fail("mains");
  path.run_to(5);
  path.repair("mains");
  CHECK(path.when("set", "off") == 5);
  path.run_to(6);
  path.fail("mains");
  path.run_to(30);
  CHECK(path.when("set", "starting", 2) == 7);
  CHECK(path.when("set", "running") == 15);
}

TEST_CASE("called for again while it cools down, a set takes load without a start", "[power]") {
  PathInTime path(backed("fuel: 1000 L, cool_down: 5 min"));
  path.load(0, 100e3);
  path.fail("mains");
  path.run_to(20);
  path.repair("mains");
  path.run_to(100);
  REQUIRE(path.when("set", "cooling down") == 80);
  path.fail("mains");
  path.run_to(200);
  CHECK(path.when("ats", "on set", 2) == generator_close_to(101.2));
  CHECK(path.when("set", "running", 2) == 101);
  CHECK(path.when("set", "starting", 2) == -1);
}

TEST_CASE("a set that takes its load back from cooling takes it in steps, too", "[power]") {
  PathInTime path(backed("fuel: 1000 L, cool_down: 5 min, block_load: 0.5"));
  path.load(0, 90e3);
  path.fail("mains");
  path.run_to(20);
  path.load(0, 180e3);
  path.repair("mains");
  path.run_to(100);
  path.fail("mains");
  path.run_to(110);
  CHECK(path.when("set", "overloaded") == generator_close_to(101.2));
}

TEST_CASE("a set that never starts leaves its switch dark, one that always does keeps it fed", "[power]") {
  for (double const probability : {0.0, 1.0}) {
    PathInTime path(backed("fuel: 1000 L, start_failure: " + std::to_string(probability)));
    path.fail("mains");
    path.run_to(100);
    CHECK(path.live("h/r-1") == (probability == 0));
    CHECK(path.when("set", "failed to start") == (probability == 0 ? -1 : 9));
    path.repair("mains");
    CHECK(path.live("h/r-1"));
    path.run_to(1000);
    CHECK(path.system.state().state(path.node("set")) == "off");
  }
}

TEST_CASE("of two sets each has its own luck, and what has started carries the load", "[power]") {
  int started[3] = {};
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    PathInTime path(backed("fuel: 1000 L, start_failure: 0.3", 2), seed);
    path.fail("mains");
    path.run_to(20);
    auto const set = path.node("set");
    bool const failed = path.system.state().state(set) == "failed to start";
    bool const all = !failed && path.change("set", "running").reason == "run up";
    ++started[failed ? 0 : all ? 2 : 1];
  }
  CHECK(started[0] == Approx(400 * 0.09).margin(20));
  CHECK(started[1] == Approx(400 * 0.42).margin(35));
  CHECK(started[2] == Approx(400 * 0.49).margin(35));
}

TEST_CASE("fuel runs out when it is burnt, by the curve of its use", "[power]") {
  PathInTime path(backed("fuel: 10 L"));
  path.load(0, 100e3);             // 100 L/h
  path.fail("mains");
  path.run_to(100);
  path.load(0, 160e3);             // 160 L/h
  path.run_to(1000);
  INFO(path.story());
  // on load from 9.2 s; without load, on the first line continued, it burns nothing
  double const left_l = 10 - 100 * (100 - 9.2) / 3600;
  CHECK(path.when("set", "out of fuel") == generator_close_to(100 + left_l * 3600 / 160));
  CHECK(path.when("h/r-1", "dark", 2) == path.when("set", "out of fuel"));
  CHECK(path.root_of(path.change("set", "out of fuel")).element == "mains");
}

TEST_CASE("a block of load above what a set takes at once stalls it", "[power]") {
  PathInTime held(backed("fuel: 1000 L, block_load: 0.5"));
  held.load(0, 100e3);
  held.fail("mains");
  held.run_to(20);
  CHECK(held.live("h/r-1"));
  held.load(0, 190e3);             // the next step, of 90 kW
  CHECK(held.live("h/r-1"));

  PathInTime stalled(backed("fuel: 1000 L, block_load: 0.5"));
  stalled.load(0, 101e3);
  stalled.fail("mains");
  stalled.run_to(20);
  CHECK_FALSE(stalled.live("h/r-1"));
  CHECK(stalled.when("set", "overloaded") == generator_close_to(9.2));
  CHECK(stalled.change("set", "overloaded").reason == "101 kW of load at once; it takes steps of 100 kW");
}

TEST_CASE("the walk-ins of several UPS are admitted one after the other", "[power]") {
  std::string ups, circuits;
  for (auto name : {"u1", "u2", "u3"}) {
    ups += std::string("    - {name: ") + name + ", ups: " + lossless_ups(", walk_in: 2 s") + ", battery: {type: {capacity: 10 kWh, rated_power: 100 kW}}}\n";
    circuits += std::string(", {from: ats, to: ") + name + "}";
  }
  PathInTime path(backed("fuel: 1000 L, block_load: 0.3, block_interval: 5 s", 1, "feeds: [u1, u2, u3]", ups, circuits));
  path.load(0, 150e3);             // 50 kW each, below the steps of 60 kW
  path.fail("mains");
  path.run_to(100);
  INFO(path.story());
  std::vector<double> back{path.when("u1", "live"), path.when("u2", "live"), path.when("u3", "live")};
  std::ranges::sort(back);
  CHECK(back == std::vector{11.2, 16.2, 21.2});
  CHECK(path.live("h/r-1/1"));
  CHECK(path.when("set", "overloaded") == -1);
}

TEST_CASE("a set trips on an overload that lasts too long", "[power]") {
  PathInTime path(backed("fuel: 1000 L, overload: [{load: 1.1, time: 60 s}]"));
  path.load(0, 190e3);
  path.fail("mains");
  path.run_to(20);
  path.load(0, 220e3);
  path.run_to(70);
  path.load(0, 200e3);             // in time
  path.run_to(100);
  path.load(0, 220e3);
  path.run_to(200);
  CHECK(path.when("set", "overloaded") == generator_close_to(160));
  CHECK_FALSE(path.live("h/r-1"));
}

TEST_CASE("a set that is reset after an overload starts anew and bears it as long again", "[power]") {
  PathInTime path(backed("fuel: 1000 L, overload: [{load: 1.1, time: 60 s}]"), 1, whole_seconds(600));
  path.load(0, 190e3);
  path.fail("mains");
  path.run_to(40);
  path.load(0, 220e3);
  path.run_to(110);
  CHECK(path.when("set", "overloaded") == 100);
  path.load(0, 190e3);
  path.run_to(750);
  CHECK(path.when("set", "starting", 2) == 700);
  path.load(0, 220e3);
  path.run_to(1000);
  CHECK(path.when("set", "overloaded", 2) == 810);
}

TEST_CASE("a set that fails while it runs is called for again when it is repaired, and one of two leaves the other", "[power]") {
  PathInTime path(backed("fuel: 1000 L", 2));
  path.fail("mains");
  path.run_to(20);
  path.fail("set", 1);
  CHECK(path.live("h/r-1"));
  path.run_to(30);
  path.repair("set", 1);
  CHECK(path.system.state().state(path.node("set")) == "running");
  path.fail("set");
  CHECK_FALSE(path.live("h/r-1"));
  path.run_to(100);
  path.repair("set");
  path.run_to(200);
  CHECK(path.when("set", "starting", 2) == 100);
  CHECK(path.live("h/r-1"));
}

TEST_CASE("a set without fuel does not start again", "[power]") {
  PathInTime path(backed("fuel: 1 L"));
  path.load(0, 100e3);
  path.fail("mains");
  path.run_to(100);
  REQUIRE(path.when("set", "out of fuel") == generator_close_to(9.2 + 36));
  path.fail("set");
  path.run_to(200);
  path.repair("set");
  path.run_to(300);
  CHECK(path.when("set", "running", 2) == -1);
  CHECK(path.when("set", "out of fuel", 2) == 208);
  path.repair("mains");
  path.run_to(302);
  CHECK(path.live("h/r-1"));
}

TEST_CASE("a set runs as long as one of its switches needs it", "[power]") {
  PathInTime path(racks_of("feeds: [one, two]", "100 kW", 2) + R"(power:
  nodes:
    - {name: m1, utility: {voltage: 400 V}}
    - {name: m2, utility: {voltage: 400 V}}
    - {name: set, generator: {rated_power: 200 kW, rated_apparent_power: 200 kVA, fuel: 1000 L, fuel_use: [{load: 1, use: 50 L/h}], run_up: 8 s}}
    - {name: one, transfer_switch: {rated_current: 400 A, detection: 1 s, transfer: 200 ms, retransfer_delay: 60 s}}
    - {name: two, transfer_switch: {rated_current: 400 A, detection: 1 s, transfer: 200 ms, retransfer_delay: 60 s}}
  circuits: [{from: m1, to: one}, {from: set, to: one}, {from: m2, to: two}, {from: set, to: two}]
)");
  path.load(0, 100e3);
  path.fail("m1");
  path.run_to(20);
  path.fail("m2");
  path.run_to(30);
  CHECK(path.when("two", "on set") == generator_close_to(21.2));
  path.repair("m1");
  path.run_to(200);
  CHECK(path.when("one", "on m1") == generator_close_to(90.2));
  CHECK(path.system.flow().running(path.node("set")));
  CHECK(path.at("set").output.p.si() == generator_close_to(50e3));
  path.repair("m2");
  path.run_to(300);
  CHECK(path.when("set", "off") == 260);
}
