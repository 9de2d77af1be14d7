#include "sim/model/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/model/workload_uses.h"

namespace headroom {

namespace {

std::vector<Resources> offered(std::vector<Resources> servers, const std::optional<OvercommitSpec>& overcommit) {
  if (!overcommit) return servers;
  auto const times = [](Amount amount, double factor) { return Amount::of_thousandths(std::llround(static_cast<double>(amount.thousandths()) * factor)); };
  for (auto& server : servers) server = {times(server.cores, overcommit->cores), times(server.gpus, overcommit->gpus), server.memory_bytes};
  return servers;
}

}  // namespace

Model build_model(Scenario scenario) {
  Model model;
  model.graph = build_power_graph(scenario.site.value);
  for (auto const& server : model.graph.servers) {
    ServerSpec const& spec = model.graph.server_types[static_cast<std::size_t>(server.type)];
    model.servers.push_back({spec.cores, spec.gpus, static_cast<std::int64_t>(spec.memory.si() / 8)});
    model.total_cores += model.servers.back().cores;
    model.total_gpus += model.servers.back().gpus;
  }
  model.offered = offered(model.servers, scenario.policy.overcommit);
  model.traits = server_traits(model.graph);
  if (model.servers.empty()) throw InputError(scenario.site.value.where, "the site has no servers; give its racks some");
  model.workloads = use_workloads(scenario.workload, model, scenario.policy.overcommit.has_value());
  model.traffic = use_traffic(scenario, model.graph);
  model.faults = build_faults(scenario, model.graph);
  model.conditions = use_conditions(scenario, model.graph);
  model.scenario = std::move(scenario);
  return model;
}

ReadCounts OpenWorkloads::counts() const {
  ReadCounts sum = jobs->counts();
  for (auto const& source : series) sum += source->counts();
  return sum;
}

double OpenWorkloads::share_read() const {
  double least = jobs->share_read();
  for (auto const& source : series) least = std::min(least, source->share_read());
  return least;
}

OpenWorkloads open_workloads(const Model& model) {
  std::vector<std::unique_ptr<JobSource>> sources;
  OpenWorkloads out;
  for (std::size_t i = 0; i < model.workloads.size(); ++i) {
    WorkloadUse const& use = model.workloads[i];
    WorkloadSpec const& spec = model.scenario.workload[i];
    if (use.plays_series()) {
      out.series.push_back(open_series_source(*use.format, use.file, spec.where));
      out.each.push_back({nullptr, out.series.back().get()});
      continue;
    }
    sources.push_back(open_workload(spec, static_cast<int>(i), {use.file, model.units(use), static_cast<std::uint64_t>(model.scenario.seed), model.scenario.start,
                                                                 model.scenario.policy.overcommit.has_value(), !model.graph.network.empty() && model.scenario.network.traffic != TrafficLevel::none}));
    out.each.push_back({sources.back().get(), nullptr});
  }
  out.jobs = merge(std::move(sources));
  return out;
}

}  // namespace headroom
