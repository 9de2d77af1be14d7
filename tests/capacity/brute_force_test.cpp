// Random small power paths: what is called the largest load is on the limit, and a thousand-millionth more is past it,
// on a graph whose servers themselves draw so much more.
#include <algorithm>

#include "base/random.h"
#include "sim/power/check_ratings.h"
#include "sim/power/limits.h"
#include "sim/power/steady_state.h"
#include "tests/capacity/support.h"

using namespace headroom;

namespace {

struct RandomPath {
  RandomStream& random;
  std::vector<std::string> boards;
  std::string nodes, circuits;

  void add(const std::string& name, const std::string& what, const std::vector<std::string>& from) {
    nodes += fmt::format("{}{{name: {}, {}}}", nodes.empty() ? "" : ", ", name, what);
    for (auto const& feed : from) circuits += fmt::format("{}{{from: {}, to: {}{}}}", circuits.empty() ? "" : ", ", feed, name, random.below(4) == 0 ? fmt::format(", current: {} A", 300 + random.below(900)) : "");
  }

  // A side: utility, perhaps a transformer, a UPS or a converter, a board.
  void side(int i) {
    std::string last = fmt::format("u{}", i);
    add(last, random.below(3) == 0 ? "utility: {voltage: 400 V}" : fmt::format("utility: {{voltage: 400 V, limit: {} kW}}", 150 + random.below(700)), {});
    if (random.below(2) == 0) {
      add(fmt::format("t{}", i), fmt::format("transformer: {{rated_apparent_power: {} kVA, no_load_loss: 1 kW, load_loss: 6 kW, impedance: 0.05}}", 200 + random.below(600)), {last});
      last = fmt::format("t{}", i);
    }
    if (random.below(2) == 0) {
      add(fmt::format("ups{}", i), fmt::format("ups: {{rated_power: {0} kW, rated_apparent_power: {0} kVA, efficiency: [{{load: 0.25, efficiency: 0.93}}, {{load: 0.5, efficiency: 0.95}}, {{load: 1.0, efficiency: 0.94}}], power_factor: 0.97}}", 150 + random.below(500)), {last});
      last = fmt::format("ups{}", i);
    }
    std::string const board = fmt::format("b{}", i);
    add(board, random.below(2) == 0 ? "switchboard: {}" : fmt::format("switchboard: {{current: {} A}}", 250 + random.below(1000)), {last});
    boards.push_back(board);
    if (random.below(4) == 0) add(fmt::format("lights{}", i), fmt::format("auxiliary: {{power: {} kW, power_factor: 0.9}}", 1 + random.below(30)), {board});
  }
};

std::string random_site(RandomStream& random) {
  RandomPath path{random, {}, {}, {}};
  int const sides = 2 + static_cast<int>(random.below(3));
  for (int i = 0; i < sides; ++i) path.side(i);
  std::string groups;
  int const number = 1 + static_cast<int>(random.below(4));
  for (int g = 0; g < number; ++g) {
    std::string feeds = path.boards[random.below(path.boards.size())];
    if (std::string const other = path.boards[random.below(path.boards.size())]; random.below(5) != 0 && other != feeds) feeds += ", " + other;
    groups += fmt::format("{}{{name: g{}, count: {}, feeds: [{}], servers: [{{count: {}, type: {{cores: 4, memory: 16 GB, supplies: 2, power_factor: 0.95, power: {{linear: {{idle: 1 kW, full: {} kW}}}}}}}}]}}", g > 0 ? ", " : "", g,
                          1 + random.below(6), feeds, 1 + random.below(3), 2 + random.below(9));
  }
  std::string const cooling = random.below(2) == 0 ? "" : fmt::format("cooling: {{fixed: {} kW, proportional: 0.{}, power_factor: 0.9, feeds: [{}]}}\n", random.below(20), 10 + random.below(30), path.boards[random.below(path.boards.size())]);
  return hall_of(groups) + fmt::format("power: {{nodes: [{}], circuits: [{}], oversubscribed: true}}\n", path.nodes, path.circuits) + cooling;
}

// Its servers draw so many times what they do.
PowerGraph scaled(const PowerGraph& graph, double scale) {
  PowerGraph out = graph;
  for (auto& type : out.server_types) type.power.linear->full = scale * type.power.linear->full;
  return out;
}

double fullest(const PowerGraph& graph, const std::string& lost) {
  PowerFlow flow(graph);
  load_fully(flow);
  if (!lost.empty()) {
    flow.set_in_service(*graph.find(lost), false);
    transfer_to_steady_state(flow);
  }
  double most = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    PowerNode const& node = graph.nodes[i];
    if (node.kind == NodeKind::rack || node.kind == NodeKind::server || node.kind == NodeKind::auxiliary) continue;
    NodeFlow const& at = flow.at({static_cast<std::int32_t>(i)});
    if (auto const limit = binding_limit(limits_of(node.rating, {at.output.p.si(), at.output.s().si(), at.input.s().si() / std::max(1, at.live_parents)}))) most = std::max(most, limit->used_share());
  }
  return most;
}

}  // namespace

TEST_CASE("the largest load of 1,000 random power paths, whole and with each element lost", "[capacity]") {
  RandomStream random(7, "paths");
  int states = 0, bounded = 0, within_bound = 0;
  for (int path = 0; path < 1000; ++path) {
    std::string const site = random_site(random);
    CAPTURE(site);
    PowerGraph const graph = graph_of(site);
    CapacityAnswer const found = capacity(graph);
    auto const check = [&](const CapacityState& state) {
      ++states;
      CAPTURE(state.lost, state.scale);
      if (!state.bounded) {
        CHECK(fullest(scaled(graph, 1e4), state.lost) <= 1);
        return;
      }
      ++bounded;
      if (state.scale == 0) {
        CHECK(fullest(scaled(graph, 1e-9), state.lost) > 1);
        return;
      }
      CHECK(fullest(scaled(graph, state.scale * (1 - 1e-9)), state.lost) <= 1);
      CHECK(fullest(scaled(graph, state.scale * (1 + 1e-9)), state.lost) > 1);
    };
    check(found.normal);
    for (auto const& state : found.lost) check(state);
    if (!found.bound || !found.normal.bounded) continue;
    ++within_bound;
    CHECK(found.normal.it_kw <= found.bound->kw * (1 + 1e-9));
  }
  CHECK(states > 5000);
  CHECK(bounded > 4000);
  CHECK(within_bound > 800);
}
