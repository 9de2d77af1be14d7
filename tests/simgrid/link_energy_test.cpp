// SimGrid's own link energy plugin on its shipped example (examples/cpp/energy-link; the platform is rebuilt here): a link of
// 100 kB/s between 1 W idle and 3 W busy waits 10 s, then carries 25 kB or 50 MB.
#include <catch2/catch.hpp>
#include <simgrid/plugins/energy.h>
#include <simgrid/s4u.hpp>

#include "sim/simgrid/simgrid_executor.h"

namespace sg = simgrid::s4u;
using namespace headroom;

namespace {

constexpr double rate_bytes_per_s = 100e3, idle_w = 1, busy_w = 3;

struct LinkOutcome {
  double end_s = 0, joules = 0;
};

LinkOutcome plugin(std::uint64_t bytes) {
  std::string name = "test", quiet = "--log=root.thres:critical", model = "--cfg=network/model:CM02", one_way = "--cfg=network/crosstraffic:no";
  char* argv[] = {name.data(), quiet.data(), model.data(), one_way.data(), nullptr};
  int argc = 4;
  sg::Engine engine(&argc, argv);
  sg_link_energy_plugin_init();
  auto* const zone = sg::create_full_zone("zone");
  auto* const from = zone->create_host("from", 1e9)->seal();
  auto* const to = zone->create_host("to", 1e9)->seal();
  auto* const link = zone->create_link("bus", rate_bytes_per_s);
  link->set_property("wattage_range", "1:3");
  link->seal();
  zone->add_route(from->get_netpoint(), to->get_netpoint(), nullptr, nullptr, {sg::LinkInRoute(link)}, true);
  zone->seal();
  LinkOutcome outcome;
  sg::Actor::create("sender", from, [&] {
    sg::this_actor::sleep_for(10);
    sg::Comm::sendto(from, to, bytes);
    outcome = {sg::Engine::get_clock(), sg_link_get_consumed_energy(link)};
  });
  engine.run();
  return outcome;
}

// From the executor's own dates and bytes: idle + (busy - idle) x load.
LinkOutcome ours(double bytes) {
  LinkOutcome outcome;
  run_on_simgrid({{"from", 1}, {"to", 1}}, {NetworkModel::ideal, {{rate_bytes_per_s * 8, 0}}}, [&](Executor& executor) {
    executor.advance_to({10 * nanoseconds_per_second});
    std::int32_t const route[] = {0};
    Flow const flow{0, 1, bytes, route};
    executor.send(0, {&flow, 1});
    outcome.end_s = executor.advance_to({1000 * nanoseconds_per_second}).seconds();
    outcome.joules = idle_w * outcome.end_s + (busy_w - idle_w) * bytes / rate_bytes_per_s;
  });
  return outcome;
}

}  // namespace

TEST_CASE("SimGrid's link energy plugin gives its published 10.75 J", "[simgrid]") {
  LinkOutcome const got = plugin(25'000);
  CHECK(got.end_s == Approx(10.25).margin(1e-9));
  CHECK(got.joules == Approx(10.75).margin(1e-6));
}

TEST_CASE("SimGrid's link energy plugin gives its published 1510 J", "[simgrid]") {
  LinkOutcome const got = plugin(50'000'000);
  CHECK(got.end_s == Approx(510).margin(1e-9));
  CHECK(got.joules == Approx(1510).margin(1e-6));
}

TEST_CASE("a link's power by its load gives the plugin's 10.75 J for 25 kB", "[simgrid]") {
  LinkOutcome const got = ours(25e3);
  CHECK(got.end_s == 10.25);
  CHECK(got.joules == Approx(10.75).margin(1e-9));
}

TEST_CASE("a link's power by its load gives the plugin's 1510 J for 50 MB", "[simgrid]") {
  LinkOutcome const got = ours(50e6);
  CHECK(got.end_s == 510);
  CHECK(got.joules == Approx(1510).margin(1e-9));
}
