#include <map>

#include "analysis/economy/read_input_output.h"
#include "analysis/money/building_case.h"
#include "analysis/ledger/ledger_spec.h"
#include "analysis/placement/read_plan.h"
#include "analysis/programmes/read_programme.h"
#include "analysis/spending/financing.h"
#include "analysis/spending/grid_costs.h"
#include "analysis/spending/margins.h"
#include "analysis/spending/prices.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "conditions/tariffs/tariff.h"
#include "sim/model/model.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

// Of the kinds that are no part of a site.
const std::map<std::string, Json (*)()>& schemas() {
  static const std::map<std::string, Json (*)()> by_kind{{"scenario", schema_of_scenario},
                                                         {"plan", schema_of_plan},
                                                         {"spending-class", schema_of_spending_class},
                                                         {"grid-costs", schema_of_grid_costs},
                                                         {"financing", schema_of_financing},
                                                         {"margins", schema_of_margins},
                                                         {"building-case", schema_of_building_case},
                                                         {"input-output-table", schema_of_input_output_table},
                                                         {"programme", schema_of_programme},
                                                         {"ledger", schema_of_ledger},
                                                         {"tariff", schema_of_tariff}};
  return by_kind;
}

}  // namespace

void add_schema(CLI::App& app, Globals& globals) {
  auto kind = std::make_shared<std::string>();
  CLI::App* verb = subcommand(app, globals, "schema", "the JSON Schema (draft-07) of a kind of file, for editors");
  std::vector<std::string> kinds{"scenario", "site", "load", "plan", "spending-class", "grid-costs", "financing", "margins", "building-case", "input-output-table", "programme", "ledger", "tariff"};
  kinds.insert(kinds.end(), catalogue_kinds().begin(), catalogue_kinds().end());
  verb->add_option("kind", *kind, "scenario, site, load, plan, spending-class, grid-costs, financing, margins, building-case, input-output-table, programme, ledger, tariff, or a kind of the catalogue")->required()->check(CLI::IsMember(kinds));
  verb->callback([kind, &globals] {
    globals.chosen = [kind] {
      auto const found = schemas().find(*kind);
      print_result((found != schemas().end() ? found->second() : schema_of_topology_kind(*kind)).dump(2));
      return static_cast<int>(done);
    };
  });
}

}  // namespace headroom
