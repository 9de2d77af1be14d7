#include "sim/servers/servers.h"

#include <cmath>

namespace headroom {
namespace {

constexpr double unit = 1 << 30;

double share(std::int64_t busy, std::int32_t offered) { return offered == 0 ? 0.0 : static_cast<double>(busy) / (unit * offered); }

}  // namespace

Servers::Servers(const PowerGraph& graph, const std::vector<Resources>& offered) : graph_(graph), offered_(offered), busy_(offered.size()) {}

void Servers::occupy(const Piece& piece, double utilisation, int sign) {
  std::int64_t const each = sign * std::llround(utilisation * unit);
  Busy& busy = busy_[static_cast<std::size_t>(piece.server)];
  busy.cores += each * piece.resources.cores;
  busy.gpus += each * piece.resources.gpus;
}

Power Servers::power(ServerId server) const {
  auto const i = static_cast<std::size_t>(server);
  ServerSpec const& spec = graph_.server_types[static_cast<std::size_t>(graph_.servers[i].type)];
  return server_power(spec.power, {share(busy_[i].cores, offered_[i].cores), share(busy_[i].gpus, offered_[i].gpus)});
}

}  // namespace headroom
