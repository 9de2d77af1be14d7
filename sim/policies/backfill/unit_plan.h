// A plan of conservative backfilling that counts units, kept from one decision to the next while it holds.
#pragma once

#include <vector>

#include "base/amount.h"
#include "base/time.h"

namespace headroom {

struct Units {
  std::int64_t servers = 0;
  Amount cores{}, gpus{};
  bool within(const Units& limit) const { return servers <= limit.servers && cores <= limit.cores && gpus <= limit.gpus; }
  Units& operator+=(const Units& b) { servers += b.servers; cores += b.cores; gpus += b.gpus; return *this; }
  Units& operator-=(const Units& b) { servers -= b.servers; cores -= b.cores; gpus -= b.gpus; return *this; }
  bool operator==(const Units&) const = default;
};

// What is expected to be free from now on.
class UnitProfile {
 public:
  void begin(Instant now, const Units& free) {
    steps_.assign(1, {now, free});
    first_ = 0;
  }
  // Something that is held now becomes free; to be told in the order of time.
  void frees(Instant end, const Units& units);
  // Forgets what lies before.
  void advance(Instant now);
  const Units& free_now() const { return steps_[first_].free; }
  // Takes the units from the earliest time at which they are free for that long; never: there is none.
  Instant reserve(const Units& need, Duration length);

 private:
  struct Step {
    Instant from;                  // to the next step's
    Units free;
  };
  std::vector<Step> steps_;
  std::size_t first_ = 0;          // what lies before it has passed
};

struct UnitPlan {
  struct Reservation {
    std::int64_t arrival = 0;      // of the job
    Instant start;                 // never: nothing in the plan makes room for it
    Instant expected_end;
    std::int32_t job = 0;
    Units units;
  };
  struct Running {
    Instant expected_end;
    std::int32_t job = 0;
    Units units;
    bool operator<(const Running& b) const { return expected_end != b.expected_end ? expected_end < b.expected_end : job < b.job; }
    bool operator==(const Running&) const = default;
  };
  bool made = false, whole_servers = false;
  Units total;                               // free and held
  UnitProfile profile;
  std::vector<Reservation> reservations;     // of the first jobs of the queue, in its order
  std::vector<Running> running;              // as they will be if all goes by the plan; by expected end
};

}  // namespace headroom
