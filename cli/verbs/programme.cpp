#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <thread>

#include "analysis/programmes/plan_build_out.h"
#include "analysis/programmes/programme.h"
#include "analysis/programmes/read_programme.h"
#include "analysis/report/programme_page.h"
#include "analysis/spending/prices.h"
#include "analysis/study/run_pool.h"
#include "base/text_file.h"
#include "cli/exit_codes.h"
#include "cli/make_run.h"
#include "cli/output_folder.h"
#include "cli/verb.h"
#include "sim/results/run_file.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string file, out, prices;
  std::vector<std::string> settings, only;
  int jobs = 0;
  bool again = false, claims = false;
};

struct ProgrammeRunFailed {
  int code;
};

std::string text_if_there(const fs::path& file) { return fs::exists(file) ? read_text(file, 1u << 24) : std::string(); }

// Makes those runs whose inputs have changed since they were made, side by side, each a process of its own.
class RunsOfProgramme {
 public:
  RunsOfProgramme(fs::path folder, int jobs, bool again, bool tell) : folder_(std::move(folder)), jobs_(jobs), again_(again), tell_(tell) {}

  void make(const std::vector<ReferenceRun>& runs) {
    make_folder(inputs_folder(folder_));
    make_folder(folder_ / "runs");
    write_file(folder_ / "UNFINISHED", "what stands here beside the runs is of an earlier programme\n");
    std::vector<Process> processes;
    std::vector<const ReferenceRun*> made;
    for (auto const& run : runs) {
      if (is_there(run)) continue;
      write_inputs(run);
      processes.push_back({simulate_command(inputs_folder(folder_) / (run.name + ".yaml"), run_folder(folder_, run.name), {}, "never"), messages(run)});
      made.push_back(&run);
    }
    if (tell_ && !processes.empty()) fmt::print(stderr, "{} of {} runs\n", processes.size(), runs.size());
    bool const all = run_side_by_side(processes, jobs_, [&](std::size_t i, Ended how) { finish(*made[i], how); });
    if (!all) throw ProgrammeRunFailed{interrupted};
  }

 private:
  fs::path stamp(const ReferenceRun& run) const { return inputs_folder(folder_) / (run.name + ".sha256"); }
  fs::path messages(const ReferenceRun& run) const { return inputs_folder(folder_) / (run.name + ".messages"); }

  bool is_there(const ReferenceRun& run) {
    fs::path const made = run_folder(folder_, run.name);
    bool const same = text_if_there(stamp(run)) == run.inputs + "\n" && fs::exists(made / "run.sqlite") && !fs::exists(made / "UNFINISHED");
    return same && (!again_ || made_now_.contains(run.name)) && is_run_called(made, run.name);
  }

  // A file that is damaged, or of another run, is made again.
  static bool is_run_called(const fs::path& made, const std::string& name) {
    try {
      RunReader const reader(made);
      return reader.complete() && reader.meta_text("scenario") == name;
    } catch (const InputError&) {
      return false;
    }
  }

  void write_inputs(const ReferenceRun& run) {
    std::error_code code;
    fs::remove(stamp(run), code);
    write_file(inputs_folder(folder_) / (run.name + ".yaml"), run.scenario);
    write_file(inputs_folder(folder_) / (run.name + ".csv"), run.jobs);
  }

  void finish(const ReferenceRun& run, Ended how) {
    if (how.signal == 0 && how.code == done) {
      write_file(stamp(run), run.inputs + "\n");
      made_now_.insert(run.name);
      std::error_code code;
      fs::remove(messages(run), code);
      return;
    }
    if (how.code == interrupted || how.signal == SIGINT || how.signal == SIGTERM) throw ProgrammeRunFailed{interrupted};
    fmt::print(stderr, "{}{}: {}\n", text_if_there(messages(run)), run.name, how.signal != 0 ? fmt::format("the run was ended by signal {}", how.signal) : "the run failed");
    throw ProgrammeRunFailed{how.signal != 0 ? static_cast<int>(our_bug) : how.code};
  }

  fs::path folder_;
  int jobs_;
  bool again_, tell_;
  std::set<std::string> made_now_;
};

ProgrammeAnswer answer_of(const Options& options, const fs::path& folder, RunsOfProgramme& runs, const ProgrammeSpec& programme) {
  auto const sites = reference_sites(programme);
  auto const tables = tables_of(programme, options.prices.empty() ? shipped_prices() : fs::path(options.prices));
  check_purchases(programme, tables);
  std::optional<LedgerSpec> claims;
  if (!programme.ledger.empty()) claims = find_ledger(programme.ledger, programme.where);      // its mistakes are told before anything runs
  ProgrammeAnswer out{programme, plan_build_out(programme, sites, tables, folder, [&](const std::vector<ReferenceRun>& wanted) { runs.make(wanted); }), {}, {}, {}};
  out.spending = programme_spending(programme, tables, out.build_out);
  out.figures = named_figures(programme, out.build_out, out.spending);
  if (claims) out.ledger = work_out(*claims, out.figures);
  return out;
}

// UNFINISHED stands in the folder until all of it is there.
void write_answer(const ProgrammeAnswer& answer, const nlohmann::ordered_json& json, const fs::path& folder) {
  write_file(folder / "programme.json", json.dump(2) + "\n");
  for (auto const& [name, text] : to_csv(answer)) write_file(folder / name, text);
  write_file(folder / "programme.html", programme_page(json));
  fs::remove(folder / "UNFINISHED");
}

int run_programme(const Options& options, const Globals& globals) {
  ProgrammeSpec programme = find_programme(options.file, options.settings);
  if (!options.only.empty()) programme = only_drivers(programme, options.only);
  fs::path const folder = options.out.empty() ? fs::path("runs") / programme.name : fs::path(options.out);
  int const jobs = options.jobs > 0 ? options.jobs : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  RunsOfProgramme runs(folder, jobs, options.again, !globals.quiet && globals.progress != "never");
  try {
    ProgrammeAnswer const answer = answer_of(options, folder, runs, programme);
    auto const json = to_json(answer);
    write_answer(answer, json, folder);
    print_result(globals.format == OutputFormat::json ? json.dump(2) : to_table(answer, options.claims) + (globals.quiet ? "" : fmt::format("\nwritten to {}\n", (folder / "programme.{json,html}").string())));
    return answer.ledger && answer.ledger->do_not_hold > 0 ? check_failed : done;
  } catch (const ProgrammeRunFailed& failed) {
    return failed.code;
  }
}

}  // namespace

void add_programme(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = subcommand(app, globals, "programme", "a country's build-out over the years: sites, power, traffic, money, and what was claimed of it");
  verb->add_option("file", options->file, "a programme's name or file")->required();
  verb->add_option("-o,--output", options->out, "a folder for its runs, programme.json, programme.html and tables as CSV (default: runs/NAME)");
  verb->add_option("--only", options->only, "this driver alone; may be repeated. No ledger then")->expected(1)->take_all();
  verb->add_option("--set", options->settings, "PATH=VALUE in the programme")->expected(1)->take_all();
  verb->add_option("--prices", options->prices, "a folder of spending classes instead of those that ship");
  verb->add_option("--jobs", options->jobs, "runs at once; as many as the machine has processors by default")->check(CLI::Range(1, 1024));
  verb->add_flag("--again", options->again, "makes runs again that are there with the same inputs");
  verb->add_flag("--claims", options->claims, "as text: each claim of the ledger with everything that is ours, not a line each");
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return run_programme(*options, globals); }; });
}

}  // namespace headroom
