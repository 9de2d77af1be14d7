// What the network draws beyond its idle power: traffic through switches, and what links save that sleep.
//
//   P = power + ports in use x port_power + what is plugged into them (topologies/graph/switches.cpp)
//       + energy_per_bit x bit/s that leave - (port and plug) of each link that sleeps
// A link sleeps when nothing has gone over it for its fabric's sleep_after; whoever sends over it then waits wake_time.
#pragma once

#include <set>
#include <span>
#include <utility>
#include <vector>

#include "base/time.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

class NetworkPower {
 public:
  explicit NetworkPower(const PowerGraph& graph);

  // Does traffic change what anything draws?
  bool follows_traffic() const { return !metered_.empty(); }
  bool sleeps() const { return !links_.empty(); }

  // The channels that leave switches whose power follows their traffic; and what goes over them now, in the same order.
  std::span<const Channel> metered_channels() const { return channels_; }
  void set_traffic(std::span<const double> bit_per_s);

  // One flow more or less goes over these channels. Of a beginning: how long its links take to wake.
  Duration begin(std::span<const Channel> route);
  void end(Instant now, std::span<const Channel> route);
  // The next date at which a link falls asleep; and those that do.
  Instant next() const { return asleep_at_.empty() ? never : asleep_at_.begin()->first; }
  void step(Instant now);

  // Nodes whose power is another now, with it; each once since they were last taken.
  std::vector<std::pair<NodeId, Power>> take_changes();

 private:
  struct Drawn {
    Power base, traffic, saved;
    bool changed = false;
  };
  struct SleepingLink {
    int flows = 0;
    bool asleep = false;
    Instant due = never;
    std::vector<std::pair<NodeId, Power>> ends;      // who saves what while it sleeps
  };
  struct Metered {
    NodeId node;
    EnergyPerData energy_per_bit;
    std::size_t first = 0, last = 0;                 // into channels_
  };
  void change(NodeId node, Power Drawn::*part, Power by);
  void set_asleep(SleepingLink& link, bool asleep);
  void set_due(std::int32_t link, Instant due);

  const NetworkGraph& network_;
  std::vector<Drawn> drawn_;                         // by node of the power graph; empty where nothing follows traffic or sleeps
  std::vector<NodeId> changed_;
  std::vector<Metered> metered_;
  std::vector<Channel> channels_;
  std::vector<SleepingLink> links_;                  // by link; empty where none sleeps
  std::set<std::pair<Instant, std::int32_t>> asleep_at_;
};

}  // namespace headroom
