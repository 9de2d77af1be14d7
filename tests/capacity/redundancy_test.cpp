// The redundancy table of docs/models.md, from graphs: M modules of 100 kW each, under every scheme.
#include "sim/power/steady_state.h"
#include "tests/capacity/support.h"

using namespace headroom;

namespace {

constexpr double module_kw = 100;
const std::string ups = "{rated_power: 100 kW, rated_apparent_power: 1000 kVA, efficiency: [{load: 0.25, efficiency: 0.95}, {load: 0.5, efficiency: 0.96}, {load: 1.0, efficiency: 0.96}]}";

CapacityAnswer of_scheme(const std::string& scheme, int racks, int modules = 1, const std::string& rest = "") {
  return capacity(graph_of(hall_of(racks_of_10_kw(racks)) + fmt::format("power: {{scheme: {}, utility: [{{name: u, voltage: 400 V}}], switchboard: {{}}, ups: {{type: {}, count: {}}}, oversubscribed: true{}}}\n", scheme, ups, modules, rest)));
}

// M modules, each on a board of its own, and so many racks on each pair of them.
PowerGraph modules_in_pairs(int modules, const std::vector<std::vector<int>>& racks) {
  std::string nodes = "{name: u, utility: {voltage: 400 V}}", circuits, groups;
  for (int i = 0; i < modules; ++i) {
    nodes += fmt::format(", {{name: ups-{}, ups: {}}}", i, ups);
    circuits += fmt::format("{}{{from: u, to: ups-{}}}", i > 0 ? ", " : "", i);
    for (int j = i + 1; j < modules; ++j)
      if (int const count = racks[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]; count > 0)
        groups += fmt::format("{}{}", groups.empty() ? "" : ", ", racks_of_10_kw(count, fmt::format("r{}{}", i, j), fmt::format(", feeds: [ups-{}, ups-{}]", i, j)));
  }
  return graph_of(hall_of(groups) + fmt::format("power: {{nodes: [{}], circuits: [{}], oversubscribed: true}}\n", nodes, circuits));
}

// The load of each module once one is lost, as a share of what it is rated, at the largest load that survives that.
double survivor_share(const PowerGraph& graph, double scale, const std::string& lost) {
  PowerFlow flow(graph);
  set_loads(flow, {});
  flow.set_in_service(*graph.find(lost), false);
  transfer_to_steady_state(flow);
  flow.set_rack_scale(scale);
  flow.update();
  double most = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i].kind == NodeKind::ups) most = std::max(most, flow.at({static_cast<std::int32_t>(i)}).output.p / kilowatt / module_kw);
  return most;
}

}  // namespace

TEST_CASE("N: all that the modules have, and nothing when the side is lost", "[capacity]") {
  CapacityAnswer const found = of_scheme("N", 10, 4);
  CHECK(found.normal.it_kw == close_to(4 * module_kw));
  CHECK(without(found, "ups-a").racks_dark == 10);
  CHECK(without(found, "ups-a (1 of 4)").it_kw == close_to(3 * module_kw));
}

TEST_CASE("N+1: N modules' worth, with one module lost or not", "[capacity]") {
  for (int needed : {1, 2, 5}) {
    CapacityAnswer const found = of_scheme("N+1", 10, needed);
    CHECK(found.normal.it_kw == close_to(needed * module_kw));
    CHECK(without(found, fmt::format("ups-a (1 of {})", needed + 1)).it_kw == close_to(needed * module_kw));
    REQUIRE(found.with_one_lost());
    CHECK(found.with_one_lost()->it_kw == close_to(needed * module_kw));
  }
}

TEST_CASE("2N: one module's worth of each pair, half of what there is", "[capacity]") {
  CapacityAnswer const found = of_scheme("2N", 10);
  CHECK(found.normal.it_kw == close_to(2 * module_kw));
  REQUIRE(found.with_one_lost());
  CHECK(found.with_one_lost()->it_kw == close_to(module_kw));
}

TEST_CASE("3N/2 and 4N/3: two of three and three of four modules' worth", "[capacity]") {
  CHECK(of_scheme("3N/2", 12).with_one_lost()->it_kw == close_to(2 * module_kw));
  CHECK(of_scheme("3N/2", 12).normal.it_kw == close_to(3 * module_kw));
  CHECK(of_scheme("4N/3", 12).with_one_lost()->it_kw == close_to(3 * module_kw));
  CHECK(of_scheme("4N/3", 12).normal.it_kw == close_to(4 * module_kw));      // Flex: nothing held back
}

TEST_CASE("block redundant: every block full, the catcher takes any one of them", "[capacity]") {
  for (int blocks : {2, 3, 5}) {
    std::string const site = hall_of(racks_of_10_kw(6 * blocks)) + fmt::format("power: {{scheme: block-redundant, blocks: {}, utility: [{{name: u, voltage: 400 V}}], ups: {{type: {}}}, static_switch: {{rated_current: 4000 A}}, pdu: {{type: {{rated_apparent_power: 1000 kVA}}, racks: 6}}}}\n", blocks, ups);
    CapacityAnswer const found = capacity(graph_of(site));
    CHECK(found.normal.it_kw == close_to(blocks * module_kw));
    CHECK(without(found, "ups-b").it_kw == close_to(blocks * module_kw));
    CHECK(without(found, "ups-r").it_kw == close_to(blocks * module_kw));
    CHECK_FALSE(without(found, "ups-a").loads_dark);
  }
}

TEST_CASE("M modules in even pairs: M - 1 of them, each survivor M / (M - 1) times what it had", "[capacity]") {
  for (int m : {3, 4, 5, 6}) {
    auto const size = static_cast<std::size_t>(m);
    PowerGraph const graph = modules_in_pairs(m, std::vector(size, std::vector<int>(size, 2)));
    CapacityAnswer const found = capacity(graph);
    REQUIRE(found.with_one_lost());
    double const scale = found.with_one_lost()->scale;
    CHECK(found.with_one_lost()->it_kw == close_to((m - 1) * module_kw));
    CHECK(found.normal.it_kw == close_to(m * module_kw));
    CHECK(survivor_share(graph, scale, "ups-0") == close_to(1));
    CHECK(survivor_share(graph, found.normal.scale, "ups-0") == close_to(m / (m - 1.0)));      // 4: 133.33 %
    CHECK(found.bound->kw == Approx(m * module_kw).epsilon(1e-9));
  }
}

TEST_CASE("uneven pairs: the worst survivor counts, not the average", "[capacity]") {
  // racks on the pairs 01, 02, 12: 60, 10 and 30 kW each time 10 kW
  std::vector<std::vector<int>> const racks{{0, 6, 1}, {0, 0, 3}, {0, 0, 0}};
  CapacityAnswer const found = capacity(modules_in_pairs(3, racks));
  auto const on_pair = [&](std::size_t i, std::size_t j) { return 10.0 * racks[std::min(i, j)][std::max(i, j)]; };
  double worst_kw = 0;
  for (std::size_t lost = 0; lost < 3; ++lost)
    for (std::size_t j = 0; j < 3; ++j) {
      if (j == lost) continue;
      double carried = on_pair(lost, j) / 2;
      for (std::size_t k = 0; k < 3; ++k)
        if (k != j) carried += on_pair(j, k) / 2;
      worst_kw = std::max(worst_kw, carried);
    }
  CHECK(worst_kw == close_to(75));      // module 1 without 0: 30 of its own half, 15 of the other, 30 taken over
  REQUIRE(found.with_one_lost());
  CHECK(found.with_one_lost()->scale == close_to(module_kw / worst_kw));
  CHECK(found.with_one_lost()->it_kw == close_to(100 * module_kw / worst_kw));
}
