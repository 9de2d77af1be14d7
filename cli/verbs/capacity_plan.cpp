#include "cli/verbs/capacity_plan.h"

#include "analysis/placement/growth_text.h"
#include "analysis/placement/placement_text.h"
#include "analysis/placement/read_plan.h"
#include "base/yaml_text.h"
#include "cli/exit_codes.h"
#include "topologies/read_site.h"

namespace headroom {

std::shared_ptr<PlanOptions> add_plan_options(CLI::App& verb) {
  auto options = std::make_shared<PlanOptions>();
  auto* plan = verb.add_option("--plan", options->plan, "a plan: racks to add, and how the load and the connection grow");
  verb.add_option("--write", options->write, "with --plan: the site with the new racks, to this file")->needs(plan);
  verb.add_flag("--best", options->best, "with --plan: the placement with the most racks, by the exact solver, instead of the rule's")->needs(plan);
  return options;
}

int answer_plan(const ConnectedSite& subject, const PlanOptions& options, OutputFormat format) {
  Plan const plan = read_plan(find_file(options.plan, {}));
  check_plan(plan, subject.site);
  nlohmann::ordered_json json{{"schema_version", 1}, {"basis", "nameplate"}};
  std::string text;
  int code = done;
  if (!plan.racks.empty()) {
    PlacementAnswer const answer = place_racks(subject, plan, options.best ? PlacementChoice::best : PlacementChoice::by_rule);
    json["placement"] = to_json(answer);
    text += to_text(answer);
    if (!answer.all_placed()) code = check_failed;
    if (!options.write.empty()) write_file(options.write, yaml_text(echo_site(answer.site)));
  }
  if (plan.growth) {
    GrowthAnswer const answer = grow(subject, plan);
    json["growth"] = to_json(answer);
    text += (text.empty() ? "" : "\n") + to_text(answer);
  }
  print_result(format == OutputFormat::json ? json.dump(2) : text);
  return code;
}

}  // namespace headroom
