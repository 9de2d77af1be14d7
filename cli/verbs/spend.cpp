#include "analysis/spending/spend.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "cli/verbs/spend_case.h"

namespace headroom {

void add_spend(CLI::App& app, Globals& globals) {
  auto subject = std::make_shared<std::string>(), prices = std::make_shared<std::string>();
  auto settings = std::make_shared<std::vector<std::string>>();
  CLI::App* verb = subcommand(app, globals, "spend", "what must be bought for a layout, at low, mid and high prices, and what that sets off upstream");
  verb->add_option("subject", *subject, "a scenario, a site, a run, or a building case")->required();
  verb->add_option("--set", *settings, "PATH=VALUE in the scenario")->expected(1)->take_all();
  verb->add_option("--prices", *prices, "a folder of spending classes instead of those that ship");
  auto question = std::make_shared<CaseQuestion>();
  auto independent = std::make_shared<bool>(false);
  verb->add_option("--draws", question->count, "of a building case: how many draws")->check(CLI::Range(std::size_t{10}, std::size_t{10'000'000}))->capture_default_str();
  verb->add_option("--seed", question->seed, "of a building case: of its draws")->capture_default_str();
  verb->add_flag("--independent", *independent, "of a building case: independent draws alone, without the correlated ones beside them");
  verb->callback([=, &globals] {
    globals.chosen = [=, &globals] {
      if (is_building_case(*subject)) {
        question->correlated = !*independent;
        return spend_case(*subject, *question, globals);
      }
      Site const site = site_of(*subject, *settings);
      PowerGraph const graph = build_power_graph(site);
      Spending const spending = prices->empty() ? spend(site, graph) : spend(site, graph, *prices);
      print_result(globals.format == OutputFormat::json ? to_json(spending).dump(2) : to_table(spending));
      return static_cast<int>(done);
    };
  });
}

}  // namespace headroom
