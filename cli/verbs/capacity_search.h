// `headroom capacity SUBJECT --goal ...`: the largest scale that still meets goals, found by runs; or what one run says of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/placement/site_growth.h"
#include "cli/verb.h"

namespace headroom {

struct GoalOptions {
  std::vector<std::string> goals;      // empty: the static answer is wanted
  std::string grow = "arrivals", directory;
  int seeds = 1, runs = 0, jobs = 0;   // 0: what is usual
  double from = 0.25, to = 8, resolution = 0.02;
};

void add_goal_options(CLI::App& verb, GoalOptions& options);
// `growth`: along which the answer is dated, too.
int capacity_by_runs(const std::string& subject, const std::vector<std::string>& settings, const GoalOptions& options, std::optional<GrowthAnswer> growth, const Globals& globals);

}  // namespace headroom
