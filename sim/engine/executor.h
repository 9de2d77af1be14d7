// Who turns the clock, and dates the ends of whatever may share or change its rate. The engine knows no more of SimGrid
// than this. Both executors give the same dates where nothing is shared.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/time.h"
#include "sim/policies/capacity.h"

namespace headroom {

// What can be full: one direction of a cable, a cable that both directions share, the backplane of a switch. Flows that
// cross one share it max-min fair.
struct SharedLink {
  double rate_bit_per_s = 0;
  double latency_s = 0;
  std::int32_t reverse = -1;           // what carries the other way: the cable's other direction, itself where both share it
};

// Bytes on their way from one server to another, over these links, by number, in their order.
struct Flow {
  std::int32_t from = 0, to = 0;       // servers
  double bytes = 0;
  std::span<const std::int32_t> route{};
  double rate_limit_bit_per_s = 0;     // at its ends; 0: none
  double more_latency_s = 0;           // than its links have: further rounds, links that must wake
};

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

  // Flows that begin now and together make one transfer; it has arrived when the last of them has. Its number is the
  // caller's, apart from those of activities. Spans are read during the call alone.
  using Transfer = std::int32_t;
  virtual void send(Transfer transfer, std::span<const Flow> flows) = 0;
  virtual void stop(Transfer transfer) = 0;
  // What of it is still to come, of each flow in their order, in bytes; appended.
  virtual void left(Transfer transfer, std::vector<double>& bytes) = 0;
  // What goes over these links from now on, in bit/s; appended. Flows that still travel add nothing.
  virtual void rates(std::span<const std::int32_t> links, std::vector<double>& bit_per_s) = 0;
  // From now on advance_to() also returns where one flow of a transfer has ended.
  virtual void watch_flows() = 0;
  // Transfers that arrived where the clock stands, in the order of numbers.
  virtual std::span<const Transfer> arrived() const = 0;

  // Turns the clock to `deadline`, or to the first end or arrival before it. What is dated within max(1 ns, 4 ulp) of an instant
  // belongs to that instant. Returns where the clock stands; `ended()` says what ended there, in the order of numbers.
  virtual Instant advance_to(Instant deadline) = 0;
  virtual std::span<const Activity> ended() const = 0;

  // How many times the clock was turned: the size of what the executor did.
  virtual std::int64_t steps() const = 0;
};

}  // namespace headroom
