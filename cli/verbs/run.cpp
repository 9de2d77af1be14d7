#include <fmt/format.h>

#include <chrono>
#include <csignal>

#include "analysis/report/html.h"
#include "analysis/study/run_pool.h"
#include "cli/exit_codes.h"
#include "cli/make_run.h"
#include "cli/verb.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct RunOptions {
  std::string scenario, directory;
  std::vector<std::string> settings;
  std::optional<std::int64_t> seed;
  bool no_report = false;
};

fs::path program_beside(const char* name) {
  std::error_code code;
  return fs::read_symlink("/proc/self/exe", code).parent_path() / name;
}

// Starts the program and waits for it. Its progress goes to our stderr; what interrupts us interrupts it.
int run_process(const std::vector<std::string>& command) {
  Ended how{interrupted, 0};
  run_side_by_side({{command, {}}}, 1, [&](std::size_t, Ended end) { how = end; });
  if (how.signal == 0) return how.code;
  fmt::print(stderr, "the run was ended by signal {}; its folder is marked UNFINISHED\n", how.signal);
  return how.signal == SIGINT ? interrupted : our_bug;
}

int run_scenario(const RunOptions& options, const Globals& globals) {
  fs::path const scenario = find_file(options.scenario, {"scenario"});
  fs::path const directory = options.directory.empty() ? default_run_folder(scenario) : fs::path(options.directory);
  std::vector<std::string> settings = options.settings;
  if (options.seed) settings.push_back(fmt::format("seed={}", *options.seed));
  MadeRun const made = make_run(scenario, directory, settings, !options.no_report, globals);
  if (made.code != done) return made.code;
  if (globals.format == OutputFormat::json) print_result(made.summary_json);
  else print_result(to_text(made.summary) + (globals.quiet ? "" : fmt::format("  {:<22}{}\n", "written to", (directory / "{run.sqlite,summary.json,report.html}").string())));
  return done;
}

}  // namespace

fs::path default_run_folder(const fs::path& scenario) { return fs::path("runs") / scenario.stem(); }

std::vector<std::string> simulate_command(const fs::path& scenario, const fs::path& directory, const std::vector<std::string>& settings, const std::string& progress) {
  std::vector<std::string> command{program_beside("headroom-simulate"), scenario, "-o", directory, "--progress", progress};
  for (auto const& setting : settings) command.insert(command.end(), {"--set", setting});
  return command;
}

MadeRun write_answers(const fs::path& directory, bool with_report, std::chrono::steady_clock::time_point begin) {
  MadeRun made;
  RunReader const run(directory);
  made.summary = summarise(run);
  if (with_report) write_file(directory / "report.html", html_report(run, made.summary));
  double const wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  made.summary_json = to_json(made.summary, wall_s).dump(2) + "\n";
  write_file(directory / "summary.json", made.summary_json);
  return made;
}

MadeRun make_run(const fs::path& scenario, const fs::path& directory, const std::vector<std::string>& settings, bool with_report, const Globals& globals) {
  auto const begin = std::chrono::steady_clock::now();
  if (int const code = run_process(simulate_command(scenario, directory, settings, globals.quiet ? "never" : globals.progress)); code != done) return {code, {}, {}};
  return write_answers(directory, with_report, begin);
}

void add_run(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* verb = subcommand(app, globals, "run", "run a scenario: writes DIR/run.sqlite, summary.json and report.html, prints the summary");
  verb->add_option("scenario", options->scenario, "a scenario's name or file")->required();
  verb->add_option("-o,--output", options->directory, "folder of the run (default: runs/NAME)");
  verb->add_option("--set", options->settings, "PATH=VALUE, such as 'site.halls[0].racks[0].count=10'")->expected(1)->take_all();
  verb->add_option("--seed", options->seed, "instead of the scenario's");
  verb->add_flag("--no-report", options->no_report, "leave out report.html");
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return run_scenario(*options, globals); }; });
}

}  // namespace headroom
