#include "cli/verbs/capacity_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "analysis/placement/growth_text.h"
#include "analysis/study/capacity_search_text.h"
#include "analysis/study/run_pool.h"
#include "cli/exit_codes.h"
#include "cli/make_run.h"
#include "cli/output_folder.h"
#include "sim/model/model.h"
#include "sim/results/run_file.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::vector<Goal> goals_of(const std::vector<std::string>& texts) {
  std::vector<Goal> goals;
  std::vector<Problem> problems;
  for (auto const& text : texts) {
    auto parsed = Goal::parse(text);
    if (auto const* problem = std::get_if<std::string>(&parsed)) problems.push_back({{"--goal " + text, 0, 0}, *problem});
    else goals.push_back(std::get<Goal>(parsed));
  }
  if (!problems.empty()) throw InputError(std::move(problems));
  return goals;
}

int of_run(const std::string& subject, const std::vector<Goal>& goals, const Globals& globals) {
  auto const results = judge(RunReader(subject), goals);
  print_result(globals.format == OutputFormat::json ? to_json(subject, goals, results).dump(2) : to_text(subject, goals, results));
  return std::ranges::all_of(results, &GoalResult::met) ? done : check_failed;
}

std::string text_of(const fs::path& file) {
  std::ostringstream out;
  out << std::ifstream(file).rdbuf();
  std::string text = out.str();
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

// A run that could not be, for a reason that is not the scale's.
struct RunFailed {
  int code;
};

// Runs side by side, each in a folder of its own until it is known whether it is to be kept.
class RunsOfPrograms {
 public:
  RunsOfPrograms(fs::path scenario, SearchTitle title, std::vector<Goal> goals, const GoalOptions& options, bool grows_site)
      : scenario_(std::move(scenario)), title_(std::move(title)), goals_(std::move(goals)), at_once_(options.jobs), grows_site_(grows_site) {}

  std::vector<DoneRun> make(const std::vector<AskedRun>& asked) {
    std::vector<Process> processes;
    for (auto const& run : asked) {
      processes.push_back({simulate_command(scenario_, folder(run.scale, run.seed), settings(run), "never"), folder(run.scale, run.seed).string() + ".messages"});
      folders_.insert(folder(run.scale, run.seed));
    }
    std::vector<std::optional<DoneRun>> runs(asked.size());
    bool const all = run_side_by_side(processes, at_once_, [&](std::size_t i, Ended how) { runs[i] = judged(asked[i], processes[i], how); });
    std::vector<DoneRun> out;
    for (auto& run : runs) {
      if (!run) break;
      out.push_back(std::move(*run));
    }
    if (!all && out.size() == asked.size()) out.pop_back();      // interrupted after the last one
    return out;
  }

  // Only the runs that tell are kept.
  void clean(const SimulatedCapacity& answer) {
    std::set<fs::path> kept;
    for (auto const& scale : {answer.search.passes, answer.search.fails})
      if (scale) kept.insert(telling(answer, *scale));
    for (auto const& each : folders_)
      if (!kept.contains(each)) remove(each);
    std::erase_if(folders_, [&](const fs::path& each) { return !kept.contains(each); });
  }

  // The run at this scale becomes `name`, with its summary and page.
  void keep(const SimulatedCapacity& answer, std::optional<double> scale, const std::string& name) {
    fs::remove_all(title_.directory / name);
    if (!scale || answer.scales.at(*scale).refused()) return;
    fs::path const from = telling(answer, *scale);
    if (!fs::exists(from)) make({asked_of(answer, *scale)});      // was not worth keeping when it was made
    if (!fs::exists(from / "run.sqlite") || fs::exists(from / "UNFINISHED")) return;      // interrupted
    fs::rename(from, title_.directory / name);
    remove(from);      // its messages
    folders_.erase(from);
    write_answers(title_.directory / name, true, begin_);
  }

  ~RunsOfPrograms() {
    for (auto const& each : folders_) remove(each);
  }
  RunsOfPrograms(const RunsOfPrograms&) = delete;
  RunsOfPrograms& operator=(const RunsOfPrograms&) = delete;

 private:
  fs::path folder(double scale, std::int64_t seed) const { return title_.directory / fmt::format("scale-{:.6g}-seed-{}", scale, seed); }
  static void remove(const fs::path& folder) {
    std::error_code code;
    fs::remove_all(folder, code);
    fs::remove(folder.string() + ".messages", code);
  }

  AskedRun asked_of(const SimulatedCapacity& answer, double scale) const {
    JudgedScale const& judged = answer.scales.at(scale);
    return {scale, answer.question.first_seed + static_cast<std::int64_t>(judged.telling(goals_)), judged.settings};
  }
  fs::path telling(const SimulatedCapacity& answer, double scale) const { return folder(scale, asked_of(answer, scale).seed); }

  std::vector<std::string> settings(const AskedRun& run) const {
    auto all = title_.settings;
    all.insert(all.end(), run.settings.begin(), run.settings.end());
    all.push_back(fmt::format("seed={}", run.seed));
    return all;
  }

  std::optional<DoneRun> judged(const AskedRun& run, const Process& process, Ended how) const {
    if (how.signal == 0 && how.code == done) return DoneRun{judge(RunReader(folder(run.scale, run.seed)), goals_), ""};
    if (how.code == interrupted || how.signal == SIGINT || how.signal == SIGTERM) return std::nullopt;
    std::string const messages = text_of(process.messages);
    if (how.code == bad_data && grows_site_ && run.scale > 1) return DoneRun{{}, messages};      // there is no site as large
    if (how.signal != 0) fmt::print(stderr, "the run at scale {:.4g} was ended by signal {}\n", run.scale, how.signal);
    if (!messages.empty()) fmt::print(stderr, "{}\n", messages);
    throw RunFailed{how.signal != 0 ? static_cast<int>(our_bug) : how.code};
  }

  fs::path scenario_;
  SearchTitle title_;
  std::vector<Goal> goals_;
  int at_once_;
  bool grows_site_;
  std::set<fs::path> folders_;         // that stand
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

SearchQuestion question_of(const Scenario& scenario, std::vector<Goal> goals, const GoalOptions& options) {
  SearchQuestion question{std::move(goals), Growth(scenario, options.grow == "racks" ? Grow::racks : Grow::arrivals), scenario.seed, options.seeds, {}};
  question.search.from = options.from;
  question.search.to = options.to;
  question.search.resolution = options.resolution;
  question.search.most = options.runs > 0 ? options.runs / options.seeds : 40;
  question.search.at_once = std::max(1, (options.jobs + options.seeds - 1) / options.seeds);
  return question;
}

// What was judged since the last batch.
void tell(const SimulatedCapacity& answer, std::set<double>& told) {
  for (auto const& [scale, judged] : answer.scales)
    if (told.insert(scale).second) fmt::print(stderr, "{}\n", to_text(answer.question.goals, answer.question.growth, scale, judged));
}

// The largest scale is one limit more of a growing load.
void add_limit(GrowthAnswer& growth, double scale) {
  GrowthLimit limit;
  limit.name = "the goals, by runs";
  limit.scale = scale;
  growth.problem.limits.push_back(limit);
  growth.dates = dates_of_limits(growth.problem);
}

int of_scenario(const fs::path& file, SearchTitle title, std::vector<Goal> goals, const GoalOptions& options, std::optional<GrowthAnswer> growth, const Globals& globals) {
  Scenario const scenario = read_scenario(file, title.settings);
  title.name = scenario.name;
  title.directory = options.directory.empty() ? fs::path(default_run_folder(file).string() + "-capacity") : fs::path(options.directory);
  SearchQuestion question = question_of(scenario, goals, options);
  std::erase_if(title.settings, [&](const std::string& setting) { return question.growth.sets(setting) || setting.starts_with("seed="); });      // they are in the scenario
  make_folder(title.directory);
  Interruptible const interrupts;
  RunsOfPrograms runs(file, title, std::move(goals), options, question.growth.what() == Grow::racks);
  std::set<double> told;
  auto const after_batch = [&](const SimulatedCapacity& answer) {
    runs.clean(answer);
    write_file(title.directory / "capacity.json", to_json(title, answer).dump(2) + "\n");
    if (!globals.quiet) tell(answer, told);
  };
  try {
    SimulatedCapacity const answer = simulated_capacity(std::move(question), [&](const std::vector<AskedRun>& asked) { return runs.make(asked); }, after_batch);
    runs.keep(answer, answer.search.passes, "passes");
    runs.keep(answer, answer.search.fails, "fails");
    std::string const json = to_json(title, answer).dump(2);
    write_file(title.directory / "capacity.json", json + "\n");
    if (answer.interrupted) {
      fmt::print(stderr, "interrupted; what {} say so far is in {}\n", counted(answer.runs, "run"), (title.directory / "capacity.json").string());
      return interrupted;
    }
    if (growth && answer.search.passes) {
      add_limit(*growth, *answer.search.passes);
      auto dated = to_json(title, answer);
      dated["growth"] = to_json(*growth);
      print_result(globals.format == OutputFormat::json ? dated.dump(2) : to_text(title, answer) + "\n" + to_text(*growth));
    } else {
      print_result(globals.format == OutputFormat::json ? json : to_text(title, answer));
    }
    return answer.search.passes ? done : check_failed;
  } catch (const RunFailed& failed) {
    return failed.code;
  }
}

GoalOptions completed(GoalOptions options) {
  if (options.jobs == 0) options.jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (options.from > options.to) throw InputError({"--from", 0, 0}, fmt::format("{:.6g} is above --to, which is {:.6g}", options.from, options.to));
  if (options.runs > 0 && options.runs < options.seeds) throw InputError({"--runs", 0, 0}, fmt::format("{} runs are less than one scale takes with {} seeds", options.runs, options.seeds));
  return options;
}

}  // namespace

void add_goal_options(CLI::App& verb, GoalOptions& options) {
  CLI::Option* goal = verb.add_option("--goal", options.goals, "the simulated answer: what must be met, such as 'wait_mean <= 10 min' or no_trip; all of several")->expected(1)->take_all();
  verb.add_option("--grow", options.grow, "what is so many times as much: arrivals (default) or racks, with their arrivals")->check(CLI::IsMember({"arrivals", "racks"}))->needs(goal);
  verb.add_option("--seeds", options.seeds, "runs of each scale, with seeds counting up from the scenario's")->check(CLI::Range(1, 1000))->needs(goal);
  verb.add_option("--runs", options.runs, "at most so many runs (default: 40 for each seed)")->check(CLI::Range(1, 100'000))->needs(goal);
  verb.add_option("--from", options.from, "the smallest scale that is tried (default: 0.25)")->check(CLI::Range(1e-3, 1e3))->needs(goal);
  verb.add_option("--to", options.to, "the largest scale that is tried (default: 8)")->check(CLI::Range(1e-3, 1e3))->needs(goal);
  verb.add_option("--resolution", options.resolution, "the search ends when the fail is so close above the pass (default: 0.02)")->check(CLI::Range(1e-3, 1.0))->needs(goal);
  verb.add_option("--jobs", options.jobs, "runs side by side (default: number of processors)")->check(CLI::Range(1, 1000))->needs(goal);
  verb.add_option("-o,--output", options.directory, "folder of the runs that are kept (default: runs/NAME-capacity)")->needs(goal);
}

int capacity_by_runs(const std::string& subject, const std::vector<std::string>& settings, const GoalOptions& options, std::optional<GrowthAnswer> growth, const Globals& globals) {
  std::vector<Goal> goals = goals_of(options.goals);
  if (is_run(subject)) {
    if (!settings.empty()) throw InputError({"--set " + settings.front(), 0, 0}, "a run is what it was; --set goes with a scenario");
    return of_run(subject, goals, globals);
  }
  fs::path const file = find_file(subject, {"scenario", "site"});
  if (is_site(file)) throw InputError({file, 0, 0}, "goals are of a scenario or a run, and this is a site; without --goal its capacity is worked out from the layout");
  return of_scenario(file, {subject, "", settings, {}}, std::move(goals), completed(options), std::move(growth), globals);
}

}  // namespace headroom
