#include "analysis/study/capacity_search.h"

#include <algorithm>
#include <cmath>

#include "analysis/study/students_t.h"
#include "base/sum.h"

namespace headroom {
namespace {

std::vector<GoalResult> of_goal(const std::vector<DoneRun>& runs, std::size_t goal) {
  std::vector<GoalResult> out;
  for (auto const& run : runs) out.push_back(run.goals[goal]);
  return out;
}

JudgedScale judged(const std::vector<Goal>& goals, std::vector<std::string> settings, std::vector<DoneRun> runs) {
  JudgedScale out;
  out.settings = std::move(settings);
  out.runs = std::move(runs);
  if (out.refused()) {
    out.verdict.surely_fails = true;
    return out;
  }
  for (std::size_t i = 0; i < goals.size(); ++i) out.goals.push_back(over_seeds(goals[i], of_goal(out.runs, i)));
  out.verdict.passes = std::ranges::all_of(out.goals, &GoalOverSeeds::met);
  out.verdict.surely_passes = std::ranges::all_of(out.goals, &GoalOverSeeds::surely_met);
  out.verdict.surely_fails = std::ranges::any_of(out.goals, &GoalOverSeeds::surely_missed);
  return out;
}

class CapacitySearch {
 public:
  CapacitySearch(CapacityQuestion question, const MakeRuns& make, const std::function<void(const SimulatedCapacity&)>& after_batch)
      : make_(make), after_batch_(after_batch), answer_{std::move(question), {}, {}, 0, false} {
    answer_.question.search.snap = [growth = answer_.question.growth](double scale) { return growth.snap(scale); };
    answer_.question.search.narrow_interval = answer_.question.seeds > 1;
  }

  SimulatedCapacity answer() {
    answer_.search = search_scale([this](const std::vector<double>& scales) { return test(scales); }, answer_.question.search);
    return std::move(answer_);
  }

 private:
  std::vector<ScaleVerdict> test(const std::vector<double>& scales) {
    std::vector<AskedRun> asked;
    for (double scale : scales)
      for (int i = 0; i < answer_.question.seeds; ++i) asked.push_back({scale, answer_.question.first_seed + i, answer_.question.growth.settings(scale)});
    auto const done = make_(asked);
    answer_.runs += static_cast<int>(done.size());
    answer_.interrupted = done.size() < asked.size();
    auto const seeds = static_cast<std::size_t>(answer_.question.seeds);
    std::vector<ScaleVerdict> verdicts;
    for (std::size_t i = 0; (i + 1) * seeds <= done.size(); ++i) {
      auto const first = done.begin() + static_cast<std::ptrdiff_t>(i * seeds);
      JudgedScale scale = judged(answer_.question.goals, asked[i * seeds].settings, {first, first + static_cast<std::ptrdiff_t>(seeds)});
      verdicts.push_back(verdicts_[scales[i]] = scale.verdict);
      answer_.scales[scales[i]] = std::move(scale);
    }
    answer_.search = read_verdicts(verdicts_, answer_.question.search);
    if (after_batch_) after_batch_(answer_);
    return verdicts;
  }

  const MakeRuns& make_;
  const std::function<void(const SimulatedCapacity&)>& after_batch_;
  SimulatedCapacity answer_;
  std::map<double, ScaleVerdict> verdicts_;
};

}  // namespace

GoalOverSeeds over_seeds(const Goal& goal, const std::vector<GoalResult>& results) {
  GoalOverSeeds out;
  auto const count = static_cast<double>(results.size());
  CompensatedSum sum, squares;
  for (auto const& result : results) sum.add(result.value);
  out.mean = sum.value() / count;
  for (auto const& result : results) squares.add((result.value - out.mean) * (result.value - out.mean));
  bool const all = std::ranges::all_of(results, &GoalResult::met), none = std::ranges::none_of(results, &GoalResult::met);
  bool const judged = std::ranges::all_of(results, &GoalResult::judged);
  if (goal.holds_or_not() || !judged || results.size() == 1) {
    out.met = out.surely_met = all;
    out.surely_missed = none;
    return out;
  }
  out.half_width = students_t(interval_confidence, static_cast<int>(results.size()) - 1) * std::sqrt(squares.value() / (count - 1) / count);
  bool const less = goal.measure->sense == GoalSense::at_most;
  out.met = goal.met_by(out.mean);
  out.surely_met = goal.met_by(less ? out.mean + out.half_width : out.mean - out.half_width);
  out.surely_missed = !goal.met_by(less ? out.mean - out.half_width : out.mean + out.half_width);
  return out;
}

std::string JudgedScale::missed(const std::vector<Goal>& asked) const {
  for (std::size_t i = 0; i < goals.size(); ++i)
    if (!goals[i].met) return asked[i].text();
  return "";
}

std::size_t JudgedScale::telling(const std::vector<Goal>& asked) const {
  if (refused()) return 0;
  if (verdict.passes) {
    auto const met = [](const DoneRun& run) { return std::ranges::all_of(run.goals, &GoalResult::met); };
    auto const alone = std::ranges::find_if(runs, met);
    return alone == runs.end() ? 0 : static_cast<std::size_t>(alone - runs.begin());
  }
  std::size_t goal = 0, worst = 0;
  while (goals[goal].met) ++goal;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    GoalResult const& a = runs[i].goals[goal];
    GoalResult const& b = runs[worst].goals[goal];
    if (a.met != b.met ? b.met : asked[goal].better(b.value, a.value)) worst = i;
  }
  return worst;
}

bool SimulatedCapacity::seeds_change_nothing() const {
  if (question.seeds == 1) return false;
  auto const same = [](const JudgedScale& scale) {
    return std::ranges::all_of(scale.runs, [&](const DoneRun& run) { return std::ranges::equal(run.goals, scale.runs.front().goals, {}, &GoalResult::value, &GoalResult::value); });
  };
  return std::ranges::all_of(scales, [&](auto const& each) { return same(each.second); });
}

SimulatedCapacity simulated_capacity(CapacityQuestion question, const MakeRuns& make, const std::function<void(const SimulatedCapacity&)>& after_batch) {
  expects(!question.goals.empty() && question.seeds >= 1, "a search has goals and seeds");
  return CapacitySearch(std::move(question), make, after_batch).answer();
}

}  // namespace headroom
