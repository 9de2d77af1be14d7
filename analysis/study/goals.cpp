#include "analysis/study/goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "analysis/study/goals_of_runs.h"

namespace headroom {

const std::vector<GoalMeasure>& goal_measures() {
  using enum GoalSense;
  using enum GoalUnit;
  static const std::vector<GoalMeasure> table{
      {"wait_mean", at_most, seconds, "from submission to the last start, mean of completed jobs", "", of_times(JobTime::wait, mean_of_all, &Service::wait_mean_s), {}},
      {"wait_p95", at_most, seconds, "95 % of completed jobs wait no longer (nearest rank)", "", of_times(JobTime::wait, 0.95, &Service::wait_p95_s), {}},
      {"wait_max", at_most, seconds, "the longest wait of a completed job", "", of_times(JobTime::wait, 1, &Service::wait_max_s), {}},
      {"response_mean", at_most, seconds, "from submission to end, mean of completed jobs; the latency of requests", "", of_times(JobTime::response, mean_of_all, &Service::response_mean_s), {}},
      {"response_p50", at_most, seconds, "half of the completed jobs take no longer from submission to end", "", of_times(JobTime::response, 0.5, &Service::response_p50_s), {}},
      {"response_p95", at_most, seconds, "95 % of completed jobs take no longer from submission to end", "", of_times(JobTime::response, 0.95, &Service::response_p95_s), {}},
      {"response_p99", at_most, seconds, "99 % of completed jobs take no longer from submission to end", "", of_times(JobTime::response, 0.99, &Service::response_p99_s), {}},
      {"response_max", at_most, seconds, "the longest time from submission to end", "", of_times(JobTime::response, 1, &Service::response_max_s), {}},
      {"bounded_slowdown_mean", at_most, number, "max(1, (wait + run) / max(run, 10 s)), mean of completed jobs", "", of_times(JobTime::slowdown, mean_of_all, &Service::bounded_slowdown_mean), {}},
      {"goodput", at_least, share, "core-hours asked for by completed jobs / core-hours asked for by all that were submitted", "", judge_goodput, {}},
      {"no_trip", holds, number, "no overload opens a breaker, stops a generator, or stops or bypasses a UPS", "trip", {}, judge_no_trip},
      {"within_ratings", holds, number, "no node of the power path carries more than any of its ratings at any moment", "overload", {}, judge_within_ratings},
      {"n_minus_1_safe", holds, number, "when the facility draws most, no single fault of the power path makes anything else trip or leaves it beyond its rating", "unsafe fault", {},
       judge_n_minus_1_safe},
  };
  return table;
}

namespace {

constexpr std::string_view spaces = " \t";

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(spaces);
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

const char* sign_of(GoalSense sense) { return sense == GoalSense::at_most ? "<=" : ">="; }
const char* example_of(GoalUnit unit) { return unit == GoalUnit::seconds ? "10 min" : unit == GoalUnit::share ? "0.95" : "5"; }

std::string unknown_measure(std::string_view name) {
  std::vector<std::string> known;
  for (auto const& measure : goal_measures()) known.emplace_back(measure.name);
  std::string const near = nearest_hint(std::string(name), known);
  return fmt::format("there is no measure '{}'{}", name, near.empty() ? fmt::format("; it is one of {}", fmt::join(known, ", ")) : near);
}

std::string expected(const GoalMeasure& measure) {
  if (measure.sense == GoalSense::holds) return fmt::format("{} holds or not; write it alone", measure.name);
  return fmt::format("write '{} {} {}'", measure.name, sign_of(measure.sense), example_of(measure.unit));
}

Parsed<Goal> with_limit(const GoalMeasure& measure, std::string_view text) {
  if (measure.unit == GoalUnit::seconds) {
    auto const time = parse_duration(text);
    if (auto const* problem = std::get_if<std::string>(&time)) return *problem;
    if (std::get<Duration>(time) < Duration{}) return fmt::format("'{}' is below zero", text);
    return Goal{&measure, std::get<Duration>(time).seconds()};
  }
  auto const number = parse_number(text);
  if (auto const* problem = std::get_if<std::string>(&number)) return *problem;
  double const limit = std::get<double>(number);
  if (measure.unit == GoalUnit::share && (limit < 0 || limit > 1)) return fmt::format("{} is a share from 0 to 1, found {}", measure.name, text);
  if (limit < 0) return fmt::format("'{}' is below zero", text);
  return Goal{&measure, limit};
}

}  // namespace

Parsed<Goal> Goal::parse(std::string_view text) {
  auto const sign = text.find_first_of("<>=");
  std::string_view const name = trimmed(text.substr(0, sign));
  auto const measure = std::find_if(goal_measures().begin(), goal_measures().end(), [&](const GoalMeasure& each) { return each.name == name; });
  if (name.empty()) return fmt::format("expected {}", grammar);
  if (measure == goal_measures().end()) return unknown_measure(name);
  bool const alone = sign == std::string_view::npos;
  if (alone != (measure->sense == GoalSense::holds)) return expected(*measure);
  if (alone) return Goal{&*measure, 0};
  auto const limit = text.find_first_not_of("<>=", sign);
  std::string_view const written = text.substr(sign, limit == std::string_view::npos ? limit : limit - sign);
  if (written != sign_of(measure->sense)) return fmt::format("{} is to be {}; {}", name, measure->sense == GoalSense::at_most ? "low" : "high", expected(*measure));
  if (limit == std::string_view::npos) return expected(*measure);
  return with_limit(*measure, trimmed(text.substr(limit)));
}

std::string Goal::text() const {
  if (holds_or_not()) return measure->name;
  std::string const bound = measure->unit == GoalUnit::seconds ? to_text(round_to_duration(limit).value_or(longest_duration)) : number_text(limit);
  return fmt::format("{} {} {}", measure->name, sign_of(measure->sense), bound);
}

std::vector<GoalResult> judge(const RunReader& run, const std::vector<Goal>& goals) {
  if (!run.complete()) throw InputError({run.directory().string(), 0, 0}, "the run is unfinished; a goal is of a whole run");
  std::optional<JobsToJudge> jobs;
  std::vector<GoalResult> results;
  for (auto const& goal : goals) {
    if (goal.measure->of_run) {
      results.push_back(goal.measure->of_run(run));
      continue;
    }
    if (!jobs) jobs = jobs_to_judge(run);
    if (jobs->jobs.empty()) throw InputError({run.directory().string(), 0, 0}, fmt::format("{} is of jobs, and none was submitted in this run", goal.measure->name));
    results.push_back(goal.measure->of_jobs(*jobs, goal));
  }
  return results;
}

std::string time_text(double seconds) {
  for (auto const& [below, unit, name] : {std::tuple{120.0, 1.0, "s"}, {7200.0, 60.0, "min"}, {172800.0, 3600.0, "h"}})
    if (seconds < below) return fmt::format("{:.4g} {}", seconds / unit, name);
  return fmt::format("{:.4g} d", seconds / 86400);
}

std::string value_text(const Goal& goal, double value) {
  if (goal.holds_or_not()) return value == 0 ? "holds" : counted(std::llround(value), goal.measure->counts);
  return goal.measure->unit == GoalUnit::seconds ? time_text(value) : fmt::format("{:.4g}", value);
}

std::string result_text(const Goal& goal, const GoalResult& result) {
  std::string out = fmt::format("{} {}", goal.measure->name, result.judged ? value_text(goal, result.value) : "not to be had: no job completed");
  if (result.met) return out;
  if (result.at_s) out += fmt::format(", {}at {}", goal.holds_or_not() ? "" : "lost for good ", time_text(*result.at_s));
  if (!result.where.empty()) out += fmt::format(": {} {}", result.where, result.why);
  return out;
}

}  // namespace headroom
