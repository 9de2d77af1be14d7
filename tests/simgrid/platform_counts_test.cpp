// Platforms as SimGrid itself loads them: as many hosts, links and routers as the import counts. They do not ship (LGPL); their folder
// is $HEADROOM_DATA. A case each, since a process has one engine.
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

#include "topologies/import/simgrid_platform.h"

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

void check_counts(const std::string& name) {
  auto const file = data_file(name);
  if (!file) return;
  ImportedSite const site = read_simgrid_platform(*file);
  Loaded const platform(*file);
  CHECK(site.counts.at("hosts") == platform.engine->get_host_count());
  CHECK(site.counts.at("links") == platform.engine->get_link_count());
  CHECK(site.counts.at("routers") == platform.routers());
  CHECK(totals_of(site).servers == static_cast<std::int64_t>(platform.engine->get_host_count()));
}

}  // namespace

TEST_CASE("counts of SimGrid's cluster_fat_tree.xml", "[simgrid]") { check_counts("simgrid-platforms/cluster_fat_tree.xml"); }
TEST_CASE("counts of SimGrid's cluster_dragonfly.xml", "[simgrid]") { check_counts("simgrid-platforms/cluster_dragonfly.xml"); }
TEST_CASE("counts of SimGrid's cluster_torus.xml", "[simgrid]") { check_counts("simgrid-platforms/cluster_torus.xml"); }
TEST_CASE("counts of SimGrid's cluster_backbone.xml", "[simgrid]") { check_counts("simgrid-platforms/cluster_backbone.xml"); }
TEST_CASE("counts of SimGrid's cluster_crossbar.xml", "[simgrid]") { check_counts("simgrid-platforms/cluster_crossbar.xml"); }
TEST_CASE("counts of SimGrid's griffon.xml", "[simgrid]") { check_counts("simgrid-platforms/griffon.xml"); }
TEST_CASE("counts of SimGrid's g5k.xml", "[simgrid]") { check_counts("simgrid-platforms/g5k.xml"); }
TEST_CASE("counts of SimGrid's data_center.xml", "[simgrid]") { check_counts("simgrid-platforms/data_center.xml"); }
TEST_CASE("counts of SimGrid's energy_platform.xml", "[simgrid]") { check_counts("simgrid-platforms/energy_platform.xml"); }
TEST_CASE("counts of SimGrid's energy_cluster.xml", "[simgrid]") { check_counts("simgrid-platforms/energy_cluster.xml"); }
TEST_CASE("counts of SimGrid's emission_platform.xml", "[simgrid]") { check_counts("simgrid-platforms/emission_platform.xml"); }
TEST_CASE("counts of SimGrid's small_platform.xml", "[simgrid]") { check_counts("simgrid-platforms/small_platform.xml"); }
TEST_CASE("counts of SimGrid's hosts_with_disks.xml", "[simgrid]") { check_counts("simgrid-platforms/hosts_with_disks.xml"); }
TEST_CASE("counts of SimGrid's small_platform_profile.xml", "[simgrid]") { check_counts("simgrid-platforms/small_platform_profile.xml"); }
TEST_CASE("counts of SimGrid's meta_cluster.xml", "[simgrid]") { check_counts("simgrid-platforms/meta_cluster.xml"); }

TEST_CASE("counts of Batsim's cluster512.xml", "[simgrid]") { check_counts("batsim/platforms/cluster512.xml"); }
TEST_CASE("counts of Batsim's cluster512_pfs.xml", "[simgrid]") { check_counts("batsim/platforms/cluster512_pfs.xml"); }
TEST_CASE("counts of Batsim's cluster_energy_128.xml, which begins with a blank line", "[simgrid]") { check_counts("batsim/platforms/cluster_energy_128.xml"); }
TEST_CASE("counts of Batsim's cluster_locality_8x64.xml", "[simgrid]") { check_counts("batsim/platforms/cluster_locality_8x64.xml"); }
TEST_CASE("counts of Batsim's energy_platform.xml", "[simgrid]") { check_counts("batsim/platforms/energy_platform.xml"); }
TEST_CASE("counts of Batsim's energy_platform_homogeneous.xml", "[simgrid]") { check_counts("batsim/platforms/energy_platform_homogeneous.xml"); }
TEST_CASE("counts of Batsim's properties_example.xml, whose zones are not all joined", "[simgrid]") { check_counts("batsim/platforms/properties_example.xml"); }
TEST_CASE("counts of Batsim's small_platform.xml", "[simgrid]") { check_counts("batsim/platforms/small_platform.xml"); }
TEST_CASE("counts of Batsim's small_platform_dvfs.xml", "[simgrid]") { check_counts("batsim/platforms/small_platform_dvfs.xml"); }

// Its <config> has names that SimGrid 3.32 no longer knows, which SimGrid takes for an error: it loads a copy without.
TEST_CASE("counts of Batsim's graphene.xml", "[simgrid]") {
  auto const file = data_file("batsim/platforms/graphene.xml");
  if (!file) return;
  ImportedSite const site = read_simgrid_platform(*file);
  std::ifstream in(*file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  auto const begin = text.find("<config"), end = text.find("</config>");
  REQUIRE(end != std::string::npos);
  fs::path const copy = fs::temp_directory_path() / "headroom-graphene.xml";
  std::ofstream(copy) << text.erase(begin, end + 9 - begin);
  Loaded const platform(copy);
  fs::remove(copy);
  CHECK(site.counts.at("hosts") == platform.engine->get_host_count());
  CHECK(site.counts.at("links") == platform.engine->get_link_count());
  CHECK(site.counts.at("routers") == platform.routers());
}

TEST_CASE("Batsim's platform of an old DTD is refused, and told which", "[simgrid]") {
  auto const file = data_file("batsim/medium_late/platform.xml");
  if (!file) return;
  CHECK_THROWS_WITH(read_simgrid_platform(*file), Catch::EndsWith(":4:20: error: this platform follows the old DTD of version 4; version 4.1 would do, to which `simgrid_update_xml FILE` of SimGrid brings it"));
}
