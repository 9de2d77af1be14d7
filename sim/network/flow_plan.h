// From a phase of a job's traffic to flows on the network: which fabric, which port, which way.
#pragma once

#include <optional>
#include <vector>

#include "sim/model/model.h"
#include "sim/network/network_links.h"
#include "sim/network/patterns.h"
#include "topologies/network/routes.h"

namespace headroom {

struct RoutedFlow {
  std::int32_t from = 0, to = 0;         // servers; of a place outside: the job's own end twice
  double bytes = 0;
  double rate_limit_bit_per_s = 0;       // at detail rack: of the ports that take part
  std::uint32_t first = 0, last = 0;     // into RoutedPhase::channels
  std::int32_t fabric = 0;
  bool crosses_racks = false, leaves_site = false;
};

struct RoutedPhase {
  std::vector<RoutedFlow> flows;
  std::vector<Channel> channels;
  double bytes = 0;                      // sent, whatever the way
  double latency_s = 0;                  // of all rounds
  double transmission_s = 0;             // alone on the network
  double more_latency_s = 0;             // of the rounds after the first
  bool reachable = true;                 // false: some ends have no way to each other now; nothing is routed then

  std::span<const Channel> route(const RoutedFlow& flow) const { return {channels.data() + flow.first, flow.last - flow.first}; }
  // How long so much of it takes alone.
  double alone_s(double share) const { return flows.empty() ? 0 : latency_s + share * transmission_s; }
};

class FlowPlan {
 public:
  // All must outlive it.
  FlowPlan(const Model& model, const NetworkLinks& links, Routes& routes);

  // `job` enters the choice among equal ways. A fabric is the first of `use` on which both ends hang and are alive.
  RoutedPhase route(const Phase& phase, const Allocation& servers, const TrafficUse& use, std::uint32_t job);

 private:
  struct End {
    std::int32_t server = -1;
    VertexId place{};
  };
  std::optional<VertexId> vertex(const End& end, std::int32_t fabric) const;
  bool add(const End& from, const End& to, double bytes, const TrafficUse& use, std::uint32_t job, RoutedPhase& out);
  bool add_on(std::int32_t fabric, VertexId from, VertexId to, const RoutedFlow& flow, std::uint32_t job, RoutedPhase& out);
  void merge_between_leaves(RoutedPhase& phase) const;
  void time_alone(RoutedPhase& phase, int rounds) const;

  const PowerGraph& graph_;
  const NetworkGraph& network_;
  const NetworkLinks& links_;
  NetworkDetail const detail_;
  Routes& routes_;
};

}  // namespace headroom
