// The measures behind the table of goals.
#pragma once

#include "analysis/study/goals.h"

namespace headroom {

// A completed job, or one that did not complete.
struct JobToJudge {
  std::string name, size;              // "job 12", "64 servers"
  double submit_s = 0, start_s = 0, end_s = 0, known_s = 0;      // known: when it is clear what became of it
  double core_s = 0, gpu_s = 0;        // asked for: processors x run time
  bool completed = false;
};

struct JobsToJudge {
  Service service;
  std::vector<JobToJudge> jobs;        // of all that were submitted
  std::size_t completed = 0;
};
JobsToJudge jobs_to_judge(const RunReader& run);

enum class JobTime { wait, response, slowdown };
constexpr double mean_of_all = 0;      // instead of a share
// The mean of all, or the value that such a share of the jobs does not exceed. `value`: where the measures keep it.
std::function<GoalResult(const JobsToJudge&, const Goal&)> of_times(JobTime time, double share, double Service::*value);

GoalResult judge_goodput(const JobsToJudge& jobs, const Goal& goal);
GoalResult judge_no_trip(const RunReader& run);
GoalResult judge_within_ratings(const RunReader& run);
GoalResult judge_n_minus_1_safe(const RunReader& run);

}  // namespace headroom
