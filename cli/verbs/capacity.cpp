#include <fmt/format.h>

#include "analysis/statics/capacity.h"
#include "analysis/statics/capacity_text.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "cli/verbs/capacity_search.h"

namespace headroom {

void add_capacity(CLI::App& app, Globals& globals) {
  auto subject = std::make_shared<std::string>();
  auto settings = std::make_shared<std::vector<std::string>>();
  auto by_runs = std::make_shared<GoalOptions>();
  CLI::App* verb = subcommand(app, globals, "capacity", "how much more fits and what binds first, normal and with any one element lost (static, nameplate); with --goal by runs");
  verb->add_option("subject", *subject, "a scenario, a site or a run")->required();
  verb->add_option("--set", *settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  add_goal_options(*verb, *by_runs);
  verb->callback([=, &globals] {
    globals.chosen = [=, &globals] {
      if (!by_runs->goals.empty()) return capacity_by_runs(*subject, *settings, *by_runs, globals);
      CapacityAnswer const answer = capacity(build_power_graph(site_of(*subject, *settings)));
      print_result(globals.format == OutputFormat::json ? to_json(answer).dump(2) : to_text(answer));
      return static_cast<int>(done);
    };
  });
}

}  // namespace headroom
