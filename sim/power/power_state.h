// What the elements of the power path share: the flow, the time, and the chain of changes.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "sim/power/flow.h"

namespace headroom {

// A change of state of one element, and the change that led to it.
struct Change {
  std::int64_t id = 0;             // from 1, in the order in which they happen
  Instant when;
  std::string element, from, to;
  std::int64_t cause = 0;          // 0: it begins a chain
  std::string reason;
};
using ChangeSink = std::function<void(const Change&)>;

class PowerState {
 public:
  // `reset_after`: how long after an overload has opened something it is closed again; never by default.
  PowerState(const PowerGraph& graph, std::uint64_t seed, ChangeSink sink, std::optional<Duration> reset_after);

  PowerFlow flow;
  Instant now;
  std::uint64_t const seed;

  const PowerGraph& graph() const { return flow.graph(); }
  const PowerNode& node(NodeId id) const { return graph().nodes[static_cast<std::size_t>(id)]; }

  // Returns the id of the change; 0 and no change where the node is in that state already.
  std::int64_t change(NodeId node, const std::string& to, std::int64_t cause, const std::string& reason);
  std::int64_t change_connection(NodeId node, std::size_t parent, const std::string& to, std::int64_t cause, const std::string& reason);
  const std::string& state(NodeId node) const;
  std::int64_t last_change(NodeId node) const;
  std::int64_t last_change() const { return changes_; }      // of anything

  // The latest change that explains why a node has no input, or why it has one again.
  std::int64_t why_no_input(NodeId node) const;
  std::int64_t why_input(NodeId node) const;

  // The source that a node draws from, over its first live connections; itself on battery; invalid without one.
  NodeId source_of(NodeId node) const;
  // A generator takes load in steps: when may this node put so much on the source it draws from? Now, or later: ask again.
  Instant admit(NodeId node, double load_w);
  using Admission = std::function<Instant(double load_w)>;
  void set_admission(NodeId source, Admission admission) { admissions_[source.index] = std::move(admission); }

  // Who calls for generators, and which of them calls for this one.
  using Caller = std::function<bool(NodeId generator)>;
  void add_caller(NodeId node, Caller calls) { callers_.emplace_back(node, std::move(calls)); }
  bool called_for(NodeId generator) const { return caller_of(generator).valid(); }
  std::int64_t why_called(NodeId generator) const { return last_change(caller_of(generator)); }

  // An overload opened a connection, or took a node out; both stay so until they are reset.
  void trip(NodeId node, std::size_t parent);
  Instant next_reset() const { return resets_.empty() ? never : resets_.begin()->when; }
  // Closes what is due; returns the nodes that are back.
  std::vector<NodeId> reset_due();
  bool tripped(NodeId node, std::size_t parent) const { return tripped_connections_.contains({node, parent}); }
  void trip(NodeId node);
  void reset(NodeId node);           // also by its repair
  bool tripped(NodeId node) const { return tripped_nodes_.contains(node); }
  // So many devices of a node are failed or in maintenance.
  void set_out(NodeId node, int units);
  int out(NodeId node) const;

 private:
  struct Known {
    std::string state;
    std::int64_t last_change = 0;
  };
  std::int64_t write(std::unordered_map<std::int64_t, Known>& known, std::int64_t key, const std::string& first, const std::string& element,
                     const std::string& to, std::int64_t cause, const std::string& reason);
  void apply_units(NodeId node);
  void plan_reset(NodeId node, std::size_t parent);
  NodeId caller_of(NodeId generator) const;

  static constexpr std::size_t whole_node = SIZE_MAX;
  struct Reset {
    Instant when;
    NodeId node;
    std::size_t parent;            // or whole_node
    auto operator<=>(const Reset&) const = default;
  };

  ChangeSink sink_;
  std::optional<Duration> reset_after_;
  std::set<Reset> resets_;
  std::int64_t changes_ = 0;
  std::unordered_map<std::int64_t, Known> nodes_, connections_;     // those that have changed; looked up only, never walked
  std::set<std::pair<NodeId, std::size_t>> tripped_connections_;
  std::set<NodeId> tripped_nodes_;
  std::unordered_map<std::int32_t, int> out_;
  std::unordered_map<std::int32_t, Admission> admissions_;
  std::vector<std::pair<NodeId, Caller>> callers_;
};

}  // namespace headroom
