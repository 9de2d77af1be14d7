#include "sim/power/breakers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/power/lines.h"

namespace headroom {

Breakers::Breakers(PowerState& shared) : shared_(shared) {
  auto const& graph = shared.graph();
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    first_.push_back(rated_.size());
    PowerNode const& node = graph.nodes[i];
    for (std::size_t k = 0; k < node.connections.size(); ++k) {
      if (!node.connections[k].rated || node.connections[k].breaker < 0) continue;
      BreakerSpec const& spec = graph.breakers[static_cast<std::size_t>(node.connections[k].breaker)];
      rated_.push_back({{static_cast<std::int32_t>(i)}, k, carried_by(*node.connections[k].rated, node.rating.voltage, node.rating.phases).si(), Overload(trip_curve(spec)), {}, never, 0});
    }
  }
  first_.push_back(rated_.size());
  for (std::size_t i = 0; i < rated_.size(); ++i)
    if (i == 0 || rated_[i].node != rated_[i - 1].node) look(rated_[i].node);
  for (auto& breaker : rated_)
    if (!breaker.overload.gathering()) breaker.overload.rest();
}

void Breakers::look(NodeId id) {
  auto const i = static_cast<std::size_t>(id);
  NodeFlow const& flow = shared_.flow.at(id);
  double carried_va = 0;
  for (std::size_t n = first_[i]; n < first_[i + 1]; ++n) {
    Rated& breaker = rated_[n];
    bool const carries = flow.live_parents > 0 && shared_.flow.connected(id, breaker.parent);
    if (carries && carried_va == 0) carried_va = flow.input.s().si() / flow.live_parents * line_imbalance(shared_.flow, id);
    if (shared_.now > breaker.since) breaker.overload.pass((shared_.now - breaker.since).seconds());
    breaker.since = shared_.now;
    bool const before = breaker.overload.gathering();
    breaker.overload.set_load(carries ? carried_va / breaker.rated_va : 0);
    if (!before && breaker.overload.gathering()) breaker.cause = shared_.last_change();
    double const left_s = breaker.overload.seconds_left();
    set_due(n, left_s < longest_duration.seconds() ? shared_.now + Duration{static_cast<std::int64_t>(std::ceil(left_s * 1e9))} : never);
  }
}

void Breakers::set_due(std::size_t index, Instant due) {
  Rated& breaker = rated_[index];
  if (due == breaker.due) return;
  dates_.erase({breaker.due, index});
  breaker.due = due;
  if (due != never) dates_.insert({due, index});
}

bool Breakers::trip_due() {
  bool moved = false;
  while (next() <= shared_.now) {
    std::size_t const index = dates_.begin()->second;
    Rated& breaker = rated_[index];
    set_due(index, never);
    shared_.change_connection(breaker.node, breaker.parent, "tripped", breaker.cause, fmt::format("load {:.4g} % of its rating", 100 * breaker.overload.load()));
    shared_.trip(breaker.node, breaker.parent);
    breaker.overload.set_load(0);
    breaker.overload.rest();
    moved = true;
  }
  return moved;
}

}  // namespace headroom
