#include "sim/engine/site_in_time.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/engine/record.h"

namespace headroom {
namespace {

ChangeSink to_file(RunFile& file) {
  return [&file](const Change& change) { file.change({change.id, change.when.ns, change.element, change.from, change.to, change.cause, change.reason}); };
}

}  // namespace

SiteInTime::SiteInTime(const Model& model, RunFile& file)
    : model_(model), graph_(model.graph), faults_(model.faults, static_cast<std::uint64_t>(model.scenario.seed)),
      fed_(model.graph, model.servers, static_cast<std::uint64_t>(model.scenario.seed), to_file(file), model.scenario.reset_after),
      meters_(fed_.path.flow(), recorded_every(model), model.scenario.record.every, file),
      controls_(model, fed_, file),
      reach_(model.graph, static_cast<std::uint64_t>(model.scenario.seed)), speed_(model.graph.halls.size(), 1.0), is_shut_(model.graph.halls.size(), 0),
      failed_(model.servers.size(), 0) {}

Instant SiteInTime::next() const { return std::min({faults_.next(), fed_.next(), controls_.next()}); }
Instant SiteInTime::next_hope() const {
  bool const shut = std::ranges::find(is_shut_, 1) != is_shut_.end();
  return std::min({faults_.next_hope(), fed_.next(), shut ? controls_.next() : never});
}

void SiteInTime::sleep(std::int32_t server) {
  fed_.servers.sleep({server});
  fed_.touch(server);
}

Instant SiteInTime::wake(Instant now, std::int32_t server) {
  Instant const up = fed_.servers.wake(now, {server});
  fed_.touch(server);
  return up;
}

void SiteInTime::take_faults(Instant now) {
  if (faults_.next() > now) return;
  for (auto const& fact : faults_.take(now))
    for (NodeId node : *fact.nodes) fact.begins ? begin(now, node, fact) : end(now, node, fact);
}

// A failed server that goes on drawing power keeps its feed.
bool SiteInTime::stays_fed(NodeId node) const {
  return graph_.nodes[static_cast<std::size_t>(node)].kind == NodeKind::server && model_.scenario.failed_server_power == FailedServerPower::idle;
}

void SiteInTime::begin(Instant now, NodeId id, const FaultCalendar::Fact& fact) {
  PowerNode const& node = graph_.nodes[static_cast<std::size_t>(id)];
  if (stays_fed(id)) fed_.path.tell(now, id, fact.state, fact.reason);
  else fed_.path.fail(now, id, fact.units == 0 ? node.count : fact.units, fact.state, 0, fact.reason);
  fed_.disturb();
  if (node.server < 0) return;
  if (failed_[static_cast<std::size_t>(node.server)]++ == 0) fed_.servers.fail(now, {node.server});
  fed_.touch(node.server);
}

void SiteInTime::end(Instant now, NodeId id, const FaultCalendar::Fact& fact) {
  PowerNode const& node = graph_.nodes[static_cast<std::size_t>(id)];
  bool const last = node.server < 0 || --failed_[static_cast<std::size_t>(node.server)] == 0;
  if (!stays_fed(id)) fed_.path.repair(now, id, fact.units == 0 ? node.count : fact.units, "repaired");
  else if (last) fed_.path.tell(now, id, "live", "repaired");
  fed_.disturb();
  if (node.server < 0 || !last) return;
  // out of service itself, it sees its feed when the path has settled
  fed_.servers.repair(now, {node.server}, stays_fed(id) && fed_.path.flow().at(id).energised);
  fed_.touch(node.server);
}

void SiteInTime::settle(Instant now) {
  now_ = now;
  if (controls_.next() <= now) {
    controls_.pass(now);
    follow_controls(now);
    fed_.disturb();
  }
  settle_once(now);
  while (std::exchange(switches_to_see_, false) && look_at_switches(now)) settle_once(now);
}

void SiteInTime::settle_once(Instant now) {
  fed_.settle(now, [&] {
    meters_.update(now, fed_.path.changed(), fed_.path.feeds_changed());
    if (controls_.look(now)) {
      follow_controls(now);
      fed_.disturb();
    }
    if (!fed_.path.feeds_changed()) return;
    count_dark(now);
    switches_to_see_ = reach_.has_network();
  });
}

// --- halls that are too warm, servers that are slowed ---

void SiteInTime::follow_controls(Instant now) {
  if (!controls_.slows()) return;
  for (int hall = 0; hall < std::ssize(graph_.halls); ++hall) {
    auto const h = static_cast<std::size_t>(hall);
    double const speed = controls_.speed(hall);
    if (controls_.is_shut(hall) && is_shut_[h] == 0) shut_hall(now, hall);
    if (!controls_.is_shut(hall) && is_shut_[h] != 0) reopen_hall(now, hall);
    if (is_shut_[h] != 0 || std::exchange(speed_[h], speed) == speed) continue;
    speed_changed_ = true;
    for (std::size_t server = 0; server < graph_.servers.size(); ++server)
      if (graph_.servers[server].hall == hall && fed_.servers.set_speed({static_cast<std::int32_t>(server)}, speed)) fed_.touch(static_cast<std::int32_t>(server));
  }
}

void SiteInTime::shut_hall(Instant now, int hall) {
  is_shut_[static_cast<std::size_t>(hall)] = 1;
  std::string const reason = fmt::format("{} at {:.1f} C", graph_.halls[static_cast<std::size_t>(hall)], controls_.celsius(hall));
  for (std::size_t i = 0; i < graph_.servers.size(); ++i) {
    if (graph_.servers[i].hall != hall) continue;
    auto const server = static_cast<std::int32_t>(i);
    fed_.path.fail(now, graph_.servers[i].node, 1, "shut down", 0, reason);
    if (failed_[i]++ == 0) fed_.servers.fail(now, {server});
    fed_.touch(server);
  }
}

void SiteInTime::reopen_hall(Instant now, int hall) {
  is_shut_[static_cast<std::size_t>(hall)] = 0;
  for (std::size_t i = 0; i < graph_.servers.size(); ++i) {
    if (graph_.servers[i].hall != hall) continue;
    auto const server = static_cast<std::int32_t>(i);
    fed_.path.repair(now, graph_.servers[i].node, 1, "cool again");
    if (--failed_[i] == 0) fed_.servers.repair(now, {server}, false);
    fed_.touch(server);
  }
}

// --- the network ---

// True: some servers are cut off, or reached again.
bool SiteInTime::look_at_switches(Instant now) {
  if (!reach_.look([&](NodeId node) { return fed_.path.flow().at(node).energised; })) return false;
  network_changed_ = true;
  for (std::int32_t server : reach_.lost()) cut_off(now, server);
  for (std::int32_t server : reach_.back()) rejoin(now, server);
  bool const moved = !reach_.lost().empty() || !reach_.back().empty();
  if (moved) fed_.disturb();
  return moved;
}

void SiteInTime::cut_off(Instant now, std::int32_t server) {
  fed_.path.tell(now, graph_.servers[static_cast<std::size_t>(server)].node, "cut off", "no way through the network", why_cut_off(server));
  if (failed_[static_cast<std::size_t>(server)]++ == 0) fed_.servers.cut_off(now, {server});
  fed_.touch(server);
}

void SiteInTime::rejoin(Instant now, std::int32_t server) {
  NodeId const node = graph_.servers[static_cast<std::size_t>(server)].node;
  bool const energised = fed_.path.flow().at(node).energised;
  fed_.path.tell(now, node, energised ? "live" : "dark", "the network is back");
  if (--failed_[static_cast<std::size_t>(server)] == 0) fed_.servers.rejoin({server}, energised);
  fed_.touch(server);
}

// The latest change of a dead switch next to it.
std::int64_t SiteInTime::why_cut_off(std::int32_t server) {
  std::int64_t latest = 0;
  for (std::size_t fabric = 0; fabric < graph_.network.fabrics.size(); ++fabric) {
    auto const vertex = graph_.network.of_server(static_cast<std::int32_t>(fabric), server);
    if (!vertex) continue;
    for (Channel channel : graph_.network.leaving(*vertex)) {
      VertexId const next = graph_.network.target(channel);
      if (!reach_.routes().is_alive(next)) latest = std::max(latest, fed_.path.state().last_change(graph_.network.vertices[static_cast<std::size_t>(next)].node));
    }
  }
  return latest;
}

std::vector<std::int32_t> SiteInTime::take_lost() {
  auto lost = fed_.servers.take_lost();
  if (!lost.empty()) count_down(std::ssize(lost));
  return lost;
}

std::vector<std::int32_t> SiteInTime::take_back() {
  auto back = fed_.servers.take_back();
  if (!back.empty()) count_down(-std::ssize(back));
  return back;
}

void SiteInTime::count_down(std::int64_t more) {
  dark_.server_s += static_cast<double>(servers_down_) * (now_ - down_since_).seconds();
  down_since_ = now_;
  servers_down_ += more;
}

void SiteInTime::count_dark(Instant now) {
  double const seconds = (now - dark_since_).seconds();
  dark_since_ = now;
  dark_.rack_s += racks_dark_ * seconds;
  if (racks_dark_ > 0) dark_.any_s += seconds;
  if (racks_dark_ > 0 && racks_dark_ == std::ssize(graph_.racks)) dark_.all_s += seconds;
  int const before = racks_dark_;
  racks_dark_ = static_cast<int>(std::ranges::count_if(graph_.racks, [&](const RackPlace& rack) {
    return std::ranges::none_of(rack.strips, [&](NodeId strip) { return fed_.path.flow().at(strip).energised; });
  }));
  if (before == 0 && racks_dark_ > 0) ++dark_.times;
}

std::int64_t SiteInTime::why_lost(std::int32_t server) const {
  NodeId const node = graph_.servers[static_cast<std::size_t>(server)].node;
  return std::max(fed_.path.state().last_change(node), fed_.path.state().why_no_input(node));
}

void SiteInTime::finish(Instant now) {
  count_dark(now);
  now_ = now;
  count_down(0);
  meters_.finish(now);
  controls_.finish(now);
}

}  // namespace headroom
