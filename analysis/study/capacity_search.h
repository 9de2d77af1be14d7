// How much more of a scenario's work, or of its racks, still meets stated goals: found by runs.
//
// Every scale is run with the same seeds, so that two scales differ by nothing else. A measured goal is judged on the mean over
// the seeds; one that holds or not must hold with each. The answer is that of analysis/study/scale_search.h.
//
// Interval (two seeds or more): from the largest tested scale up to which the goals surely pass to the smallest tested one at
// which they surely fail, 95 %. Surely: mean +- t s / sqrt(n) is on one side of the limit, t of Student with n - 1 degrees of
// freedom, and what holds or not does so with all seeds. Runs go to its ends, too.
//
// Who asks makes the runs: a program a run, or a function in a test.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/study/goals.h"
#include "analysis/study/growth.h"
#include "analysis/study/scale_search.h"

namespace headroom {

constexpr double interval_confidence = 0.95;

struct AskedRun {
  double scale = 1;
  std::int64_t seed = 1;
  std::vector<std::string> settings;   // without the seed
};
struct DoneRun {
  std::vector<GoalResult> goals;       // in the order of the goals; empty if it could not be
  std::string refused;                 // why there is no such site; then the scale fails
};
// In the order asked; fewer: interrupted, and the search ends.
using MakeRuns = std::function<std::vector<DoneRun>(const std::vector<AskedRun>& runs)>;

struct GoalOverSeeds {
  double mean = 0, half_width = 0;     // of what is measured; 0 with one seed
  bool met = false, surely_met = false, surely_missed = false;
};

struct JudgedScale {
  std::vector<std::string> settings;
  std::vector<DoneRun> runs;           // by seed, the first one first
  std::vector<GoalOverSeeds> goals;
  ScaleVerdict verdict;
  bool refused() const { return !runs.front().refused.empty(); }
  std::string missed(const std::vector<Goal>& goals) const;                // the first goal that is missed; "" if none
  // Of the runs at this scale the one to keep: where all is met the first that meets all by itself, else the one farthest
  // beyond the first goal that is missed.
  std::size_t telling(const std::vector<Goal>& goals) const;
};

struct SearchQuestion {
  std::vector<Goal> goals;
  Growth growth;
  std::int64_t first_seed = 1;
  int seeds = 1;
  ScaleSearchOptions search;           // its `snap` and `narrow_interval` are set here
};

struct SimulatedCapacity {
  SearchQuestion question;
  ScaleSearch search;
  std::map<double, JudgedScale> scales;
  int runs = 0;
  bool interrupted = false;
  bool seeds_change_nothing() const;   // all seeds gave the same at every scale
};

// `after_batch` sees what is known so far.
SimulatedCapacity simulated_capacity(SearchQuestion question, const MakeRuns& make, const std::function<void(const SimulatedCapacity&)>& after_batch = {});

GoalOverSeeds over_seeds(const Goal& goal, const std::vector<GoalResult>& results);

}  // namespace headroom
