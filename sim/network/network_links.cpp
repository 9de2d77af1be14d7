#include "sim/network/network_links.h"

namespace headroom {

NetworkLinks::NetworkLinks(const NetworkGraph& graph, NetworkDetail detail) {
  of_channel.assign(2 * graph.links.size(), -1);
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    NetworkLink const& link = graph.links[i];
    if (detail == NetworkDetail::rack && link.tier == 0) continue;
    std::int32_t const there = static_cast<std::int32_t>(links.size()), back = link.shared ? there : there + 1;
    of_channel[2 * i] = there;
    of_channel[2 * i + 1] = back;
    links.push_back({link.rate.si(), link.latency.seconds(), back});
    if (!link.shared) links.push_back({link.rate.si(), link.latency.seconds(), there});
  }
  for (auto const& backplane : graph.backplanes) {
    of_backplane.push_back(static_cast<std::int32_t>(links.size()));
    links.push_back({backplane.rate.si(), backplane.latency.seconds(), of_backplane.back()});
  }
}

void NetworkLinks::along(const NetworkGraph& graph, std::span<const Channel> route, std::vector<std::int32_t>& out) const {
  for (Channel channel : route) {
    if (std::int32_t const link = of_channel[static_cast<std::size_t>(channel)]; link >= 0) out.push_back(link);
    std::int32_t const backplane = graph.vertices[static_cast<std::size_t>(graph.target(channel))].backplane;
    if (backplane >= 0) out.push_back(of_backplane[static_cast<std::size_t>(backplane)]);
  }
}

}  // namespace headroom
