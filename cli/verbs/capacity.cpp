#include <fmt/format.h>

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/capacity_text.h"
#include "analysis/capacity/run_peaks.h"
#include "analysis/placement/read_plan.h"
#include "analysis/study/moment.h"
#include "analysis/study/scenario_of_run.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "cli/verbs/capacity_plan.h"
#include "cli/verbs/capacity_search.h"
#include "sim/model/model.h"

namespace headroom {
namespace {

struct CapacityOptions {
  std::string subject, basis = "nameplate", readings, more_of = "racks";
  std::vector<std::string> settings;
};

RackLoads loads_of(const PowerGraph& graph, const CapacityOptions& options) {
  if (options.basis == "budgeted") return budgeted_loads(graph);
  if (options.basis == "measured") return measured_loads(graph, options.readings);
  if (options.basis == "nameplate") return nameplate_loads();
  RunReader const run(options.subject);
  RackLoads out;
  out.basis = LoadBasis::simulated;
  out.delivered = delivered_at(graph, moment_of(run, peak_of(run)));
  return out;
}

void check(const CapacityOptions& options) {
  bool const run = is_run(options.subject);
  if (options.basis == "simulated" && !run) throw InputError({"--basis simulated", 0, 0}, "what was simulated stands in a run; give a run's folder instead of a scenario or site");
  if (options.basis == "measured" && options.readings.empty()) throw InputError({"--basis measured", 0, 0}, "needs --readings FILE: a table of name, power_kw");
  if (options.basis != "measured" && !options.readings.empty()) throw InputError({"--readings " + options.readings, 0, 0}, "readings go with --basis measured");
}

struct Subject {
  Site site;
  std::optional<Power> connection;      // its first step; of that the firm part, if it has one: planners may count on no more
};

Subject of_scenario(Scenario scenario) {
  Subject out{std::move(scenario.site.value), {}};
  if (auto const& steps = scenario.connection.steps; !steps.empty()) out.connection = steps.front().firm.value_or(steps.front().limit);
  return out;
}

Subject subject_of(const CapacityOptions& options) {
  if (is_run(options.subject)) {
    if (!options.settings.empty()) throw InputError({"--set " + options.settings.front(), 0, 0}, "a run is what it was; --set goes with a scenario");
    return of_scenario(scenario_of(RunReader(options.subject)));
  }
  if (is_site(find_file(options.subject, {"scenario", "site"}))) return {site_of(options.subject, options.settings), {}};
  return of_scenario(read_scenario(find_file(options.subject, {"scenario"}), options.settings));
}

int answer(const CapacityOptions& options, const Globals& globals) {
  check(options);
  Subject const subject = subject_of(options);
  PowerGraph const graph = build_power_graph(subject.site);
  CapacityAnswer const found = capacity(graph, {loads_of(graph, options), options.more_of == "load" ? MoreOf::load : MoreOf::racks, subject.connection});
  std::vector<LevelPeaks> levels;
  std::vector<NearTop> tops;
  if (is_run(options.subject)) {
    RunReader const run(options.subject);
    levels = level_peaks(run, graph);
    tops = near_top(run);
  }
  if (globals.format == OutputFormat::text) {
    print_result(to_text(found) + to_text(levels, tops));
  } else {
    auto json = to_json(found);
    if (is_run(options.subject)) json["run"] = to_json(levels, tops);
    print_result(json.dump(2));
  }
  return done;
}

int plan_of(const CapacityOptions& options, const PlanOptions& plan, const Globals& globals) {
  if (options.basis != "nameplate") throw InputError({"--basis " + options.basis, 0, 0}, "a plan is placed at nameplate; leave the basis out");
  Subject const subject = subject_of(options);
  return answer_plan({subject.site, subject.connection}, plan, globals.format);
}

// With goals, too: what the plan says of growth dates their answer.
std::optional<GrowthAnswer> growth_of(const CapacityOptions& options, const PlanOptions& asked) {
  if (asked.plan.empty()) return std::nullopt;
  Plan const plan = read_plan(find_file(asked.plan, {}));
  if (!plan.growth) throw InputError({asked.plan, 0, 0}, "with --goal a plan dates the answer, and this one has no growth");
  Subject const subject = subject_of(options);
  check_plan(plan, subject.site);
  return grow({subject.site, subject.connection}, plan);
}

}  // namespace

void add_capacity(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<CapacityOptions>();
  auto by_runs = std::make_shared<GoalOptions>();
  CLI::App* verb = subcommand(app, globals, "capacity", "how much more fits and what binds first, with everything in service and with any one element lost; with --goal by runs");
  verb->add_option("subject", options->subject, "a scenario, a site or a run")->required();
  verb->add_option("--basis", options->basis, "what racks are taken to draw: nameplate, budgeted (each rack group's `budget`), measured (--readings) or simulated (at the peak of a run)")
      ->check(CLI::IsMember({"nameplate", "budgeted", "measured", "simulated"}));
  verb->add_option("--readings", options->readings, "a table of name, power_kw: of racks, strips or what feeds them");
  verb->add_option("--more", options->more_of, "racks of the same mix (default), or load in the racks that are there")->check(CLI::IsMember({"racks", "load"}));
  verb->add_option("--set", options->settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  add_goal_options(*verb, *by_runs);
  auto const plan = add_plan_options(*verb);
  verb->callback([=, &globals] {
    globals.chosen = [=, &globals] {
      if (!by_runs->goals.empty()) return capacity_by_runs(options->subject, options->settings, *by_runs, growth_of(*options, *plan), globals);
      return plan->plan.empty() ? answer(*options, globals) : plan_of(*options, *plan, globals);
    };
  });
}

}  // namespace headroom
