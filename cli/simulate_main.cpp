// headroom-simulate: one run in one process. `headroom run` and studies start it; it is the only program that knows
// SimGrid. It writes DIR/run.sqlite and nothing else.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <csignal>

#include "cli/exit_codes.h"
#include "cli/progress.h"
#include "cli/version.h"
#include "sim/engine/in_memory_executor.h"
#include "sim/network/network_links.h"
#include "sim/engine/record.h"
#include "sim/engine/simulate.h"
#include "sim/power/check_ratings.h"
#include "sim/simgrid/simgrid_executor.h"

namespace headroom {
namespace {

// Two generated workloads have two hashes, two mentions of one trace have one.
std::string input_name(const Model& model, std::size_t workload) {
  WorkloadSpec const& spec = model.scenario.workload[workload];
  return spec.generate ? fmt::format("{} of workload {}", spec.title(), workload) : spec.title();
}

struct Options {
  std::string scenario, directory;
  std::vector<std::string> settings;
  ProgressMode progress = ProgressMode::automatic;
};

volatile std::sig_atomic_t interrupt_requested = 0;
struct Interrupted : std::exception {};

void listen_for_interrupts() {
  for (int number : {SIGINT, SIGTERM}) std::signal(number, [](int) { interrupt_requested = 1; });
}

std::vector<SimgridHost> hosts_of(const Model& model) {
  std::vector<SimgridHost> hosts;
  hosts.reserve(model.servers.size());
  for (std::size_t i = 0; i < model.servers.size(); ++i) hosts.push_back({model.graph.servers[i].name, static_cast<int>(model.servers[i].cores.whole())});
  return hosts;
}

int simulate_scenario(const Options& options) {
  Model const model = build_model(read_scenario(options.scenario, options.settings));
  check_ratings(model.graph, model.scenario.site.value.where);
  for (auto const& outage : model.faults.outages)
    if (model.scenario.horizon.length && outage.at > Instant{} + *model.scenario.horizon.length)
      fmt::print(stderr, "note: the event of {} at {} lies beyond the horizon of {}; it will not happen\n", outage.name, human(outage.at - Instant{}), human(*model.scenario.horizon.length));
  OpenWorkloads workloads = open_workloads(model);
  RunFile file(options.directory);
  record_inputs(model, version_text, file);
  Progress progress(options.progress, model.scenario.horizon.length ? Instant{} + *model.scenario.horizon.length : never);
  auto const run = [&](Executor& executor) {
    simulate(model, workloads, executor, file, [&](Instant now, std::int64_t ended) {
      if (interrupt_requested != 0) throw Interrupted{};
      progress.at(now, ended, [&] { return workloads.share_read(); });
    });
    file.meta("clock_steps", executor.steps());
  };
  NetworkLinks const network(model.graph.network, model.scenario.network.detail);
  if (model.scenario.engine == EngineMode::in_memory) {
    InMemoryExecutor executor(network.links);
    run(executor);
  } else {
    run_on_simgrid(hosts_of(model), {model.scenario.network.model, network.links}, run);
  }
  for (std::size_t i = 0; i < workloads.each.size(); ++i) file.input({input_name(model, i), workloads.each[i].sha256(), ""});
  file.finish();
  return done;
}

int run_program(int argc, char** argv) {
  CLI::App app{"Simulates one scenario and writes DIR/run.sqlite. Usually started by `headroom run`."};
  Options options;
  app.add_option("scenario", options.scenario, "scenario file")->required();
  app.add_option("-o,--output", options.directory, "folder of the run")->required();
  app.add_option("--set", options.settings, "PATH=VALUE, such as seed=2")->expected(1)->take_all();
  app.add_option("--progress", options.progress, "auto, always or never")
      ->transform(CLI::CheckedTransformer(std::map<std::string, ProgressMode>{{"auto", ProgressMode::automatic}, {"always", ProgressMode::shown}, {"never", ProgressMode::hidden}}));
  app.set_version_flag("--version", version_text);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? done : usage;
  }
  listen_for_interrupts();
  return with_exit_code([&]() -> int {
    try {
      return simulate_scenario(options);
    } catch (const Interrupted&) {
      fmt::print(stderr, "interrupted; {} is marked UNFINISHED and holds what was recorded so far\n", options.directory);
      return interrupted;
    }
  });
}

}  // namespace
}  // namespace headroom

int main(int argc, char** argv) { return headroom::run_program(argc, argv); }
