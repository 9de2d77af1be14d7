#include "sim/power/flow.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/random.h"
#include "topologies/read_site.h"

using namespace headroom;

namespace {

PowerGraph flow_graph_of(const std::string& text) { return build_power_graph(read_site_text("kind: site\nversion: 1\n" + text, "site.yaml")); }

// Two sides, every stage that has losses, PDUs shared by three racks, single-corded servers, switches and cooling.
PowerGraph two_sides(const std::string& cooling = "cooling: {fixed: 5 kW, proportional: 0.3, power_factor: 0.9}\n", const std::string& more_racks = "") {
  return flow_graph_of(R"(name: two-sides
halls:
  - name: h1
    racks:
      - name: dual
        count: 10
        servers: [{type: dell-poweredge-r740, count: 4, supplies: 2}, {type: dc-load-1600w, count: 2, supplies: 2}]
        auxiliary: [{name: leaf, type: mellanox-sn3700}]
        rack_pdu: rack-pdu-17kva
      - name: single
        count: 5
        servers: [{type: hp-proliant-ml110-g5, count: 3}]
        feeds: [b, a]
)" + more_racks + R"(power:
  scheme: 2N
  utility: [{name: utility-a, voltage: 13.8 kV}, {name: utility-b, voltage: 13.8 kV}]
  transformer: {type: transformer-eu-dry-1000kva}
  switchboard: {}
  ups: {type: ups-modern-100kw, count: 2}
  pdu: {type: pdu-floor-75kva, racks: 3}
)" + cooling);
}

NodeId node(const PowerGraph& graph, const std::string& name) {
  auto const id = graph.find(name);
  INFO(name);
  REQUIRE(id);
  return *id;
}

void check_same_bits(const PowerFlow& a, const PowerFlow& b) {
  auto const& nodes = a.graph().nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    NodeId const id{static_cast<std::int32_t>(i)};
    CAPTURE(nodes[i].name);
    REQUIRE(a.at(id) == b.at(id));
  }
  REQUIRE(a.it_power() == b.it_power());
  REQUIRE(a.facility_power() == b.facility_power());
}

// Input = output + loss at every node, and every node delivers what its children draw from it.
void check_conservation(const PowerFlow& flow) {
  auto const& nodes = flow.graph().nodes;
  std::vector<double> drawn(nodes.size(), 0.0), drawn_var(nodes.size(), 0.0);
  double losses = 0, loads = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    NodeFlow const& now = flow.at({static_cast<std::int32_t>(i)});
    int live = 0;
    for (NodeId parent : nodes[i].parents) live += flow.at(parent).energised ? 1 : 0;
    for (NodeId parent : nodes[i].parents)
      if (flow.at(parent).energised) {
        drawn[static_cast<std::size_t>(parent)] += now.input.p.si() / live;
        drawn_var[static_cast<std::size_t>(parent)] += now.input.q.si() / live;
      }
    losses += now.loss.si();
    if (nodes[i].kind == NodeKind::server || nodes[i].kind == NodeKind::auxiliary) loads += now.output.p.si();
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    NodeFlow const& now = flow.at({static_cast<std::int32_t>(i)});
    CAPTURE(nodes[i].name);
    REQUIRE(now.input.p.si() == Approx((now.output.p + now.loss).si()).epsilon(1e-12).margin(1e-9));
    REQUIRE(now.loss >= Power{});
    if (!now.energised) {
      REQUIRE(now.input == Load{});
      REQUIRE(now.output == Load{});
      REQUIRE(now.loss == Power{});
    }
    if (nodes[i].kind == NodeKind::server || nodes[i].kind == NodeKind::auxiliary) continue;
    REQUIRE(now.output.p.si() == Approx(drawn[i]).epsilon(1e-12).margin(1e-9));
    REQUIRE(now.output.q.si() == Approx(drawn_var[i]).epsilon(1e-12).margin(1e-9));
  }
  REQUIRE(flow.facility_power().si() == Approx(loads + losses).epsilon(1e-12).margin(1e-9));
}

// Changes drawn by chance: server loads, auxiliary loads and faults, several in each update.
class Changes {
 public:
  Changes(const PowerGraph& graph, std::uint64_t seed) : graph_(graph), random_(seed, "changes") {}

  void apply_one(PowerFlow& flow) {
    switch (random_.below(8)) {
      case 0: {
        auto const id = NodeId{static_cast<std::int32_t>(random_.below(graph_.nodes.size()))};
        flow.set_in_service(id, !flow.in_service(id));
        break;
      }
      case 1: {
        auto const id = NodeId{static_cast<std::int32_t>(random_.below(graph_.nodes.size()))};
        flow.set_in_service(id, true);
        break;
      }
      case 2: {
        auto const id = NodeId{static_cast<std::int32_t>(random_.below(graph_.nodes.size()))};
        auto const& chosen = graph_.nodes[static_cast<std::size_t>(id)];
        if (chosen.kind == NodeKind::auxiliary && !chosen.follows_it) flow.set_auxiliary_power(id, random_.uniform() * kilowatt);
        break;
      }
      default: flow.set_server_power({static_cast<std::int32_t>(random_.below(graph_.servers.size()))}, random_.uniform() * 600.0 * watt);
    }
  }

 private:
  const PowerGraph& graph_;
  RandomStream random_;
};

std::string servers_at(const std::string& count) {
  return "name: s\nhalls: [{name: h1, racks: [{name: r, count: 4, servers: [{type: generic-100-350w, count: " + count + ", supplies: 2}]}]}]\n";
}

}  // namespace

TEST_CASE("power is conserved at every node, with and without a side", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  check_conservation(flow);
  for (auto name : {"utility-a", "transformer-b", "ups-a", "pdu-a-2"}) {
    flow.set_in_service(node(graph, name), false);
    flow.update();
    check_conservation(flow);
    flow.set_in_service(node(graph, name), true);
    flow.update();
    check_conservation(flow);
  }
}

TEST_CASE("an incremental solve is a full one, bit for bit, after a thousand random changes", "[power]") {
  PowerGraph const graph = two_sides();
  for (std::uint64_t seed : {1u, 2u, 3u}) {
    CAPTURE(seed);
    PowerFlow stepwise(graph), at_once(graph);
    Changes changes(graph, seed), same_changes(graph, seed);
    RandomStream random(seed, "how many");
    for (int done = 0; done < 1000;) {
      auto const batch = static_cast<int>(1 + random.below(4));
      for (int i = 0; i < batch; ++i) changes.apply_one(stepwise), same_changes.apply_one(at_once);
      stepwise.update();
      done += batch;
      if (done % 100 < batch) check_conservation(stepwise);
    }
    at_once.solve_all();
    check_same_bits(stepwise, at_once);
    stepwise.solve_all();
    check_same_bits(stepwise, at_once);
  }
}

TEST_CASE("the order of changes changes no bit", "[power]") {
  PowerGraph const graph = two_sides();
  RandomStream random(1, "loads");
  std::vector<Power> loads;
  for (std::size_t i = 0; i < graph.servers.size(); ++i) loads.push_back(random.uniform() * 500.0 * watt);
  PowerFlow forwards(graph), backwards(graph);
  auto const last = static_cast<std::int32_t>(graph.servers.size()) - 1;
  for (std::int32_t i = 0; i <= last; ++i) {
    forwards.set_server_power({i}, loads[static_cast<std::size_t>(i)]);
    forwards.update();
    backwards.set_server_power({last - i}, loads[static_cast<std::size_t>(last - i)]);
    if (i % 7 == 0) backwards.update();
  }
  backwards.update();
  check_same_bits(forwards, backwards);
}

TEST_CASE("losing side A moves the load to B, its return moves it back", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  PowerFlow const before(graph);
  NodeId const a = node(graph, "utility-a"), b = node(graph, "utility-b");
  NodeId const rack_a = node(graph, "h1/dual-1:a"), rack_b = node(graph, "h1/dual-1:b");
  CHECK(flow.at(rack_a).output == flow.at(rack_b).output);
  double const shared = flow.at(rack_a).output.p.si();

  flow.set_in_service(a, false);
  flow.update();
  CHECK(flow.at(a).output == Load{});
  CHECK(flow.at(rack_a).output == Load{});
  CHECK(flow.at(rack_a).loss == Power{});
  CHECK_FALSE(flow.at(rack_a).energised);
  // servers of the wall kind and the switch: twice; dc servers on one supply draw otherwise
  double expected = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    auto const& child = graph.nodes[i];
    if (!child.parents.empty() && child.parents.front() == rack_a) expected += flow.at({static_cast<std::int32_t>(i)}).input.p.si();
  }
  CHECK(flow.at(rack_b).output.p.si() == Approx(expected).epsilon(1e-12));
  CHECK(flow.at(rack_b).output.p.si() > 1.8 * shared);
  CHECK(flow.facility_power() == flow.at(b).input.p);
  check_conservation(flow);

  flow.set_in_service(a, true);
  flow.update();
  check_same_bits(flow, before);
}

TEST_CASE("a server with one cord is lost with its side, one with two is not", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  flow.set_in_service(node(graph, "utility-a"), false);
  flow.update();
  int lost = 0, kept = 0;
  for (auto const& server : graph.servers) {
    bool const single = graph.nodes[static_cast<std::size_t>(server.node)].parents.size() == 1;
    if (!single) CHECK(flow.at(server.node).energised);
    else (flow.at(server.node).energised ? kept : lost)++;
  }
  CHECK(lost + kept == 15);
  CHECK(std::abs(lost - kept) == 1);
}

// One feed comes as the other goes: the number of live feeds stays the same, which feed it is does not.
TEST_CASE("swapping the dead side in one update moves the load", "[power]") {
  PowerGraph const graph = two_sides();
  NodeId const a = node(graph, "utility-a"), b = node(graph, "utility-b");
  PowerFlow swapped(graph), anew(graph);
  swapped.set_in_service(a, false);
  swapped.update();
  swapped.set_in_service(a, true);
  swapped.set_in_service(b, false);
  swapped.update();
  anew.set_in_service(b, false);
  anew.update();
  CHECK(swapped.facility_power() > 10.0 * kilowatt);
  check_conservation(swapped);
  check_same_bits(swapped, anew);
}

TEST_CASE("with no utility there is neither load nor loss", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  for (auto name : {"utility-a", "utility-b"}) flow.set_in_service(node(graph, name), false);
  flow.update();
  CHECK(flow.it_power() == Power{});
  CHECK(flow.facility_power() == Power{});
  check_conservation(flow);
  for (auto name : {"utility-a", "utility-b"}) flow.set_in_service(node(graph, name), true);
  flow.update();
  check_same_bits(flow, PowerFlow(graph));
}

TEST_CASE("undo takes back everything since the trial began, bit for bit", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph), untouched(graph);
  Changes changes(graph, 9), same_changes(graph, 9);
  for (int i = 0; i < 50; ++i) changes.apply_one(flow), same_changes.apply_one(untouched);
  flow.update();
  untouched.update();
  for (int trial = 0; trial < 20; ++trial) {
    flow.begin_trial();
    for (int i = 0; i < 20; ++i) changes.apply_one(flow);
    if (trial % 3 != 0) flow.update();
    if (trial % 3 == 1) changes.apply_one(flow);       // set, not solved
    flow.undo();
    check_same_bits(flow, untouched);
    flow.update();
    check_same_bits(flow, untouched);
  }
  flow.solve_all();
  check_same_bits(flow, untouched);
}

TEST_CASE("a trial begins solved, and undo has something to take back", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  CHECK_THROWS_AS(flow.undo(), ContractError);
  flow.set_server_power({0}, 77.0 * watt);
  CHECK_THROWS_AS(flow.begin_trial(), ContractError);
  flow.update();
  flow.begin_trial();
  flow.undo();
  CHECK_THROWS_AS(flow.undo(), ContractError);
}

TEST_CASE("a negative load is our mistake and is not solved away", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  flow.set_server_power({0}, -1.0 * kilowatt);
  CHECK_THROWS_AS(flow.update(), ContractError);
  PowerFlow other(graph);
  other.set_server_power({0}, Power::from_si(std::nan("")));
  CHECK_THROWS_AS(other.update(), ContractError);
}

TEST_CASE("swapping sides A and B swaps their flows and nothing else", "[power]") {
  std::string const path = "power:\n  scheme: 2N\n  utility: [{name: utility-a, voltage: 400 V}, {name: utility-b, voltage: 400 V}]\n  ups: {type: ups-modern-100kw}\n";
  PowerGraph const ab = flow_graph_of(servers_at("3") + path);
  PowerFlow without_a(ab), without_b(ab);
  without_a.set_in_service(node(ab, "ups-a"), false);
  without_b.set_in_service(node(ab, "ups-b"), false);
  without_a.update();
  without_b.update();
  CHECK(without_a.facility_power() == without_b.facility_power());
  CHECK(without_a.at(node(ab, "ups-b")) == without_b.at(node(ab, "ups-a")));
  CHECK(without_a.at(node(ab, "h1/r-2:b")) == without_b.at(node(ab, "h1/r-2:a")));
}

TEST_CASE("a load of nothing changes nothing", "[power]") {
  PowerGraph const plain = two_sides();
  PowerGraph const more = flow_graph_of(R"(name: n
halls: [{name: h1, racks: [{name: r, servers: [{type: generic-100-350w, count: 3}], feeds: [u]}]}]
power:
  nodes: [{name: utility, utility: {voltage: 400 V}}, {name: u, ups: ups-modern-100kw}, {name: nothing, auxiliary: {power: 0 W, part: it}}]
  circuits: [{from: utility, to: u}, {from: u, to: nothing}]
)");
  PowerGraph const less = flow_graph_of(R"(name: n
halls: [{name: h1, racks: [{name: r, servers: [{type: generic-100-350w, count: 3}], feeds: [u]}]}]
power:
  nodes: [{name: utility, utility: {voltage: 400 V}}, {name: u, ups: ups-modern-100kw}]
  circuits: [{from: utility, to: u}]
)");
  PowerFlow const a(more), b(less);
  CHECK(a.facility_power() == b.facility_power());
  CHECK(a.it_power() == b.it_power());
  CHECK(a.at(node(more, "u")) == b.at(node(less, "u")));
}

TEST_CASE("the cooling overhead follows the IT load", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  NodeId const cooling = node(graph, "cooling");
  auto const expected = [&] { return (5.0 * kilowatt + 0.3 * flow.it_power()).si(); };
  CHECK(flow.at(cooling).input.p.si() == expected());
  CHECK(flow.at(cooling).input.p.si() / flow.at(cooling).input.s().si() == Approx(0.9).margin(1e-12));
  for (std::int32_t i = 0; i < 20; ++i) flow.set_server_power({i}, 480.0 * watt);
  flow.update();
  CHECK(flow.at(cooling).input.p.si() == expected());
  flow.set_in_service(node(graph, "utility-a"), false);
  flow.update();
  CHECK(flow.at(cooling).input.p.si() == expected());
  CHECK(flow.at(cooling).live_parents == 1);
}

TEST_CASE("IT power is the input of servers and IT auxiliaries, not of cooling", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow const flow(graph);
  double it = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i].kind == NodeKind::server || (graph.nodes[i].kind == NodeKind::auxiliary && graph.nodes[i].part == LoadPart::it))
      it += flow.at({static_cast<std::int32_t>(i)}).input.p.si();
  CHECK(flow.it_power().si() == Approx(it).epsilon(1e-12));
}

TEST_CASE("more load never means less input", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  RandomStream random(6, "more");
  Power before = flow.facility_power();
  std::vector<Power> load(graph.servers.size());
  for (std::size_t i = 0; i < load.size(); ++i) load[i] = 100.0 * watt, flow.set_server_power({static_cast<std::int32_t>(i)}, load[i]);
  flow.update();
  before = flow.facility_power();
  for (int step = 0; step < 300; ++step) {
    auto const i = random.below(load.size());
    load[i] += 5.0 * watt;
    flow.set_server_power({static_cast<std::int32_t>(i)}, load[i]);
    flow.update();
    REQUIRE(flow.facility_power() > before);
    before = flow.facility_power();
  }
}

// models.md 1.5: two 1600 W Titanium supplies at 800 W
TEST_CASE("a dual-corded dc server draws 848.06 W on two cords and 833.33 W on one", "[power]") {
  PowerGraph const graph = flow_graph_of(R"(name: n
halls: [{name: h1, racks: [{name: r, servers: [{type: dc-load-1600w, supplies: 2}]}]}]
power: {scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}]}
)");
  PowerFlow flow(graph);
  flow.set_server_power({0}, 800.0 * watt);
  flow.update();
  CHECK(flow.facility_power() / watt == Approx(848.06).epsilon(1e-4));
  CHECK(flow.at(node(graph, "ua")).input == flow.at(node(graph, "ub")).input);
  CHECK(flow.at(graph.servers[0].node).loss / watt == Approx(48.06).epsilon(1e-3));
  flow.set_in_service(node(graph, "ua"), false);
  flow.update();
  CHECK(flow.facility_power() / watt == Approx(833.33).epsilon(1e-4));
}

TEST_CASE("an enclosure's converters on a dead feed neither carry nor lose", "[power]") {
  PowerGraph const graph = flow_graph_of(R"(name: n
halls: [{name: h1, racks: [{name: r, enclosures: [{name: shelf, converter: frontier-rectifier, converters: 4, servers: [{type: frontier-node, count: 2}]}]}]}]
power: {scheme: 2N, utility: [{name: ua, voltage: 400 V}, {name: ub, voltage: 400 V}]}
)");
  PowerFlow flow(graph);
  double const node_w = (626.26 + 13) / 0.98;
  CHECK(flow.facility_power() / watt == Approx((2 * node_w + 4 * 17) / 0.96).epsilon(1e-12));
  flow.set_in_service(node(graph, "ua"), false);
  flow.update();
  CHECK(flow.facility_power() / watt == Approx((2 * node_w + 2 * 17) / 0.96).epsilon(1e-12));
}

TEST_CASE("what update() reports as changed covers every node that is different", "[power]") {
  PowerGraph const graph = two_sides();
  PowerFlow flow(graph);
  Changes changes(graph, 12);
  for (int step = 0; step < 200; ++step) {
    std::vector<NodeFlow> before;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) before.push_back(flow.at({static_cast<std::int32_t>(i)}));
    changes.apply_one(flow);
    flow.update();
    std::vector<char> reported(graph.nodes.size(), 0);
    for (NodeId id : flow.changed()) reported[static_cast<std::size_t>(id)] = 1;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
      if (!(before[i] == flow.at({static_cast<std::int32_t>(i)}))) REQUIRE(reported[i] == 1);
  }
}
