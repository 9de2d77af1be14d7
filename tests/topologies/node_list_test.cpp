#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/yaml_text.h"
#include "tests/support/temporary.h"
#include "tests/topologies/support.h"
#include "topologies/import/node_list.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

struct List : TemporaryFile {
  explicit List(const std::string& text) : TemporaryFile(".csv", text) {}
};

const std::string header = "sn,cpu_milli,memory_mib,gpu,model\n";

// The whole message, with the file called LIST.
std::string problem_of(const std::string& text) {
  List const list(text);
  try {
    read_node_list(list.path());
  } catch (const InputError& e) {
    std::string const message = e.what();
    return "LIST" + message.substr(list.path().string().size());
  }
  return "accepted";
}

PowerGraph built(const std::vector<NodeType>& types) { return build_power_graph(read_site_text(yaml_text(site_of_nodes("s", types)), "site.yaml")); }

std::optional<fs::path> data_folder(const char* name) {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data != nullptr && fs::exists(fs::path(data) / name)) return fs::path(data) / name;
  std::cout << "skipped: set HEADROOM_DATA to a folder with " << name << "\n";
  return std::nullopt;
}

}  // namespace

TEST_CASE("equal nodes of a list are one type of server, and the site can be built", "[topologies]") {
  List const list(header + "a,32000,262144,0,\nb,96000,393216,8,G2\nc,32000,262144,0,\nd,96000,393216,8,G2\ne,104000,524288,2,T4\n");
  auto const types = read_node_list(list.path());
  REQUIRE(types.size() == 3);
  CHECK(types[0].cores == 32);
  CHECK(types[0].count == 2);
  CHECK(types[1].gpus == 8);
  CHECK(types[1].model == "G2");
  CHECK(types[1].memory_gb == Approx(412.316860416));
  PowerGraph const graph = built(types);
  CHECK(graph.servers.size() == 5);
  std::vector<std::string> names;
  for (auto const& type : graph.server_types) names.push_back(type.name);
  CHECK(names == std::vector<std::string>{"32c-275gb", "96c-412gb-8xG2", "104c-550gb-2xT4"});
  ServerSpec const& t4 = graph.server_types[2];
  CHECK(t4.gpus == 2);
  CHECK(t4.power.components->gpus->full / watt == Approx(70));
  CHECK(t4.sources.at("power").find("assumption") == 0);
}

TEST_CASE("the other two lists of nodes are known by their columns", "[topologies]") {
  List const pai("machine,gpu_type,cap_cpu,cap_mem,cap_gpu\na,CPU,96,512,0\nb,V100,96,384,8\n"), spot("gpu_model,gpu_capacity_num,cpu_num,node_name\nA10,1,128,0\nA10,1,126,1\n");
  auto const of_pai = read_node_list(pai.path()), of_spot = read_node_list(spot.path());
  REQUIRE(of_pai.size() == 2);
  CHECK(of_pai[0].model.empty());
  CHECK(of_pai[1].memory_gb == 384);
  REQUIRE(of_spot.size() == 2);
  CHECK(of_spot[1].memory_gb == 8 * 126);
}

TEST_CASE("each mistake of a node list is named at its place", "[topologies]") {
  CHECK(problem_of("") == "LIST: error: the file is empty; its first line must name the columns");
  CHECK(problem_of(header) == "LIST:1:1: error: the list has no nodes; a site needs one at least");
  CHECK(problem_of("submit_s,runtime_s,cores\n0,1,1\n") ==
        "LIST:1:1: error: these are not the columns of a node list that is known: sn, cpu_milli, memory_mib, gpu, model; or machine, gpu_type, cap_cpu, cap_mem, cap_gpu; or gpu_model, gpu_capacity_num, cpu_num, node_name");
  CHECK(problem_of("sn,cpu_milli,memory_mib,gpu,model,sn\n") == "LIST:1:35: error: column 'sn' stands twice");
  CHECK(problem_of(header + "a,32000,1,0,\na,32000,1,0,\n") == "LIST:3:1: error: sn: node 'a' stands in line 2 already");
  CHECK(problem_of(header + ",32000,1,0,\n") == "LIST:2:1: error: sn: found nothing; every node needs a name");
  CHECK(problem_of(header + "a,32500,1,0,\n") == "LIST:2:3: error: cpu_milli: 32500 is not a whole number of cores, which a server has");
  CHECK(problem_of(header + "a,-32000,1,0,\n") == "LIST:2:3: error: cpu_milli: -32000 is out of range, 1000 to 100000000 would do");
  CHECK(problem_of(header + "a,32000,-5,0,\n") == "LIST:2:9: error: memory_mib: -0.00524288 GB is out of range, 0 to 1000000 GB would do");
  CHECK(problem_of(header + "a,32000,nan,0,\n") == "LIST:2:9: error: memory_mib: expected a number, found 'nan'");
  CHECK(problem_of(header + "a,32000,1,2000,G2\n") == "LIST:2:11: error: gpu: 2000 is out of range, 0 to 1000 would do");
  CHECK(problem_of(header + "a,32000,1\n") == "LIST:2:1: error: the line has 3 cells, the header names 5 columns");
}

TEST_CASE("Alibaba's lists of nodes have their totals, and the sites can be built", "[topologies]") {
  struct Known {
    const char *folder, *file;
    std::int64_t nodes, gpus, cores;
  };
  for (auto const& known : {Known{"alibaba-gpu-2023", "openb_node_list_all_node.csv.gz", 1523, 6212, 125514}, Known{"alibaba-nodes", "spot-gpu-2026-node_info.csv.gz", 4278, 10412, 632636},
                            Known{"alibaba-nodes", "pai-2020-machine_spec.csv.gz", 1897, 6742, 156576}}) {
    auto const folder = data_folder(known.folder);
    if (!folder) continue;
    auto const types = read_node_list(*folder / known.file);
    NodeTotals const sum = totals_of(types);
    CHECK(sum.nodes == known.nodes);
    CHECK(sum.gpus == known.gpus);
    CHECK(sum.cores == known.cores);
    if (known.nodes == 1523) CHECK(sum.memory_gb * 1e9 / 1024 / 1024 / 1024 / 1024 == Approx(583.676).margin(5e-4));
    CHECK(std::ssize(built(types).servers) == known.nodes);
  }
}
