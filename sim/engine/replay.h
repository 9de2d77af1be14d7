// Plays series of measurements on servers and constant loads: all of a row at once, one update of the site for each row.
#pragma once

#include <memory>
#include <vector>

#include "sim/engine/site_in_time.h"
#include "workloads/series.h"

namespace headroom {

class Replay {
 public:
  // The series of the model's workloads, in their order; they must outlive it. Throws InputError: a series has more columns
  // than it has servers or loads to play on.
  Replay(const Model& model, std::span<const std::unique_ptr<SeriesSource>> series);

  // When a series has its next row, or ends.
  Instant next() const;
  void play(Instant now, SiteInTime& site);

 private:
  struct Player {
    SeriesSource* source;
    const WorkloadUse* use;
    Instant next;
    std::vector<double> values;      // from `next` on
    bool over = false;               // nothing comes at `next` but the end
  };
  void set(const Player& player, SiteInTime& site) const;
  static void read(Player& player);

  const Model& model_;
  std::vector<Player> players_;
};

}  // namespace headroom
