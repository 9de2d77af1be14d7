// What the site makes of each workload: which units its processors are, what a job asks for, what plays a series.
#include "sim/model/workload_uses.h"

#include <fmt/format.h>

#include <set>

#include "base/errors.h"
#include "sim/model/named_nodes.h"

namespace headroom {

std::int64_t Model::units(const WorkloadUse& workload) const {
  switch (workload.unit) {
    case ProcessorUnit::server: return std::ssize(servers);
    case ProcessorUnit::core: return total_cores.whole();
    case ProcessorUnit::gpu: return total_gpus.whole();
  }
  return 0;
}

namespace {

// What the job's processors are in units of the site.
Amount processors_of(const Job& job, const WorkloadSpec& spec) {
  if (spec.amount == Amount(1)) return job.processors;
  std::int64_t const millionths = job.processors.thousandths() * spec.amount.thousandths();
  if (millionths % 1000 != 0) throw InputError(spec.where, fmt::format("amount: job {} asks for {} processors of {}; that is not a number of thousandths", job.id, job.processors, spec.amount));
  return Amount::of_thousandths(millionths / 1000);
}

}  // namespace

Demand Model::demand_of(const Job& job) const {
  WorkloadUse const& use = workloads[static_cast<std::size_t>(job.workload)];
  WorkloadSpec const& spec = scenario.workload[static_cast<std::size_t>(job.workload)];
  Demand demand;
  demand.several_servers = use.several_servers;
  if (use.unit == ProcessorUnit::server && job.processors > Amount()) {      // 0: a job of GPUs alone
    // a job that may not be spread and wants several servers can never run
    bool const too_many = (!use.several_servers && job.processors > Amount(1)) || job.processors >= Amount(INT32_MAX);
    demand.servers = too_many ? INT32_MAX : static_cast<std::int32_t>(job.processors.rounded_up());
    return demand;
  }
  if (use.unit == ProcessorUnit::core) demand.cores = processors_of(job, spec);
  demand.gpus = use.unit == ProcessorUnit::gpu && job.processors > Amount() ? processors_of(job, spec) : job.gpus;
  if (demand.gpus > Amount(1) && !demand.gpus.is_whole() && spec.amount != Amount(1))
    throw InputError(spec.where, fmt::format("amount: job {} asks for {} processors of {}, {} GPUs; above one GPU they must be whole", job.id, job.processors, spec.amount, demand.gpus));
  if (demand.gpus > Amount(1)) demand.gpus = demand.gpus.rounded_up();
  demand.memory_bytes = static_cast<std::int64_t>(job.memory.si() / 8);
  return demand;
}

namespace {

// What plays a series: servers its shares of processors, constant loads its shares of power.
void name_players(WorkloadUse& use, const WorkloadSpec& spec, const std::string& path, const PowerGraph& graph, SeriesMeaning meaning) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < graph.servers.size() && spec.on.empty() && meaning == SeriesMeaning::processors; ++i) use.servers.push_back(static_cast<std::int32_t>(i));
  if (spec.on.empty() && meaning == SeriesMeaning::power) problems.push_back({spec.where, path + ": the trace is of measured power; name the constant loads that play it with on"});
  for (auto const& name : spec.on)
    for (NodeId id : named_nodes(graph, name, spec.where, path + ".on", problems)) {
      PowerNode const& node = graph.nodes[static_cast<std::size_t>(id)];
      if (meaning == SeriesMeaning::processors && node.server >= 0) use.servers.push_back(node.server);
      if (meaning == SeriesMeaning::power && node.kind == NodeKind::auxiliary && !node.follows_it) use.loads.push_back(id);
    }
  if (problems.empty() && !use.plays_series())
    problems.push_back({spec.where, fmt::format("{}.on: {} has no {}", path, fmt::join(spec.on, ", "), meaning == SeriesMeaning::power ? "constant load" : "server")});
  if (!problems.empty()) throw InputError(std::move(problems));
}

void check_amount(const WorkloadUse& use, const WorkloadSpec& spec, bool overcommitted) {
  if (use.unit == ProcessorUnit::server && spec.amount != Amount(1))
    throw InputError(spec.where, fmt::format("amount: {} of a server cannot be asked for; with processor: core or gpu it can", spec.amount));
  if (use.unit == ProcessorUnit::gpu && spec.amount > Amount(1) && !spec.amount.is_whole())
    throw InputError(spec.where, fmt::format("amount: {} GPUs cannot be asked for; above one they must be whole", spec.amount));
  if (use.unit == ProcessorUnit::server && overcommitted)
    throw InputError(spec.where, "policy.overcommit: a job of whole servers leaves nothing to share; with processor: core or gpu it can");
}

WorkloadUse use_of(WorkloadSpec& spec, const std::string& path, const Model& model, bool overcommitted) {
  WorkloadUse use;
  if (!spec.generate) {
    use.file = find_trace(spec.trace, spec.where);
    use.format = spec.format ? *spec.format : guess_format(use.file);
    FormatEntry const& entry = format_entry(*use.format);
    use.unit = entry.processor;
    use.several_servers = entry.several_servers;
    if (entry.open_series != nullptr) {
      if (spec.scale_to || spec.arrivals != 1) throw InputError(spec.where, path + ": arrivals and scale_to are of jobs; this trace is a series of measurements");
      name_players(use, spec, path, model.graph, open_series_source(*use.format, use.file, spec.where)->meaning());
      return use;
    }
    if (entry.has_tokens && !spec.service) spec.service.emplace();      // its defaults stand in the echo
  }
  if (spec.processor) use.unit = *spec.processor;
  if (spec.several_servers) use.several_servers = *spec.several_servers;
  check_amount(use, spec, overcommitted);
  if (!spec.on.empty()) throw InputError(spec.where, path + ".on: is of series of measurements; where jobs go is the policy's business");
  if (spec.scale_to && model.units(use) == 0) throw InputError(spec.where, "scale_to: the site has no GPUs to offer a load to");
  return use;
}

// One series each: the next would undo what the last one set.
void check_series(const std::vector<WorkloadUse>& workloads, const std::vector<WorkloadSpec>& specs) {
  std::set<std::int32_t> servers, loads;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    bool again = false;
    for (std::int32_t server : workloads[i].servers) again |= !servers.insert(server).second;
    for (NodeId load : workloads[i].loads) again |= !loads.insert(load.index).second;
    if (again) throw InputError(specs[i].where, fmt::format("workload[{}]: some of the servers or loads that play this series play another one already; tell them apart with on", i));
  }
}

}  // namespace

std::vector<WorkloadUse> use_workloads(std::vector<WorkloadSpec>& specs, const Model& model, bool overcommitted) {
  std::vector<WorkloadUse> out;
  for (std::size_t i = 0; i < specs.size(); ++i) out.push_back(use_of(specs[i], fmt::format("workload[{}]", i), model, overcommitted));
  check_series(out, specs);
  return out;
}

}  // namespace headroom
