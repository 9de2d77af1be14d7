// When elements fail and come back: outages at their dates, and processes of chance, each with a stream of its own.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "sim/model/faults.h"

namespace headroom {

class FaultCalendar {
 public:
  FaultCalendar(const Faults& faults, std::uint64_t seed);

  struct Fact {
    bool begins = true;                  // or ends
    const std::vector<NodeId>* nodes = nullptr;
    int units = 0;                       // 0: all
    const char* state = "failed";        // or "maintenance"
    std::string reason;
  };

  Instant next() const { return dates_.empty() ? never : dates_.begin()->when; }
  // The same without the failures of what works: what may let a waiting job start.
  Instant next_hope() const;
  // What is dated `now`, in a fixed order.
  std::vector<Fact> take(Instant now);

 private:
  struct Date {
    Instant when;
    std::int64_t order = 0;              // of their making
    std::size_t index = 0;
    bool of_process = false, begins = true;
    bool operator<(const Date& b) const { return when != b.when ? when < b.when : order < b.order; }
  };
  struct Process {
    const FailureProcess* process;
    RandomStream luck;
  };
  void add(Instant when, std::size_t index, bool of_process, bool begins);
  Fact outage_fact(const Date& date);
  Fact process_fact(const Date& date);

  const Faults& faults_;
  std::vector<Process> processes_;
  std::set<Date> dates_;
  std::int64_t made_ = 0;
};

}  // namespace headroom
