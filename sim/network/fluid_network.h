// Flows that share links max-min fair, in memory: the model `ideal` without SimGrid.
//
// A flow travels for the latencies of its route, then transmits. Rates are filled up evenly until a link (or a flow's own
// limit) is full; its flows keep what they have, the others go on (water filling, Bertsekas and Gallager, Data Networks, 6.5).
#pragma once

#include <map>
#include <set>
#include <vector>

#include "base/time.h"
#include "sim/engine/executor.h"

namespace headroom {

class FluidNetwork {
 public:
  explicit FluidNetwork(std::vector<SharedLink> links);

  void send(Instant now, Executor::Transfer transfer, std::span<const Flow> flows);
  void stop(Instant now, Executor::Transfer transfer);
  void left(Instant now, Executor::Transfer transfer, std::vector<double>& bytes) const;
  void rates(std::span<const std::int32_t> links, std::vector<double>& bit_per_s);
  // When the next flow has arrived or begins to transmit, if nothing changes.
  Instant next();
  // To this date, which is not after next(). Appends the transfers that arrive at it, by number.
  void advance(Instant now, std::vector<Executor::Transfer>& arrived);

 private:
  struct Moving {
    Executor::Transfer transfer = 0;
    std::vector<std::int32_t> route;
    double rate_limit = 0;             // bytes/s; 0: none
    double left = 0;                   // bytes, at `since`
    Instant transmits;                 // from here on
    double rate = 0;                   // bytes/s
    Instant since, end = never;
    bool is_over = false;
  };

  void share(Instant now);
  void fill(std::vector<Moving*>& open);
  static double left_at(const Moving& flow, Instant now) { return flow.left - flow.rate * (now - flow.since).seconds(); }

  std::vector<SharedLink> links_;
  std::map<Executor::Transfer, std::vector<Moving>> transfers_;
  bool is_stale_ = false;              // has anything begun or ended since rates were shared out?
  Instant now_, next_ = never;
  std::vector<double> spare_;          // of each link, while rates are filled
  std::vector<std::int32_t> open_on_;  // flows on each link that still grow
};

}  // namespace headroom
