// Workflows: jobs that wait for others of their workload to complete, and do not run when one of those never does.
//
// Something is kept of a job only while others that name it are still to come or to wait, so memory does not grow with
// the trace.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "workloads/job.h"

namespace headroom {

class Dependencies {
 public:
  enum class Standing { free, waits, hopeless };      // hopeless: a job that it names did not complete

  // A job arrives, as the `arrival`-th; `number` is the engine's, which it may use again later. One that can never run is
  // hopeless, and so are those that name it.
  Standing arrive(const Job& job, std::int64_t arrival, std::int32_t number, bool can_run);

  struct Released {
    std::vector<std::int32_t> free, hopeless;         // in the order of their arrival
  };
  // A job has come to its end, for good or not.
  Released end(const Job& job, bool completed);

  // Jobs that still wait for others.
  std::vector<std::int32_t> waiting() const;

 private:
  using Key = std::pair<int, std::int64_t>;           // workload and number in the trace
  enum class Outcome : char { open, completed, failed };
  struct Named {
    Outcome outcome = Outcome::open;
    std::int64_t followers_to_come = 0;               // negative while the job itself has not arrived
    std::vector<std::int64_t> followers;              // arrivals of those that wait for it
  };
  void forget(std::map<Key, Named>::iterator named);

  std::map<Key, Named> named_;
  struct Waiting {
    std::int32_t number;
    int open;                                         // how many it waits for
  };
  std::map<std::int64_t, Waiting> waiting_;           // by arrival
};

}  // namespace headroom
