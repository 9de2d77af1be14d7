// Transfer switches and ties: who takes which source, and when.
#include "tests/power/system_support.h"

using namespace headroom;

namespace {

Approx transfer_close_to(double value) { return Approx(value).epsilon(1e-12).margin(1e-9); }

// Sources of an order on one switch: detection 1 s, transfer 200 ms, retransfer after 60 s.
std::string switched(const std::string& sources, const std::string& times = "detection: 1 s, transfer: 200 ms, retransfer_delay: 60 s") {
  std::string nodes, circuits;
  for (char name : sources) {
    nodes += std::string("    - {name: ") + name + ", utility: {voltage: 400 V}}\n";
    circuits += std::string(circuits.empty() ? "" : ", ") + "{from: " + name + ", to: switch}";
  }
  return racks_of("feeds: [switch]") + "power:\n  nodes:\n" + nodes + "    - {name: switch, transfer_switch: {rated_current: 400 A, " + times + "}}\n  circuits: [" + circuits + "]\n";
}

const std::string two_boards = R"(power:
  nodes:
    - {name: u1, utility: {voltage: 400 V}}
    - {name: u2, utility: {voltage: 400 V}}
    - {name: b1, switchboard: {tie_delay: 2 s, retransfer_delay: 60 s}}
    - {name: b2, switchboard: {tie_delay: 2 s, retransfer_delay: 60 s}}
  circuits: [{from: u1, to: b1}, {from: u2, to: b2}, {from: b1, to: b2, tie: true}]
)";

}  // namespace

TEST_CASE("a switch takes its second source after detection and transfer, and its first one back after the delay", "[power]") {
  PathInTime path(switched("xy"));
  path.run_to(10);
  path.fail("x");
  path.run_to(20);
  CHECK(path.when("switch", "dark") == 10);
  CHECK(path.when("switch", "open") == 11);
  CHECK(path.when("switch", "on y") == transfer_close_to(11.2));
  path.repair("x");
  path.run_to(100);
  CHECK(path.when("switch", "open", 2) == 80);
  CHECK(path.when("switch", "on x") == transfer_close_to(80.2));
  CHECK(path.when("h/r-1", "dark", 2) == 80);
  CHECK(path.when("h/r-1", "live", 2) == transfer_close_to(80.2));
}

TEST_CASE("a source that flickers must be good for the whole delay again", "[power]") {
  PathInTime path(switched("xy"));
  path.fail("x");
  path.run_to(20);
  path.repair("x");
  path.run_to(70);
  path.fail("x");
  path.run_to(70.001);
  path.repair("x");
  path.run_to(200);
  CHECK(path.when("switch", "on x") == transfer_close_to(130.201));
}

TEST_CASE("of three sources each must have been good for the delay itself", "[power]") {
  PathInTime path(switched("xyz"));
  path.fail("x");
  path.fail("y");
  path.run_to(10);
  REQUIRE(path.when("switch", "on z") == transfer_close_to(1.2));
  path.repair("y");
  path.run_to(60);
  path.repair("x");                // at 70 s, y has been good for the delay and x for 10 s
  path.run_to(300);
  CHECK(path.when("switch", "on y") == transfer_close_to(70.2));
  CHECK(path.when("switch", "on x") == transfer_close_to(120.2));
}

TEST_CASE("an interruption shorter than the detection moves nothing", "[power]") {
  PathInTime path(switched("xy"));
  path.fail("x");
  path.run_to(0.999);
  path.repair("x");
  path.run_to(100);
  CHECK(path.when("switch", "open") == -1);
  CHECK(path.live("h/r-1"));
}

TEST_CASE("with both sources dead a switch waits, and takes the one that comes", "[power]") {
  PathInTime path(switched("xy"));
  path.fail("x");
  path.fail("y");
  path.run_to(10);
  CHECK(path.when("switch", "open") == -1);
  path.repair("y");
  path.run_to(20);
  CHECK(path.when("switch", "on y") == transfer_close_to(10.2));
  path.fail("y");
  path.repair("x");
  path.run_to(30);
  CHECK(path.when("switch", "on x") == transfer_close_to(21.2));
}

TEST_CASE("a target that dies while the switch is open is not closed on", "[power]") {
  PathInTime path(switched("xyz"));
  path.fail("x");
  path.run_to(1.1);
  path.fail("y");
  path.run_to(10);
  CHECK(path.when("switch", "on z") == transfer_close_to(1.2));
}

TEST_CASE("a switch that is repaired takes what lives then", "[power]") {
  PathInTime path(switched("xy"));
  path.fail("x");
  path.run_to(1.1);                // open
  path.fail("switch");
  path.run_to(5);
  path.repair("x");
  path.repair("switch");
  path.run_to(100);
  CHECK(path.live("h/r-1"));
  CHECK(path.when("switch", "on x") == transfer_close_to(65.2));
}

TEST_CASE("a tie closes when its board has lost its supply and opens after the delay of its return", "[power]") {
  PathInTime path(racks_of("feeds: [b1]") + two_boards);
  path.load(0, 50e3);
  path.run_to(10);
  path.fail("u1");
  path.run_to(20);
  CHECK(path.when("b1", "on b2:main") == 12);
  CHECK(path.when("h/r-1", "dark") == 10);
  CHECK(path.when("h/r-1", "live") == 12);
  CHECK(path.at("u2").output.p.si() == transfer_close_to(50e3));
  path.repair("u1");
  path.run_to(100);
  CHECK(path.when("b1", "on b1:main") == 80);
  CHECK(path.at("u1").output.p.si() == transfer_close_to(50e3));
  CHECK(path.when("h/r-1", "dark", 2) == -1);      // without a gap
}

TEST_CASE("with both boards dead no tie closes", "[power]") {
  PathInTime path(racks_of("feeds: [b1]") + two_boards);
  path.fail("u1");
  path.fail("u2");
  path.run_to(100);
  CHECK(path.when("b1", "on b2:main") == -1);
  CHECK(path.when("b2", "on b1:main") == -1);
  path.repair("u2");
  path.run_to(200);
  CHECK(path.when("b1", "on b2:main") == 100);
  CHECK(path.live("h/r-1"));
}

TEST_CASE("when the supply behind a closed tie is lost too, both boards are dark", "[power]") {
  PathInTime path(racks_of("feeds: [b1]") + two_boards);
  path.fail("u1");
  path.run_to(10);
  path.fail("u2");
  path.run_to(11);
  CHECK_FALSE(path.live("h/r-1"));
  path.repair("u1");
  path.run_to(100);
  CHECK(path.when("b1", "on b1:main") == 12);
  CHECK(path.when("b2", "on b1:main") == 12);
}

TEST_CASE("the circuit of a switch is closed again when its breaker is reset", "[power]") {
  std::string site = switched("xy");
  site.replace(site.find("{from: x, to: switch}"), 21, "{from: x, to: switch, current: 100 A}");
  PathInTime path(site + "  oversubscribed: true\n", 1, whole_seconds(600));
  path.fail("y");
  path.load(0, 100e3);             // 144 A
  path.run_to(2000);
  INFO(path.story());
  double const tripped = path.when("switch circuit from x", "tripped");
  CHECK(tripped > 0);
  CHECK(path.when("h/r-1", "dark") == tripped);
  CHECK(path.when("switch circuit from x", "closed") == transfer_close_to(tripped + 600));
  CHECK(path.when("h/r-1", "live") == transfer_close_to(tripped + 600));
}

TEST_CASE("a switch leaves a tripped circuit for its other source, and comes back after its reset and the delay", "[power]") {
  std::string site = switched("xy");
  site.replace(site.find("{from: x, to: switch}"), 21, "{from: x, to: switch, current: 100 A}");
  PathInTime path(site + "  oversubscribed: true\n", 1, whole_seconds(600));
  path.load(0, 100e3);
  path.run_to(2000);
  double const tripped = path.when("switch circuit from x", "tripped");
  CHECK(path.when("switch", "on y") == transfer_close_to(tripped + 1.2));
  CHECK(path.when("switch", "on x") == transfer_close_to(tripped + 660.2));
}
