// A UPS and its battery, alone below a utility, and with a generator that takes longer to start or not.
#include "tests/power/system_support.h"

using namespace headroom;

namespace {

Approx close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }

// The battery lasts 36 s at 100 kW; the generator takes load `run_up` after it is called for, that is 1 s after the loss.
std::string with_generator(const std::string& run_up) {
  return racks_of("feeds: [u]") + R"(power:
  nodes:
    - {name: mains, utility: {voltage: 400 V}}
    - {name: set, generator: {rated_power: 200 kW, rated_apparent_power: 200 kVA, fuel: 1000 L, fuel_use: [{load: 1, use: 50 L/h}], run_up: )" + run_up + R"(}}
    - {name: ats, transfer_switch: {rated_current: 400 A, detection: 1 s, transfer: 200 ms, retransfer_delay: 10 min}}
    - {name: u, ups: )" + lossless_ups() + ", battery: {type: " + battery_1_kwh() + R"(}}
  circuits: [{from: mains, to: ats}, {from: set, to: ats}, {from: ats, to: u}]
)";
}

}  // namespace

TEST_CASE("a battery that outlasts the start of the generator holds the load", "[power]") {
  PathInTime path(with_generator("34 s"));
  path.load(0, 100e3);
  path.run_to(10);
  path.fail("mains");
  path.run_to(100);
  INFO(path.story());
  CHECK(path.when("u", "on battery") == 10);
  CHECK(path.when("set", "starting") == 11);
  CHECK(path.when("set", "running") == 45);
  CHECK(path.when("ats", "open") == 45);
  CHECK(path.when("ats", "on set") == close_to(45.2));
  CHECK(path.when("u", "live") == close_to(45.2));
  CHECK(path.when("u", "battery empty") == -1);
  CHECK(path.live("h/r-1/1"));
  CHECK(path.root_of(path.change("u", "live")).element == "mains");
}

TEST_CASE("a battery that is empty a second before the generator's start drops the load", "[power]") {
  PathInTime path(with_generator("36 s"));
  path.load(0, 100e3);
  path.run_to(10);
  path.fail("mains");
  path.run_to(46.5);
  INFO(path.story());
  CHECK(path.when("u", "battery empty") == 46);
  CHECK(path.when("h/r-1", "dark") == 46);
  CHECK_FALSE(path.live("h/r-1/1"));
  path.run_to(100);
  CHECK(path.when("set", "running") == 47);
  CHECK(path.when("h/r-1", "live") == close_to(47.2));
  CHECK(path.root_of(path.change("h/r-1", "dark")).element == "mains");
}

TEST_CASE("a battery under changing load is empty when its energy is used", "[power]") {
  PathInTime path(below_ups(lossless_ups(), battery_1_kwh(", discharge_efficiency: 0.9")));
  path.load(0, 50e3);
  path.run_to(5);
  path.fail("mains");
  path.run_to(15);                 // 10 s at 50 kW
  path.load(0, 100e3);
  path.run_to(20);                 // 5 s at 100 kW
  path.load(0, 20e3);
  CHECK(path.at("u").stored.si() == close_to(-20e3 / 0.9));
  CHECK(path.at("u").input.p == Power{});
  path.run_to(1000);
  CHECK(path.when("u", "battery empty") == close_to(20 + (3.6e6 * 0.9 - 500e3 - 500e3) / 20e3));
}

TEST_CASE("a fast discharge empties a battery by Peukert's law", "[power]") {
  PathInTime path(below_ups(lossless_ups(), battery_1_kwh(", peukert_exponent: 1.2, rated_time: 1 h")));
  path.load(0, 50e3);
  path.fail("mains");
  path.run_to(1000);
  CHECK(path.when("u", "battery empty") == Approx(3600 * std::pow(1.0 / 50, 1.2)).epsilon(1e-9));
}

TEST_CASE("a battery recharges as a load on the input until it is full", "[power]") {
  PathInTime path(below_ups(lossless_ups(), battery_1_kwh(", charge_power: 10 kW, charge_efficiency: 0.8")));
  path.load(0, 80e3);
  path.fail("mains");
  path.run_to(10);                 // 800 kJ
  path.repair("mains");
  CHECK(path.when("u", "recharging") == 10);
  CHECK(path.at("u").input.p.si() == close_to(90e3));
  CHECK(path.at("u").stored.si() == close_to(8e3));
  CHECK(path.at("u").loss.si() == close_to(2e3));
  path.run_to(1000);
  CHECK(path.when("u", "live") == close_to(110));
  CHECK(path.at("u").input.p.si() == close_to(80e3));
}

TEST_CASE("an outage before a battery is full finds what is in it", "[power]") {
  PathInTime path(below_ups(lossless_ups(), battery_1_kwh(", charge_power: 10 kW")));
  path.load(0, 100e3);
  path.fail("mains");
  path.run_to(30);                 // 600 kJ left
  path.repair("mains");
  path.run_to(50);                 // 800 kJ
  path.fail("mains");
  path.run_to(100);
  CHECK(path.when("u", "battery empty") == 58);
  path.repair("mains");            // nothing in it
  path.fail("mains");
  CHECK_FALSE(path.live("u"));
}

TEST_CASE("an empty battery carries nothing when its UPS is repaired, or loses its input again at once", "[power]") {
  PathInTime path(below_ups(lossless_ups(), battery_1_kwh(", charge_power: 10 kW")));
  path.load(0, 100e3);
  path.fail("mains");
  path.run_to(60);
  REQUIRE_FALSE(path.live("u"));
  path.fail("u");
  path.run_to(70);
  path.repair("u");
  CHECK_FALSE(path.live("u"));
  path.run_to(80);
  path.repair("mains");
  CHECK(path.live("u"));
  path.fail("mains");              // at the same instant
  CHECK_FALSE(path.live("u"));
  CHECK(path.when("u", "battery empty", 2) == 80);
}

TEST_CASE("a battery that nothing recharges serves once", "[power]") {
  PathInTime path(below_ups(lossless_ups(), battery_1_kwh()));
  path.load(0, 100e3);
  path.fail("mains");
  path.run_to(20);
  path.repair("mains");
  path.run_to(1000);
  path.fail("mains");
  path.run_to(2000);
  CHECK(path.when("u", "battery empty") == 1016);
  path.repair("mains");
  path.run_to(2001);
  path.fail("mains");
  CHECK_FALSE(path.live("u"));
}

TEST_CASE("in eco mode there is a gap before the battery takes over", "[power]") {
  PathInTime path(below_ups(lossless_ups(", mode: eco, transfer: 10 ms"), battery_1_kwh()));
  path.load(0, 100e3);
  path.run_to(1);
  path.fail("mains");
  CHECK_FALSE(path.live("h/r-1/1"));
  path.run_to(2);
  CHECK(path.live("h/r-1/1"));
  CHECK(path.when("u", "dark") == 1);
  CHECK(path.when("u", "on battery") == close_to(1.01));
  path.run_to(100);
  CHECK(path.when("u", "battery empty") == close_to(37.01));
}

TEST_CASE("an input that returns within the gap of eco mode leaves the battery alone", "[power]") {
  PathInTime path(below_ups(lossless_ups(", mode: eco, transfer: 10 ms"), battery_1_kwh()));
  path.fail("mains");
  path.run_to(0.005);
  path.repair("mains");
  path.run_to(10);
  CHECK(path.live("u"));
  CHECK(path.when("u", "on battery") == -1);
}

TEST_CASE("a UPS takes its load back after its walk-in, and starts it anew when the input flickers", "[power]") {
  PathInTime path(below_ups(lossless_ups(", walk_in: 10 s"), battery_1_kwh(", charge_power: 10 kW")));
  path.load(0, 50e3);
  path.fail("mains");
  path.run_to(5);
  path.repair("mains");
  path.run_to(12);
  CHECK(path.at("u").input.p == Power{});
  path.fail("mains");
  path.run_to(13);
  path.repair("mains");
  path.run_to(30);
  CHECK(path.when("u", "recharging") == 23);
  CHECK(path.at("u").input.p.si() == close_to(60e3));
}

TEST_CASE("a load beyond the power of the battery shuts the UPS down", "[power]") {
  PathInTime path(below_ups(lossless_ups(), "{capacity: 1 kWh, rated_power: 60 kW}"));
  path.load(0, 60e3);
  path.fail("mains");
  path.run_to(1);
  CHECK(path.live("u"));
  path.load(0, 61e3);
  CHECK_FALSE(path.live("u"));
  CHECK(path.when("u", "overloaded") == 1);
  CHECK(path.change("u", "overloaded").reason == "more than its battery's 60 kW");
}
