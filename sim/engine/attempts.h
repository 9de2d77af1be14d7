// Jobs on their servers, from start to end: where they are, how busy they keep what they hold, and the dates of what comes
// next of each, which move where servers are short of processors and jobs share them.
#pragma once

#include <vector>

#include "sim/engine/calendar.h"
#include "sim/engine/conversations.h"
#include "sim/engine/executor.h"
#include "sim/engine/job_table.h"
#include "sim/engine/site_in_time.h"
#include "sim/servers/sharing.h"

namespace headroom {

class Attempts {
 public:
  // All must outlive it.
  Attempts(const Model& model, JobTable& jobs, Capacity& capacity, SiteInTime& site, Executor& executor, RunFile& file);

  // Begins on these servers now, or when those that are switched off have booted.
  void start(Instant now, std::int32_t job, Duration estimate, Allocation where);
  // The next date of any of them; and what is dated now: the jobs that end. Begins and changes of utilisation are taken care of.
  Instant next() const { return std::min(calendar_.next(), talks_.next_reading()); }
  // What has arrived where the clock stands: the jobs that waited for it go on.
  void take_arrivals(Instant now);
  void take_dates(Instant now, std::vector<std::int32_t>& ended);
  // The same, one date at a time; the others stay for the next call. False: none was left.
  bool take_date(Instant now, std::vector<std::int32_t>& ended);
  // Takes it off its servers before its end. How far the attempt has come.
  Duration interrupt(Instant now, std::int32_t job);
  // Shares out the servers on which jobs have begun, changed or ended.
  void share(Instant now);
  // Servers have changed their speed: the jobs on them change theirs.
  void keep_speed(Instant now);
  // Jobs of this workload go at this share of their speed from now on (keep_speed makes it so).
  void set_share_of_speed(int workload, double share) { shares_of_speed_[static_cast<std::size_t>(workload)] = share; }
  // What the network draws follows what goes over it.
  Instant next_power() const { return talks_.next_power(); }
  void power_network(Instant now) {
    for (auto const& [node, power] : talks_.power_changes(now)) site_.set_load(node, power);
  }
  // The network has settled into another state: what is on its way takes other routes.
  void reroute(Instant now) { talks_.reroute(now); }
  // Before a job is recorded that still runs: what it was not served, and waited for, until now.
  void bring_up(Instant now, std::int32_t job);
  void finish(Instant now) { talks_.finish(now); }
  // Do jobs wait for a way through the network that only a repair can bring?
  bool hold() const { return talks_.holds(); }
  // Is anything on its way, that may arrive before the next date?
  bool sends() const { return talks_.next_reading() != never; }

  Running& running() { return running_; }

 private:
  void begin(Instant now, std::int32_t number);
  void take(Instant now, const Calendar::Entry& entry, std::vector<std::int32_t>& ended);
  void begin_segment(Instant now, std::int32_t number);
  void keep_busy(ActiveJob& job, const Utilisations& busy);
  void keep_pace(Instant now, std::int32_t number, Duration progress);
  Utilisations busy_of(std::int32_t number) const;
  void go_on(Instant now, std::int32_t number);
  void plan_dates(std::int32_t number);
  void plan(Calendar::Ticket& ticket, Instant when, std::int32_t number, Calendar::What what);
  void supply(Instant now, std::int32_t number, const SharedServers::Supply& supply);
  double speed_of(const ActiveJob& job) const;
  void count_slowed(Instant now, ActiveJob& job) const;
  void count_unserved(Instant now, ActiveJob& job) const;
  void leave(Instant now, std::int32_t number);
  bool is_slowed(const ActiveJob& job) const { return model_.scenario.workload[static_cast<std::size_t>(job.job.workload)].when_short == WhenShort::slow; }

  const Model& model_;
  JobTable& jobs_;
  Capacity& capacity_;
  SiteInTime& site_;
  Executor& executor_;
  Calendar calendar_;
  Conversations talks_;
  Running running_;
  std::optional<SharedServers> shared_;    // where jobs may ask for more than there is
  std::vector<double> shares_of_speed_;    // by workload
  bool const executions_;
  std::vector<Calendar::Entry> dated_;
};

}  // namespace headroom
