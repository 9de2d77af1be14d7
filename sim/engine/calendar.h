// Dates known in closed form, ends of fixed-rate jobs among them. Exact, and in a fixed order at equal times.
#pragma once

#include <queue>
#include <unordered_set>
#include <vector>

#include "base/time.h"

namespace headroom {

class Calendar {
 public:
  using Ticket = std::int64_t;  // of one entry, from 1; earlier entered, earlier taken at equal times
  enum class What : char { begins, goes_on, sends, ends };      // goes on: at another utilisation
  struct Entry {
    Instant when;
    Ticket ticket = 0;
    std::int32_t job = 0;
    What what = What::ends;
    bool operator>(const Entry& b) const { return when != b.when ? when > b.when : ticket > b.ticket; }
  };

  Ticket add(Instant when, std::int32_t job, What what = What::ends) {
    entries_.push({when, ++last_, job, what});
    return last_;
  }
  void cancel(Ticket ticket) {
    cancelled_.insert(ticket);
    drop_cancelled();
  }
  Instant next() const { return entries_.empty() ? never : entries_.top().when; }
  // What is dated `now`, in order.
  void take(Instant now, std::vector<Entry>& out) {
    while (!entries_.empty() && entries_.top().when == now) {
      out.push_back(entries_.top());
      entries_.pop();
      drop_cancelled();
    }
  }

 private:
  void drop_cancelled() {
    while (!cancelled_.empty() && !entries_.empty() && cancelled_.erase(entries_.top().ticket) > 0) entries_.pop();
  }

  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> entries_;
  std::unordered_set<Ticket> cancelled_;     // still among the entries
  Ticket last_ = 0;
};

}  // namespace headroom
