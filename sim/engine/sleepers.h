// Servers without work, and when each of them has been without for so long that it is switched off.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "base/time.h"
#include "sim/policies/capacity.h"

namespace headroom {

class Sleepers {
 public:
  // Without `after` nobody ever sleeps.
  Sleepers(std::optional<Duration> after, std::size_t servers) : after_(after), since_(after ? servers : 0, never) {
    for (std::size_t i = 0; i < since_.size(); ++i) idle(Instant{}, static_cast<std::int32_t>(i));
  }

  void idle(Instant now, std::int32_t server) {
    if (!after_ || now + *after_ > Instant{} + longest_duration) return;
    since_[static_cast<std::size_t>(server)] = now;
    due_.push_back({now + *after_, server});
  }
  void busy(std::int32_t server) {
    if (after_) since_[static_cast<std::size_t>(server)] = never;
  }
  // Those that a job has left and that have nothing else to do.
  void left(Instant now, const Allocation& where, const Capacity& capacity) {
    if (!after_) return;
    for (auto const& piece : where)
      if (capacity.is_idle(piece.server)) idle(now, piece.server);
  }
  void taken(const Allocation& where) {
    if (!after_) return;
    for (auto const& piece : where) busy(piece.server);
  }

  Instant next() const { return due_.empty() ? never : due_.front().when; }
  // Those that have been idle for so long now.
  std::vector<std::int32_t> take(Instant now) {
    std::vector<std::int32_t> out;
    for (; next() <= now; due_.pop_front()) {
      Instant const since = since_[static_cast<std::size_t>(due_.front().server)];
      if (since != never && since + *after_ == due_.front().when) out.push_back(due_.front().server);
    }
    return out;
  }

 private:
  struct Due {
    Instant when;
    std::int32_t server;
  };
  std::optional<Duration> after_;
  std::vector<Instant> since_;      // of each server: without work since; never: at work
  std::deque<Due> due_;             // in the order of time, as all wait equally long
};

}  // namespace headroom
