#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/shipped.h"
#include "base/text_file.h"
#include "base/yaml.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::string shipped_text(const char* kind, const char* name) { return read_text(find_mentioned(kind, name, {}), yaml_size_limit_bytes); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  auto const at = text.find(from);
  expects(at != std::string::npos, "what init replaces is in the file that ships");
  return text.replace(at, from.size(), to);
}

constexpr const char* scenario_text = R"(# The jobs of jobs.csv on the site of site.yaml; all three are there to be edited. `headroom schema scenario` has every key,
# `headroom validate` says what is wrong and where.
kind: scenario
version: 1
name: my-scenario
site: ./site.yaml
workload:
  - trace: ./jobs.csv
    processor: core
policy: {order: fcfs, backfill: easy, placement: first-fit}
start: 2025-01-01T00:00:00-06:00
seed: 1
)";

// A project of one's own: a site, a scenario and its trace, all to be edited.
int init(const fs::path& folder, const Globals& globals) {
  std::error_code code;
  if (fs::is_directory(folder, code) && !fs::is_empty(folder, code)) throw OutputError(fmt::format("{}: this folder is not empty; name a new one", folder.string()), 73);
  fs::create_directories(folder, code);
  if (code) throw OutputError(fmt::format("{}: cannot make this folder: {}", folder.string(), code.message()), 73);
  write_file(folder / "site.yaml", replaced(shipped_text("site", "hall-2n"), "name: hall-2n", "name: my-site"));
  write_file(folder / "scenario.yaml", scenario_text);
  write_file(folder / "jobs.csv", shipped_text("trace", "common-1000"));
  if (globals.format == OutputFormat::json) {
    print_result(nlohmann::ordered_json{{"folder", folder.string()}, {"files", {"site.yaml", "scenario.yaml", "jobs.csv"}}}.dump(2));
  } else if (!globals.quiet) {
    print_result(fmt::format("{0} has site.yaml, scenario.yaml and jobs.csv. Try:\n  headroom validate {0}/scenario.yaml\n  headroom run {0}/scenario.yaml -o {0}/run\n  headroom capacity {0}/scenario.yaml", folder.string()));
  }
  return done;
}

}  // namespace

void add_init(CLI::App& app, Globals& globals) {
  auto folder = std::make_shared<std::string>();
  CLI::App* verb = subcommand(app, globals, "init", "a first project to edit");
  verb->add_option("folder", *folder, "a new folder")->required();
  verb->callback([folder, &globals] { globals.chosen = [folder, &globals] { return init(*folder, globals); }; });
}

}  // namespace headroom
