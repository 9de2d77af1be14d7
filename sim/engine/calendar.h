// Dates known in closed form, ends of fixed-rate jobs among them. Exact, and in a fixed order at equal times.
#pragma once

#include <queue>
#include <vector>

#include "base/time.h"

namespace headroom {

class Calendar {
 public:
  struct Entry {
    Instant when;
    std::int64_t sequence;      // of the job's start: earlier started, earlier ended
    std::int32_t job;
    bool operator>(const Entry& b) const { return when != b.when ? when > b.when : sequence > b.sequence; }
  };

  void add(Instant when, std::int32_t job) { entries_.push({when, next_++, job}); }
  Instant next() const { return entries_.empty() ? never : entries_.top().when; }
  // The jobs dated `now`, in order.
  void take(Instant now, std::vector<std::int32_t>& jobs) {
    for (; !entries_.empty() && entries_.top().when == now; entries_.pop()) jobs.push_back(entries_.top().job);
  }

 private:
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> entries_;
  std::int64_t next_ = 0;
};

}  // namespace headroom
