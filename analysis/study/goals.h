// What a run must meet to count as good enough, and whether it does: from its file alone.
//
// A goal is one line of text: a measure and its limit ("wait_mean <= 10 min", "goodput >= 0.95"), or a measure that holds or
// not ("no_trip"). Of one that is missed the answer says where, when and how.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/measures/measures.h"
#include "base/units.h"

namespace headroom {

enum class GoalSense { at_most, at_least, holds };
enum class GoalUnit { seconds, share, number };

struct Goal;
struct GoalResult {
  double value = 0;                    // in the measure's unit; of what holds or not see `GoalMeasure::counts`
  bool met = false;
  bool judged = true;                  // false: no job completed, so there is nothing to take a mean of; it is missed then
  std::string where, why;              // of one that is missed: the job or the node, and what it did
  std::optional<double> at_s;          // of one that is missed: since when, from the start of the run
};

// The jobs of a run as goals look at them; read once for all of them.
struct JobsToJudge;

// One row of the table of measures.
struct GoalMeasure {
  const char* name;
  GoalSense sense;
  GoalUnit unit;
  const char* what;                    // for people
  const char* counts;                  // what `value` counts where the goal holds or not
  std::function<GoalResult(const JobsToJudge& jobs, const Goal& goal)> of_jobs;      // one of these two
  std::function<GoalResult(const RunReader& run)> of_run;
};
const std::vector<GoalMeasure>& goal_measures();

struct Goal {
  const GoalMeasure* measure = nullptr;
  double limit = 0;                    // s, or a number
  static constexpr const char* grammar = "MEASURE <= LIMIT, MEASURE >= LIMIT, or a measure that holds or not; such as 'wait_mean <= 10 min'";
  static Parsed<Goal> parse(std::string_view text);
  std::string text() const;
  bool holds_or_not() const { return measure->sense == GoalSense::holds; }
  // Of values of this measure: is the first one better than the second?
  bool better(double a, double b) const { return measure->sense == GoalSense::at_least ? a > b : a < b; }
  bool met_by(double value) const { return !better(limit, value); }
};

// In the order of the goals. Throws InputError: an unfinished run, one without what a goal is about.
std::vector<GoalResult> judge(const RunReader& run, const std::vector<Goal>& goals);

std::string value_text(const Goal& goal, double value);                   // "4.2 min", "0.953", "3 trips", "holds"
std::string time_text(double seconds);                                    // "12.34 s", "4.5 min", "3.2 h", "45.1 d"
// "wait_mean 11.2 min, lost for good at 3.1 d: job 12 waited longest, 7 h for 64 servers from 2.8 d on"
std::string result_text(const Goal& goal, const GoalResult& result);

}  // namespace headroom
