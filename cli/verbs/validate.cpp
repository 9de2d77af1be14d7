#include <fmt/format.h>

#include "analysis/spending/prices.h"
#include "analysis/spending/us_bea.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"
#include "sim/model/model.h"
#include "sim/power/check_ratings.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct Options {
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
  for (auto const jobs = open_jobs(model); jobs.merged->next(job);) {
  }
}

std::vector<std::string> sector_codes() {
  std::vector<std::string> codes;
  for (auto const& sector : read_us_bea_sectors(shipped_tables())) codes.push_back(sector.code);
  return codes;
}

void validate(const fs::path& file) {
  TreePtr const tree = read_yaml(file);
  auto const* kind = tree->find("kind");
  std::string const name = kind == nullptr ? "" : kind->value->text;
  if (name == "scenario") validate_scenario(file);
  else if (name == "site") validate_site(file);
  else if (name == "spending-class") read_spending_class(file, sector_codes());
  else if (name == "load") read_load(file);
  else check_catalogue_file(file);
}

std::vector<fs::path> shipped_files() {
  std::vector<fs::path> files;
  std::vector<std::string> kinds{"scenario", "site", "prices"};
  kinds.insert(kinds.end(), catalogue_kinds().begin(), catalogue_kinds().end());
  for (auto const& kind : kinds)
    for (auto const& name : shipped_names(kind)) files.push_back(find_mentioned(kind, name, {}));
  return files;
}

int validate_all(const Options& options) {
  std::vector<fs::path> files = options.installation ? shipped_files() : std::vector<fs::path>{};
  for (auto const& file : options.files) files.push_back(find_file(file, {"scenario", "site"}));
  int worst = done;
  std::size_t broken = 0;
  for (auto const& file : files) {
    try {
      validate(file);
    } catch (const InputError& e) {
      print_result(e.what());
      worst = std::max(worst, static_cast<int>(e.fault()));
      ++broken;
    }
  }
  print_result(broken == 0 ? fmt::format("{} files are valid", files.size()) : fmt::format("{} of {} files have problems", broken, files.size()));
  return worst;
}

}  // namespace

void add_validate(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = subcommand(app, globals, "validate", "every problem of the files, each with its place; traces are read to the end");
  verb->add_option("files", options->files, "scenarios, sites, catalogue files");
  verb->add_flag("--installation", options->installation, "everything that ships with the program");
  verb->callback([options, &globals, verb] {
    if (options->files.empty() && !options->installation) throw CLI::RequiredError("FILE... or --installation");
    globals.chosen = [options] { return validate_all(*options); };
  });
}

}  // namespace headroom
