// Every transfer made, generators where they are needed; and trials inside trials.
#include "sim/power/steady_state.h"

#include <catch2/catch.hpp>

#include "base/random.h"
#include "sim/power/check_ratings.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

PowerGraph graph_with(const std::string& power) {
  return build_power_graph(read_site_text(
      "kind: site\nversion: 1\nname: s\nhalls: [{name: h, racks: [{name: r, count: 6, servers: [{count: 4, type: {cores: 4, memory: 16 GB, supplies: 2, power: {linear: {idle: 100 W, full: 400 W}}}}]}]}]\n"
      "power: {" + power + "}\ncooling: {fixed: 1 kW, proportional: 0.2, power_factor: 0.9}\n",
      "site.yaml"));
}

const std::string standby = "scheme: 2N, utility: [{name: utility, voltage: 400 V}], generator: {type: diesel-150kw}, transfer_switch: ats-400a, switchboard: {}, "
                            "ups: {type: ups-modern-100kw}, battery: {type: vrla-100kw-5min}, pdu: {type: pdu-floor-75kva, racks: 3}, transformer: {type: transformer-eu-dry-1000kva}";

NodeId node_named(const PowerGraph& graph, const std::string& name) {
  INFO(name);
  auto const id = graph.find(name);
  REQUIRE(id);
  return *id;
}

std::vector<NodeFlow> all(const PowerFlow& flow) {
  std::vector<NodeFlow> out;
  for (std::size_t i = 0; i < flow.graph().nodes.size(); ++i) out.push_back(flow.at({static_cast<std::int32_t>(i)}));
  return out;
}

}  // namespace

TEST_CASE("a lost utility is carried by the generators, and only by those that are needed", "[power]") {
  PowerGraph const graph = graph_with(standby);
  PowerFlow flow(graph);
  load_fully(flow);
  double const before = flow.it_power().si();
  SteadyState steady(graph);
  flow.set_in_service(node_named(graph, "transformer-a"), false);
  steady.settle(flow);
  CHECK(flow.running(node_named(graph, "generator-a")));
  CHECK_FALSE(flow.running(node_named(graph, "generator-b")));
  CHECK(steady.position(node_named(graph, "ats-a")) == 1);
  CHECK(steady.moved());
  CHECK(flow.it_power().si() == before);
  flow.set_in_service(node_named(graph, "transformer-a"), true);
  flow.set_in_service(node_named(graph, "utility"), false);
  flow.set_in_service(node_named(graph, "generator-b"), false);
  steady.settle(flow);
  CHECK(flow.running(node_named(graph, "generator-a")));
  CHECK(steady.position(node_named(graph, "ats-b")) == SteadyState::no_source);
  CHECK_FALSE(flow.at(node_named(graph, "ups-b")).energised);
  CHECK(flow.it_power().si() == before);      // all on side a
}

TEST_CASE("a generator below which nothing is in service does not run", "[power]") {
  PowerGraph const graph = graph_with(standby);
  PowerFlow flow(graph);
  flow.set_in_service(node_named(graph, "transformer-a"), false);
  flow.set_in_service(node_named(graph, "switchboard-a"), false);
  flow.set_in_service(node_named(graph, "cooling"), false);
  transfer_to_steady_state(flow);
  CHECK_FALSE(flow.running(node_named(graph, "generator-a")));
}

TEST_CASE("the steady state does not depend on the order of faults", "[power]") {
  PowerGraph const graph = graph_with(standby);
  RandomStream random(3, "faults");
  std::vector<NodeId> path;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i].hall < 0) path.push_back({static_cast<std::int32_t>(i)});
  SteadyState steady(graph);
  for (int round = 0; round < 200; ++round) {
    PowerFlow one(graph), other(graph);
    NodeId const a = path[random.below(path.size())], b = path[random.below(path.size())];
    one.set_in_service(a, false);
    steady.settle(one);
    one.set_in_service(b, false);
    steady.settle(one);
    other.set_in_service(b, false);
    other.set_in_service(a, false);
    steady.settle(other);
    REQUIRE(all(one) == all(other));
    REQUIRE(one.facility_power() == other.facility_power());
  }
}

TEST_CASE("trials inside trials are undone bit for bit", "[power]") {
  PowerGraph const graph = graph_with(standby);
  RandomStream random(5, "trials");
  PowerFlow flow(graph);
  load_fully(flow);
  SteadyState steady(graph);
  std::vector<std::vector<NodeFlow>> before;
  for (int step = 0; step < 500; ++step) {
    if (before.size() < 4 && (before.empty() || random.below(2) == 0)) {
      before.push_back(all(flow));
      flow.begin_trial();
    }
    NodeId const any{static_cast<std::int32_t>(random.below(graph.nodes.size()))};
    flow.set_units(any, static_cast<int>(random.below(static_cast<std::uint64_t>(graph.nodes[static_cast<std::size_t>(any)].count) + 1)));
    flow.set_server_power({static_cast<std::int32_t>(random.below(graph.servers.size()))}, static_cast<double>(random.below(400)) * watt);
    if (random.below(4) == 0) flow.set_rack_scale(1.0 + static_cast<double>(random.below(3)));
    steady.settle(flow);
    if (random.below(3) != 0) continue;
    flow.undo();
    REQUIRE(all(flow) == before.back());
    before.pop_back();
    PowerFlow const copy = flow;      // a value
    flow.solve_all();
    REQUIRE(all(flow) == all(copy));
  }
}

TEST_CASE("a trial names every node that changed in it", "[power]") {
  PowerGraph const graph = graph_with(standby);
  PowerFlow flow(graph);
  load_fully(flow);
  auto const before = all(flow);
  flow.begin_trial();
  flow.set_in_service(node_named(graph, "utility"), false);
  transfer_to_steady_state(flow);
  std::vector<char> named(graph.nodes.size(), 0);
  for (NodeId id : flow.changed_in_trial()) named[static_cast<std::size_t>(id)] = 1;
  auto const after = all(flow);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) CHECK((named[i] != 0 || after[i] == before[i]));
  flow.undo();
  CHECK_THROWS_AS(flow.changed_in_trial(), ContractError);
}
