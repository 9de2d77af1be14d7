#include "sim/power/check_ratings.h"

#include <fmt/format.h>

#include "sim/power/limits.h"

namespace headroom {

void load_fully(PowerFlow& flow) {
  PowerGraph const& graph = flow.graph();
  for (std::size_t i = 0; i < graph.servers.size(); ++i)
    flow.set_server_power({static_cast<std::int32_t>(i)}, server_power(graph.server_types[static_cast<std::size_t>(graph.servers[i].type)].power, {1.0, 1.0}));
  flow.update();
}

void check_ratings(const PowerGraph& graph, const Location& site) {
  if (graph.oversubscribed) return;
  PowerFlow flow(graph);
  load_fully(flow);
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    NodeFlow const& node = flow.at({static_cast<std::int32_t>(i)});
    double const connection_va = node.input.s().si() / std::max(1, node.live_parents);
    auto const worst = binding_limit(limits_of(graph.nodes[i].rating, {node.output.p.si(), node.output.s().si(), connection_va}));
    if (!worst || worst->used_share() <= 1) continue;
    if (problems.size() == 20) {
      problems.push_back({site, "... and more nodes of this kind"});
      break;
    }
    bool const circuit = std::string_view(worst->unit) == "circuit A";
    problems.push_back({site, fmt::format("power: {}'{}' is rated {:.6g} {}, what hangs below it draws {:.6g} {} at full load; give it more, or say `oversubscribed: true`",
                                          circuit ? "the circuit of " : "", graph.nodes[i].name, worst->allowed, circuit ? "A" : worst->unit, worst->carried, circuit ? "A" : worst->unit)});
  }
  for (auto const& rack : graph.racks) {
    if (!rack.rated_power) continue;
    Power drawn;
    for (NodeId strip : rack.strips) drawn += flow.at(strip).output.p;
    if (drawn > *rack.rated_power * (1 + 1e-12))      // shares of feeds add up to a rounding
      problems.push_back({site, fmt::format("power: rack '{}' is rated {:.6g} kW, its servers and other loads draw {:.6g} kW at full load; rate it higher, or say `oversubscribed: true`", rack.name,
                                            *rack.rated_power / kilowatt, drawn / kilowatt)});
  }
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace headroom
