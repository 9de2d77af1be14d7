// Breakers on the path: when they trip, what they remember, and what follows.
#include "tests/power/system_support.h"

using namespace headroom;

namespace {

constexpr double rated_w = 69282.03230275509;      // 100 A at 400 V on three lines

std::string behind_breaker(const std::string& breaker = "") {
  return racks_of("feeds: [board]") + "power:\n  oversubscribed: true\n  nodes: [{name: mains, utility: {voltage: 400 V}}, {name: board, switchboard: {}}]\n  circuits: [{from: mains, to: board, voltage: 400 V, current: 100 A" +
         (breaker.empty() ? "" : ", breaker: " + breaker) + "}]\n";
}
const std::string circuit = "board circuit from mains";

}  // namespace

TEST_CASE("the default breaker trips 954.15 s after its load went from 0.8 to 1.2", "[power]") {
  PathInTime path(behind_breaker());
  path.load(0, 0.8 * rated_w);
  path.run_to(100'000);
  path.load(0, 1.2 * rated_w);
  path.run_to(110'000);
  CHECK(path.when(circuit, "tripped") - 100'000 == Approx(954.15).margin(0.01));
  CHECK(path.when("board", "dark") == path.when(circuit, "tripped"));
  CHECK(path.change("board", "dark").cause == path.change(circuit, "tripped").id);
  CHECK(path.change(circuit, "tripped").reason == "load 120 % of its rating");
}

TEST_CASE("a circuit on one phase trips by its own current", "[power]") {
  PathInTime path(racks_of("feeds: [mains], circuit: {voltage: 230 V, phases: 1, current: 100 A}") + "power: {oversubscribed: true, nodes: [{name: mains, utility: {voltage: 400 V}}]}\n");
  path.load(0, 0.8 * 23e3);
  path.run_to(100'000);
  path.load(0, 1.6 * 23e3);
  path.run_to(110'000);
  CHECK(path.when("h/r-1 circuit from mains", "tripped") - 100'000 == Approx(241.83).margin(0.01));
}

TEST_CASE("a load that goes back in time trips nothing", "[power]") {
  PathInTime path(behind_breaker());
  path.load(0, 0.8 * rated_w);
  path.run_to(100'000);
  path.load(0, 1.2 * rated_w);
  path.run_to(100'954);
  path.load(0, 1.1 * rated_w);
  path.run_to(1e6);
  CHECK(path.live("board"));
}

TEST_CASE("a breaker remembers: the second burst trips earlier than the first would", "[power]") {
  PathInTime path(behind_breaker());
  path.load(0, 0.8 * rated_w);
  path.run_to(100'000);
  path.load(0, 1.2 * rated_w);
  path.run_to(100'900);
  path.load(0, 0.8 * rated_w);
  path.run_to(101'000);
  path.load(0, 1.2 * rated_w);
  path.run_to(110'000);
  double const after_burst = 1.44 - 0.8 * std::exp(-900 / 600.0), rested = 0.64 + (after_burst - 0.64) * std::exp(-100 / 600.0);
  CHECK(path.when(circuit, "tripped") - 101'000 == Approx(600 * std::log((1.44 - rested) / (1.44 - 1.13 * 1.13))).epsilon(1e-6));
}

TEST_CASE("a breaker of a formula remembers what it cools down from", "[power]") {
  std::string const curve = "{exponential: {scale: 400 s, offset: 1.81 s, rate: 4.8}";
  double const full_s = 400 * std::exp(-0.3 * 4) - 1.81;                                // 20 A of 16
  PathInTime alone(behind_breaker(curve + "}"));
  alone.load(0, 1.25 * rated_w);
  alone.run_to(1000);
  CHECK(alone.when(circuit, "tripped") == Approx(full_s).epsilon(1e-9));
  CHECK(full_s == Approx(118.67).margin(0.01));

  PathInTime forgets(behind_breaker(curve + "}")), remembers(behind_breaker(curve + ", cool_down: 60 s}"));
  for (PathInTime* path : {&forgets, &remembers}) {
    path->load(0, 1.25 * rated_w);
    path->run_to(100);
    path->load(0, 0.5 * rated_w);
    path->run_to(130);
    path->load(0, 1.25 * rated_w);
    path->run_to(1000);
  }
  CHECK(forgets.when(circuit, "tripped") == Approx(130 + full_s).epsilon(1e-9));
  CHECK(remembers.when(circuit, "tripped") == Approx(130 + full_s * (1 - 100 / full_s * std::exp(-0.5))).epsilon(1e-9));
}

TEST_CASE("the magnetic part trips at once", "[power]") {
  PathInTime path(behind_breaker("{points: [{load: 2, time: 100 s}], instantaneous: 5}"));
  path.run_to(10);
  path.load(0, 4.99 * rated_w);
  CHECK(path.when(circuit, "tripped") == 10);      // above its last point it bears nothing either
  PathInTime thermal(behind_breaker("{thermal: {time_constant: 600 s, trip_ratio: 1.13}, instantaneous: 5}"));
  thermal.run_to(10);
  thermal.load(0, 4.99 * rated_w);
  CHECK(thermal.live("board"));
  thermal.load(0, 5.001 * rated_w);
  CHECK_FALSE(thermal.live("board"));
}

TEST_CASE("a breaker is closed again after the time that people need, cold", "[power]") {
  PathInTime path(behind_breaker(), 1, whole_seconds(3600));
  path.load(0, 1.2 * rated_w);
  path.run_to(20'000);
  double const cold_s = 600 * std::log(1.44 / (1.44 - 1.13 * 1.13));
  CHECK(path.when(circuit, "tripped") == Approx(cold_s).epsilon(1e-9));
  CHECK(path.when(circuit, "closed") == Approx(cold_s + 3600).epsilon(1e-9));
  CHECK(path.when("board", "live") == path.when(circuit, "closed"));
  CHECK(path.when(circuit, "tripped", 2) == Approx(2 * cold_s + 3600).epsilon(1e-9));
}

TEST_CASE("a load that is above a rating from the start trips its breaker", "[power]") {
  PathInTime path(R"(halls: [{name: h, racks: [{name: r, auxiliary: [{name: heater, power: 83138.4 W}], feeds: [board]}]}]
power:
  oversubscribed: true
  nodes: [{name: mains, utility: {voltage: 400 V}}, {name: board, switchboard: {}}]
  circuits: [{from: mains, to: board, voltage: 400 V, current: 100 A}]
)");
  path.run_to(10'000);
  CHECK(path.when(circuit, "tripped") == Approx(600 * std::log(1.44 / (1.44 - 1.13 * 1.13))).epsilon(1e-4));
}

TEST_CASE("what one side drops trips the other, and everything ends dark", "[power]") {
  PathInTime path(racks_of("feeds: [a, b]", "100 kW", 2) + R"(power:
  oversubscribed: true
  nodes: [{name: mains, utility: {voltage: 400 V}}, {name: a, switchboard: {}}, {name: b, switchboard: {}}]
  circuits: [{from: mains, to: a, voltage: 400 V, current: 50 A}, {from: mains, to: b, voltage: 400 V, current: 60 A}]
)");
  path.load(0, 1.2 * rated_w);     // 60 A on each: 1.2 and 1.0
  path.run_to(100'000);
  INFO(path.story());
  double const first = path.when("a circuit from mains", "tripped"), second = path.when("b circuit from mains", "tripped");
  CHECK(first == Approx(600 * std::log(1.44 / (1.44 - 1.13 * 1.13))).epsilon(1e-9));
  double const theta = 1 - std::exp(-first / 600);
  CHECK(second - first == Approx(600 * std::log((4 - theta) / (4 - 1.13 * 1.13))).epsilon(1e-9));
  CHECK_FALSE(path.live("h/r-1/1"));
  CHECK(path.root_of(path.change("b circuit from mains", "tripped")).element == "a circuit from mains");
}
