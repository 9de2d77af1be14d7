// The clock without SimGrid: for tests, for replicas, and to hold against it.
#pragma once

#include <set>
#include <unordered_map>

#include "sim/engine/executor.h"
#include "sim/network/fluid_network.h"

namespace headroom {

class InMemoryExecutor : public Executor {
 public:
  explicit InMemoryExecutor(std::vector<SharedLink> links = {}) : network_(std::move(links)) {}

  void start(Activity activity, Duration duration, const Allocation& where) override;
  void change_rate(Activity activity, double rate) override;
  void cancel(Activity activity) override;
  void send(Transfer transfer, std::span<const Flow> flows) override { network_.send(now_, transfer, flows); }
  void stop(Transfer transfer) override { network_.stop(now_, transfer); }
  void left(Transfer transfer, std::vector<double>& bytes) override { network_.left(now_, transfer, bytes); }
  void rates(std::span<const std::int32_t> links, std::vector<double>& bit_per_s) override { network_.rates(links, bit_per_s); }
  void watch_flows() override { watches_flows_ = true; }
  std::span<const Transfer> arrived() const override { return arrived_; }
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
  FluidNetwork network_;
  std::vector<Transfer> arrived_;
  bool watches_flows_ = false;
  std::int64_t steps_ = 0;
};

}  // namespace headroom
