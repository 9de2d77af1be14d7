#include "analysis/placement/path_states.h"

#include <algorithm>
#include <string_view>

#include "sim/power/lines.h"

namespace headroom {

std::vector<Limit> limits_now(const PowerFlow& flow, NodeId id, bool by_line) {
  PowerNode const& node = flow.graph().nodes[static_cast<std::size_t>(id)];
  NodeFlow const& now = flow.at(id);
  int const units = flow.units(id);
  if (!now.energised || units == 0) return {};
  Rating rating = node.rating;
  double const left = std::min(1.0, static_cast<double>(units) / (node.count - node.redundant));      // of its devices
  if (rating.power) rating.power = *rating.power * (rating.usable * left);
  if (rating.apparent) rating.apparent = *rating.apparent * (rating.usable * left);
  if (rating.current) rating.current = *rating.current * (rating.usable * left);
  if (rating.circuit) rating.circuit = *rating.circuit * rating.circuit_usable;
  auto limits = limits_of(rating, {now.output.p.si(), now.output.s().si(), now.input.s().si() / std::max(1, now.live_parents)});
  if (by_line && rating.current && flow.feeds_single_phases(id))
    for (auto& limit : limits)
      if (std::string_view(limit.unit) == "A") limit.carried *= line_imbalance(flow, id);
  return limits;
}

}  // namespace headroom
