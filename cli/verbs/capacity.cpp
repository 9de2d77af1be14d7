#include <fmt/format.h>

#include "analysis/statics/capacity.h"
#include "analysis/statics/capacity_text.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "cli/verbs/capacity_plan.h"

namespace headroom {

void add_capacity(CLI::App& app, Globals& globals) {
  auto subject = std::make_shared<std::string>();
  auto settings = std::make_shared<std::vector<std::string>>();
  CLI::App* verb = subcommand(app, globals, "capacity", "how much more fits and what binds first, normal and with any one element lost (static, nameplate)");
  verb->add_option("subject", *subject, "a scenario, a site or a run")->required();
  verb->add_option("--set", *settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  auto const plan = add_plan_options(*verb);
  verb->callback([=, &globals] {
    globals.chosen = [=, &globals] {
      if (!plan->plan.empty()) return answer_plan(site_of(*subject, *settings), *plan, globals.format);
      CapacityAnswer const answer = capacity(build_power_graph(site_of(*subject, *settings)));
      print_result(globals.format == OutputFormat::json ? to_json(answer).dump(2) : to_text(answer));
      return static_cast<int>(done);
    };
  });
}

}  // namespace headroom
