// What each scheme makes.
#include <algorithm>
#include <map>

#include "base/shipped.h"
#include "tests/topologies/support.h"

using namespace headroom;

namespace {

const std::string server = "servers: [{type: generic-100-350w, supplies: 2}]";
const std::string one_feed = "utility: [{name: u, voltage: 13.8 kV}], ";
const std::string chain = "switchgear: {current: 630 A}, transformer: {type: transformer-eu-dry-1000kva}, generator: {type: diesel-1000kw}, transfer_switch: ats-1600a, "
                          "switchboard: {current: 1600 A}, ups: {type: ups-modern-100kw, count: 3}, battery: {type: vrla-100kw-5min, count: 3}, pdu: {type: pdu-floor-75kva, racks: 2}";

std::string power(const std::string& scheme, const std::string& rest) { return "power: {scheme: " + scheme + ", " + rest + "}\n"; }

// "pdu-b-2" -> "b"
std::string side(const std::string& node) { return node.substr(node.find('-') + 1, 1); }

std::string sides_of_rack(const PowerGraph& graph, const RackPlace& rack) {
  std::string out;
  for (NodeId strip : rack.strips) out += side(feeds_of(graph, graph.nodes[static_cast<std::size_t>(strip)].name).front());
  return out;
}

std::map<std::string, int> racks_by_sides(const PowerGraph& graph) {
  std::map<std::string, int> out;
  for (auto const& rack : graph.racks) ++out[sides_of_rack(graph, rack)];
  return out;
}

}  // namespace

TEST_CASE("the chain of a side: the transfer switch takes the transformer first, the generator second", "[topologies]") {
  PowerGraph const graph = graph_of(racks("count: 3, " + server) + power("2N", one_feed + chain) + "cooling: {fixed: 1 kW}\n");
  CHECK(feeds_of(graph, "switchgear-b") == Names{"u"});
  CHECK(feeds_of(graph, "transformer-b") == Names{"switchgear-b"});
  CHECK(feeds_of(graph, "ats-b") == Names{"transformer-b", "generator-b"});
  CHECK(feeds_of(graph, "switchboard-b") == Names{"ats-b"});
  CHECK(feeds_of(graph, "ups-b") == Names{"switchboard-b"});
  CHECK(feeds_of(graph, "pdu-b-2") == Names{"ups-b"});
  CHECK(feeds_of(graph, "h/r-3:b") == Names{"pdu-b-2"});
  CHECK(feeds_of(graph, "cooling") == Names{"switchboard-a", "switchboard-b"});
  CHECK(feeds_of(graph, "generator-a").empty());
  Names generators = names_of(graph, graph.generators);
  std::sort(generators.begin(), generators.end());
  CHECK(generators == Names{"generator-a", "generator-b"});
  CHECK(at(graph, "switchgear-a").rating.voltage == 13.8 * 1000.0 * volt);
  CHECK(at(graph, "switchgear-a").rating.current == 630.0 * ampere);
}

TEST_CASE("a transfer switch, a generator and a UPS with batteries carry the figures of their data sheets", "[topologies]") {
  PowerGraph const graph = graph_of(racks(server) + power("N", one_feed + chain));
  PowerNode const& ats = at(graph, "ats-a");
  CHECK(ats.kind == NodeKind::transfer_switch);
  CHECK(ats.type == "ats-1600a");
  CHECK(ats.rating.current == 1600.0 * ampere);
  REQUIRE(ats.transfer);
  auto const& spec = std::get<TransferSwitchSpec>(graph.devices[static_cast<std::size_t>(ats.device)]);
  CHECK(ats.transfer->detection == spec.detection);
  CHECK(ats.transfer->transfer == spec.transfer);
  CHECK(ats.transfer->retransfer_delay == spec.retransfer_delay);
  CHECK(at(graph, "generator-a").rating.power == 1000.0 * kilowatt);
  CHECK(at(graph, "generator-a").type == "diesel-1000kw");
  PowerNode const& ups = at(graph, "ups-a");
  CHECK(ups.batteries == 3);
  CHECK(std::get<BatterySpec>(graph.devices[static_cast<std::size_t>(ups.battery)]).name == "vrla-100kw-5min");
  CHECK(at(graph, "pdu-a-1").battery == -1);
  CHECK_FALSE(ups.transfer);
}

TEST_CASE("N+1 has a spare UPS module and a spare generator, which no rating counts", "[topologies]") {
  for (auto const& [scheme, letters] : {std::pair{"N+1", "a"}, std::pair{"2(N+1)", "ab"}}) {
    PowerGraph const graph = graph_of(racks(server) + power(scheme, one_feed + chain));
    for (char const letter : std::string(letters)) {
      PowerNode const& ups = at(graph, std::string("ups-") + letter);
      CHECK(ups.count == 4);
      CHECK(ups.redundant == 1);
      CHECK(ups.rating.power == 300.0 * kilowatt);
      CHECK(ups.rating.apparent == 300.0 * kilovolt_ampere);
      PowerNode const& generator = at(graph, std::string("generator-") + letter);
      CHECK(generator.count == 2);
      CHECK(generator.redundant == 1);
      CHECK(generator.rating.power == 1000.0 * kilowatt);
      CHECK(at(graph, std::string("transformer-") + letter).redundant == 0);
    }
    CHECK_FALSE(graph.find("ups-c"));
  }
}

TEST_CASE("3N/2 spreads racks evenly over the three pairs of sides", "[topologies]") {
  PowerGraph const graph = graph_of(racks("count: 12, " + server) + power("3N/2", one_feed + chain));
  CHECK(racks_by_sides(graph) == std::map<std::string, int>{{"ab", 4}, {"bc", 4}, {"ca", 4}});
  CHECK(sides_of_rack(graph, graph.racks[4]) == "bc");
  CHECK(feeds_of(graph, "h/r-2:a") == Names{"pdu-b-1"});
  CHECK(feeds_of(graph, "h/r-12:b") == Names{"pdu-a-4"});
}

TEST_CASE("4N/3 spreads racks evenly over the six pairs of sides, also of a few racks and across halls", "[topologies]") {
  PowerGraph const graph = graph_of("halls: [{name: h, racks: [{name: r, count: 25, " + server + "}]}, {name: i, racks: [{name: r, count: 11, " + server + "}]}]\n" + power("4N/3", one_feed + chain));
  std::map<std::string, int> by_side;
  for (auto const& rack : graph.racks) {
    for (char const letter : sides_of_rack(graph, rack)) ++by_side[std::string(1, letter)];
    int least = INT32_MAX, most = 0;
    for (auto const* letter : {"a", "b", "c", "d"}) {
      least = std::min(least, by_side[letter]);
      most = std::max(most, by_side[letter]);
    }
    CHECK(most - least <= 1);
  }
  CHECK(racks_by_sides(graph) == std::map<std::string, int>{{"ab", 6}, {"cd", 6}, {"ac", 6}, {"bd", 6}, {"ad", 6}, {"bc", 6}});
}

TEST_CASE("racks may name sides, the others still take turns", "[topologies]") {
  PowerGraph const graph = graph_of("halls: [{name: h, racks: [{name: x, feeds: [d, b], " + server + "}, {name: r, count: 6, " + server + "}]}]\n" + power("4N/3", one_feed + chain));
  CHECK(sides_of_rack(graph, graph.racks[0]) == "db");
  CHECK(racks_by_sides(graph).size() == 7);
}

TEST_CASE("sides share a utility feed or have one each", "[topologies]") {
  std::string const three = "utility: [{name: u, voltage: 13.8 kV}, {name: v, voltage: 13.8 kV}, {name: w, voltage: 13.8 kV}], ";
  CHECK(feeds_of(graph_of(racks(server) + power("3N/2", three + chain)), "switchgear-c") == Names{"w"});
  CHECK(feeds_of(graph_of(racks(server) + power("3N/2", one_feed + chain)), "switchgear-c") == Names{"u"});
}

TEST_CASE("block redundant: a static switch above each PDU, the catcher's UPS second", "[topologies]") {
  PowerGraph const graph = graph_of(racks("count: 9, " + server) + power("block-redundant, blocks: 2", one_feed + chain + ", static_switch: sts-400a") + "cooling: {fixed: 1 kW}\n");
  CHECK(feeds_of(graph, "h/r-1") == Names{"pdu-a-1"});
  CHECK(feeds_of(graph, "h/r-2") == Names{"pdu-b-1"});
  CHECK(feeds_of(graph, "h/r-9") == Names{"pdu-a-3"});
  CHECK(feeds_of(graph, "pdu-a-3") == Names{"sts-a-3"});
  CHECK(feeds_of(graph, "sts-a-3") == Names{"ups-a", "ups-r"});
  CHECK(feeds_of(graph, "sts-b-1") == Names{"ups-b", "ups-r"});
  CHECK(feeds_of(graph, "ups-r") == Names{"switchboard-r"});
  CHECK(at(graph, "ups-r").rating.power == at(graph, "ups-a").rating.power);
  CHECK(feeds_of(graph, "cooling") == Names{"switchboard-a", "switchboard-b"});      // the catcher has nothing to do
  CHECK_FALSE(graph.find("pdu-r-1"));
}

TEST_CASE("every scheme and its written-out form give the same graph", "[topologies]") {
  std::string const halls = "halls: [{name: h, racks: [{name: r, count: 8, " + server + "}, {name: one, count: 3, feeds: [a], circuit: {voltage: 230 V, phases: 1, current: 16 A, breaker: thermal-magnetic-nec}, " + server + "}]}]\n";
  std::string const more = ", rack_circuit: {voltage: 400 V, current: 32 A}, breaker: thermal-magnetic, common_causes: [{name: room, elements: [ups-a, h, h/r-2]}, {name: site, elements: [room, u]}]";
  for (auto const& scheme : {"N", "N+1", "2N", "2N, tie: true", "2(N+1), tie: true", "3N/2", "4N/3", "block-redundant, static_switch: sts-400a"}) {
    CAPTURE(scheme);
    check_written_out(halls + power(scheme, one_feed + chain + more) + "cooling: {proportional: 0.2}\n");
  }
}

TEST_CASE("the layouts that ship are built", "[topologies]") {
  for (auto const& name : shipped_names("site")) {
    CAPTURE(name);
    CHECK_NOTHROW(build_power_graph(read_site(find_mentioned("site", name, {}))));
  }
}

TEST_CASE("flex-4n3: ten racks on each pair of UPS, all four loaded to their rating", "[topologies]") {
  PowerGraph const graph = build_power_graph(read_site(find_mentioned("site", "flex-4n3", {})));
  CHECK(racks_by_sides(graph) == std::map<std::string, int>{{"ab", 10}, {"cd", 10}, {"ac", 10}, {"bd", 10}, {"ad", 10}, {"bc", 10}});
  CHECK(static_cast<double>(graph.servers.size()) * 0.35 / 4 == Approx(100).epsilon(0.01));      // kW of each UPS, of 100
}
