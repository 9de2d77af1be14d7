// The clock without SimGrid: for tests, for replicas, and to hold against it.
#pragma once

#include <set>
#include <unordered_map>

#include "sim/engine/executor.h"

namespace headroom {

class InMemoryExecutor : public Executor {
 public:
  void start(Activity activity, Duration duration, const Allocation& where) override;
  void change_rate(Activity activity, double rate) override;
  void cancel(Activity activity) override;
  Instant advance_to(Instant deadline) override;
  std::span<const Activity> ended() const override { return ended_; }
  std::int64_t steps() const override { return steps_; }

 private:
  struct Work {
    double left_s = 0;               // at rate 1
    double rate = 1;
    Instant since;                   // when left_s was true
    Instant end;
  };
  void set_end(Activity activity, Work& work);

  Instant now_;
  std::unordered_map<Activity, Work> work_;
  std::set<std::pair<Instant, Activity>> ends_;
  std::vector<Activity> ended_;
  std::int64_t steps_ = 0;
};

}  // namespace headroom
