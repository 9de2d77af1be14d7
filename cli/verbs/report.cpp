#include <fmt/format.h>

#include "analysis/report/html.h"
#include "analysis/report/tables.h"
#include "analysis/summary/summary.h"
#include "cli/exit_codes.h"
#include "cli/verb.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

struct ReportOptions {
  std::string run, to = "html", output;
  bool recompute = false;
};

int recompute(const RunReader& run, const Globals& globals) {
  Recomputed const again = recompute_energies(run);
  nlohmann::ordered_json const json{{"worst_difference", again.worst_difference}, {"worst_node", again.worst_node}, {"meters", again.input_j.size()},
                                    {"it_energy_j", again.input_j.at(it_meter)}, {"facility_energy_j", again.input_j.at(facility_meter)}};
  bool const agrees = again.worst_difference <= 1e-9;
  print_result(globals.format == OutputFormat::json ? json.dump(2)
                                                    : fmt::format("{} meters worked out again from jobs and site alone; the worst differs by {:.2e} ({})", again.input_j.size(), again.worst_difference,
                                                                  again.worst_node.empty() ? "none" : again.worst_node));
  return agrees ? done : check_failed;
}

int report(const ReportOptions& options, const Globals& globals) {
  RunReader const run(options.run);
  if (options.recompute) return recompute(run, globals);
  Summary const summary = summarise(run);
  fs::path const output = options.output.empty() ? run.directory() / (options.to == "csv" ? "tables" : "report." + options.to) : fs::path(options.output);
  if (options.to == "csv") {
    std::error_code code;
    fs::create_directories(output, code);
    if (code) throw OutputError(fmt::format("{}: cannot make this folder: {}", output.string(), code.message()), 73);
    write_csv_tables(run, output);
  } else {
    write_file(output, options.to == "html" ? html_report(run, summary) : to_json(summary, std::nullopt).dump(2) + "\n");
  }
  if (globals.format == OutputFormat::json) print_result(nlohmann::ordered_json{{"written_to", output.string()}}.dump(2));
  else if (!globals.quiet) fmt::print(stderr, "written to {}\n", output.string());
  return done;
}

}  // namespace

void add_report(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* verb = subcommand(app, globals, "report", "read a run again: a page, tables or the summary");
  verb->add_option("run", options->run, "folder of a run, or its run.sqlite")->required();
  verb->add_option("--to", options->to, "html, csv or json")->check(CLI::IsMember({"html", "csv", "json"}));
  verb->add_option("-o,--output", options->output, "file, or folder for csv (default: beside the run)");
  verb->add_flag("--recompute", options->recompute, "work the meters' energies out again from the jobs and the site alone; exit 1 above 1e-9");
  verb->callback([options, &globals] { globals.chosen = [options, &globals] { return report(*options, globals); }; });
}

}  // namespace headroom
