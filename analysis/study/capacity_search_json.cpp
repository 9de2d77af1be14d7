// The answer to `headroom capacity --goal` for programs, and what one run says of goals.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/study/capacity_search_text.h"
#include "base/json_fields.h"

namespace headroom {
namespace {

using OrderedJson = nlohmann::ordered_json;

const char* unit_of(const Goal& goal) { return goal.measure->unit == GoalUnit::seconds ? "s" : ""; }

OrderedJson goal_json(const Goal& goal) {
  OrderedJson out{{"goal", goal.text()}, {"measure", goal.measure->name}};
  if (goal.holds_or_not()) return out;
  out["limit"] = goal.limit;
  if (*unit_of(goal) != 0) out["unit"] = unit_of(goal);
  return out;
}

OrderedJson result_json(const Goal& goal, const GoalResult& result) {
  OrderedJson out = goal_json(goal);
  if (result.judged) out["value"] = result.value;
  out["met"] = result.met;
  if (!result.where.empty()) out.update({{"where", result.where}, {"why", result.why}});
  if (result.at_s) out["at_s"] = *result.at_s;
  return out;
}

OrderedJson results_json(const std::vector<Goal>& goals, const std::vector<GoalResult>& results) {
  OrderedJson out = OrderedJson::array();
  for (std::size_t i = 0; i < goals.size(); ++i) out.push_back(result_json(goals[i], results[i]));
  return out;
}

OrderedJson scale_json(const std::vector<Goal>& goals, double scale, const JudgedScale& judged) {
  OrderedJson out{{"scale", scale}, {"met", judged.verdict.passes}, {"surely_met", judged.verdict.surely_passes}, {"surely_missed", judged.verdict.surely_fails}};
  if (judged.refused()) {
    out["refused"] = judged.runs.front().refused;
    return out;
  }
  out["goals"] = OrderedJson::array();
  for (std::size_t i = 0; i < goals.size(); ++i) {
    OrderedJson row{{"goal", goals[i].text()}, {"mean", judged.goals[i].mean}, {"half_width", judged.goals[i].half_width}, {"met", judged.goals[i].met}, {"values", OrderedJson::array()}};
    for (auto const& run : judged.runs) row["values"].push_back(run.goals[i].value);
    out["goals"].push_back(std::move(row));
  }
  return out;
}

OrderedJson kept_json(const SearchTitle& title, const SimulatedCapacity& answer, double scale, const std::string& folder) {
  JudgedScale const& judged = answer.scales.at(scale);
  OrderedJson out{{"scale", scale}};
  if (judged.refused()) {
    out["refused"] = judged.runs.front().refused;
    return out;
  }
  std::size_t const kept = judged.telling(answer.question.goals);
  out.update({{"seed", answer.question.first_seed + static_cast<std::int64_t>(kept)}, {"settings", judged.settings}, {"folder", (title.directory / folder).string()},
              {"command", run_command(title, answer, scale, folder)}, {"goals", results_json(answer.question.goals, judged.runs[kept].goals)}});
  return out;
}

}  // namespace

OrderedJson to_json(const SearchTitle& title, const SimulatedCapacity& answer) {
  ScaleSearch const& search = answer.search;
  CapacityQuestion const& question = answer.question;
  OrderedJson out{{"schema_version", 1}, {"basis", "simulated"}, {"scenario", title.name}, {"grow", question.growth.what() == Grow::racks ? "racks" : "arrivals"}, {"goals", OrderedJson::array()}};
  for (auto const& goal : question.goals) out["goals"].push_back(goal_json(goal));
  out.update({{"first_seed", question.first_seed}, {"seeds", question.seeds}, {"seeds_change_nothing", answer.seeds_change_nothing()}, {"runs", answer.runs}, {"from", question.search.from},
              {"to", question.search.to}, {"resolution", question.search.resolution}, {"resolved", search.resolved}, {"interrupted", answer.interrupted}});
  if (search.passes) out["scale"] = *search.passes;
  bool const sample = question.seeds > 1 && !answer.seeds_change_nothing();
  out["interval"] = {{"kind", sample ? "confidence" : "bracket"}};
  if (sample) out["interval"]["confidence"] = interval_confidence;
  if (auto const low = sample ? search.surely_passes : search.passes) out["interval"]["from"] = *low;
  if (auto const high = sample ? search.surely_fails : search.fails) out["interval"]["to"] = *high;
  if (search.passes) out["passes"] = kept_json(title, answer, *search.passes, "passes");
  if (search.fails) out["fails"] = kept_json(title, answer, *search.fails, "fails");
  out["pass_beyond_a_fail"] = search.pass_beyond;
  out["tested"] = OrderedJson::array();
  for (auto const& [scale, judged] : answer.scales) out["tested"].push_back(scale_json(question.goals, scale, judged));
  return out;
}

OrderedJson to_json(const std::string& run, const std::vector<Goal>& goals, const std::vector<GoalResult>& results) {
  return {{"schema_version", 1}, {"run", run}, {"met", std::ranges::all_of(results, &GoalResult::met)}, {"goals", results_json(goals, results)}};
}

std::string to_text(const std::string& run, const std::vector<Goal>& goals, const std::vector<GoalResult>& results) {
  std::string out = fmt::format("{}: {}\n", run, std::ranges::all_of(results, &GoalResult::met) ? "every goal is met" : "not every goal is met");
  for (std::size_t i = 0; i < goals.size(); ++i) out += fmt::format("  {:<32}{:<8}{}\n", goals[i].text(), results[i].met ? "met" : "missed", result_text(goals[i], results[i]));
  return out;
}

}  // namespace headroom
