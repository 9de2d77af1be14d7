// Whole runs of traces that do not ship: their folder is $HEADROOM_DATA.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <iostream>

#include "base/yaml_text.h"
#include "tests/engine/support.h"
#include "topologies/import/node_list.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

bool has_data(const char* name) {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data != nullptr && fs::exists(fs::path(data) / name)) return true;
  std::cout << "skipped: set HEADROOM_DATA to a folder with " << name << "\n";
  return false;
}

// So many machines of Batsim's platform, 95 W idle and 190.738 W computing, at 1 GFLOP/s.
Run batsim(const char* name, int machines) {
  return Run(fmt::format(R"(site:
  name: batsim
  halls: [{{name: h, racks: [{{name: r, servers: [{{type: {{cores: 1, memory: 1 GB, power: {{linear: {{idle: 95 W, full: 190.738 W}}}}}}, count: {}}}]}}]}}]
  power: {{scheme: N, utility: [{{name: utility, voltage: 400 V}}]}}
workload: [{{trace: $HEADROOM_DATA/batsim/workloads/{}.json, format: batsim, flop_rate: 1e9}}]
policy: {{backfill: easy, compatibility: batsim}}
)",
                         machines, name),
             "");
}

}  // namespace

TEST_CASE("Batsim's delays and jobs that compute alone run, and draw what they should", "[engine]") {
  if (!has_data("batsim")) return;
  struct Load {
    const char* name;
    int machines;
    std::int64_t jobs;
    double machine_s_computing;      // delays draw what idle machines do
  };
  for (auto const& load : {Load{"example_workload_hpc_seed1_jobs250", 128, 250, 0}, Load{"example_workload_hpc_seed2_jobs250", 128, 250, 0}, Load{"test_batsim_paper_workload_seed1", 32, 800, 0},
                           Load{"test_delays", 2, 10, 0}, Load{"test_energy_minimal_load0", 2, 2, 0}, Load{"test_energy_minimal_load100", 2, 2, 4}, Load{"test_homo_ptasks", 6, 2, 50}, Load{"test_walltime", 64, 44, 0}}) {
    CAPTURE(load.name);
    Run const run = batsim(load.name, load.machines);
    CHECK(run.counts.completed == load.jobs);
    if (std::string(load.name) == "test_walltime") continue;      // both kinds, cut at their walltimes
    CHECK(run.totals(it_meter).input_j == Approx(95.0 * load.machines * run.counts.end.seconds() + (190.738 - 95) * load.machine_s_computing).epsilon(1e-12));
  }
}

TEST_CASE("Alibaba's pods run on the nodes of their cluster", "[engine]") {
  if (!has_data("alibaba-gpu-2023")) return;
  fs::path const nodes = fs::path(std::getenv("HEADROOM_DATA")) / "alibaba-gpu-2023/openb_node_list_all_node.csv.gz";
  std::string const site = yaml_text(site_of_nodes("alibaba", read_node_list(nodes)));
  for (auto const& [list, pods] : {std::pair{"default", 7255}, std::pair{"multigpu20", 8324}}) {
    Run const run(fmt::format("site: ./site.yaml\nworkload: [{{trace: $HEADROOM_DATA/alibaba-gpu-2023/openb_pod_list_{}.csv.gz}}]\nrecord: {{detail: site, every: 1 d}}\n", list), {{"site.yaml", site}});
    CHECK(run.counts.completed == pods);
    CHECK(run.counts.rejected == 0);
  }
}
