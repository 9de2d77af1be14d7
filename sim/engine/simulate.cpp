#include "sim/engine/simulate.h"

#include <algorithm>

#include "base/errors.h"
#include "sim/engine/attempts.h"
#include "sim/engine/dependencies.h"
#include "sim/engine/flexible_load.h"
#include "sim/engine/record.h"
#include "sim/engine/replay.h"
#include "sim/engine/run_window.h"
#include "sim/engine/sleepers.h"

namespace headroom {
namespace {

class Simulation {
 public:
  Simulation(const Model& model, OpenWorkloads& workloads, Executor& executor, RunFile& file)
      : model_(model), policy_(model.scenario.policy), executor_(executor), file_(file), arrivals_(*workloads.jobs), empty_(model.offered), capacity_(model.offered),
        site_(model, file), attempts_(model, jobs_, capacity_, site_, executor, file), flexible_(model), replay_(model, workloads.series), sleepers_(policy_.idle_off_after, model.servers.size()),
        window_(model.scenario.window, site_.meters()), backfill_(backfill_policy(policy_.backfill, policy_.compatibility)), place_(placement_policy(policy_.placement)),
        commits_(commits(policy_.compatibility)), queue_(order_policy(policy_.order, policy_.compatibility), jobs_, model) {
    is_lost_.resize(model.servers.size());
    turn_.seed = static_cast<std::uint64_t>(model.scenario.seed);
    turn_.traits = model.traits;
    turn_.seen = &demands_;
  }

  RunCounts run(const ProgressSink& progress) {
    Instant const horizon = model_.scenario.horizon.length ? Instant{} + *model_.scenario.horizon.length : never;
    while (true) {
      Instant const next = std::min({due(), window_.next(), sleepers_.next(), attempts_.next_power()});
      if ((next > horizon && !attempts_.sends()) || (horizon == never && is_drained())) break;
      now_ = executor_.advance_to(std::min(next, horizon));
      if (next > horizon && executor_.arrived().empty()) break;
      ++counts_.instants;
      window_.pass(now_);
      attempts_.take_arrivals(now_);
      do {
        commits_ ? one_fact() : all_facts();
        settle();
        decide();
        settle();
      } while (due() == now_);
      progress(now_, counts_.completed);
    }
    return finish(horizon == never ? drained() : executor_.advance_to(horizon));
  }

 private:
  // When there is work to do next, window and sleep aside.
  Instant due() const { return std::min({attempts_.next(), arrivals_.next(), site_.next(), replay_.next(), flexible_.next()}); }

  // --- facts ---

  void all_facts() {
    ended_.clear();
    attempts_.take_dates(now_, ended_);
    for (std::int32_t number : ended_) complete(number);
    site_.take_faults(now_);
    replay_.play(now_, site_);
    while (arrivals_.next() == now_) job_arrives();
    for (std::int32_t server : sleepers_.take(now_)) {
      if (site_.may_sleep(server)) site_.sleep(server);
      else if (site_.boots(server)) sleepers_.idle(now_, server);      // for a job that did not wait for it
    }
  }

  // One arrival, else one end, else the faults: each has a decision of its own. Rounds go on until none is left at this
  // instant.
  void one_fact() {
    if (arrivals_.next() == now_) return job_arrives();
    ended_.clear();
    if (!attempts_.take_date(now_, ended_)) return site_.take_faults(now_);
    for (std::int32_t number : ended_) complete(number);
  }

  void complete(std::int32_t number) {
    ActiveJob& job = jobs_[number];
    freed(number);
    ++counts_.completed;
    counts_.last_finish = now_;
    file_.job(job_row(job, JobState::completed, now_));
    Dependencies::Released const released = dependencies_.end(job.job, true);
    jobs_.release(number);
    for (std::int32_t follower : released.free) enqueue(follower);
  }

  // It has left its servers.
  void freed(std::int32_t number) {
    freed_ = true;
    sleepers_.left(now_, jobs_[number].allocation, capacity_);
    queue_.ended(number, now_);
  }

  void job_arrives() {
    Job job;
    arrivals_.take(job);
    if (counts_.submitted++ == 0) {
      counts_.first_submit = now_;
      window_.first_arrival(now_);
    }
    counts_.last_submit = now_;
    accept(job);
    if (arrivals_.next() == never) window_.last_arrival(now_);
  }

  void accept(Job& job) {
    Demand const demand = model_.demand_of(job);
    // what fits now fits an empty site; only what does not is worth the second look
    bool const ever_fits = capacity_.fits(demand) || empty_.fits(demand);
    std::int32_t const number = jobs_.add(std::move(job), demand);
    ActiveJob& active = jobs_[number];
    active.arrival = counts_.submitted;
    Dependencies::Standing const standing = dependencies_.arrive(active.job, active.arrival, number, ever_fits);
    if (standing == Dependencies::Standing::hopeless) return reject(number);
    if (!active.job.fragments.empty()) ++counts_.with_fragments;
    if (model_.total_gpus > Amount()) demands_.add(demand);
    if (standing == Dependencies::Standing::free) enqueue(number);
  }

  void enqueue(std::int32_t number) {
    ActiveJob& job = jobs_[number];
    if (flexible_.may_keep(job.job.workload, job.job.submit, now_)) return flexible_.keep(number, job.job.workload, job.job.submit, now_);
    queue_.add({number, job.job.submit, attempt_estimate(job), job.demand}, now_);
  }

  // A job that never fits, or that follows one that did not complete, and all that follow it.
  void reject(std::int32_t number) { reject_all({number}); }

  void give_up(std::int32_t number) {
    auto const followers = dependencies_.end(jobs_[number].job, false).hopeless;
    jobs_.release(number);
    reject_all(followers);
  }

  void reject_all(std::vector<std::int32_t> hopeless) {
    while (!hopeless.empty()) {
      std::int32_t const number = hopeless.back();
      hopeless.pop_back();
      ++counts_.rejected;
      file_.job(rejected_row(jobs_[number].job, jobs_[number].demand));
      auto const followers = dependencies_.end(jobs_[number].job, false).hopeless;
      hopeless.insert(hopeless.end(), followers.begin(), followers.end());
      jobs_.release(number);
    }
  }

  // --- when it is over ---

  // Until drained: the last finish, or the end of a window that outlasts it; or when nothing was left to wait for.
  Instant drained() const {
    Instant const last = queue_.empty() && !plays_ ? counts_.last_finish : std::max(counts_.last_finish, now_);
    return model_.scenario.window.between() ? std::max(last, Instant{} + model_.scenario.window.to) : last;
  }
  // Nothing is to come, to run or to wait; or nothing to come can help what waits.
  bool is_drained() {
    if (attempts_.next() != never || arrivals_.next() != never || replay_.next() != never || window_.next() != never || !flexible_.kept().empty()) return false;
    // jobs that stand still now may go on when a signal changes, or it is cool again
    bool const may_go_on = flexible_.next() != never || site_.controls().next() != never;
    if (!attempts_.running().empty() && !attempts_.hold() && may_go_on) return false;
    return (queue_.empty() && !attempts_.hold()) || site_.next_hope() == never;
  }

  // --- settle ---

  void settle() {
    attempts_.share(now_);
    attempts_.power_network(now_);
    site_.settle(now_);
    if (flexible_.is_there()) bend();
    if (site_.take_network_change()) attempts_.reroute(now_);
    if (site_.take_speed_change()) attempts_.keep_speed(now_);
    for (auto lost = site_.take_lost(); !lost.empty(); lost = site_.take_lost()) {
      interrupt_jobs_on(lost);
      attempts_.share(now_);
      site_.settle(now_);
      if (site_.take_network_change()) attempts_.reroute(now_);
    }
    for (std::int32_t server : site_.take_back())
      if (site_.takes_jobs(server)) {
        capacity_.set_available(server, true);
        if (capacity_.is_idle(server)) sleepers_.idle(now_, server);
        freed_ = true;
      }
  }

  // --- flexible load ---

  // Price, intensity or a call have changed: jobs are kept or let go, those that run change their speed.
  void bend() {
    if (!flexible_.look(now_, site_.controls().around())) return;
    for (std::size_t workload = 0; workload < model_.scenario.workload.size(); ++workload) attempts_.set_share_of_speed(static_cast<int>(workload), flexible_.speed(static_cast<int>(workload)));
    attempts_.keep_speed(now_);
    for (auto const& kept : flexible_.take_free(now_)) {
      jobs_[kept.job].kept_s += (now_ - kept.since).seconds();
      enqueue(kept.job);
    }
    keep_waiting();
    site_.settle(now_);
  }

  // Those in the queue that may not start now are kept apart.
  void keep_waiting() {
    std::vector<std::size_t> positions;
    auto const waiting = queue_.view();
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      Job const& job = jobs_[waiting[i].job].job;
      if (!flexible_.may_keep(job.workload, job.submit, now_)) continue;
      flexible_.keep(waiting[i].job, job.workload, job.submit, now_);
      positions.push_back(i);
    }
    queue_.remove(positions);
    if (!positions.empty()) notes_ = {};
  }

  // --- servers lost ---

  void interrupt_jobs_on(const std::vector<std::int32_t>& lost) {
    for (std::int32_t server : lost) is_lost_[static_cast<std::size_t>(server)] = 1;
    for (std::int32_t number : attempts_.running().numbers(jobs_)) {
      auto const& pieces = jobs_[number].allocation;
      auto const hit = std::ranges::find_if(pieces, [&](const Piece& piece) { return is_lost_[static_cast<std::size_t>(piece.server)] != 0; });
      if (hit != pieces.end()) interrupt(number, site_.why_lost(hit->server));
    }
    for (std::int32_t server : lost) {
      is_lost_[static_cast<std::size_t>(server)] = 0;
      capacity_.set_available(server, false);
      sleepers_.busy(server);
    }
  }

  void interrupt(std::int32_t number, std::int64_t cause) {
    ActiveJob& job = jobs_[number];
    Duration const come = attempts_.interrupt(now_, number);
    freed(number);
    if (job.waits_for_boot) return requeue(number);      // nothing of it had begun
    Duration const done_before = job.done;
    bool const again = policy_.on_failure == OnFailure::requeue && (policy_.attempts == 0 || job.interruptions + 1 < policy_.attempts);
    if (again) job.done = job.progress ? job.progress->safe(come) : Duration{};
    Duration const in_vain = again ? come - (job.done - done_before) : come + done_before;
    ++job.interruptions;
    file_.interruption(interruption_row(job, now_, in_vain, cause));
    if (again) {
      ++counts_.requeued;
      return requeue(number);
    }
    bool const killed = policy_.on_failure == OnFailure::kill;
    ++(killed ? counts_.killed : counts_.lost);
    counts_.last_finish = now_;
    JobRow row = job_row(job, killed ? JobState::killed : JobState::lost, now_);
    row.cause = cause;
    file_.job(row);
    give_up(number);
  }

  void requeue(std::int32_t number) {
    jobs_[number].allocation.clear();
    enqueue(number);
  }

  // What the user asked for, less what is done, and the checkpoints to come.
  Duration attempt_estimate(ActiveJob& job) {
    Duration const asked = std::max(job.job.estimate - job.done, Duration{});
    if (job.job.fragments.empty() && !policy_.checkpoint) return asked;
    job.progress.emplace(job.job, policy_.checkpoint, job.done);
    return asked + (job.progress->length() - (job.job.runtime - job.done));
  }

  // --- decide ---

  void decide() {
    if (site_.undecided()) return;       // nothing is started on servers that may be gone in some ms
    queue_.renew(now_);
    if (!backfill_.decides_alone) start_from_front();
    if (queue_.size() >= (backfill_.decides_alone ? 1U : 2U)) backfill();
    freed_ = false;
  }

  void start_from_front() {
    for (; !queue_.empty(); queue_.renew(now_)) {
      WaitingJob const& head = queue_.front();
      auto allocation = place_(capacity_, head.demand, turn_);
      if (!allocation) break;
      start(head, std::move(*allocation));
      queue_.pop_front();
      notes_.shadow.reset();
    }
    if (commits_ && !queue_.empty()) queue_.commit();
  }

  void backfill() {
    auto starts = backfill_.starts({now_, queue_.view(), attempts_.running().view(jobs_), &capacity_, turn_, freed_, &notes_}, place_);
    std::vector<std::size_t> positions;
    for (auto& backfilled : starts) {
      WaitingJob const& job = queue_.view()[backfilled.position];
      auto allocation = backfilled.servers.empty() ? place_(capacity_, job.demand, turn_) : std::optional(std::move(backfilled.servers));
      expects(allocation.has_value(), "a backfilled job fits");
      start(job, std::move(*allocation));
      positions.push_back(backfilled.position);
    }
    std::ranges::sort(positions);
    queue_.remove(positions);
  }

  void start(const WaitingJob& job, Allocation where) {
    turn_.last = where.back().server;
    ++turn_.starts;
    sleepers_.taken(where);
    attempts_.start(now_, job.job, job.estimate, std::move(where));
    queue_.started(job.job, now_);
  }

  // --- the end ---

  RunCounts finish(Instant end) {
    now_ = end;
    for (std::int32_t number : attempts_.running().numbers(jobs_)) {
      if (jobs_[number].waits_for_boot) {
        write_waiting(number);
        continue;
      }
      ++counts_.running_at_end;
      attempts_.bring_up(now_, number);
      file_.job(job_row(jobs_[number], JobState::running_at_end, Instant{-1}));
    }
    attempts_.finish(now_);
    for (auto const& waiting : queue_.view()) write_waiting(waiting.job);
    for (auto const& kept : flexible_.kept()) write_waiting(kept.job);
    for (std::int32_t number : dependencies_.waiting()) write_waiting(number);
    counts_.end = now_;
    site_.finish(now_);
    counts_.window_from = site_.meters().window_from();
    counts_.window_to = site_.meters().window_to();
    counts_.worst_imbalance = site_.meters().worst_imbalance();
    counts_.dark = site_.dark();
    counts_.changes = site_.changes();
    return counts_;
  }

  void write_waiting(std::int32_t number) {
    ++counts_.queued_at_end;
    jobs_[number].start = Instant{-1};
    file_.job(job_row(jobs_[number], JobState::queued_at_end, Instant{-1}));
  }

  const Model& model_;
  const PolicySpec& policy_;
  Executor& executor_;
  RunFile& file_;
  Arrivals arrivals_;
  Capacity const empty_;
  Capacity capacity_;
  SiteInTime site_;
  JobTable jobs_;
  Attempts attempts_;
  FlexibleLoad flexible_;
  Dependencies dependencies_;
  Replay replay_;
  bool const plays_ = replay_.next() != never;
  Sleepers sleepers_;
  RunWindow window_;
  BackfillPolicy backfill_;
  PlacementPolicy place_;
  bool const commits_;                 // one fact, one decision; and to the head of the queue
  Queue queue_;
  DemandMix demands_;                  // of the jobs accepted so far
  Turn turn_;
  Notes notes_;
  bool freed_ = false;                 // has anything become free since the last decision?
  std::vector<std::int32_t> ended_;
  std::vector<char> is_lost_;          // of each server, while jobs are interrupted
  Instant now_;
  RunCounts counts_;
};

}  // namespace

RunCounts simulate(const Model& model, OpenWorkloads& workloads, Executor& executor, RunFile& file, const ProgressSink& progress) {
  record_graph(model.graph, file);
  RunCounts const counts = Simulation(model, workloads, executor, file).run(progress);
  record_counts(counts, workloads.counts(), file);
  return counts;
}

}  // namespace headroom
