#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/economy/leontief.h"
#include "analysis/economy/read_input_output.h"
#include "analysis/money/building_case.h"
#include "analysis/ledger/ledger.h"
#include "analysis/placement/read_plan.h"
#include "analysis/programmes/plan_build_out.h"
#include "analysis/programmes/programme_spending.h"
#include "analysis/programmes/read_programme.h"
#include "analysis/programmes/reference_site.h"
#include "analysis/spending/financing.h"
#include "analysis/spending/grid_costs.h"
#include "analysis/spending/margins.h"
#include "analysis/spending/prices.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "conditions/tariffs/tariff.h"
#include "conditions/weather/weather.h"
#include "sim/model/model.h"
#include "sim/power/check_ratings.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct ValidateOptions {
  std::vector<std::string> files;
  bool installation = false;
};

void validate_site(const fs::path& file) {
  Site const site = read_site(file);
  check_ratings(build_power_graph(site), site.where);
}

void validate_scenario(const fs::path& file) {
  Model const model = build_model(read_scenario(file, {}));
  check_ratings(model.graph, model.scenario.site.value.where);
  Job job;
  for (auto const workloads = open_workloads(model); workloads.jobs->next(job);) model.demand_of(job);      // which says what cannot be asked for
}

// Every code that it names is in a table of that classification.
void validate_spending_class(const fs::path& file) {
  SpendingClass const spending_class = read_spending_class(file);
  for (auto const* name : {"us-2022", "china-2020", "china-2020-153"}) {
    InputOutputTable const table = find_input_output_table(name);
    for (auto const& seller : spending_class.sector)
      if (!seller.in(table.classification).empty()) sector_code(table, seller);
  }
}

std::vector<std::string> kinds() {
  std::vector<std::string> out{"scenario", "site", "load", "plan", "spending-class", "grid-costs", "financing", "margins", "building-case", "input-output-table", "programme", "ledger", "tariff"};
  out.insert(out.end(), catalogue_kinds().begin(), catalogue_kinds().end());
  return out;
}

// With the layouts that it builds.
void validate_programme(const fs::path& file) {
  ProgrammeSpec const programme = find_programme(file.string());
  reference_sites(programme);
  check_purchases(programme, tables_of(programme, shipped_prices()));
  if (!programme.ledger.empty()) find_ledger(programme.ledger, programme.where);
}

// What the file says it is.
std::string kind_of(const fs::path& file) {
  TreePtr const tree = read_yaml(file);
  if (tree->kind != Tree::Kind::map) throw InputError(tree->where, fmt::format("expected a mapping of keys, found {}", kind_name(tree->kind)));
  auto const* kind = tree->find("kind");
  std::vector<std::string> const known = kinds();
  if (kind == nullptr) throw InputError(tree->where, fmt::format("missing key 'kind'; one of {}", fmt::join(known, ", ")));
  if (std::find(known.begin(), known.end(), kind->value->text) == known.end())
    throw InputError(kind->value->where, fmt::format("kind: unknown value '{}'; one of {}", kind->value->text, fmt::join(known, ", ")));
  return kind->value->text;
}

void validate_weather(const fs::path& file) {
  WeatherSpec spec;
  spec.file = fs::absolute(file).string();
  spec.where = {file.string(), 0, 0};
  load_weather(spec);
}

void validate(const fs::path& file) {
  if (is_weather_file(file)) return validate_weather(file);
  std::string const name = kind_of(file);
  if (name == "scenario") validate_scenario(file);
  else if (name == "site") validate_site(file);
  else if (name == "spending-class") validate_spending_class(file);
  else if (name == "grid-costs") find_grid_costs(fs::absolute(file).string());
  else if (name == "financing") find_financing(fs::absolute(file).string());
  else if (name == "margins") find_margins(fs::absolute(file).string());
  else if (name == "building-case") find_building_case(fs::absolute(file).string());
  else if (name == "input-output-table") multipliers(read_input_output_table(file));      // which says what cannot be solved
  else if (name == "programme") validate_programme(file);
  else if (name == "ledger") validate_ledger(find_ledger(fs::absolute(file).string()));
  else if (name == "load") read_load(file);
  else if (name == "tariff") read_tariff(file);
  else if (name == "plan") read_plan(file);
  else check_catalogue_file(file);
}

std::vector<fs::path> shipped_files() {
  std::vector<fs::path> files;
  std::vector<std::string> shelves{"scenario", "site", "prices", "input-output-table", "programme", "ledger", "tariff", "weather"};
  shelves.insert(shelves.end(), catalogue_kinds().begin(), catalogue_kinds().end());
  for (auto const& kind : shelves)
    for (auto const& name : shipped_names(kind)) files.push_back(find_mentioned(kind, name, {}));
  return files;
}

nlohmann::ordered_json to_json(const fs::path& file, const std::vector<Problem>& problems) {
  nlohmann::ordered_json out{{"file", file.string()}, {"valid", problems.empty()}, {"problems", nlohmann::ordered_json::array()}};
  for (auto const& problem : problems)
    out["problems"].push_back({{"file", problem.where.file}, {"line", problem.where.line}, {"column", problem.where.column}, {"what", problem.what}});
  return out;
}

std::string verdict(std::size_t broken, std::size_t files) {
  if (broken == 0) return files == 1 ? "1 file is valid" : fmt::format("{} files are valid", files);
  if (files == 1) return "the file has problems";
  return fmt::format("{} of {} files {} problems", broken, files, broken == 1 ? "has" : "have");
}

int validate_all(const ValidateOptions& options, const Globals& globals) {
  std::vector<fs::path> files = options.installation ? shipped_files() : std::vector<fs::path>{};
  for (auto const& file : options.files) files.push_back(find_file(file, {"scenario", "site", "weather"}));
  int worst = done;
  std::size_t broken = 0;
  std::string text;
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (auto const& file : files) {
    try {
      validate(file);
      json.push_back(to_json(file, {}));
    } catch (const InputError& e) {
      text += std::string(e.what()) + "\n";
      json.push_back(to_json(file, e.problems()));
      worst = std::max(worst, static_cast<int>(e.fault()));
      ++broken;
    }
  }
  print_result(globals.format == OutputFormat::json ? json.dump(2) : text + verdict(broken, files.size()));
  return worst;
}

}  // namespace

void add_validate(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ValidateOptions>();
  CLI::App* verb = subcommand(app, globals, "validate", "every problem of the files, each with its place; traces are read to the end");
  verb->add_option("files", options->files, "scenarios, sites, catalogue files, weather");
  verb->add_flag("--installation", options->installation, "everything that ships with the program");
  verb->callback([options, &globals, verb] {
    if (options->files.empty() && !options->installation) throw CLI::RequiredError("FILE... or --installation");
    globals.chosen = [options, &globals] { return validate_all(*options, globals); };
  });
}

}  // namespace headroom
