// The power path in time: faults come from outside, elements answer, until quiet. Time itself is the engine's: it asks
// `next()`, turns its clock, and calls `settle()`.
//
//   system.flow().set_server_power(...)      loads change
//   system.fail(...), system.repair(...)     faults arise and end
//   system.settle(now)                       what was stored moves on; the flow is solved; elements and breakers take their
//                                            steps; again, until none does
//
// Everything between two calls is constant, so what is stored, gathered and burnt is exact.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "sim/power/breakers.h"
#include "sim/power/elements/elements.h"

namespace headroom {

class PowerSystem {
 public:
  // `sink` is told every change of state. `reset_after`: how long after an overload has opened something it is closed again;
  // `never` by default.
  PowerSystem(const PowerGraph& graph, std::uint64_t seed, ChangeSink sink, std::optional<Duration> reset_after = {});

  PowerFlow& flow() { return shared_.flow; }
  const PowerFlow& flow() const { return shared_.flow; }
  const PowerState& state() const { return shared_; }

  // The earliest date at which something happens by itself.
  Instant next() const;

  // So many of a node's devices fail, or are taken out for maintenance, at `now`; `repair` brings as many back. Faults of one
  // node add up. Followed by settle(now).
  void fail(Instant now, NodeId node, int units, const std::string& state, std::int64_t cause, const std::string& reason);
  void repair(Instant now, NodeId node, int units, const std::string& reason);
  // A change of state that leaves the flow alone: a server that fails and goes on drawing power.
  void tell(Instant now, NodeId node, const std::string& state, const std::string& reason, std::int64_t cause = 0);

  // Throws ContractError: a node's power does not balance, or the elements never come to rest.
  void settle(Instant now);

  // Of the last settle(): nodes whose flow changed, in no order, some of them twice; did any feed go or come?
  std::span<const NodeId> changed() const { return changed_; }
  bool feeds_changed() const { return feeds_changed_; }

 private:
  void pass(Instant now);
  void solve();
  void note_feeds();
  void note_feed(NodeId node);
  std::string fed_as(NodeId node) const;
  void note_return(NodeId node);
  std::string state_in_service(NodeId node) const;
  bool ask(std::size_t element);
  bool ask_all();
  bool ask_watched();

  PowerState shared_;
  std::vector<std::unique_ptr<Element>> elements_;
  Breakers breakers_;
  std::set<std::pair<Instant, std::size_t>> dates_;   // of elements_
  std::vector<Instant> planned_;                      // of elements_: its entry in dates_
  std::vector<std::size_t> active_, alarmed_;         // elements that move between events; that are loaded above their alarm
  std::vector<std::int32_t> element_of_;              // of each node; -1
  std::vector<double> alarm_va2_;                     // of each node: the square of the output above which its element is asked
  std::vector<char> energised_;                       // as last noted
  std::vector<NodeId> returned_;                      // repaired or reset, not solved yet
  std::vector<NodeId> changed_;
  Instant passed_;
  bool feeds_changed_ = false;
};

}  // namespace headroom
