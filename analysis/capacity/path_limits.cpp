#include "analysis/capacity/path_limits.h"

#include <algorithm>
#include <limits>

namespace headroom {
namespace {

bool is_of_path(const PowerNode& node, bool strips) {
  if (node.kind == NodeKind::rack) return strips;
  return node.kind != NodeKind::enclosure && node.kind != NodeKind::server && !is_load_of_its_own(node.kind);
}

double va_per_ampere(const Rating& rating) { return 1 / (line_current(ApparentPower::from_si(1), rating.voltage, rating.phases) / ampere); }

}  // namespace

std::vector<PathLimit> path_limits(const PowerGraph& graph, bool strips, std::optional<Power> connection) {
  std::vector<PathLimit> out;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    PowerNode const& node = graph.nodes[i];
    if (!is_of_path(node, strips)) continue;
    Rating const& rating = node.rating;
    auto const add = [&](const char* unit, Carries what, double rated, double usable, double si_per_unit) {
      out.push_back({{static_cast<std::int32_t>(i)}, unit, what, rated * usable, rated, si_per_unit, node.count - node.redundant, node.kind == NodeKind::rack});
    };
    if (rating.power) add("kW", Carries::output_w, *rating.power / kilowatt, rating.usable, 1e3);
    if (rating.apparent) add("kVA", Carries::output_va, *rating.apparent / kilovolt_ampere, rating.usable, 1e3);
    if (rating.current) add("A", Carries::output_va, *rating.current / ampere, rating.usable, va_per_ampere(rating));
    if (rating.circuit) add("circuit A", Carries::connection_va, *rating.circuit / ampere, rating.circuit_usable, va_per_ampere(rating));
  }
  if (connection) out.push_back({NodeId{}, "kW", Carries::facility_w, *connection / kilowatt, *connection / kilowatt, 1e3});
  return out;
}

std::string name_of(const PathLimit& limit, const PowerGraph& graph) {
  return limit.what == Carries::facility_w ? "the connection" : graph.nodes[static_cast<std::size_t>(limit.node)].name;
}

double allowed_now(const PathLimit& limit, const PowerFlow& flow) {
  if (limit.what == Carries::facility_w || limit.what == Carries::connection_va) return limit.allowed;
  return limit.allowed * std::min(limit.needed, flow.units(limit.node)) / limit.needed;
}

double used_share(const PathLimit& limit, const PowerFlow& flow, double strip_times) {
  if (limit.what == Carries::facility_w) return flow.facility_power().si() / (limit.allowed * limit.si_per_unit);
  NodeFlow const& at = flow.at(limit.node);
  double carried = 0;
  switch (limit.what) {
    case Carries::output_w: carried = at.output.p.si(); break;
    case Carries::output_va: carried = at.output.s().si(); break;
    case Carries::facility_w: break;
    case Carries::connection_va: carried = at.input.s().si() / std::max(1, at.live_parents); break;
  }
  if (carried <= 0) return 0;
  double const allowed = allowed_now(limit, flow) * limit.si_per_unit;
  return allowed > 0 ? carried * strip_times / allowed : std::numeric_limits<double>::infinity();
}

}  // namespace headroom
