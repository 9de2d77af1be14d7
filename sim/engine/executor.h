// Who turns the clock, and dates the ends of whatever may share or change its rate. The engine knows no more of SimGrid
// than this. Both executors give the same dates where nothing is shared.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/time.h"
#include "sim/policies/capacity.h"

namespace headroom {

class Executor {
 public:
  using Activity = std::int32_t;       // the caller's number, reusable once ended or cancelled

  virtual ~Executor() = default;
  Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // Work that takes `duration` at rate 1 on these pieces of servers; begins now, at rate 1.
  virtual void start(Activity activity, Duration duration, const Allocation& where) = 0;
  virtual void change_rate(Activity activity, double rate) = 0;
  virtual void cancel(Activity activity) = 0;

  // Turns the clock to `deadline`, or to the first end before it. What is dated within max(1 ns, 4 ulp) of an instant
  // belongs to that instant. Returns where the clock stands; `ended()` says what ended there, in the order of numbers.
  virtual Instant advance_to(Instant deadline) = 0;
  virtual std::span<const Activity> ended() const = 0;

  // How many times the clock was turned: the size of what the executor did.
  virtual std::int64_t steps() const = 0;
};

}  // namespace headroom
