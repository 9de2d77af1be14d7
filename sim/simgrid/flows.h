// Flows as SimGrid's communications. They are started and reported in its kernel's own context, without an actor for each:
// the loop wakes when a transfer is complete, not for each of its flows.
#pragma once

#include <simgrid/kernel/Timer.hpp>
#include <simgrid/kernel/resource/Model.hpp>
#include <simgrid/s4u.hpp>

#include <span>
#include <vector>

#include "sim/engine/executor.h"
#include "sim/simgrid/platform.h"

namespace headroom {

class SimgridFlows {
 public:
  using Transfer = Executor::Transfer;

  // Suspended, `loop` is resumed when something has arrived.
  SimgridFlows(const Platform& platform, simgrid::s4u::Actor* loop);
  ~SimgridFlows();
  SimgridFlows(const SimgridFlows&) = delete;
  SimgridFlows& operator=(const SimgridFlows&) = delete;

  void send(Transfer transfer, std::span<const Flow> flows);
  void stop(Transfer transfer);
  void left(Transfer transfer, std::vector<double>& bytes) const;

  // What goes over these links from now on.
  void rates(std::span<const std::int32_t> links, std::vector<double>& bit_per_s) const;
  // From now on each flow that ends counts as an arrival.
  void watch() { watches_ = true; }

  bool has_arrivals() const { return !landed_.empty() || has_ended_; }
  // When SimGrid next looks at a flow, as far as it knows before it shares out again; infinity: never.
  double next_s() const;
  // What has arrived since this was last called, in the order of numbers.
  void take_arrivals(std::vector<Transfer>& arrived);

 private:
  struct Moving {
    Transfer transfer = 0;
    bool is_over = false;
    simgrid::s4u::CommPtr communication;                         // over links, or
    simgrid::kernel::resource::Action* share = nullptr;          // (what SimGrid's solver knows of it)
    simgrid::kernel::timer::Timer* timer = nullptr;              // without any: a date of our own
    double bytes = 0, start_s = 0, end_s = 0;
  };
  struct Sent {
    int open = 0;                    // flows on their way
    std::vector<Moving> flows;       // stays in place: communications point into it
  };

  void start(Moving& moving, const Flow& flow);
  void start_over_links(Moving& moving, const Flow& flow);
  void end(Moving& moving);

  const Platform& platform_;
  simgrid::s4u::Actor* loop_;
  simgrid::kernel::resource::Model* network_ = nullptr;
  double latency_factor_ = 1;        // of the model: its default in SimGrid
  std::vector<Sent> sent_;           // by number
  std::vector<Transfer> landed_;
  bool watches_ = false, has_ended_ = false;      // is each flow to be told of, and has one ended since arrivals were taken?
};

}  // namespace headroom
