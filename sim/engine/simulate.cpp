#include "sim/engine/simulate.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "sim/engine/calendar.h"
#include "sim/engine/job_table.h"
#include "sim/engine/meters.h"
#include "sim/engine/record.h"
#include "sim/power/flow.h"
#include "sim/servers/servers.h"

namespace headroom {
namespace {

class Simulation {
 public:
  Simulation(const Model& model, JobSource& source, Executor& executor, RunFile& file)
      : model_(model), executor_(executor), file_(file), arrivals_(source), empty_(model.servers), capacity_(model.servers),
        servers_(model.graph, model.servers), flow_(model.graph), meters_(flow_, recorded_every(model), model.scenario.record.every, file),
        backfill_(backfill_policy(model.scenario.policy.backfill)), place_(placement_policy(model.scenario.policy.placement)),
        executions_(model.scenario.engine == EngineMode::exec) {
    queue_.order = order_policy(model.scenario.policy.order);
    running_.sorted = model.scenario.policy.backfill != Backfill::none;
    if (model.scenario.window.all) meters_.begin_window({});
  }

  RunCounts run(const ProgressSink& progress) {
    Instant const horizon = model_.scenario.horizon.length ? Instant{} + *model_.scenario.horizon.length : never;
    while (true) {
      Instant const next = std::min({calendar_.next(), arrivals_.next(), window_bound()});
      if (next > horizon || (next == never && horizon == never)) break;
      now_ = executor_.advance_to(next);
      ++counts_.instants;
      mark_window();
      do {
        jobs_end();
        jobs_arrive();
        settle();
        decide();
        settle();
      } while (calendar_.next() == now_ || arrivals_.next() == now_);
      progress(now_, counts_.completed);
    }
    return finish(horizon == never ? drained() : executor_.advance_to(horizon));
  }

 private:
  // --- facts ---

  void jobs_end() {
    ended_.clear();
    calendar_.take(now_, ended_);
    for (std::int32_t job : ended_) {
      expects(!executions_ || jobs_[job].idle || std::ranges::binary_search(executor_.ended(), job), "what the calendar ends, SimGrid has ended, too");
      end_job(job);
    }
  }

  void end_job(std::int32_t number) {
    ActiveJob& job = jobs_[number];
    capacity_.give(job.allocation);
    if (!job.idle) occupy(job, -1);
    running_.remove(job.start + job.job.estimate, number);
    ++counts_.completed;
    counts_.last_finish = now_;
    file_.job(job_row(job, JobState::completed, now_));
    jobs_.release(number);
  }

  void jobs_arrive() {
    Job job;
    while (arrivals_.next() == now_) {
      arrivals_.take(job);
      if (counts_.submitted++ == 0) first_arrival();
      counts_.last_submit = now_;
      accept(job);
      if (arrivals_.next() == never) last_arrival();
    }
  }

  void accept(Job& job) {
    Demand const demand = model_.demand_of(job);
    // what fits now fits an empty site; only what does not is worth the second look
    if (!capacity_.fits(demand) && !empty_.fits(demand)) {
      ++counts_.rejected;
      file_.job(rejected_row(job, demand));
      return;
    }
    std::int32_t const number = jobs_.add(std::move(job), demand);
    ActiveJob const& active = jobs_[number];
    queue_.add({number, active.job.submit, active.job.estimate, demand});
  }

  // --- the window ---

  void first_arrival() {
    counts_.first_submit = now_;
    if (by_submissions()) meters_.begin_window(now_);
  }
  void last_arrival() {
    if (by_submissions()) meters_.end_window(now_);
  }
  // Until drained: the last finish, or the end of a window that outlasts it.
  Instant drained() const { return model_.scenario.window.between() ? std::max(counts_.last_finish, Instant{} + model_.scenario.window.to) : counts_.last_finish; }
  bool by_submissions() const { return !model_.scenario.window.all && !model_.scenario.window.between(); }
  Instant window_bound() const {
    if (!model_.scenario.window.between() || window_marks_ == 2) return never;
    return Instant{} + (window_marks_ == 0 ? model_.scenario.window.from : model_.scenario.window.to);
  }
  void mark_window() {
    if (window_bound() != now_) return;
    if (window_marks_++ == 0) meters_.begin_window(now_);
    else meters_.end_window(now_);
  }

  // --- settle ---

  void settle() {
    if (touched_.empty()) return;
    for (std::int32_t server : touched_) flow_.set_server_power({server}, servers_.power({server}));
    touched_.clear();
    flow_.update();
    meters_.update(now_);
  }

  void occupy(const ActiveJob& job, int sign) {
    for (auto const& piece : job.allocation) {
      servers_.occupy(piece, job.job.utilisation, sign);
      touched_.push_back(piece.server);
    }
  }

  // --- decide ---

  void decide() {
    while (!queue_.empty()) {
      auto allocation = place_(capacity_, queue_.front().demand);
      if (!allocation) break;
      start_job(queue_.front().job, std::move(*allocation));
      queue_.pop_front();
    }
    if (queue_.size() < 2) return;
    auto const positions = backfill_({now_, queue_.view(), running_.view(jobs_), &capacity_}, place_);
    for (std::size_t position : positions) {
      auto allocation = place_(capacity_, queue_.view()[position].demand);
      expects(allocation.has_value(), "a backfilled job fits");
      start_job(queue_.view()[position].job, std::move(*allocation));
    }
    queue_.remove(positions);
  }

  void start_job(std::int32_t number, Allocation allocation) {
    ActiveJob& job = jobs_[number];
    if (now_ + job.job.runtime > Instant{} + longest_duration)
      throw InputError({"the run", 0, 0}, fmt::format("job {} would end after 100 years of simulated time; set a horizon", job.job.id));
    job.start = now_;
    job.allocation = std::move(allocation);
    capacity_.take(job.allocation);
    running_.add(job.start + job.job.estimate, number);
    calendar_.add(now_ + job.job.runtime, number);
    job.idle = job.job.runtime == Duration{};          // starts, completes and uses nothing
    if (job.idle) return;
    occupy(job, +1);
    if (executions_) executor_.start(number, job.job.runtime, job.allocation);
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
    meters_.finish(now_);
    counts_.window_from = meters_.window_from();
    counts_.window_to = meters_.window_to();
    counts_.worst_imbalance = meters_.worst_imbalance();
    return counts_;
  }

  const Model& model_;
  Executor& executor_;
  RunFile& file_;
  Arrivals arrivals_;
  Capacity const empty_;
  Capacity capacity_;
  Servers servers_;
  PowerFlow flow_;
  Meters meters_;
  BackfillPolicy backfill_;
  PlacementPolicy place_;
  bool const executions_;
  Calendar calendar_;
  JobTable jobs_;
  Queue queue_;
  Running running_;
  std::vector<std::int32_t> ended_, touched_;
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
