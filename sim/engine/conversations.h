// What running jobs send, in turn with their work: phases at dates of their progress, transfers on their way, and what all
// that puts on the links.
//
// Each pattern of a job is a stream. It works for a while, then sends; the share `overlap` of what it sends goes beside that
// work. A job waits while any of its streams waits, and its progress stands still. At level `matrix` nothing waits for
// anything: the mean rate of each stream stands on its routes while the job runs, and its pace is the mean, too.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "sim/engine/executor.h"
#include "sim/engine/job_table.h"
#include "sim/network/link_meters.h"
#include "sim/network/network_power.h"

namespace headroom {

class Conversations {
 public:
  // All must outlive it.
  Conversations(const Model& model, JobTable& jobs, Routes& routes, Executor& executor, RunFile& file);

  // Does the job send anything?
  bool sends(const ActiveJob& job) const;

  // An attempt of `job.length` begins; it sends what is due at its start.
  void begin(Instant now, std::int32_t number, ActiveJob& job);
  // It has come so far: what is due is sent. Where what it waited for is in the trace's run time already, it has come further.
  Duration come(Instant now, std::int32_t number, ActiveJob& job, Duration progress);
  // How far it may come before it is to be called again; nothing: to its end.
  std::optional<Duration> next(std::int32_t number) const;
  // How fast its work proceeds now: 0 while it waits; and how busy it is then, of its utilisation.
  double pace(std::int32_t number) const;
  double busy(std::int32_t number) const;
  // The attempt is over. What is on its way is stopped.
  void end(Instant now, std::int32_t number, ActiveJob& job);

  // Transfers that arrived where the executor's clock stands; the jobs that need to be looked at again, each once.
  std::vector<std::int32_t> take_arrivals(Instant now);
  // The next date at which what is on its way is to be read; and reading it.
  Instant next_reading() const { return in_flight_.size() == held_ ? never : reading_; }
  // Does something wait for a way that only a repair can bring?
  bool holds() const { return held_ > 0; }
  void read(Instant now);
  // Something of the network died or came back: what is on its way takes other routes, or waits for one.
  void reroute(Instant now);
  // The next date at which what the network draws changes by itself; and what draws otherwise now.
  Instant next_power() const { return std::min(power_.next(), latency_ends_.empty() ? never : *latency_ends_.begin()); }
  std::vector<std::pair<NodeId, Power>> power_changes(Instant now);

  void finish(Instant now);

 private:
  using Transfer = Executor::Transfer;
  static constexpr Transfer none = -1;

  struct Stream {
    const TrafficSpec* spec = nullptr;      // null: the trace's own pairs
    const TrafficUse* use = nullptr;
    Phase phase;
    std::shared_ptr<const RoutedPhase> routed;
    std::int64_t generation = 0;            // of the network, when it was routed
    double overlap = 0, busy = 1;
    Duration every;                         // of progress between two phases; the whole run time for one phase
    Duration from, next;                    // of the segment that has begun
    bool at_start = false;                  // once, before the work
    bool over = false;
    bool due = false;                       // it has come to `next` and waits
    bool sent = false;                      // what is not sent beside the work is on its way
    Transfer beside = none, behind = none;
  };
  struct Conversation {
    std::vector<Stream> streams;
    bool contained = false;                 // the run time holds what it waits for, on an idle network
    Instant waits_since;
    bool waits = false;
    double matrix_pace = 1, matrix_busy = 1;
  };
  struct Journey {                          // of a transfer
    std::int32_t job = -1;
    std::size_t stream = 0;
    std::shared_ptr<const RoutedPhase> phase;
    std::vector<double> left;               // bytes of each flow, when last read
    Instant read;
    bool held = false;                      // it has no way now
  };

  void add_streams(const ActiveJob& job, Conversation& talk);
  std::shared_ptr<const RoutedPhase> routed(const Stream& stream, const ActiveJob& job);
  void begin_segment(Instant now, std::int32_t number, std::size_t stream, ActiveJob& job, Duration from);
  bool step(Instant now, std::int32_t number, std::size_t stream, ActiveJob& job, Duration& progress);
  double share(const Stream& stream) const;
  double exposed_alone_s(const Stream& stream) const;
  Transfer send(Instant now, std::int32_t number, std::size_t stream, ActiveJob& job, double share);
  bool lives(const RoutedPhase& phase) const;
  void reroute(Instant now, Transfer transfer, Journey& journey);
  void put(Instant now, Transfer transfer, const Journey& journey);
  void leave_links(Instant now, const Journey& journey);
  void read(Instant now, Transfer transfer, Journey& journey, bool arrived);
  void stop(Instant now, Transfer& transfer);
  void begin_matrix(Instant now, Conversation& talk, ActiveJob& job);
  void put_on_links(Instant now, const Conversation& talk, int sign);
  void set_waiting(Instant now, Conversation& talk, ActiveJob& job);
  Conversation& at(std::int32_t number) { return talks_.at(number); }
  const Conversation& at(std::int32_t number) const { return talks_.at(number); }

  const Model& model_;
  TrafficLevel const level_;
  JobTable& jobs_;
  Routes& routes_;
  Executor& executor_;
  NetworkLinks links_;
  FlowPlan plan_;
  LinkMeters meters_;
  NetworkPower power_;
  std::vector<std::int32_t> metered_links_;           // of its channels, among links_
  std::vector<std::size_t> metered_at_;               // and where these stand among its channels
  std::vector<double> rates_, channel_rates_;
  std::set<Instant> latency_ends_;                    // when flows begin to transmit, where power follows traffic
  bool traffic_changed_ = false;
  std::map<std::int32_t, Conversation> talks_;
  std::map<Transfer, Journey> in_flight_;
  std::size_t held_ = 0;                    // of those
  std::vector<Transfer> free_;
  Transfer transfers_ = 0;
  std::int64_t generation_ = 0;
  std::int64_t steps_taken_ = -1;           // of the executor, when arrivals were taken
  Instant reading_ = never;                 // of all that is on its way
  std::vector<double> left_;
};

}  // namespace headroom
