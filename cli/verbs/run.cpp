#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include "analysis/report/html.h"
#include "cli/exit_codes.h"
#include "cli/make_run.h"
#include "cli/verb.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string scenario, directory;
  std::vector<std::string> settings;
  std::optional<std::int64_t> seed;
  bool no_report = false;
};

fs::path program_beside(const char* name) {
  std::error_code code;
  return fs::read_symlink("/proc/self/exe", code).parent_path() / name;
}

volatile pid_t running_child = 0;
void pass_on(int signal) {
  if (running_child > 0) kill(running_child, signal);
}

// Starts the program and waits for it. Its progress goes to our stderr; what interrupts us interrupts it.
int run_process(const std::vector<std::string>& command) {
  std::vector<char*> argv;
  for (auto const& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  sigset_t both, before;      // held back until there is a child to pass them on to
  sigemptyset(&both);
  sigaddset(&both, SIGINT);
  sigaddset(&both, SIGTERM);
  sigprocmask(SIG_BLOCK, &both, &before);
  pid_t const child = fork();
  if (child < 0) throw OutputError(fmt::format("cannot start {}: {}", command.front(), std::strerror(errno)), 71);
  if (child == 0) {
    sigprocmask(SIG_SETMASK, &before, nullptr);
    execv(argv.front(), argv.data());
    fmt::print(stderr, "cannot start {}: {}\n", command.front(), std::strerror(errno));
    _exit(71);
  }
  running_child = child;
  auto const on_interrupt = std::signal(SIGINT, pass_on), on_terminate = std::signal(SIGTERM, pass_on);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  running_child = 0;
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_terminate);
  if (WIFSIGNALED(status)) {
    fmt::print(stderr, "the run was ended by signal {}; its folder is marked UNFINISHED\n", WTERMSIG(status));
    return WTERMSIG(status) == SIGINT ? interrupted : our_bug;
  }
  return WEXITSTATUS(status);
}

int run_scenario(const Options& options, const Globals& globals) {
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

MadeRun make_run(const fs::path& scenario, const fs::path& directory, const std::vector<std::string>& settings, bool with_report, const Globals& globals) {
  std::vector<std::string> command{program_beside("headroom-simulate"), scenario, "-o", directory, "--progress", globals.quiet ? "never" : globals.progress};
  for (auto const& setting : settings) command.insert(command.end(), {"--set", setting});
  auto const begin = std::chrono::steady_clock::now();
  MadeRun made;
  if (made.code = run_process(command); made.code != done) return made;
  RunReader const run(directory);
  made.summary = summarise(run);
  if (with_report) write_file(directory / "report.html", html_report(run, made.summary));
  double const wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  made.summary_json = to_json(made.summary, wall_s).dump(2) + "\n";
  write_file(directory / "summary.json", made.summary_json);
  return made;
}

void add_run(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = subcommand(app, globals, "run", "run a scenario: writes DIR/run.sqlite, summary.json and report.html, prints the summary");
  verb->add_option("scenario", options->scenario, "a scenario's name or file")->required();
  verb->add_option("-o,--output", options->directory, "folder of the run (default: runs/NAME)");
  verb->add_option("--set", options->settings, "PATH=VALUE, such as 'site.halls[0].racks[0].count=10'")->expected(1)->take_all();
  verb->add_option("--seed", options->seed, "instead of the scenario's");
  verb->add_flag("--no-report", options->no_report, "leave out report.html");
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return run_scenario(*options, globals); }; });
}

}  // namespace headroom
