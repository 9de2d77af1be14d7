#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>

#include "tests/support/temporary.h"
#include "tests/topologies/import_support.h"

using namespace headroom;
namespace fs = std::filesystem;

namespace {

// Hamburg and Berlin twice linked, Berlin and a place of another network without coordinates.
const std::string three =
    "<graphml><key id=\"r\" for=\"edge\" attr.name=\"LinkSpeedRaw\"/><key id=\"l\" for=\"node\" attr.name=\"label\"/><key id=\"i\" for=\"node\" attr.name=\"Internal\"/>"
    "<key id=\"n\" for=\"node\" attr.name=\"Latitude\"/><key id=\"e\" for=\"node\" attr.name=\"Longitude\"/><graph edgedefault=\"undirected\">"
    "<node id=\"0\"><data key=\"l\">Hamburg</data><data key=\"n\">53.55</data><data key=\"e\">10</data></node>"
    "<node id=\"1\"><data key=\"l\">Berlin</data><data key=\"n\">52.52</data><data key=\"e\">13.4</data></node>"
    "<node id=\"2\"><data key=\"l\">Berlin</data><data key=\"i\">0</data></node>"
    "<edge source=\"0\" target=\"1\"><data key=\"r\">1e10</data></edge><edge source=\"0\" target=\"1\"><data key=\"r\">1e9</data></edge><edge source=\"1\" target=\"2\"/></graph></graphml>";

GraphmlChoices all_assumed(std::int64_t servers = 1) { return {servers, 2.5 * gigabit_per_second, 100e3 * metre}; }

std::string graphml_problem_of(const std::string& text, const GraphmlChoices& choices) {
  try {
    read_graphml(TemporaryFile(".graphml", text).path(), choices);
  } catch (const InputError& e) {
    return e.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("distances are along great circles, and light in glass goes at two thirds of its speed", "[topologies]") {
  CHECK(great_circle(0, 0, 0, 90) / metre == Approx(6371008.8 * 3.14159265358979 / 2).epsilon(1e-9));
  CHECK(great_circle(90, 0, -90, 12) / metre == Approx(6371008.8 * 3.14159265358979).epsilon(1e-9));
  CHECK(great_circle(52.52, 13.4, 52.52, 13.4) / metre == 0);
  CHECK(great_circle(53.55, 10.0, 52.52, 13.4) / metre == Approx(254'700).epsilon(2e-3));
  CHECK(fibre_latency(299'792.458 * metre) == Duration{1'500'000});      // 1 ms of light in vacuum
}

TEST_CASE("nodes of a graph are places, and halls where they are of the network itself", "[topologies]") {
  auto const site = read_graphml(TemporaryFile(".graphml", three).path(), all_assumed(45));
  CHECK(site.counts == Json{{"nodes", 3}, {"edges", 3}});
  ImportedTotals const sum = totals_of(site);
  CHECK(sum.servers == 90);
  CHECK(sum.switches == 3);
  CHECK(sum.links == 3 + 90);
  CHECK(*place(site, "Hamburg").latitude == 53.55);
  CHECK_FALSE(place(site, "Berlin (node 2)").latitude);
  CHECK(*site.links[0].length / metre == Approx(1.3 * great_circle(53.55, 10, 52.52, 13.4) / metre));
  CHECK(site.links[0].latency == fibre_latency(*site.links[0].length));
  CHECK(site.links[0].rate == 10.0 * gigabit_per_second);
  CHECK(site.links[2].rate == 2.5 * gigabit_per_second);
  CHECK(*site.links[2].length / metre == Approx(130e3));
  CHECK(site.links[3].rate == 11.0 * gigabit_per_second);      // both to Berlin together
  CHECK(site.notes.size() == 5);
  Site const read = read_imported(site);
  REQUIRE(read.halls.size() == 2);
  CHECK(read.halls[0].name == "Hamburg");
  PowerGraph const graph = build_power_graph(read);
  CHECK(graph.servers.size() == 90);
  CHECK(graph.servers.front().name == "Hamburg/r-1/1");
  CHECK(graph.servers.back().name == "Berlin/r-3/5");
}

TEST_CASE("what a graph does not say fails until somebody says what to assume", "[topologies]") {
  CHECK(graphml_problem_of(three, all_assumed()) == "accepted");
  CHECK(graphml_problem_of(three, {1, 1.0 * gigabit_per_second, {}}).find("1 of 3 edges end at a node without Latitude and Longitude") != std::string::npos);
  CHECK(graphml_problem_of(three, {1, {}, 1e5 * metre}).find("1 of 3 edges have no LinkSpeedRaw") != std::string::npos);
}

TEST_CASE("parts of a graph that no edges join are a fabric each", "[topologies]") {
  std::string text = three;
  text.insert(text.find("<edge"), "<node id=\"3\"><data key=\"l\">Bonn</data></node>");
  auto const site = read_graphml(TemporaryFile(".graphml", text).path(), all_assumed());
  CHECK(std::count(site.notes.begin(), site.notes.end(), "the graph is not connected: 2 parts, each a fabric of its own") == 1);
  Site const read = read_imported(site);
  REQUIRE(read.network.size() == 2);
  CHECK(read.network[0].racks == std::vector<std::string>{"Berlin/r", "Hamburg/r"});
  CHECK(read.network[1].racks == std::vector<std::string>{"Bonn/r"});
  CHECK(build_power_graph(read).network.fabrics.size() == 2);
}

TEST_CASE("the Topology Zoo's networks have the nodes and edges that they are known for", "[topologies]") {
  const char* data = std::getenv("HEADROOM_DATA");
  if (data == nullptr || !fs::exists(fs::path(data) / "wan-topologies")) {
    std::cout << "skipped: set HEADROOM_DATA to a folder with wan-topologies\n";
    return;
  }
  struct Known {
    const char* file;
    std::int64_t nodes, edges, with_rate, located;
  };
  for (auto const& known : {Known{"Garr201201", 61, 89, 77, 48}, Known{"Geant2012", 40, 61, 39, 37}, Known{"DeutscheTelekom", 39, 62, 0, 39}, Known{"WideJpn", 30, 33, 30, 19}}) {
    CAPTURE(known.file);
    auto const file = fs::path(data) / "wan-topologies" / (std::string(known.file) + ".graphml");
    auto const site = read_graphml(file, all_assumed());
    CHECK(site.counts == Json{{"nodes", known.nodes}, {"edges", known.edges}});
    CHECK(totals_of(site).switches == known.nodes);
    CHECK(std::count_if(site.nodes.begin(), site.nodes.end(), [](const ImportedNode& node) { return node.latitude.has_value(); }) == known.located);
    Site const read = read_imported(site);
    PowerGraph const graph = build_power_graph(read);
    CHECK(std::ssize(graph.servers) == totals_of(site).servers);
    CHECK(std::ssize(graph.network.links) == totals_of(site).links);
    try {
      read_graphml(file, {});
      FAIL("accepted");
    } catch (const InputError& e) {
      CHECK(std::string(e.what()).find(std::to_string(known.edges - known.with_rate) + " of " + std::to_string(known.edges) + " edges have no LinkSpeedRaw") != std::string::npos);
    }
  }
}
