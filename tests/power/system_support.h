// The power path in time, driven by hand: a site written in place, a clock that stops at every date, the chain of changes.
#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/power/power_system.h"
#include "topologies/read_site.h"

namespace headroom {

inline PowerGraph graph_of(const std::string& text) { return build_power_graph(read_site_text("kind: site\nversion: 1\nname: s\n" + text, "site.yaml")); }

// One hall, one group of racks of servers that deliver what they are told to: 0 W to `full`, at the wall, power factor 1.
inline std::string racks_of(const std::string& rest, const std::string& full = "100 kW", int supplies = 1) {
  return "halls: [{name: h, racks: [{name: r, servers: [{type: {cores: 1, memory: 1 GB, supplies: " + std::to_string(supplies) + ", power: {linear: {idle: 0 W, full: " + full +
         "}}}}], " + rest + "}]}]\n";
}

// Nothing of its own is lost: 100 kW in, 100 kW out.
inline std::string lossless_ups(const std::string& rest = "") {
  return "{rated_power: 100 kW, rated_apparent_power: 100 kVA, efficiency: [{load: 0.25, efficiency: 1}, {load: 0.5, efficiency: 1}, {load: 1, efficiency: 1}]" + rest + "}";
}

// 1 kWh at up to 100 kW, without losses.
inline std::string battery_1_kwh(const std::string& rest = "") { return "{capacity: 1 kWh, rated_power: 100 kW" + rest + "}"; }

// Servers below one UPS `u` of so many modules.
inline std::string below_ups(const std::string& ups, const std::string& battery, int count = 1) {
  return racks_of("feeds: [u]") + "power:\n  oversubscribed: true\n  nodes:\n    - {name: mains, utility: {voltage: 400 V}}\n    - {name: u, count: " + std::to_string(count) + ", ups: " + ups +
         (battery.empty() ? "" : ", battery: {type: " + battery + "}") + "}\n  circuits: [{from: mains, to: u}]\n";
}

class PathInTime {
 public:
  explicit PathInTime(const std::string& site, std::uint64_t seed = 1, std::optional<Duration> reset_after = {}) : PathInTime(graph_of(site), seed, reset_after) {}
  PathInTime(PowerGraph built, std::uint64_t seed, std::optional<Duration> reset_after)
      : graph(std::move(built)), system(graph, seed, [this](const Change& change) { changes.push_back(change); }, reset_after) {
    input_j.resize(graph.nodes.size());
    stored_j.resize(graph.nodes.size());
    settle();
  }

  PowerGraph const graph;
  std::vector<Change> changes;
  PowerSystem system;
  Instant now;
  std::vector<double> input_j, stored_j;      // that went into each node and into its battery so far

  NodeId node(const std::string& name) const {
    auto const id = graph.find(name);
    INFO(name);
    REQUIRE(id);
    return *id;
  }
  const NodeFlow& at(const std::string& name) const { return system.flow().at(node(name)); }
  bool live(const std::string& name) const { return at(name).energised; }

  // On to a date, through everything that happens on the way.
  void run_to(double s) {
    auto const target = Instant{} + *round_to_duration(s);
    while (system.next() <= target) {
      REQUIRE(system.next() >= now);
      elapse(system.next());
      settle();
    }
    elapse(target);
  }
  void fail(const std::string& name, int units = 0) {
    system.fail(now, node(name), units == 0 ? count(name) : units, "failed", 0, "event");
    settle();
  }
  void repair(const std::string& name, int units = 0) {
    system.repair(now, node(name), units == 0 ? count(name) : units, "repaired");
    settle();
  }
  void load(int server, double watts) {
    system.flow().set_server_power({server}, watts * watt);
    settle();
  }
  void settle() { system.settle(now); }

  // When an element first took this state, in s; -1: never.
  double when(const std::string& element, const std::string& to, int number = 1) const {
    for (auto const& change : changes)
      if (change.element == element && change.to == to && --number == 0) return change.when.seconds();
    return -1;
  }
  const Change& change(const std::string& element, const std::string& to) const {
    auto const found = std::ranges::find_if(changes, [&](const Change& change) { return change.element == element && change.to == to; });
    INFO(element << " -> " << to << "\n" << story());
    REQUIRE(found != changes.end());
    return *found;
  }
  // The change behind all others, up the chain from this one.
  const Change& root_of(const Change& last) const {
    Change const* change = &last;
    while (change->cause != 0) {
      REQUIRE(change->cause < change->id);
      change = &changes[static_cast<std::size_t>(change->cause) - 1];
    }
    return *change;
  }
  std::string story() const {
    std::string text;
    for (auto const& c : changes) text += std::to_string(c.id) + " " + std::to_string(c.when.seconds()) + " " + c.element + ": " + c.from + " -> " + c.to + " (" + c.reason + ", " + std::to_string(c.cause) + ")\n";
    return text;
  }

 private:
  void elapse(Instant until) {
    double const seconds = (until - now).seconds();
    for (std::size_t i = 0; i < input_j.size(); ++i) {
      NodeFlow const& flow = system.flow().at({static_cast<std::int32_t>(i)});
      input_j[i] += flow.input.p.si() * seconds;
      stored_j[i] += flow.stored.si() * seconds;
    }
    now = until;
  }
  int count(const std::string& name) const { return graph.nodes[static_cast<std::size_t>(node(name))].count; }
};

}  // namespace headroom
