#include "analysis/statics/fabric.h"

#include <catch2/catch.hpp>

#include "tests/topologies/hand_made_network.h"

using namespace headroom;

namespace {

double gbit_per_s(DataRate rate) { return rate / gigabit_per_second; }

SwitchSpec of_ports(const std::string& name, int ports, double rate, std::optional<UplinkPorts> uplinks = {}) {
  SwitchSpec spec;
  spec.name = name;
  spec.ports = ports;
  spec.port_rate = rate * gigabit_per_second;
  spec.uplinks = uplinks;
  return spec;
}

// Three leaves of four servers at 25 Gbit/s and two spines at 100 Gbit/s; the third leaf has one uplink and one server less.
NetworkGraph uneven() {
  HandMadeNetwork made(11, 5);
  made.raw().switch_types = {of_ports("leaf", 6, 25, UplinkPorts{2, 100.0 * gigabit_per_second}), of_ports("spine", 4, 100)};
  for (int s = 0; s < 5; ++s) {
    made.vertex(s).tier = s < 3 ? 0 : 1;
    made.vertex(s).type = s < 3 ? 0 : 1;
  }
  for (int i = 0; i < 11; ++i) made.server(i, i / 4, 25);
  for (int leaf = 0; leaf < 3; ++leaf)
    for (int spine = 3; spine < (leaf < 2 ? 5 : 4); ++spine) made.link(leaf, spine);
  for (std::size_t i = 0; i < made.raw().links.size(); ++i) {
    NetworkLink& link = made.raw().links[i];
    link.medium = i < 11 ? Medium::copper : Medium::multimode;
    link.length = (i < 11 ? 2.0 : 10.0 + static_cast<double>(i)) * metre;
  }
  return made.graph();
}

}  // namespace

TEST_CASE("ports, rates and oversubscription of each tier as built", "[statics]") {
  FabricAnswer const answer = fabric_answer(uneven(), 0);
  CHECK(answer.servers == 11);
  REQUIRE(answer.tiers.size() == 2);
  FabricTier const &leaves = answer.tiers[0], &spines = answer.tiers[1];
  CHECK(leaves.switches == 3);
  CHECK(leaves.types == std::map<std::string, int>{{"leaf", 3}});
  CHECK(leaves.ports_used == 11 + 5);
  CHECK(leaves.ports_spare == 3 * 8 - 16);
  CHECK(gbit_per_s(leaves.down) == 275);
  CHECK(gbit_per_s(leaves.up) == 500);
  CHECK(leaves.oversubscription == Approx(0.55));
  CHECK(leaves.oversubscription_worst == Approx(0.75));      // 75 down, 100 up
  CHECK(spines.ports_used == 5);
  CHECK(spines.ports_spare == 3);
  CHECK(gbit_per_s(spines.down) == 500);
  CHECK(spines.oversubscription == 0);
  REQUIRE(answer.links.size() == 2);
  CHECK(answer.links[0].links == 11);
  CHECK(gbit_per_s(answer.links[1].rate) == 500);
}

TEST_CASE("a link faster than the ports takes several of them", "[statics]") {
  HandMadeNetwork made(4, 2);
  made.raw().switch_types = {of_ports("leaf", 12, 100), of_ports("spine", 2, 400)};
  for (int s = 0; s < 2; ++s) {
    made.vertex(s).type = s;
    made.vertex(s).tier = static_cast<std::int16_t>(s);
  }
  for (int i = 0; i < 4; ++i) made.server(i, 0);
  made.link(0, 1, 400);
  FabricAnswer const answer = fabric_answer(made.graph(), 0);
  CHECK(answer.tiers[0].ports_used == 8);
  CHECK(answer.tiers[0].ports_spare == 4);
  CHECK(answer.tiers[1].ports_used == 1);
}

TEST_CASE("links to the same tier count as the way onwards", "[statics]") {
  FabricAnswer const answer = fabric_answer(torus_by_hand({4, 4}, 2), 0);
  REQUIRE(answer.tiers.size() == 1);
  CHECK(gbit_per_s(answer.tiers[0].beside) == 16 * 4 * 100);      // each link at both of its ends
  CHECK(answer.tiers[0].oversubscription == Approx(0.5));
}

TEST_CASE("bisection beside what the ports of a half carry", "[statics]") {
  FabricAnswer const answer = fabric_answer(uneven(), 0);
  CHECK(answer.bisection.first == 5);
  CHECK(answer.bisection.second == 6);
  CHECK(answer.bisection.halved_switches == 1);
  CHECK(gbit_per_s(answer.bisection.rate) == 125);
  CHECK(answer.bisection_share == Approx(1));
  CHECK(fabric_answer(torus_by_hand({8}, 4), 0).bisection_share == Approx(2.0 / 16));
}

TEST_CASE("losses that cost as many servers stand together, the worst first", "[statics]") {
  FabricAnswer const answer = fabric_answer(uneven(), 0);
  REQUIRE(answer.single_points.size() == 4);
  CHECK(answer.single_points[0].servers == 4);
  CHECK(answer.single_points[0].names == std::vector<std::string>{"s0", "s1"});
  CHECK(answer.single_points[1].names == std::vector<std::string>{"s2"});
  CHECK(answer.single_points[2].names == std::vector<std::string>{"s3"});      // on which the third leaf hangs alone
  CHECK(answer.single_points[3].names == std::vector<std::string>{"s2 - s3"});
  CHECK(answer.single_points[3].link);
  for (std::size_t i = 1; i < 4; ++i) CHECK(answer.single_points[i].servers == 3);
  CHECK(answer.single_homed == 11);
}

TEST_CASE("metres of cable by medium, and the longest", "[statics]") {
  FabricAnswer const answer = fabric_answer(uneven(), 0);
  REQUIRE(answer.cables.size() == 2);
  CHECK(answer.cables[0].medium == Medium::copper);
  CHECK(answer.cables[0].links == 11);
  CHECK(answer.cables[0].total / metre == Approx(22));
  CHECK(answer.cables[1].total / metre == Approx(21 + 22 + 23 + 24 + 25));
  CHECK(answer.cables[1].longest / metre == Approx(25));
  CHECK(answer.links_without_length == 0);
}

TEST_CASE("the answer as JSON and as text", "[statics]") {
  NetworkAnswer const answer = network_answer(uneven());
  auto const json = to_json(answer);
  CHECK(json.at("schema_version") == 1);
  auto const& fabric = json.at("fabrics").at(0);
  CHECK(fabric.at("name") == "made");
  CHECK(fabric.at("switches") == 5);
  CHECK(fabric.at("bisection").at("rate_gbit_per_s") == 125.0);
  CHECK(fabric.at("tiers").at(0).at("types").at("leaf") == 3);
  CHECK(fabric.at("single_points").at(0).at("servers_cut_off") == 4);
  CHECK(fabric.at("path_diversity").at("pairs") == 3);
  CHECK(network_answer(uneven(), "another").fabrics.empty());
  std::string const text = to_text(answer);
  for (auto const* part : {"made: written, 11 servers with a port of 100 Gbit/s each", "0.55:1", "its worst switch 0.75:1", "125 Gbit/s, 100 % of the ports of a half", "2 switches of tier 0: 4 servers cut off by each (s0, ...)",
                           "11 servers with one link each", "the longest 25.0 m"}) {
    CAPTURE(part, text);
    CHECK(text.find(part) != std::string::npos);
  }
}
