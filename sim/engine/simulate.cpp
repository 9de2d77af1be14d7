#include "sim/engine/simulate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "sim/engine/calendar.h"
#include "sim/engine/job_table.h"
#include "sim/engine/record.h"
#include "sim/engine/site_in_time.h"

namespace headroom {
namespace {

class Simulation {
 public:
  Simulation(const Model& model, JobSource& source, Executor& executor, RunFile& file)
      : model_(model), executor_(executor), file_(file), arrivals_(source), empty_(model.servers), capacity_(model.servers),
        site_(model, file), backfill_(backfill_policy(model.scenario.policy.backfill, model.scenario.policy.compatibility)), place_(placement_policy(model.scenario.policy.placement)),
        commits_(commits(model.scenario.policy.compatibility)),
        executions_(model.scenario.engine == EngineMode::exec), queue_(order_policy(model.scenario.policy.order, model.scenario.policy.compatibility), jobs_, model) {
    is_lost_.resize(model.servers.size());
    running_.sorted = model.scenario.policy.backfill != Backfill::none;
    turn_.seed = static_cast<std::uint64_t>(model.scenario.seed);
    turn_.traits = model.traits;
    turn_.seen = &demands_;
    if (model.scenario.window.all) site_.meters().begin_window({});
  }

  RunCounts run(const ProgressSink& progress) {
    Instant const horizon = model_.scenario.horizon.length ? Instant{} + *model_.scenario.horizon.length : never;
    while (true) {
      Instant const next = std::min({calendar_.next(), arrivals_.next(), site_.next(), window_bound()});
      if (next > horizon || (horizon == never && is_drained())) break;
      now_ = executor_.advance_to(next);
      ++counts_.instants;
      mark_window();
      do {
        commits_ ? one_fact() : all_facts();
        settle();
        decide();
        settle();
      } while (calendar_.next() == now_ || arrivals_.next() == now_ || site_.next() == now_);
      progress(now_, counts_.completed);
    }
    return finish(horizon == never ? drained() : executor_.advance_to(horizon));
  }

 private:
  // --- facts ---

  void all_facts() {
    jobs_end();
    site_.take_faults(now_);
    while (arrivals_.next() == now_) job_arrives();
  }

  // One arrival, else one end, else the faults: each has a decision of its own. Rounds go on until none is left at this
  // instant.
  void one_fact() {
    if (arrivals_.next() == now_) return job_arrives();
    dated_.clear();
    calendar_.take(now_, dated_);
    if (dated_.empty()) return site_.take_faults(now_);
    for (std::size_t i = 1; i < dated_.size(); ++i) {
      ActiveJob& job = jobs_[dated_[i].job];
      (dated_[i].ends ? job.end : job.next_segment) = calendar_.add(now_, dated_[i].job, dated_[i].ends);
    }
    take(dated_.front());
  }

  // Ends, and changes of utilisation on the way there.
  void jobs_end() {
    dated_.clear();
    calendar_.take(now_, dated_);
    for (auto const& entry : dated_) take(entry);
  }

  void take(const Calendar::Entry& entry) {
    expects(!executions_ || !entry.ends || jobs_[entry.job].idle || std::ranges::binary_search(executor_.ended(), entry.job),
            "what the calendar ends, SimGrid has ended, too");
    entry.ends ? end_job(entry.job) : next_segment(entry.job);
  }

  void end_job(std::int32_t number) {
    leave_servers(number);
    ++counts_.completed;
    counts_.last_finish = now_;
    file_.job(job_row(jobs_[number], JobState::completed, now_));
    jobs_.release(number);
  }

  void leave_servers(std::int32_t number) {
    ActiveJob& job = jobs_[number];
    capacity_.give(job.allocation);
    freed_ = true;
    if (!job.idle) occupy(job, -1);
    running_.remove(job.expected_end, number);
    queue_.ended(number, now_);
  }

  void next_segment(std::int32_t number) {
    ActiveJob& job = jobs_[number];
    occupy(job, -1);
    begin_segment(number);
    occupy(job, +1);
  }

  // The job's utilisation from now on, and the date at which it changes again.
  void begin_segment(std::int32_t number) {
    ActiveJob& job = jobs_[number];
    job.next_segment = 0;
    job.utilisation = job.job.utilisation;
    if (!job.progress) return;
    JobProgress::Segment const segment = job.progress->segment(now_ - job.start);
    job.utilisation = segment.utilisation;
    if (segment.until < job.progress->length()) job.next_segment = calendar_.add(job.start + segment.until, number, false);
  }

  void job_arrives() {
    Job job;
    arrivals_.take(job);
    if (counts_.submitted++ == 0) first_arrival();
    counts_.last_submit = now_;
    accept(job);
    if (arrivals_.next() == never) last_arrival();
  }

  void accept(Job& job) {
    Demand const demand = model_.demand_of(job);
    // what fits now fits an empty site; only what does not is worth the second look
    if (!capacity_.fits(demand) && !empty_.fits(demand)) {
      ++counts_.rejected;
      file_.job(rejected_row(job, demand));
      return;
    }
    if (!job.fragments.empty()) ++counts_.with_fragments;
    if (model_.total_gpus > Amount()) demands_.add(demand);
    std::int32_t const number = jobs_.add(std::move(job), demand);
    ActiveJob& active = jobs_[number];
    active.arrival = counts_.submitted;
    queue_.add({number, active.job.submit, attempt_estimate(active), demand}, now_);
  }

  // --- the window ---

  void first_arrival() {
    counts_.first_submit = now_;
    if (by_submissions()) site_.meters().begin_window(now_);
  }
  void last_arrival() {
    if (by_submissions()) site_.meters().end_window(now_);
  }
  // Until drained: the last finish, or the end of a window that outlasts it; or when nothing was left to wait for.
  Instant drained() const {
    Instant const last = queue_.empty() ? counts_.last_finish : std::max(counts_.last_finish, now_);
    return model_.scenario.window.between() ? std::max(last, Instant{} + model_.scenario.window.to) : last;
  }
  // Nothing is to come, to run or to wait; or nothing to come can help what waits.
  bool is_drained() const {
    if (calendar_.next() != never || arrivals_.next() != never || window_bound() != never) return false;
    return queue_.empty() || site_.next_hope() == never;
  }
  bool by_submissions() const { return !model_.scenario.window.all && !model_.scenario.window.between(); }
  Instant window_bound() const {
    if (!model_.scenario.window.between() || window_marks_ == 2) return never;
    return Instant{} + (window_marks_ == 0 ? model_.scenario.window.from : model_.scenario.window.to);
  }
  void mark_window() {
    if (window_bound() != now_) return;
    if (window_marks_++ == 0) site_.meters().begin_window(now_);
    else site_.meters().end_window(now_);
  }

  // --- settle ---

  void settle() {
    site_.settle(now_);
    for (auto lost = site_.take_lost(); !lost.empty(); lost = site_.take_lost()) {
      interrupt_jobs_on(lost);
      site_.settle(now_);
    }
    for (std::int32_t server : site_.take_back())
      if (site_.takes_jobs(server)) {
        capacity_.set_available(server, true);
        freed_ = true;
      }
  }

  void occupy(const ActiveJob& job, int sign) {
    for (auto const& piece : job.allocation) site_.occupy(piece, job.utilisation, sign);
  }

  // --- servers lost ---

  void interrupt_jobs_on(const std::vector<std::int32_t>& lost) {
    for (std::int32_t server : lost) is_lost_[static_cast<std::size_t>(server)] = 1;
    for (std::int32_t number : running_.numbers(jobs_)) {
      auto const& pieces = jobs_[number].allocation;
      auto const hit = std::ranges::find_if(pieces, [&](const Piece& piece) { return is_lost_[static_cast<std::size_t>(piece.server)] != 0; });
      if (hit != pieces.end()) interrupt(number, site_.why_lost(hit->server));
    }
    for (std::int32_t server : lost) is_lost_[static_cast<std::size_t>(server)] = 0;
    for (std::int32_t server : lost) capacity_.set_available(server, false);
  }

  void interrupt(std::int32_t number, std::int64_t cause) {
    ActiveJob& job = jobs_[number];
    calendar_.cancel(job.end);
    if (job.next_segment != 0) calendar_.cancel(job.next_segment);
    if (executions_ && !job.idle) executor_.cancel(number);
    leave_servers(number);
    PolicySpec const& policy = model_.scenario.policy;
    Duration const elapsed = now_ - job.start, done_before = job.done;
    bool const again = policy.on_failure == OnFailure::requeue && (policy.attempts == 0 || job.interruptions + 1 < policy.attempts);
    if (again) job.done = job.progress ? job.progress->safe(elapsed) : Duration{};
    Duration const in_vain = again ? elapsed - (job.done - done_before) : elapsed + done_before;
    ++job.interruptions;
    file_.interruption(interruption_row(job, now_, in_vain, cause));
    if (again) return requeue(number);
    bool const killed = policy.on_failure == OnFailure::kill;
    ++(killed ? counts_.killed : counts_.lost);
    counts_.last_finish = now_;
    JobRow row = job_row(job, killed ? JobState::killed : JobState::lost, now_);
    row.cause = cause;
    file_.job(row);
    jobs_.release(number);
  }

  void requeue(std::int32_t number) {
    ActiveJob& job = jobs_[number];
    ++counts_.requeued;
    job.allocation.clear();
    queue_.add({number, job.job.submit, attempt_estimate(job), job.demand}, now_);
  }

  // What the user asked for, less what is done, and the checkpoints to come.
  Duration attempt_estimate(ActiveJob& job) {
    Duration const asked = std::max(job.job.estimate - job.done, Duration{});
    if (job.job.fragments.empty() && !model_.scenario.policy.checkpoint) return asked;
    job.progress.emplace(job.job, model_.scenario.policy.checkpoint, job.done);
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
      start_job(head.job, head.estimate, std::move(*allocation));
      queue_.pop_front();
      notes_.shadow.reset();
    }
    if (commits_ && !queue_.empty()) queue_.commit();
  }

  void backfill() {
    auto starts = backfill_.starts({now_, queue_.view(), running_.view(jobs_), &capacity_, turn_, freed_, &notes_}, place_);
    std::vector<std::size_t> positions;
    for (auto& start : starts) {
      WaitingJob const& job = queue_.view()[start.position];
      auto allocation = start.servers.empty() ? place_(capacity_, job.demand, turn_) : std::optional(std::move(start.servers));
      expects(allocation.has_value(), "a backfilled job fits");
      start_job(job.job, job.estimate, std::move(*allocation));
      positions.push_back(start.position);
    }
    std::ranges::sort(positions);
    queue_.remove(positions);
  }

  void start_job(std::int32_t number, Duration estimate, Allocation allocation) {
    ActiveJob& job = jobs_[number];
    Duration const length = job.progress ? job.progress->length() : job.job.runtime - job.done;
    if (now_ + length > Instant{} + longest_duration)
      throw InputError({"the run", 0, 0}, fmt::format("job {} would end after 100 years of simulated time; set a horizon", job.job.id));
    job.start = now_;
    job.allocation = std::move(allocation);
    capacity_.take(job.allocation);
    turn_.last = job.allocation.back().server;
    ++turn_.starts;
    job.expected_end = now_ + estimate;
    running_.add(job.expected_end, number);
    queue_.started(number, now_);
    job.end = calendar_.add(now_ + length, number);
    job.idle = job.job.runtime == Duration{};          // starts, completes and uses nothing
    if (job.idle) return;
    begin_segment(number);
    occupy(job, +1);
    if (executions_) executor_.start(number, length, job.allocation);
  }

  // --- the end ---

  RunCounts finish(Instant end) {
    now_ = end;
    for (std::int32_t number : running_.numbers(jobs_)) {
      ++counts_.running_at_end;
      file_.job(job_row(jobs_[number], JobState::running_at_end, Instant{-1}));
    }
    for (auto const& waiting : queue_.view()) {
      ++counts_.queued_at_end;
      file_.job(job_row(jobs_[waiting.job], JobState::queued_at_end, Instant{-1}));
    }
    counts_.end = now_;
    site_.finish(now_);
    counts_.window_from = site_.meters().window_from();
    counts_.window_to = site_.meters().window_to();
    counts_.worst_imbalance = site_.meters().worst_imbalance();
    counts_.dark = site_.dark();
    counts_.changes = site_.changes();
    return counts_;
  }

  const Model& model_;
  Executor& executor_;
  RunFile& file_;
  Arrivals arrivals_;
  Capacity const empty_;
  Capacity capacity_;
  SiteInTime site_;
  BackfillPolicy backfill_;
  PlacementPolicy place_;
  bool const commits_;                 // one fact, one decision; and to the head of the queue
  bool const executions_;
  Calendar calendar_;
  JobTable jobs_;
  Queue queue_;
  Running running_;
  DemandMix demands_;                  // of the jobs accepted so far
  Turn turn_;
  Notes notes_;
  bool freed_ = false;                 // has anything become free since the last decision?
  std::vector<Calendar::Entry> dated_;
  std::vector<char> is_lost_;          // of each server, while jobs are interrupted
  Instant now_;
  RunCounts counts_;
  int window_marks_ = 0;
};

}  // namespace

RunCounts simulate(const Model& model, JobSource& source, Executor& executor, RunFile& file, const ProgressSink& progress) {
  record_graph(model.graph, file);
  RunCounts const counts = Simulation(model, source, executor, file).run(progress);
  record_counts(counts, source.counts(), file);
  return counts;
}

}  // namespace headroom
