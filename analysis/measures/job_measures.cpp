// Measures that come from the jobs of a run.
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include "analysis/measures/measures.h"
#include "analysis/measures/placement.h"
#include "base/sum.h"

namespace headroom {
namespace {

constexpr double slowdown_floor_s = 10;      // the usual bound of the bounded slowdown (Feitelson)

bool ran(const JobRow& job) { return job.state != JobState::rejected && job.start_ns >= 0; }
bool given_up(const JobRow& job) { return job.state == JobState::killed || job.state == JobState::lost; }

struct Window {
  std::int64_t from_ns, to_ns;
};

// The window of means; the engine wrote its bounds.
Window window_of(const RunReader& run) { return {run.meta_whole("window_from_ns"), run.meta_whole("window_to_ns")}; }

std::int64_t overlap_ns(std::int64_t from, std::int64_t to, const Window& window) {
  return std::max<std::int64_t>(0, std::min(to, window.to_ns) - std::max(from, window.from_ns));
}

double at_rank(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  auto const rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

double seconds(std::int64_t t_ns) { return static_cast<double>(t_ns) / 1e9; }

// Units a job held, in its workload's terms: servers where it asked for whole ones.
struct UnitSizes {
  std::vector<std::string> unit;
  std::vector<double> of_site;

  explicit UnitSizes(const RunReader& run) {
    for (int i = 0;; ++i) {
      std::string const key = "workload " + std::to_string(i) + " unit";
      std::string const name = run.meta_text(key);
      if (name.empty()) return;
      unit.push_back(name);
      of_site.push_back(run.meta_number(key + "s"));
    }
  }
  double share_of_site(const JobRow& job) const {
    auto const i = static_cast<std::size_t>(job.workload);
    double const units = unit[i] == "server" ? Amount(job.servers).value() : (unit[i] == "gpu" ? job.gpus : job.cores).value();
    return of_site[i] > 0 ? units / of_site[i] : 0;
  }
};

// From a start to an end on servers: an attempt that was interrupted, or the last one of a job.
struct Attempt {
  std::int64_t start_ns, end_ns, servers;
  Amount cores, gpus;
};

// Everything in one pass over the jobs and one over the interruptions; the rest is arithmetic.
class JobPass {
 public:
  explicit JobPass(const RunReader& run)
      : run_(run), units_(run), window_(window_of(run)), end_ns_(run.meta_whole("end_ns")), cores_(run.meta_number("cores")), gpus_(run.meta_number("gpus")) {}

  JobMeasures measure() {
    for (auto const& row : run_.interruptions()) interrupt(row);
    run_.each_job([this](const JobRow& job) { take(job); });
    out_.counts.records = run_.meta_whole("trace_records");
    std::string const prefix = "trace_skipped: ";
    for (auto const& [key, value] : run_.all_meta())
      if (key.starts_with(prefix)) out_.counts.skipped[key.substr(prefix.size())] = std::stoll(value);
    finish_service();
    finish_activity();
    return std::move(out_);
  }

 private:
  void take(const JobRow& job) {
    count(job);
    if (job.state == JobState::rejected) return;
    first_submit_ns_ = std::min(first_submit_ns_, job.submit_ns);
    last_end_if_unhindered_ns_ = std::max(last_end_if_unhindered_ns_, job.submit_ns + job.runtime_ns);
    asked_s_ += units_.share_of_site(job) * seconds(job.runtime_ns);
    changes_.push_back({job.submit_ns, +1, 0, 0});
    if (given_up(job) && job.interruptions > 0) changes_.push_back({job.end_ns, -1, 0, 0});      // not back into the queue
    if (!ran(job)) return;
    if (!interrupted_.contains({job.workload, job.trace_id, job.start_ns})) hold({job.start_ns, job.end_ns, job.servers, job.cores, job.gpus});
    if (job.state == JobState::completed || given_up(job)) last_finish_ns_ = std::max(last_finish_ns_, job.end_ns);
    if (job.state == JobState::completed) complete(job);
  }

  // An attempt ends, and its job waits again.
  void interrupt(const InterruptionRow& row) {
    interrupted_.insert({row.workload, row.trace_id, row.start_ns});
    hold({row.start_ns, row.end_ns, servers_placed(row.placement), row.cores, row.gpus});
    changes_.push_back({row.end_ns, +1, 0, 0});
  }

  void count(const JobRow& job) {
    JobCounts& counts = out_.counts;
    ++counts.submitted;
    counts.unserved_core_s += job.unserved_core_s;
    counts.unserved_gpu_s += job.unserved_gpu_s;
    counts.requeued += job.interruptions > (given_up(job) ? 1 : 0);
    switch (job.state) {
      case JobState::completed: ++counts.completed; break;
      case JobState::rejected: ++counts.rejected; break;
      case JobState::killed: ++counts.killed; break;
      case JobState::lost: ++counts.lost; break;
      case JobState::running_at_end: ++counts.running_at_end; break;
      case JobState::queued_at_end: ++counts.queued_at_end; break;
    }
  }

  void hold(const Attempt& attempt) {
    std::int64_t const until = attempt.end_ns >= 0 ? attempt.end_ns : end_ns_;
    double const held_s = seconds(until - attempt.start_ns), cores = attempt.cores.value(), gpus = attempt.gpus.value();
    core_s_.add(cores * held_s);
    gpu_s_.add(gpus * held_s);
    server_s_.add(static_cast<double>(attempt.servers) * held_s);
    double const core_share = cores_ > 0 ? cores / cores_ : 0;
    double const busy_share = cores > 0 || gpus_ == 0 ? core_share : gpus / gpus_;
    busy_window_s_.add(busy_share * seconds(overlap_ns(attempt.start_ns, until, window_)));
    changes_.push_back({attempt.start_ns, -1, +1, busy_share});
    if (attempt.end_ns >= 0) changes_.push_back({attempt.end_ns, 0, -1, -busy_share});
  }

  void complete(const JobRow& job) {
    double const wait_s = seconds(job.start_ns - job.submit_ns), run_s = seconds(job.end_ns - job.start_ns);
    out_.waits_s.push_back(wait_s);
    wait_sum_s_.add(wait_s);
    responses_s_.push_back(seconds(job.end_ns - job.submit_ns));
    response_sum_s_.add(responses_s_.back());
    slowdown_sum_.add(std::max(1.0, (wait_s + run_s) / std::max(run_s, slowdown_floor_s)));
  }

  void finish_service() {
    out_.counts.core_s = core_s_.value();
    out_.counts.gpu_s = gpu_s_.value();
    out_.counts.server_s = server_s_.value();
    Service& service = out_.service;
    std::sort(out_.waits_s.begin(), out_.waits_s.end());
    auto const completed = static_cast<double>(out_.waits_s.size());
    if (completed > 0) {
      service.wait_mean_s = wait_sum_s_.value() / completed;
      service.wait_p95_s = at_rank(out_.waits_s, 0.95);
      service.wait_max_s = out_.waits_s.back();
      std::sort(responses_s_.begin(), responses_s_.end());
      service.response_mean_s = response_sum_s_.value() / completed;
      service.response_p50_s = at_rank(responses_s_, 0.5);
      service.response_p95_s = at_rank(responses_s_, 0.95);
      service.response_p99_s = at_rank(responses_s_, 0.99);
      service.response_max_s = responses_s_.back();
      service.bounded_slowdown_mean = slowdown_sum_.value() / completed;
    }
    if (last_finish_ns_ >= 0) {
      service.end_s = seconds(last_finish_ns_);
      service.makespan_s = seconds(last_finish_ns_ - first_submit_ns_);
    }
    double const window_s = seconds(window_.to_ns - window_.from_ns);
    if (window_s > 0) service.utilisation_mean = busy_window_s_.value() / window_s;
    double const asked_span_s = first_submit_ns_ == no_submit ? 0 : seconds(last_end_if_unhindered_ns_ - first_submit_ns_);
    if (asked_span_s > 0) service.offered_load = asked_s_ / asked_span_s;
  }

  void finish_activity() {
    std::sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) { return a.time_ns < b.time_ns; });
    Activity& activity = out_.activity;
    activity.end_s = seconds(end_ns_);
    std::int64_t waiting = 0, running = 0;
    CompensatedSum busy, in_system_s;
    std::int64_t last_ns = 0, system_from_ns = 0;
    for (std::size_t i = 0; i < changes_.size();) {
      std::int64_t const now_ns = changes_[i].time_ns;
      if (i == 0) system_from_ns = now_ns;
      else in_system_s.add(static_cast<double>(waiting + running) * seconds(now_ns - last_ns));
      last_ns = now_ns;
      for (; i < changes_.size() && changes_[i].time_ns == now_ns; ++i) {
        waiting += changes_[i].waiting;
        running += changes_[i].running;
        busy.add(changes_[i].busy_share);
      }
      activity.times_s.push_back(seconds(now_ns));
      activity.waiting.push_back(static_cast<double>(waiting));
      activity.running.push_back(static_cast<double>(running));
      activity.busy_share.push_back(running == 0 ? 0.0 : busy.value());
    }
    std::int64_t const system_to_ns = waiting + running > 0 ? end_ns_ : last_ns;
    in_system_s.add(static_cast<double>(waiting + running) * seconds(system_to_ns - last_ns));
    if (system_to_ns > system_from_ns) out_.service.in_system_mean = in_system_s.value() / seconds(system_to_ns - system_from_ns);
  }

  struct Change {
    std::int64_t time_ns;
    std::int8_t waiting, running;
    double busy_share;
  };
  static constexpr std::int64_t no_submit = std::numeric_limits<std::int64_t>::max();

  const RunReader& run_;
  UnitSizes units_;
  Window window_;
  std::int64_t end_ns_;
  double cores_, gpus_;
  JobMeasures out_;
  std::vector<double> responses_s_;
  CompensatedSum core_s_, gpu_s_, server_s_, busy_window_s_, wait_sum_s_, response_sum_s_, slowdown_sum_;
  double asked_s_ = 0;
  std::int64_t first_submit_ns_ = no_submit, last_end_if_unhindered_ns_ = 0, last_finish_ns_ = -1;
  std::vector<Change> changes_;
  std::set<std::tuple<int, std::int64_t, std::int64_t>> interrupted_;      // workload, job and start of the attempts that were
};

}  // namespace

JobMeasures job_measures(const RunReader& run) { return JobPass(run).measure(); }

}  // namespace headroom
