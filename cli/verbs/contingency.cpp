#include <fmt/format.h>

#include <algorithm>

#include "analysis/study/scenario_of_run.h"
#include "analysis/study/study_text.h"
#include "base/units.h"
#include "base/yaml.h"
#include "cli/exit_codes.h"
#include "cli/make_run.h"
#include "cli/verb.h"
#include "sim/model/model.h"
#include "sim/results/run_file.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_pairs = 10'000;      // listed in JSON; all of them are counted

struct ContingencyOptions {
  std::string subject, at;
  std::vector<std::string> settings;
  bool pairs = false;
  int replicas = 0;                             // 0: none

  std::optional<std::size_t> pairs_kept() const { return pairs ? std::optional(most_pairs) : std::nullopt; }
};

int answer(const Study& found, const PowerGraph& graph, const Globals& globals) {
  print_result(globals.format == OutputFormat::json ? to_json(found, graph).dump(2) : to_text(found));
  return done;
}

// Static alone, every server at full load.
int of_site(const fs::path& file, const ContingencyOptions& options, const Globals& globals) {
  if (!options.settings.empty()) throw InputError({"--set " + options.settings.front(), 0, 0}, "--set goes with a scenario, and this is a site");
  if (!options.at.empty()) throw InputError({"--at " + options.at, 0, 0}, "--at is a moment of a run, and this is a site");
  PowerGraph const graph = build_power_graph(read_site(file));
  Study found;
  found.moment.nameplate = true;
  found.fixed = contingency(graph, {}, options.pairs_kept());
  return answer(found, graph, globals);
}

Instant moment_asked(const RunReader& run, const std::string& text) {
  if (text.empty()) return peak_of(run);
  auto const at = parse_duration(text);
  Location const where{"--at " + text, 0, 0};
  if (auto const* problem = std::get_if<std::string>(&at)) throw InputError(where, *problem);
  Duration const since = std::get<Duration>(at);
  if (since.ns < 0 || since.ns > run.meta_whole("end_ns")) throw InputError(where, fmt::format("the run goes from 0 to {:.6g} h", static_cast<double>(run.meta_whole("end_ns")) / 3.6e12));
  return Instant{} + since;
}

int of_run(const fs::path& path, const ContingencyOptions& options, const Globals& globals) {
  RunReader const run(path);
  Scenario scenario = scenario_of(run);
  PowerGraph const graph = build_power_graph(scenario.site.value);
  scenario.failures.clear();
  StudySubject const subject{&graph, moment_of(run, moment_asked(run, options.at)), static_cast<std::uint64_t>(scenario.seed), scenario.reset_after, build_faults(scenario, graph).outages, options.pairs_kept()};
  return answer(study(subject), graph, globals);
}

bool is_run_of(const fs::path& directory, const std::string& scenario) {
  if (!fs::exists(directory / "run.sqlite")) return false;
  RunReader const run(directory);
  return run.complete() && std::ranges::any_of(run.inputs(), [&](const InputRow& input) { return input.name == "scenario" && input.text == scenario; });
}

// The finished run of the same inputs, in its usual folder or in ours; otherwise it is made. A run of other inputs stays.
int of_scenario(const fs::path& file, const ContingencyOptions& options, const Globals& globals) {
  std::string const scenario = echo_scenario(read_scenario(file, options.settings)).dump(1);
  fs::path const usual = default_run_folder(file), ours = usual.string() + "-contingency";
  for (auto const& directory : {usual, ours})
    if (is_run_of(directory, scenario)) return of_run(directory, options, globals);
  fs::path const directory = fs::exists(usual / "run.sqlite") ? ours : usual;
  if (!globals.quiet) fmt::print(stderr, "no finished run of this scenario yet; making it in {}\n", directory.string());
  if (MadeRun const made = make_run(file, directory, options.settings, true, globals); made.code != done) return made.code;
  return of_run(directory, options, globals);
}

int of_chance(const ContingencyOptions& options, const Globals& globals) {
  if (options.pairs || !options.at.empty()) throw InputError({"--replicas", 0, 0}, "replicas are whole runs with their own luck; --double and --at do not go with them");
  fs::path const file = find_file(options.subject, {"scenario"});
  if (is_site(file)) throw InputError({file, 0, 0}, "replicas are runs of a scenario, and this is a site");
  Replicas const answer = replicas(read_scenario(file, options.settings), options.replicas);
  print_result(globals.format == OutputFormat::json ? to_json(answer).dump(2) : to_text(answer));
  return done;
}

int contingency_of(const ContingencyOptions& options, const Globals& globals) {
  if (options.replicas > 0) return of_chance(options, globals);
  if (is_run(options.subject)) {
    if (!options.settings.empty()) throw InputError({"--set " + options.settings.front(), 0, 0}, "a run is what it was; --set goes with a scenario");
    return of_run(options.subject, options, globals);
  }
  fs::path const file = find_file(options.subject, {"scenario", "site"});
  return is_site(file) ? of_site(file, options, globals) : of_scenario(file, options, globals);
}

}  // namespace

void add_contingency(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ContingencyOptions>();
  CLI::App* verb = subcommand(app, globals, "contingency", "what every single fault of the power path does: who goes dark, what trips next, whether batteries last");
  verb->add_option("subject", options->subject, "a run, a scenario (its run is made if there is none), or a site (static alone, at full load)")->required();
  verb->add_flag("--double", options->pairs, "every pair of faults, too (static)");
  verb->add_option("--replicas", options->replicas, "so many runs with the scenario's random failures, seeds counting up: availability and how sure it is")->check(CLI::Range(2, 1'000'000));
  verb->add_option("--at", options->at, "moment of the run, such as '36 h' (default: when the facility drew most)");
  verb->add_option("--set", options->settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return contingency_of(*options, globals); }; });
}

}  // namespace headroom
