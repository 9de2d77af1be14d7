// Platforms as SimGrid itself loads them: as many hosts, links and routers as the import counts, and ways as long as those on the site's
// graph. They do not ship (LGPL); their folder is $HEADROOM_DATA. A case each, since a process has one engine.
#include <catch2/catch.hpp>
#include <simgrid/kernel/routing/NetPoint.hpp>
#include <simgrid/s4u.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>

#include "base/yaml_text.h"
#include "tests/support/temporary.h"
#include "topologies/graph/power_graph.h"
#include "topologies/import/simgrid_platform.h"
#include "topologies/network/routes.h"
#include "topologies/read_site.h"

namespace sg = simgrid::s4u;
namespace fs = std::filesystem;
using namespace headroom;

namespace {

struct Loaded {
  explicit Loaded(const fs::path& file) {
    std::string name = "test", quiet = "--log=root.thres:critical";
    char* argv[] = {name.data(), quiet.data(), nullptr};
    int argc = 2;
    engine = std::make_unique<sg::Engine>(&argc, argv);
    engine->load_platform(file.string());
  }
  std::int64_t routers() const {
    auto const points = engine->get_all_netpoints();
    return std::count_if(points.begin(), points.end(), [](const auto* point) { return point->is_router(); });
  }
  std::unique_ptr<sg::Engine> engine;
};

std::optional<fs::path> data_file(const std::string& name) {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data != nullptr && fs::exists(fs::path(data) / name)) return fs::path(data) / name;
  std::cout << "skipped: set HEADROOM_DATA to a folder with " << name << "\n";
  return std::nullopt;
}

using Named = std::vector<std::pair<std::string, std::string>>;      // hosts, and the servers that they are here

double latency_of(const std::string& from, const std::string& to) {
  std::vector<sg::Link*> links;
  double latency = 0;
  sg::Host::by_name(from)->route_to(sg::Host::by_name(to), links, &latency);
  return latency;
}

// From each of them to each other. Ours are whole ns.
void check_latencies(const ImportedSite& imported, const Named& hosts) {
  PowerGraph const power = build_power_graph(read_site_text(yaml_text(site_of("imported", imported)), "imported.yaml"));
  NetworkGraph const& graph = power.network;
  Routes routes(graph);
  auto const vertex = [&](const std::string& name) {
    auto const found = std::find_if(power.servers.begin(), power.servers.end(), [&](const ServerPlace& server) { return server.name == name; });
    REQUIRE(found != power.servers.end());
    return *graph.of_server(0, static_cast<std::int32_t>(found - power.servers.begin()));
  };
  for (auto const& [from_host, from] : hosts)
    for (auto const& [to_host, to] : hosts) {
      if (from == to) continue;
      CAPTURE(from_host, to_host);
      std::vector<Channel> way;
      REQUIRE(routes.find(vertex(from), vertex(to), 0, way));
      CHECK(routes.latency(way).seconds() == Approx(latency_of(from_host, to_host)).margin(2e-9));
    }
}

void check_counts(const std::string& name, const Named& hosts = {}) {
  auto const file = data_file(name);
  if (!file) return;
  ImportedSite const site = read_simgrid_platform(*file);
  Loaded const platform(*file);
  CHECK(site.counts.at("hosts") == platform.engine->get_host_count());
  CHECK(site.counts.at("links") == platform.engine->get_link_count());
  CHECK(site.counts.at("routers") == platform.routers());
  CHECK(totals_of(site).servers == static_cast<std::int64_t>(platform.engine->get_host_count()));
  if (!hosts.empty()) check_latencies(site, hosts);
}

}  // namespace

TEST_CASE("counts of SimGrid's cluster_fat_tree.xml", "[simgrid]") {
  check_counts("simgrid-platforms/cluster_fat_tree.xml",
               {{"node-0.simgrid.org", "h1/bob_cluster-1/1"}, {"node-1.simgrid.org", "h1/bob_cluster-1/2"}, {"node-7.simgrid.org", "h1/bob_cluster-1/8"}, {"node-15.simgrid.org", "h1/bob_cluster-1/16"}});
}
TEST_CASE("counts of SimGrid's cluster_dragonfly.xml", "[simgrid]") {
  check_counts("simgrid-platforms/cluster_dragonfly.xml",
               {{"node-0.simgrid.org", "h1/bob_cluster-1/1"}, {"node-1.simgrid.org", "h1/bob_cluster-1/2"}, {"node-9.simgrid.org", "h1/bob_cluster-1/10"}, {"node-77.simgrid.org", "h1/bob_cluster-2/38"}, {"node-119.simgrid.org", "h1/bob_cluster-3/40"}});
}
TEST_CASE("counts of SimGrid's cluster_torus.xml", "[simgrid]") {
  check_counts("simgrid-platforms/cluster_torus.xml",
               {{"node-0.simgrid.org", "h1/bob_cluster-1/1"}, {"node-1.simgrid.org", "h1/bob_cluster-1/2"}, {"node-5.simgrid.org", "h1/bob_cluster-1/6"}, {"node-8.simgrid.org", "h1/bob_cluster-1/9"}, {"node-11.simgrid.org", "h1/bob_cluster-1/12"}});
}
TEST_CASE("counts of SimGrid's cluster_backbone.xml", "[simgrid]") {
  check_counts("simgrid-platforms/cluster_backbone.xml",
               {{"node-0.simgrid.org", "h1/cluster0-1/1"}, {"node-99.simgrid.org", "h1/cluster0-3/20"}});
}
TEST_CASE("counts of SimGrid's cluster_crossbar.xml", "[simgrid]") { check_counts("simgrid-platforms/cluster_crossbar.xml"); }
TEST_CASE("counts of SimGrid's griffon.xml", "[simgrid]") {
  check_counts("simgrid-platforms/griffon.xml",
               {{"griffon-1.nancy.grid5000.fr", "h1/griffon_cluster_cabinet1-1/1"}, {"griffon-60.nancy.grid5000.fr", "h1/griffon_cluster_cabinet1-1/32"}, {"griffon-30.nancy.grid5000.fr", "h1/griffon_cluster_cabinet2-1/1"}, {"griffon-92.nancy.grid5000.fr", "h1/griffon_cluster_cabinet3-1/32"}});
}
TEST_CASE("counts of SimGrid's g5k.xml", "[simgrid]") { check_counts("simgrid-platforms/g5k.xml"); }
TEST_CASE("counts of SimGrid's data_center.xml", "[simgrid]") {
  check_counts("simgrid-platforms/data_center.xml",
               {{"cb1-1.dc1.acloud.com", "h1/cabinet1-1/1"}, {"cb1-40.dc1.acloud.com", "h1/cabinet1-1/40"}, {"cb2-50.dc1.acloud.com", "h1/cabinet2-2/10"}, {"cb3-30.dc1.acloud.com", "h1/cabinet3-1/30"}});
}
TEST_CASE("counts of SimGrid's energy_platform.xml", "[simgrid]") {
  check_counts("simgrid-platforms/energy_platform.xml",
               {{"MyHost1", "h1/AS0-1/1"}, {"MyHost2", "h1/AS0-1/2"}, {"MyHost3", "h1/AS0-1/3"}});
}
TEST_CASE("counts of SimGrid's energy_cluster.xml", "[simgrid]") { check_counts("simgrid-platforms/energy_cluster.xml"); }
TEST_CASE("counts of SimGrid's emission_platform.xml", "[simgrid]") { check_counts("simgrid-platforms/emission_platform.xml"); }
TEST_CASE("counts of SimGrid's small_platform.xml", "[simgrid]") {
  check_counts("simgrid-platforms/small_platform.xml",
               {{"Tremblay", "h1/zone0-1/1"}, {"Jupiter", "h1/zone0-1/2"}, {"Fafard", "h1/zone0-1/3"}, {"Ginette", "h1/zone0-1/4"}, {"Bourassa", "h1/zone0-1/5"}, {"Jacquelin", "h1/zone0-1/6"}, {"Boivin", "h1/zone0-1/7"}});
}
TEST_CASE("counts of SimGrid's hosts_with_disks.xml", "[simgrid]") {
  check_counts("simgrid-platforms/hosts_with_disks.xml",
               {{"bob", "h1/AS0-1/1"}, {"alice", "h1/AS0-1/2"}, {"carl", "h1/AS0-1/3"}});
}
TEST_CASE("counts of SimGrid's small_platform_profile.xml", "[simgrid]") {
  check_counts("simgrid-platforms/small_platform_profile.xml",
               {{"Jupiter", "h1/AS0-1/1"}, {"Fafard", "h1/AS0-1/2"}});
}
TEST_CASE("counts of SimGrid's meta_cluster.xml", "[simgrid]") {
  check_counts("simgrid-platforms/meta_cluster.xml",
               {{"host-1.cluster1", "h1/cabinet1-1/1"}, {"host-12.cluster1", "h1/cabinet2-1/2"}, {"host-30.cluster1", "h1/cabinet3-1/10"}});
}

TEST_CASE("counts of Batsim's cluster512.xml", "[simgrid]") {
  check_counts("batsim/platforms/cluster512.xml",
               {{"a0", "h1/A-1/1"}, {"a511", "h1/A-13/32"}, {"m0", "h1/M-1/1"}});
}
TEST_CASE("counts of Batsim's cluster512_pfs.xml", "[simgrid]") {
  check_counts("batsim/platforms/cluster512_pfs.xml",
               {{"a0", "h1/my_cluster_1-1/1"}, {"a511", "h1/my_cluster_1-13/32"}, {"master_host0", "h1/my_cluster_2-1/1"}, {"pfs0", "h1/my_cluster_3-1/1"}});
}
TEST_CASE("counts of Batsim's cluster_energy_128.xml, which begins with a blank line", "[simgrid]") {
  check_counts("batsim/platforms/cluster_energy_128.xml",
               {{"host0", "h1/cluster_compute-1/1"}, {"host127", "h1/cluster_compute-4/8"}, {"master_host0", "h1/cluster_master-1/1"}});
}
TEST_CASE("counts of Batsim's cluster_locality_8x64.xml", "[simgrid]") {
  check_counts("batsim/platforms/cluster_locality_8x64.xml",
               {{"algol100", "h1/cabinet1-1/1"}, {"boo163", "h1/boo-2/24"}, {"master_host0", "h1/master_host-1/1"}});
}
TEST_CASE("counts of Batsim's energy_platform.xml", "[simgrid]") {
  check_counts("batsim/platforms/energy_platform.xml",
               {{"master_host", "h1/AS0-1/1"}, {"Mercury", "h1/AS0-1/2"}, {"Venus", "h1/AS0-1/3"}, {"Earth", "h1/AS0-1/4"}, {"Mars", "h1/AS0-1/5"}});
}
TEST_CASE("counts of Batsim's energy_platform_homogeneous.xml", "[simgrid]") { check_counts("batsim/platforms/energy_platform_homogeneous.xml"); }
TEST_CASE("counts of Batsim's properties_example.xml, whose zones are not all joined", "[simgrid]") { check_counts("batsim/platforms/properties_example.xml"); }
TEST_CASE("counts of Batsim's small_platform.xml", "[simgrid]") { check_counts("batsim/platforms/small_platform.xml"); }
TEST_CASE("counts of Batsim's small_platform_dvfs.xml", "[simgrid]") {
  check_counts("batsim/platforms/small_platform_dvfs.xml",
               {{"master_host", "h1/AS0-1/1"}, {"a", "h1/AS0-1/2"}, {"b", "h1/AS0-1/3"}, {"c", "h1/AS0-1/4"}, {"d", "h1/AS0-1/5"}});
}

// Its <config> has names that SimGrid 3.32 no longer knows, which SimGrid takes for an error: it loads a copy without.
TEST_CASE("counts of Batsim's graphene.xml", "[simgrid]") {
  auto const file = data_file("batsim/platforms/graphene.xml");
  if (!file) return;
  ImportedSite const site = read_simgrid_platform(*file);
  std::ifstream in(*file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  auto const begin = text.find("<config"), end = text.find("</config>");
  REQUIRE(end != std::string::npos);
  TemporaryFile const copy(".xml", text.erase(begin, end + 9 - begin));
  Loaded const platform(copy.path());
  CHECK(site.counts.at("hosts") == platform.engine->get_host_count());
  CHECK(site.counts.at("links") == platform.engine->get_link_count());
  CHECK(site.counts.at("routers") == platform.routers());
  check_latencies(site, {{"graphene-1001.nancy.grid5000.fr", "h1/AS_sgraphene1-1/1"}, {"graphene-1039.nancy.grid5000.fr", "h1/AS_sgraphene1-1/39"}, {"graphene-1144.nancy.grid5000.fr", "h1/AS_sgraphene4-1/40"}});
}

TEST_CASE("Batsim's platform of an old DTD is refused, and told which", "[simgrid]") {
  auto const file = data_file("batsim/medium_late/platform.xml");
  if (!file) return;
  CHECK_THROWS_WITH(read_simgrid_platform(*file), Catch::EndsWith(":4:20: error: this platform follows the old DTD of version 4; version 4.1 would do, to which `simgrid_update_xml FILE` of SimGrid brings it"));
}
