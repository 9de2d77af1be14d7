// What measures of a site over time share: the run's clock on the wall, signals as they were recorded, and intervals cut
// exactly where something changes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "conditions/calendar.h"
#include "sim/results/run_file.h"

namespace headroom {

// Energy of one interval in which the power is taken as constant; equal ones side by side may be one.
struct EnergyPiece {
  std::int64_t from_ns = 0, to_ns = 0;
  double energy_j = 0;
};

// What held from each moment to the next, the last to end_ns.
struct Track {
  std::vector<std::int64_t> from_ns;
  std::vector<double> values;
  std::int64_t end_ns = 0;
  bool empty() const { return values.empty(); }
};

// Months by the site's clock. Seconds are exact: start is a whole second.
class RunClock {
 public:
  explicit RunClock(const RunReader& run);
  std::int64_t start_unix_s() const { return start_s_; }
  std::int64_t end_ns() const { return end_ns_; }
  double hours() const { return static_cast<double>(end_ns_) / 3.6e12; }
  const TimeZone& zone() const { return zone_; }
  struct Month {
    std::string name;                      // 2024-03
    std::int64_t from_ns = 0, to_ns = 0;   // within the run
  };
  std::vector<Month> months() const;

 private:
  std::int64_t start_s_ = 0, end_ns_ = 0;
  TimeZone zone_;
};

// The recorded signal of this name; empty where the run has none.
Track recorded_track(const RunReader& run, const std::string& name);
// The total of this quantity over the run, all halls together; absent where the run does not have it.
std::optional<double> quantity_total(const RunReader& run, const std::string& name);
std::vector<EnergyPiece> quantity_pieces(const RunReader& run, const std::string& name);

std::vector<EnergyPiece> energy_pieces(const RunReader& run, int node);

// Calls take(energy_j, value) for every part of a piece within which the track holds one value. The parts of a piece are its
// energy in proportion to their time, so they add up to it. What the track does not cover gets no call.
template <class Take>
void cut_at_changes(const std::vector<EnergyPiece>& pieces, const Track& track, Take take) {
  std::size_t at = 0;
  for (auto const& piece : pieces) {
    double const length = static_cast<double>(piece.to_ns - piece.from_ns);
    std::int64_t from = piece.from_ns;
    while (from < piece.to_ns && !track.empty()) {
      while (at + 1 < track.from_ns.size() && track.from_ns[at + 1] <= from) ++at;
      while (at > 0 && track.from_ns[at] > from) --at;
      std::int64_t const until = at + 1 < track.from_ns.size() ? track.from_ns[at + 1] : track.end_ns;
      std::int64_t const to = std::min(piece.to_ns, from < track.from_ns[at] ? track.from_ns[at] : until);
      if (to <= from) break;             // behind the track's end
      if (from >= track.from_ns[at]) take(to - from == piece.to_ns - piece.from_ns ? piece.energy_j : piece.energy_j * (static_cast<double>(to - from) / length), track.values[at]);
      from = to;
    }
  }
}

// The energy within each month, cut the same way.
std::vector<double> by_month(const std::vector<EnergyPiece>& pieces, const std::vector<RunClock::Month>& months);

}  // namespace headroom
