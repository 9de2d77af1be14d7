#include "sim/engine/replay.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"

namespace headroom {

Replay::Replay(const Model& model, std::span<const std::unique_ptr<SeriesSource>> series) : model_(model) {
  auto source = series.begin();
  for (std::size_t i = 0; i < model.workloads.size(); ++i) {
    WorkloadUse const& use = model.workloads[i];
    if (!use.plays_series()) continue;
    Player player{(source++)->get(), &use, {}, {}};
    std::size_t const targets = use.servers.size() + use.loads.size();
    if (player.source->columns().size() > targets)
      throw InputError(model.scenario.workload[i].where,
                       fmt::format("workload[{}]: the series has {} columns, and {} to play them; name more of the site with on", i, player.source->columns().size(),
                                   counted(static_cast<std::int64_t>(targets), use.loads.empty() ? "server" : "load")));
    read(player);
    players_.push_back(std::move(player));
  }
}

Instant Replay::next() const {
  Instant first = never;
  for (auto const& player : players_) first = std::min(first, player.next);
  return first;
}

void Replay::play(Instant now, SiteInTime& site) {
  for (auto& player : players_) {
    if (player.next != now) continue;
    set(player, site);
    if (player.over) player.next = never;
    else read(player);
  }
}

void Replay::read(Player& player) {
  player.over = !player.source->next(player.next, player.values);
  if (player.over) std::ranges::fill(player.values, 0.0);
}

// The n-th server or load plays the n-th column; where there are fewer columns, they are played over again.
void Replay::set(const Player& player, SiteInTime& site) const {
  std::size_t const columns = player.values.size();
  for (std::size_t n = 0, column = 0; n < player.use->servers.size(); ++n) {
    site.set_background(player.use->servers[n], player.values[column]);
    if (++column == columns) column = 0;
  }
  for (std::size_t n = 0; n < player.use->loads.size(); ++n)
    site.set_load(player.use->loads[n], player.values[n % columns] * model_.graph.nodes[static_cast<std::size_t>(player.use->loads[n])].power);
}

}  // namespace headroom
