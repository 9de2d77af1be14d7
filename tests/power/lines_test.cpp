// What each of three lines carries, against phasors added by hand.
#include "sim/power/lines.h"

#include "tests/power/system_support.h"

using namespace headroom;

namespace {

// So many racks of one server on a panel, each on one phase.
std::string on_one_phase(int racks, const std::string& voltage, double power_factor = 1, const std::string& panel = "") {
  return "halls: [{name: h, racks: [{name: r, count: " + std::to_string(racks) + ", circuit: {voltage: " + voltage + ", phases: 1}, feeds: [panel], servers: [{type: {cores: 1, memory: 1 GB, power_factor: " +
         std::to_string(power_factor) + ", power: {linear: {idle: 0 W, full: 50 kW}}}}]}]}]\npower:\n  oversubscribed: true\n  nodes: [{name: mains, utility: {voltage: 400 V}}, {name: panel, switchboard: {}}]\n  circuits: [{from: mains, to: panel" +
         panel + "}]\n";
}

std::array<double, 3> lines(PathInTime& path) { return line_currents(path.system.flow(), path.node("panel")); }

void check_lines(PathInTime& path, double l1, double l2, double l3) {
  auto const got = lines(path);
  CHECK(got[0] == Approx(l1).epsilon(1e-9).margin(1e-9));
  CHECK(got[1] == Approx(l2).epsilon(1e-9).margin(1e-9));
  CHECK(got[2] == Approx(l3).epsilon(1e-9).margin(1e-9));
}

}  // namespace

TEST_CASE("loads between a line and neutral stay on their line", "[power]") {
  PathInTime path(on_one_phase(3, "230 V"));
  path.load(0, 2300);
  path.load(1, 4600);
  check_lines(path, 10, 20, 0);
  CHECK(line_imbalance(path.system.flow(), path.node("panel")) == Approx(20 / (6900 / 230.0 / 3)).epsilon(1e-9));
}

TEST_CASE("a load between two lines is out of one and back into the other", "[power]") {
  PathInTime path(on_one_phase(3, "208 V"));
  path.load(0, 2080);              // L1 - L2
  check_lines(path, 10, 10, 0);
  path.load(1, 2080);              // L2 - L3: on L2 they add up 120 degrees apart, in and out
  check_lines(path, 10, 10 * std::sqrt(3.0), 10);
  path.load(2, 2080);
  check_lines(path, 10 * std::sqrt(3.0), 10 * std::sqrt(3.0), 10 * std::sqrt(3.0));
}

TEST_CASE("a balanced load counts as one, whatever its power factor", "[power]") {
  for (auto voltage : {"120 V", "230 V", "277 V", "208 V", "400 V"})
    for (double const power_factor : {1.0, 0.8}) {
      CAPTURE(voltage, power_factor);
      PathInTime path(on_one_phase(6, voltage, power_factor));
      for (int i = 0; i < 6; ++i) path.load(i, 1000);
      CHECK(line_imbalance(path.system.flow(), path.node("panel")) == Approx(1).epsilon(1e-9));
    }
}

TEST_CASE("the power factor counts for the current", "[power]") {
  PathInTime path(on_one_phase(3, "230 V", 0.5));
  path.load(0, 2300);
  check_lines(path, 20, 0, 0);
}

TEST_CASE("an idle panel, and one of three-phase loads alone, count as balanced", "[power]") {
  PathInTime idle(on_one_phase(3, "230 V"));
  CHECK(line_imbalance(idle.system.flow(), idle.node("panel")) == 1);
  PathInTime three(racks_of("feeds: [panel], circuit: {voltage: 400 V, phases: 3}") + "power: {nodes: [{name: mains, utility: {voltage: 400 V}}, {name: panel, switchboard: {}}], circuits: [{from: mains, to: panel}]}\n");
  three.load(0, 400 * std::sqrt(3.0) * 10);
  check_lines(three, 10, 10, 10);
  CHECK(line_imbalance(three.system.flow(), three.node("panel")) == 1);
}

TEST_CASE("the breaker above an unbalanced panel trips by its fullest line", "[power]") {
  double const balanced_w = 400 * std::sqrt(3.0) * 100;      // 100 A on each line
  auto const trips_at = [&](std::vector<double> shares) {
    PathInTime path(on_one_phase(3, "230.94010767585 V", 1, ", voltage: 400 V, current: 100 A"));
    for (int i = 0; i < 3; ++i) path.load(i, shares[static_cast<std::size_t>(i)] * balanced_w / 3);
    path.run_to(100'000);
    return path.when("panel circuit from mains", "tripped");
  };
  CHECK(trips_at({1, 1, 1}) == -1);
  CHECK(trips_at({1.2, 1.2, 1.2}) == Approx(600 * std::log(1.44 / (1.44 - 1.13 * 1.13))).epsilon(1e-6));
  CHECK(trips_at({1.6, 0.7, 0.7}) == Approx(600 * std::log(2.56 / (2.56 - 1.13 * 1.13))).epsilon(1e-6));
}
