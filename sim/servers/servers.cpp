#include "sim/servers/servers.h"

#include <bit>
#include <cmath>

namespace headroom {
namespace {

// One unit of so many, in parts so fine that all of them together fill 62 bits.
std::int64_t parts(std::int32_t offered) { return std::int64_t{1} << (62 - std::bit_width(static_cast<std::uint32_t>(offered))); }

std::int64_t busy_parts(double utilisation, std::int32_t units, std::int32_t offered) {
  return std::llround(utilisation * static_cast<double>(parts(offered))) * units;
}

double share(std::int64_t busy, std::int32_t offered) { return offered == 0 ? 0.0 : static_cast<double>(busy) / (static_cast<double>(parts(offered)) * offered); }

}  // namespace

Servers::Servers(const PowerGraph& graph, const std::vector<Resources>& offered) : graph_(graph), offered_(offered), busy_(offered.size()) {}

void Servers::occupy(const Piece& piece, double utilisation, int sign) {
  auto const i = static_cast<std::size_t>(piece.server);
  busy_[i].cores += sign * busy_parts(utilisation, piece.resources.cores, offered_[i].cores);
  busy_[i].gpus += sign * busy_parts(utilisation, piece.resources.gpus, offered_[i].gpus);
}

Power Servers::power(ServerId server) const {
  auto const i = static_cast<std::size_t>(server);
  ServerSpec const& spec = graph_.server_types[static_cast<std::size_t>(graph_.servers[i].type)];
  return server_power(spec.power, {share(busy_[i].cores, offered_[i].cores), share(busy_[i].gpus, offered_[i].gpus)});
}

}  // namespace headroom
