// The site as SimGrid knows it: servers are hosts, what flows share are links, all in one zone whose routes are handed over
// flow by flow. Which way a flow takes (equal-cost paths, rails, dead switches) is decided outside.
#pragma once

#include <simgrid/kernel/routing/NetZoneImpl.hpp>
#include <simgrid/s4u.hpp>

#include <functional>
#include <span>
#include <vector>

#include "sim/simgrid/simgrid_executor.h"

namespace headroom {

constexpr double host_flops_per_s = 1e9;       // of one core: work is measured in seconds of it

// SimGrid asks for the route when a communication starts, and for the way back when models count what acknowledges it.
class RoutesByHand : public simgrid::kernel::routing::NetZoneImpl {
 public:
  explicit RoutesByHand(const std::vector<SharedLink>& links);

  // For the next communication that starts.
  void hand(std::span<const std::int32_t> route, double latency_s) {
    route_ = route;
    latency_s_ = latency_s;
  }
  double latency_s(std::span<const std::int32_t> route) const;

  // Bytes/s over a link, as they were last shared out.
  double usage(std::int32_t link) const { return uses_[static_cast<std::size_t>(link)]->get_usage(); }

  void get_local_route(const simgrid::kernel::routing::NetPoint* from, const simgrid::kernel::routing::NetPoint* to, simgrid::kernel::routing::Route* into,
                       double* latency) override;
  void get_graph(const s_xbt_graph_t*, std::map<std::string, xbt_node_t, std::less<>>*, std::map<std::string, xbt_edge_t, std::less<>>*) override {}

 private:
  struct OneLink {
    simgrid::kernel::resource::StandardLinkImpl* link = nullptr;
    double latency_s = 0;
    std::int32_t reverse = -1;
  };
  std::vector<OneLink> links_;
  std::vector<simgrid::s4u::Link*> uses_;
  std::span<const std::int32_t> route_{};
  double latency_s_ = 0;
};

struct Platform {
  RoutesByHand* routes = nullptr;                // the engine's
  std::vector<simgrid::s4u::Host*> hosts;
  NetworkModel model = NetworkModel::ideal;
};

// Makes the engine and the platform, runs `main` on the first host as an actor of its own, and takes all of it down. What
// `main` throws comes out.
void run_on_platform(const std::vector<SimgridHost>& hosts, const SimgridNetwork& network, const std::function<void(const Platform&)>& main);

}  // namespace headroom
