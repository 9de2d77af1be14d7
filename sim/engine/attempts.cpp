#include "sim/engine/attempts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/errors.h"

namespace headroom {

Attempts::Attempts(const Model& model, JobTable& jobs, Capacity& capacity, SiteInTime& site, Executor& executor, RunFile& file)
    : model_(model), jobs_(jobs), capacity_(capacity), site_(site), executor_(executor), talks_(model, jobs, site.routes(), executor, file), executions_(model.scenario.engine == EngineMode::exec) {
  auto const& policy = model.scenario.policy;
  shares_of_speed_.assign(model.scenario.workload.size(), 1.0);
  running_.sorted = policy.backfill != Backfill::none;
  if (policy.overcommit) shared_.emplace(model.servers, policy.overcommit->gpu_overhead);
}

// --- from start to end ---

void Attempts::start(Instant now, std::int32_t number, Duration estimate, Allocation where) {
  ActiveJob& job = jobs_[number];
  job.allocation = std::move(where);
  capacity_.take(job.allocation);
  job.idle = job.job.runtime == Duration{};          // starts, completes and uses nothing
  job.start = now;
  if (model_.scenario.policy.idle_off_after && !job.idle)
    for (auto const& piece : job.allocation) job.start = std::max(job.start, site_.wake(now, piece.server));
  job.expected_end = job.start + estimate;
  running_.add(job.expected_end, number);
  job.waits_for_boot = job.start > now;
  if (job.waits_for_boot) job.end = calendar_.add(job.start, number, Calendar::What::begins);
  else begin(now, number);
}

void Attempts::begin(Instant now, std::int32_t number) {
  ActiveJob& job = jobs_[number];
  job.waits_for_boot = false;
  job.length = job.progress ? job.progress->length() : job.job.runtime - job.done;
  if (now + job.length > Instant{} + longest_duration)
    throw InputError({"the run", 0, 0}, fmt::format("job {} would end after 100 years of simulated time; set a horizon", job.job.id));
  job.speed = speed_of(job);
  job.share_of_speed = shares_of_speed_[static_cast<std::size_t>(job.job.workload)];
  job.slowed_since = now;
  job.pace = {{}, now, job.speed * job.share_of_speed};
  job.supply_rate = 1;
  job.supplied_since = now;
  job.next_segment = 0;
  job.talks = talks_.sends(job);
  job.end = job.talks ? 0 : calendar_.add(job.pace.reaches(job.length), number);
  if (executions_ && !job.idle) executor_.start(number, job.length, job.allocation);
  if (executions_ && !job.idle && job.pace.rate != 1) executor_.change_rate(number, job.pace.rate);
  if (job.talks) talks_.begin(now, number, job);
  begin_segment(now, number);
  if (job.talks) go_on(now, number);
}

void Attempts::take_arrivals(Instant now) {
  if (talks_.next_reading() <= now) talks_.read(now);
  for (std::int32_t number : talks_.take_arrivals(now)) go_on(now, number);
}

// A job that sends has come to a date of its traffic, or what it waited for has arrived.
void Attempts::go_on(Instant now, std::int32_t number) {
  ActiveJob& job = jobs_[number];
  Duration const progress = job.pace.at(now);
  keep_pace(now, number, std::min(talks_.come(now, number, job, progress), job.length));
  if (job.pace.elapsed > progress && job.pace.elapsed >= job.segment_end) begin_segment(now, number);
  plan_dates(number);
}

// So far it has come, and so fast it goes on.
void Attempts::keep_pace(Instant now, std::int32_t number, Duration progress) {
  ActiveJob& job = jobs_[number];
  job.pace = {progress, now, job.speed * job.share_of_speed * job.supply_rate * (job.talks ? talks_.pace(number) : 1)};
  if (!job.idle) keep_busy(job, busy_of(number));
}

Utilisations Attempts::busy_of(std::int32_t number) const {
  ActiveJob const& job = jobs_[number];
  double const of = job.share_of_speed * (is_slowed(job) ? job.supply_rate : 1) * (job.talks ? talks_.busy(number) : 1);
  return of == 1 ? job.utilisation : Utilisations{job.utilisation.cores * of, job.utilisation.gpus * of};
}

void Attempts::plan_dates(std::int32_t number) {
  ActiveJob& job = jobs_[number];
  auto const sends = job.talks ? talks_.next(number) : std::nullopt;
  plan(job.end, job.pace.reaches(sends ? std::min(*sends, job.length) : job.length), number, sends ? Calendar::What::sends : Calendar::What::ends);
  if (job.segment_end < job.length) plan(job.next_segment, job.pace.reaches(job.segment_end), number, Calendar::What::goes_on);
}

void Attempts::bring_up(Instant now, std::int32_t number) {
  ActiveJob& job = jobs_[number];
  if (!job.waits_for_boot) count_slowed(now, job);
  count_unserved(now, job);
  if (job.talks && !job.waits_for_boot) talks_.end(now, number, job);
}

void Attempts::take_dates(Instant now, std::vector<std::int32_t>& ended) {
  dated_.clear();
  calendar_.take(now, dated_);
  for (auto const& entry : dated_) take(now, entry, ended);
}

bool Attempts::take_date(Instant now, std::vector<std::int32_t>& ended) {
  dated_.clear();
  calendar_.take(now, dated_);
  if (dated_.empty()) return false;
  for (std::size_t i = 1; i < dated_.size(); ++i) {
    ActiveJob& job = jobs_[dated_[i].job];
    (dated_[i].what == Calendar::What::goes_on ? job.next_segment : job.end) = calendar_.add(now, dated_[i].job, dated_[i].what);
  }
  take(now, dated_.front(), ended);
  return true;
}

void Attempts::take(Instant now, const Calendar::Entry& entry, std::vector<std::int32_t>& ended) {
  ActiveJob& job = jobs_[entry.job];
  switch (entry.what) {
    case Calendar::What::begins: return begin(now, entry.job);
    case Calendar::What::goes_on:
      job.next_segment = 0;
      job.pace = {job.segment_end, now, job.pace.rate};
      return begin_segment(now, entry.job);
    case Calendar::What::sends:
      job.end = 0;
      job.pace = {std::min(*talks_.next(entry.job), job.length), now, job.pace.rate};
      return go_on(now, entry.job);
    case Calendar::What::ends:
      expects(!executions_ || job.idle || std::ranges::binary_search(executor_.ended(), entry.job), "what the calendar ends, SimGrid has ended, too");
      leave(now, entry.job);
      ended.push_back(entry.job);
  }
}

// The job's utilisation from now on, and the date at which it changes again.
void Attempts::begin_segment(Instant now, std::int32_t number) {
  ActiveJob& job = jobs_[number];
  job.utilisation = job.job.utilisation;
  job.segment_end = job.length;
  if (job.progress) {
    JobProgress::Segment const segment = job.progress->segment(job.pace.at(now));
    job.utilisation = segment.utilisation;
    job.segment_end = segment.until;
  }
  if (!job.idle) {
    if (shared_)
      for (auto const& piece : job.allocation) shared_->set(number, piece, job.utilisation);
    keep_busy(job, busy_of(number));
  }
  if (job.segment_end < job.length) plan(job.next_segment, job.pace.reaches(job.segment_end), number, Calendar::What::goes_on);
}

void Attempts::keep_busy(ActiveJob& job, const Utilisations& busy) {
  for (auto const& piece : job.allocation) {
    if (job.is_busy) site_.occupy(piece, job.busy, -1);
    site_.occupy(piece, busy, +1);
  }
  job.busy = busy;
  job.is_busy = true;
}

void Attempts::plan(Calendar::Ticket& ticket, Instant when, std::int32_t number, Calendar::What what) {
  if (ticket != 0) calendar_.cancel(ticket);
  ticket = when == never ? 0 : calendar_.add(when, number, what);
}

void Attempts::leave(Instant now, std::int32_t number) {
  ActiveJob& job = jobs_[number];
  capacity_.give(job.allocation);
  if (job.is_busy)
    for (auto const& piece : job.allocation) site_.occupy(piece, job.busy, -1);
  job.is_busy = false;
  if (!job.waits_for_boot) count_slowed(now, job);
  if (shared_ && !job.idle && !job.waits_for_boot) {
    count_unserved(now, job);
    for (auto const& piece : job.allocation) shared_->remove(number, piece.server);
  }
  if (job.talks && !job.waits_for_boot) talks_.end(now, number, job);
  running_.remove(job.expected_end, number);
}

Duration Attempts::interrupt(Instant now, std::int32_t number) {
  ActiveJob& job = jobs_[number];
  if (job.end != 0) calendar_.cancel(job.end);
  if (job.next_segment != 0) calendar_.cancel(job.next_segment);
  if (executions_ && !job.idle && !job.waits_for_boot) executor_.cancel(number);
  Duration const come = job.waits_for_boot ? Duration{} : job.pace.at(now);
  leave(now, number);
  return come;
}

// --- servers that are slowed ---

double Attempts::speed_of(const ActiveJob& job) const {
  if (!site_.controls().slows()) return 1;
  double least = 1;
  for (auto const& piece : job.allocation) least = std::min(least, site_.speed(piece.server));
  return least;
}

void Attempts::count_slowed(Instant now, ActiveJob& job) const {
  job.slowed_s += (1 - job.speed * job.share_of_speed) * (now - std::exchange(job.slowed_since, now)).seconds();
}

void Attempts::keep_speed(Instant now) {
  for (std::int32_t number : running_.numbers(jobs_)) {
    ActiveJob& job = jobs_[number];
    double const speed = speed_of(job);
    double const share = shares_of_speed_[static_cast<std::size_t>(job.job.workload)];
    if (job.waits_for_boot || (speed == job.speed && share == job.share_of_speed)) continue;
    count_slowed(now, job);
    Duration const progress = job.pace.at(now);
    job.speed = speed;
    job.share_of_speed = share;
    if (executions_ && !job.idle) executor_.change_rate(number, speed * share);
    keep_pace(now, number, progress);
    plan_dates(number);
  }
}

// --- servers that are short ---

void Attempts::share(Instant now) {
  if (!shared_) return;
  for (std::int32_t number : shared_->settle()) supply(now, number, shared_->supply(number, jobs_[number].allocation));
}

void Attempts::supply(Instant now, std::int32_t number, const SharedServers::Supply& supply) {
  ActiveJob& job = jobs_[number];
  count_unserved(now, job);
  job.supply = supply;
  if (!is_slowed(job) || supply.rate == job.supply_rate) return;
  job.supply_rate = supply.rate;
  if (executions_) executor_.change_rate(number, supply.rate);
  keep_pace(now, number, job.pace.at(now));
  plan_dates(number);
}

// Work that waits is done later; what is not waited for is lost.
void Attempts::count_unserved(Instant now, ActiveJob& job) const {
  double const seconds = (now - std::exchange(job.supplied_since, now)).seconds();
  if (!shared_ || is_slowed(job)) return;
  job.unserved_core_s += (job.supply.asked_cores - job.supply.cores) * seconds;
  job.unserved_gpu_s += (job.supply.asked_gpus - job.supply.gpus) * seconds;
}

}  // namespace headroom
