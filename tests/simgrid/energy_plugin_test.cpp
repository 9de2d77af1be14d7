// SimGrid's own energy plugin on its shipped example (examples/cpp/energy-exec; the platform is rebuilt here): 2905, 2100
// and 3000 J. scripts/validate has our side, through files and the program.
#include <catch2/catch.hpp>
#include <simgrid/plugins/energy.h>
#include <simgrid/s4u.hpp>

#include "sim/physics/server_power.h"

namespace sg = simgrid::s4u;
using namespace headroom;

namespace {

sg::Host* host(sg::NetZone* zone, const char* name, const char* watts) {
  auto* const made = zone->create_host(name, std::vector<double>{100e6, 50e6, 20e6});
  made->set_core_count(4);
  made->set_property("wattage_per_state", watts);
  made->set_property("wattage_off", "10");
  return made->seal();
}

}  // namespace

TEST_CASE("SimGrid's energy plugin gives its published joules, and our server curve the same watts", "[simgrid]") {
  sg_host_energy_plugin_init();
  std::string name = "test", quiet = "--log=root.thres:critical";
  char* argv[] = {name.data(), quiet.data(), nullptr};
  int argc = 2;
  sg::Engine engine(&argc, argv);
  auto* const zone = sg::create_empty_zone("zone");
  const char* const watts = "100.0:93.33333333333333:200.0, 93.0:90.0:170.0, 90.0:90.0:150.0";
  sg::Host* const first = host(zone, "host1", watts);
  sg::Host* const second = host(zone, "host2", watts);
  sg::Host* const third = host(zone, "host3", watts);
  zone->seal();
  sg::Actor::create("work", first, [&] {
    sg::this_actor::sleep_for(10);
    sg::this_actor::execute(100e6);      // 1 s on one of four cores
    first->set_pstate(2);
    sg::this_actor::execute(100e6);      // 5 s
    sg::this_actor::sleep_for(4);
    second->turn_off();
    sg::this_actor::sleep_for(10);
  });
  engine.run();
  CHECK(sg_host_get_consumed_energy(first) == Approx(2905.0).margin(1e-6));
  CHECK(sg_host_get_consumed_energy(second) == Approx(2100.0).margin(1e-6));
  CHECK(sg_host_get_consumed_energy(third) == Approx(3000.0).margin(1e-6));

  // idle apart, then from epsilon to all cores: 11 points hold it exactly
  ServerPower ours;
  ours.curve.push_back(100.0 * watt);
  for (int step = 1; step <= 10; ++step) ours.curve.push_back((93.0 + 1.0 / 3 + (200 - 93 - 1.0 / 3) * step / 10) * watt);
  CHECK(server_power(ours, {.cpu = 0.25}) / watt == Approx(120.0).margin(1e-9));
  CHECK(server_power(ours, {.cpu = 0}) / watt == 100.0);
}
