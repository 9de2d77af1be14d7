// The servers and the path that feeds them, settled together: loads go up, feeds come down, until both are quiet.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/power/power_system.h"
#include "sim/servers/servers.h"

namespace headroom {

class FedServers {
 public:
  // `offered` must outlive it.
  FedServers(const PowerGraph& graph, const std::vector<Resources>& offered, std::uint64_t seed, ChangeSink sink, std::optional<Duration> reset_after)
      : path(graph, seed, std::move(sink), reset_after), servers(graph, offered) {}

  PowerSystem path;
  Servers servers;

  Instant next() const { return std::min(path.next(), servers.next()); }

  void occupy(const Piece& piece, const Utilisations& utilisation, int sign) {
    servers.occupy(piece, utilisation, sign);
    touch(piece.server);
  }
  // A server's power may be another now.
  void touch(std::int32_t server) { touched_.push_back(server); }
  // The path must settle though no server changed.
  void disturb() { disturbed_ = true; }

  // `settled` is called each time the path has come to rest: path.changed() and path.feeds_changed() tell what is new.
  template <class Settled>
  void settle(Instant now, Settled settled) {
    while (true) {
      servers.step(now, touched_);
      if (touched_.empty() && !disturbed_ && path.next() > now) return;
      disturbed_ = false;
      for (std::int32_t server : touched_) path.flow().set_server_power({server}, servers.power({server}));
      touched_.clear();
      path.settle(now);
      if (path.feeds_changed()) look_at_feeds(now);
      settled();
    }
  }

 private:
  void look_at_feeds(Instant now) {
    for (NodeId node : path.changed()) {
      std::int32_t const server = path.flow().graph().nodes[static_cast<std::size_t>(node)].server;
      if (server >= 0 && servers.feed(now, {server}, path.flow().at(node).energised)) touch(server);
    }
  }

  std::vector<std::int32_t> touched_;
  bool disturbed_ = false;
};

}  // namespace headroom
