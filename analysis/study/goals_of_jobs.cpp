// Goals about jobs: values are those of the measures; what is worked out here is when a goal was lost and by which job.
//
// Each job brings its share of what a goal allows at the moment when it is known: what it waited when it starts, what it took
// when it ends, what is not done when it is given up. Shares are not negative, so once they exceed what the goal allows to all
// jobs together, nothing that comes later can mend it: the goal is lost for good.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/study/goals_of_runs.h"
#include "base/sum.h"

namespace headroom {
namespace {

constexpr double slowdown_floor_s = 10;          // as in the measure

struct Share {
  double known_s = 0, amount = 0;
};

// The first moment at which the shares known by then add up to more than is allowed.
std::optional<double> lost_at(std::vector<Share> shares, double allowed) {
  std::ranges::stable_sort(shares, {}, &Share::known_s);
  CompensatedSum sum;
  for (auto const& share : shares) {
    sum.add(share.amount);
    if (sum.value() > allowed) return share.known_s;
  }
  return std::nullopt;
}

std::string size_of(const JobRow& job) {
  if (job.servers > 1) return counted(job.servers, "server");
  if (job.cores > Amount()) return fmt::format("{:.6g} {}", job.cores.value(), job.cores == Amount(1) ? "core" : "cores");
  return fmt::format("{:.6g} {}", job.gpus.value(), job.gpus == Amount(1) ? "GPU" : "GPUs");
}

double time_of(JobTime time, const JobToJudge& job) {
  double const wait_s = job.start_s - job.submit_s, run_s = job.end_s - job.start_s;
  if (time == JobTime::wait) return wait_s;
  return time == JobTime::response ? job.end_s - job.submit_s : std::max(1.0, (wait_s + run_s) / std::max(run_s, slowdown_floor_s));
}

// Of a mean every job brings its value, of the bounded slowdown what is above 1; of a share of the jobs those beyond the limit
// count, as many as may be and one more.
std::optional<double> lost_at(JobTime time, double share, const JobsToJudge& jobs, double limit) {
  double const floor = time == JobTime::slowdown ? 1 : 0, count = static_cast<double>(jobs.completed);
  std::vector<Share> shares;
  for (auto const& job : jobs.jobs) {
    if (!job.completed) continue;
    double const value = time_of(time, job);
    shares.push_back({time == JobTime::wait ? job.start_s : job.end_s, share == mean_of_all ? value - floor : value > limit ? 1.0 : 0.0});
  }
  double const allowed = share == mean_of_all ? (limit - floor) * count : count - std::max(1.0, std::ceil(share * count));
  return lost_at(std::move(shares), allowed);
}

std::string told(JobTime time, const JobToJudge& job) {
  switch (time) {
    case JobTime::wait: return fmt::format("waited longest, {} for {} from {} on", time_text(time_of(time, job)), job.size, time_text(job.submit_s));
    case JobTime::response: return fmt::format("took longest, {} on {} from {} on", time_text(time_of(time, job)), job.size, time_text(job.submit_s));
    case JobTime::slowdown: break;
  }
  return fmt::format("was slowed most, {:.4g} times: {} for {} of work on {} from {} on", time_of(time, job), time_text(job.end_s - job.submit_s), time_text(job.end_s - job.start_s), job.size, time_text(job.submit_s));
}

// Cores, or GPUs where no job asks for a core.
double asked(const JobToJudge& job, bool cores) { return cores ? job.core_s : job.gpu_s; }

}  // namespace

JobsToJudge jobs_to_judge(const RunReader& run) {
  JobsToJudge out;
  out.service = job_measures(run).service;
  double const end_s = static_cast<double>(run.meta_whole("end_ns")) / 1e9;
  bool const several = !run.meta_text("workload 1 unit").empty();
  run.each_job([&](const JobRow& row) {
    JobToJudge job;
    job.name = several ? fmt::format("job {} of workload[{}]", row.trace_id, row.workload) : fmt::format("job {}", row.trace_id);
    job.size = size_of(row);
    job.submit_s = static_cast<double>(row.submit_ns) / 1e9;
    job.start_s = static_cast<double>(row.start_ns) / 1e9;
    job.end_s = static_cast<double>(row.end_ns) / 1e9;
    double const run_s = static_cast<double>(row.runtime_ns) / 1e9;
    job.core_s = row.cores.value() * run_s;
    job.gpu_s = row.gpus.value() * run_s;
    job.completed = row.state == JobState::completed;
    out.completed += job.completed ? 1 : 0;
    bool const given_up = row.state == JobState::killed || row.state == JobState::lost;
    job.known_s = row.state == JobState::rejected ? job.submit_s : given_up ? job.end_s : end_s;
    out.jobs.push_back(std::move(job));
  });
  return out;
}

std::function<GoalResult(const JobsToJudge&, const Goal&)> of_times(JobTime time, double share, double Service::*value) {
  return [=](const JobsToJudge& jobs, const Goal& goal) {
    GoalResult result;
    result.value = jobs.service.*value;
    result.judged = jobs.completed > 0;
    result.met = result.judged && goal.met_by(result.value);
    if (result.met || !result.judged) return result;
    const JobToJudge* worst = nullptr;
    for (auto const& job : jobs.jobs)
      if (job.completed && (worst == nullptr || time_of(time, job) > time_of(time, *worst))) worst = &job;
    result.where = worst->name;
    result.why = told(time, *worst);
    result.at_s = lost_at(time, share, jobs, goal.limit);
    return result;
  };
}

GoalResult judge_goodput(const JobsToJudge& jobs, const Goal& goal) {
  bool const cores = std::ranges::any_of(jobs.jobs, [](const JobToJudge& job) { return job.core_s > 0; });
  CompensatedSum all, good;
  std::vector<Share> missing;
  const JobToJudge* worst = nullptr;
  for (auto const& job : jobs.jobs) {
    all.add(asked(job, cores));
    if (job.completed) {
      good.add(asked(job, cores));
      continue;
    }
    missing.push_back({job.known_s, asked(job, cores)});
    if (worst == nullptr || asked(job, cores) > asked(*worst, cores)) worst = &job;
  }
  GoalResult result;
  result.value = all.value() > 0 ? good.value() / all.value() : 1;
  result.met = goal.met_by(result.value);
  if (result.met) return result;
  result.where = worst->name;
  result.why = fmt::format("did not complete, the largest of {}: {:.4g} {}-hours on {} from {} on", counted(std::ssize(missing), "such job"), asked(*worst, cores) / 3600, cores ? "core" : "GPU", worst->size,
                           time_text(worst->submit_s));
  result.at_s = lost_at(std::move(missing), (1 - goal.limit) * all.value());
  return result;
}

}  // namespace headroom
