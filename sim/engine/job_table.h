// The jobs that are on the site now: waiting or running. Numbers are reused, so memory does not grow with the trace.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/calendar.h"
#include "sim/model/model.h"
#include "sim/policies/policies.h"
#include "sim/policies/use_by_user.h"
#include "sim/servers/progress.h"
#include "sim/servers/sharing.h"
#include "workloads/source.h"

namespace headroom {

// How far an attempt has come. Servers that are short of processors slow it down.
struct Pace {
  Duration elapsed;                // at `since`, as if it had run at rate 1
  Instant since;
  double rate = 1;

  Duration at(Instant now) const {
    Duration const span = now - since;
    return rate == 1 ? elapsed + span : elapsed + Duration{std::llround(static_cast<double>(span.ns) * rate)};
  }
  // When it will have come so far, if nothing changes; never at rate 0.
  Instant reaches(Duration then) const {
    Duration const left = then - elapsed;
    if (rate == 1) return since + left;
    double const ns = std::ceil(static_cast<double>(left.ns) / rate);
    return rate > 0 && ns < static_cast<double>((never - since).ns) ? since + Duration{static_cast<std::int64_t>(ns)} : never;
  }
};

struct ActiveJob {
  Job job;
  Demand demand;
  std::int64_t arrival = 0;        // in the order of (submit, workload, id)
  Instant start{-1};
  Allocation allocation;
  bool idle = false;               // of zero run time
  bool waits_for_boot = false;     // it has its servers, and they are starting
  // of this attempt
  Instant expected_end{-1};
  Duration done;                   // of its run time when it began: what its last checkpoint holds
  Utilisations utilisation;        // asked for now, of what it holds
  Utilisations busy;               // what it keeps busy of what it holds, where it does already
  bool is_busy = false;
  Duration length;                 // of the attempt at rate 1
  Duration segment_end;            // of the attempt: where the utilisation changes, or the end
  Pace pace;
  // where servers may be short
  SharedServers::Supply supply;
  Instant supplied_since;
  double share_of_speed = 1;       // that its workload is let have
  double speed = 1;                // the least of its servers': they are slowed where it is too warm or the connection too small
  Instant slowed_since;
  double kept_s = 0;               // kept from starting, though it might have
  double slowed_s = 0;             // work that was not done for that, over all attempts
  double supply_rate = 1;          // of what it asks of its servers it gets so much
  bool talks = false;              // it sends something: engine/conversations.h
  double waited_s = 0, waited_alone_s = 0, sent_bytes = 0;
  double unserved_core_s = 0, unserved_gpu_s = 0;      // asked for and not given, over all attempts
  std::optional<JobProgress> progress;         // where it has checkpoints or more than one utilisation
  Calendar::Ticket end = 0, next_segment = 0;      // 0: none; `end` is that of the begin while it waits for servers to boot
  int interruptions = 0;           // before this attempt
};

class JobTable {
 public:
  std::int32_t add(Job job, const Demand& demand) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::int32_t>(jobs_.size()));
      jobs_.emplace_back();
    }
    std::int32_t const number = free_.back();
    free_.pop_back();
    ActiveJob& active = jobs_[static_cast<std::size_t>(number)];
    active = {};
    active.job = std::move(job);
    active.demand = demand;
    return number;
  }
  void release(std::int32_t number) { free_.push_back(number); }
  ActiveJob& operator[](std::int32_t number) { return jobs_[static_cast<std::size_t>(number)]; }
  const ActiveJob& operator[](std::int32_t number) const { return jobs_[static_cast<std::size_t>(number)]; }

 private:
  std::vector<ActiveJob> jobs_;
  std::vector<std::int32_t> free_;
};

// Waiting jobs by the score of the policy; equals in the order of their arrival, whenever they come back.
class Queue {
 public:
  Queue(OrderPolicy order, const JobTable& table, const Model& model) : order_(order), table_(table) {
    if (order_.by_use) use_.emplace(model.scenario.policy.fair_share_half_life, model.servers);
  }

  void add(WaitingJob job, Instant now) {
    job.arrival = table_[job.job].arrival;
    job.priority = table_[job.job].job.priority;
    if (use_) job.user = use_->number_of(table_[job.job].job.user);
    score(job, now);
    jobs_.insert(std::upper_bound(jobs_.begin() + static_cast<std::ptrdiff_t>(head_ + (committed_ ? 1 : 0)), jobs_.end(), job, Before{}), job);
  }
  // Puts it in the order of now, where scores change with the wait.
  void renew(Instant now) {
    if (!order_.changes || committed_ || renewed_ == now) return;
    renewed_ = now;
    auto const first = jobs_.begin() + static_cast<std::ptrdiff_t>(head_);
    std::for_each(first, jobs_.end(), [&](WaitingJob& job) { score(job, now); });
    if (!std::is_sorted(first, jobs_.end(), Before{})) std::sort(first, jobs_.end(), Before{});
  }
  // A job of the table has been given servers, or is about to leave them: what the order may go by.
  void started(std::int32_t number, Instant now) {
    if (use_) use_->start(use_->number_of(table_[number].job.user), table_[number].allocation, now);
  }
  void ended(std::int32_t number, Instant now) {
    if (use_) use_->end(use_->number_of(table_[number].job.user), table_[number].allocation, now);
  }
  // The front stays the front until it has left.
  void commit() { committed_ = true; }
  bool empty() const { return head_ == jobs_.size(); }
  std::size_t size() const { return jobs_.size() - head_; }
  const WaitingJob& front() const { return jobs_[head_]; }
  void pop_front() {
    committed_ = false;
    if (++head_ * 2 <= jobs_.size()) return;
    jobs_.erase(jobs_.begin(), jobs_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
  std::span<const WaitingJob> view() const { return {jobs_.data() + head_, size()}; }
  // Takes out the jobs at these positions, rising.
  void remove(const std::vector<std::size_t>& positions) {
    if (positions.empty()) return;
    std::size_t next = 0, kept = head_ + positions.front();
    for (std::size_t i = kept; i < jobs_.size(); ++i) {
      if (next < positions.size() && i == head_ + positions[next]) ++next;
      else jobs_[kept++] = jobs_[i];
    }
    jobs_.resize(kept);
  }

 private:
  struct Before {
    bool operator()(const WaitingJob& a, const WaitingJob& b) const { return a.score != b.score ? a.score < b.score : a.arrival < b.arrival; }
  };

  void score(WaitingJob& job, Instant now) {
    if (use_) job.use = use_->compared(job.user, now);
    job.score = order_.of(job, now);
  }

  OrderPolicy order_;
  const JobTable& table_;
  std::optional<UseByUser> use_;   // only where the order goes by it
  std::vector<WaitingJob> jobs_;
  std::size_t head_ = 0;           // what lies before it has left
  bool committed_ = false;
  Instant renewed_{-1};
};

// Running jobs, by expected end where a policy asks for that.
class Running {
 public:
  bool sorted = false;
  bool empty() const { return entries_.empty(); }

  void add(Instant expected_end, std::int32_t number) {
    Entry const entry{expected_end, number};
    entries_.insert(sorted ? std::upper_bound(entries_.begin(), entries_.end(), entry) : entries_.end(), entry);
    if (!sorted) place(number) = entries_.size() - 1;
  }
  void remove(Instant expected_end, std::int32_t number) {
    if (sorted) {
      entries_.erase(std::lower_bound(entries_.begin(), entries_.end(), Entry{expected_end, number}));
      return;
    }
    std::size_t const at = place(number);
    entries_[at] = entries_.back();
    place(entries_[at].number) = at;
    entries_.pop_back();
  }
  std::span<const RunningJob> view(const JobTable& jobs) {
    view_.clear();
    for (auto const& entry : entries_) view_.push_back({entry.expected_end, entry.number, &jobs[entry.number].allocation});
    return view_;
  }
  std::vector<std::int32_t> numbers(const JobTable& jobs) const {
    std::vector<std::int32_t> out;
    for (auto const& entry : entries_) out.push_back(entry.number);
    std::sort(out.begin(), out.end(), [&](std::int32_t a, std::int32_t b) {
      return std::pair(jobs[a].job.workload, jobs[a].job.id) < std::pair(jobs[b].job.workload, jobs[b].job.id);
    });
    return out;
  }

 private:
  struct Entry {
    Instant expected_end;
    std::int32_t number;
    auto operator<=>(const Entry&) const = default;
  };
  std::size_t& place(std::int32_t number) {
    if (static_cast<std::size_t>(number) >= places_.size()) places_.resize(static_cast<std::size_t>(number) + 1);
    return places_[static_cast<std::size_t>(number)];
  }
  std::vector<Entry> entries_;
  std::vector<std::size_t> places_;
  std::vector<RunningJob> view_;
};

// The next job of the source, looked at before it is taken.
class Arrivals {
 public:
  explicit Arrivals(JobSource& source) : source_(source) { pull(); }
  Instant next() const { return there_ ? job_.submit : never; }
  void take(Job& job) {
    job = std::move(job_);
    pull();
  }

 private:
  void pull() { there_ = source_.next(job_); }
  JobSource& source_;
  Job job_;
  bool there_ = false;
};

}  // namespace headroom
