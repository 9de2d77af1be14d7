#include "analysis/study/capacity_search_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_fields.h"

namespace headroom {
namespace {

// As a shell takes it.
std::string quoted(const std::string& word) {
  auto const plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("_-./=:,+@%").find(c) != std::string_view::npos; };
  if (!word.empty() && std::ranges::all_of(word, plain)) return word;
  std::string out = "'";
  for (char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string line(std::string_view label, const std::string& value) { return fmt::format("  {:<14}{}\n", label, value); }

std::int64_t seed_kept(const SimulatedCapacity& answer, const JudgedScale& judged) { return answer.question.first_seed + static_cast<std::int64_t>(judged.telling(answer.question.goals)); }

// The mean over the seeds, and how wide.
std::string measured_text(const Goal& goal, const JudgedScale& judged, std::size_t i) {
  GoalOverSeeds const& over = judged.goals[i];
  bool const had = std::ranges::all_of(judged.runs, [&](const DoneRun& run) { return run.goals[i].judged; });
  if (!had) return fmt::format("{} not to be had: no job completed", goal.measure->name);
  if (judged.runs.size() == 1) return fmt::format("{} {}", goal.measure->name, value_text(goal, over.mean));
  if (!goal.holds_or_not()) return fmt::format("{} {} +- {}", goal.measure->name, value_text(goal, over.mean), value_text(goal, over.half_width));
  auto const met = std::ranges::count_if(judged.runs, [&](const DoneRun& run) { return run.goals[i].met; });
  return fmt::format("{} holds with {} of {} seeds", goal.measure->name, met, judged.runs.size());
}

std::string all_measured(const std::vector<Goal>& goals, const JudgedScale& judged) {
  std::string out;
  for (std::size_t i = 0; i < goals.size(); ++i) out += (i == 0 ? "" : ", ") + measured_text(goals[i], judged, i);
  return out;
}

std::string refused_text(const JudgedScale& judged) { return "there is no such site: " + judged.runs.front().refused; }

// What broke, and how in the run that is kept.
std::string broken_text(const std::vector<Goal>& goals, const JudgedScale& judged, std::int64_t first_seed) {
  std::size_t const kept = judged.telling(goals);
  std::string out;
  for (std::size_t i = 0; i < goals.size(); ++i) {
    if (judged.goals[i].met) continue;
    std::string const over_seeds = judged.runs.size() == 1 ? "" : fmt::format("{}; with seed {}: ", measured_text(goals[i], judged, i), first_seed + static_cast<std::int64_t>(kept));
    out += (out.empty() ? "" : "; ") + over_seeds + result_text(goals[i], judged.runs[kept].goals[i]);
  }
  return out;
}

std::string interval_text(const SimulatedCapacity& answer) {
  ScaleSearch const& search = answer.search;
  Growth const& growth = answer.question.growth;
  if (answer.question.seeds == 1 || answer.seeds_change_nothing()) {
    std::string const why = answer.question.seeds == 1 ? "one seed" : "the seed changes nothing here";
    return search.passes && search.fails ? fmt::format("{} to {}, a bracket and not a confidence interval: {}", growth.label(*search.passes), growth.label(*search.fails), why) : "";
  }
  std::string const low = search.surely_passes ? growth.label(*search.surely_passes) : "below " + growth.label(search.tested.front().scale);
  std::string const high = search.surely_fails ? growth.label(*search.surely_fails) : "above " + growth.label(search.tested.back().scale);
  return fmt::format("{} to {}, {:.0f} %, {} seeds", low, high, 100 * interval_confidence, answer.question.seeds);
}

std::string headline(const SearchTitle& title, const SimulatedCapacity& answer) {
  ScaleSearch const& search = answer.search;
  Growth const& growth = answer.question.growth;
  std::string const tried = fmt::format("{} at {}", counted(answer.runs, "run"), counted(std::ssize(search.tested), "scale"));
  if (search.tested.empty()) return fmt::format("{}: nothing was tested", title.name);
  if (!search.passes) {
    double const smallest = search.tested.front().scale;
    return fmt::format("{}: no tested scale meets the goals; at the smallest, {}, {} is missed ({})", title.name, growth.text(smallest), answer.scales.at(smallest).refused() ? "the site" : answer.scales.at(smallest).missed(answer.question.goals), tried);
  }
  if (!search.fails) return fmt::format("{}: the goals are met at every tested scale, up to {}; more was never tested ({})", title.name, growth.text(*search.passes), tried);
  return fmt::format("{}: the goals are met up to {} ({})", title.name, growth.text(*search.passes), tried);
}

std::string kept_text(const SearchTitle& title, const SimulatedCapacity& answer, double scale, const std::string& folder) {
  JudgedScale const& judged = answer.scales.at(scale);
  auto const& goals = answer.question.goals;
  std::string const what = judged.refused() ? refused_text(judged) : judged.verdict.passes ? all_measured(goals, judged) : broken_text(goals, judged, answer.question.first_seed);
  std::string out = line(folder, fmt::format("{}: {}", answer.question.growth.label(scale), what));
  if (!judged.refused()) out += line("", run_command(title, answer, scale, folder));
  return out;
}

std::string not_monotone_text(const ScaleSearch& search, const Growth& growth) {
  std::string beyond;
  for (double scale : search.pass_beyond) beyond += (beyond.empty() ? "" : ", ") + growth.label(scale);
  return fmt::format("{} fails and {} beyond it {}; the answer lies below every fail", growth.label(*search.fails), beyond, search.pass_beyond.size() == 1 ? "passes" : "pass");
}

}  // namespace

std::string run_command(const SearchTitle& title, const SimulatedCapacity& answer, double scale, const std::string& folder) {
  JudgedScale const& judged = answer.scales.at(scale);
  std::string out = "headroom run " + quoted(title.scenario);
  for (auto const* settings : {&title.settings, &judged.settings})
    for (auto const& setting : *settings) out += " --set " + quoted(setting);
  return out + fmt::format(" --seed {} -o {}", seed_kept(answer, judged), quoted((title.directory / folder).string()));
}

std::string to_text(const std::vector<Goal>& goals, const Growth& growth, double scale, const JudgedScale& judged) {
  return fmt::format("{}: {}, {}", growth.text(scale), judged.verdict.passes ? "met" : "missed", judged.refused() ? refused_text(judged) : all_measured(goals, judged));
}

std::string to_text(const SearchTitle& title, const SimulatedCapacity& answer) {
  ScaleSearch const& search = answer.search;
  auto const& goals = answer.question.goals;
  std::string out = headline(title, answer) + "\n";
  for (std::size_t i = 0; i < goals.size(); ++i) out += line(i == 0 ? "goals" : "", goals[i].text());
  if (auto const interval = interval_text(answer); !interval.empty()) out += line("interval", interval);
  if (search.passes) out += kept_text(title, answer, *search.passes, "passes");
  if (search.fails) out += kept_text(title, answer, *search.fails, "fails");
  if (!search.pass_beyond.empty()) out += line("not monotone", not_monotone_text(search, answer.question.growth));
  if (search.passes && search.fails && !search.resolved)
    out += line("", fmt::format("the runs were used up before the two were within {:.4g} of each other", answer.question.search.resolution));
  out += fmt::format("\n  {:>9}  {}\n", answer.question.growth.what() == Grow::racks ? "" : "scale", "goals");
  for (auto const& [scale, judged] : answer.scales) out += fmt::format("  {:>9}  {:<7} {}\n", answer.question.growth.label(scale), judged.verdict.passes ? "met" : "missed", judged.refused() ? refused_text(judged) : all_measured(goals, judged));
  return out;
}

}  // namespace headroom
