#include <algorithm>

#include "analysis/money/building_case.h"
#include "analysis/placement/read_plan.h"
#include "analysis/spending/prices.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "conditions/tariffs/tariff.h"
#include "sim/model/model.h"
#include "topologies/read_site.h"

namespace headroom {

void add_schema(CLI::App& app, Globals& globals) {
  auto kind = std::make_shared<std::string>();
  CLI::App* verb = subcommand(app, globals, "schema", "the JSON Schema (draft-07) of a kind of file, for editors");
  std::vector<std::string> kinds{"scenario", "site", "load", "plan", "spending-class", "building-case", "tariff"};
  kinds.insert(kinds.end(), catalogue_kinds().begin(), catalogue_kinds().end());
  verb->add_option("kind", *kind, "scenario, site, load, plan, spending-class, building-case, tariff, or a kind of the catalogue")->required()->check(CLI::IsMember(kinds));
  verb->callback([kind, &globals] {
    globals.chosen = [kind] {
      Json const schema = *kind == "scenario" ? schema_of_scenario() : *kind == "spending-class" ? schema_of_spending_class() : *kind == "building-case" ? schema_of_building_case() : *kind == "tariff" ? schema_of_tariff() : *kind == "plan" ? schema_of_plan() : schema_of_topology_kind(*kind);
      print_result(schema.dump(2));
      return static_cast<int>(done);
    };
  });
}

}  // namespace headroom
