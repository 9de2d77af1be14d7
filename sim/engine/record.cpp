#include "sim/engine/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text_file.h"
#include "sim/engine/site_controls.h"

namespace headroom {
namespace {

constexpr Duration utility_interval = whole_seconds(60);

template <class Q>
std::optional<double> si(const std::optional<Q>& quantity) {
  return quantity ? std::optional(quantity->si()) : std::nullopt;
}

bool recorded(NodeKind kind, Detail detail) {
  switch (kind) {
    case NodeKind::server: return detail == Detail::server;
    case NodeKind::rack:
    case NodeKind::enclosure: return detail >= Detail::rack;
    default: return detail >= Detail::feeder;
  }
}

std::string part_of(const PowerNode& node) {
  if (node.kind == NodeKind::server) return "it";
  if (!is_load_of_its_own(node.kind)) return "";
  return node.part == LoadPart::it ? "it" : "facility";
}

JobRow row_of(const Job& job) {
  JobRow row;
  row.workload = job.workload;
  row.trace_id = job.id;
  row.submit_ns = job.submit.ns;
  row.runtime_ns = job.runtime.ns;
  row.estimate_ns = job.estimate.ns;
  row.utilisation = job.utilisation.cores;
  row.gpu_utilisation = job.utilisation.gpus;
  return row;
}

// Does what jobs send change what servers or switches draw?
bool network_draws_beside_jobs(const Model& model) {
  NetworkGraph const& network = model.graph.network;
  if (network.empty() || model.scenario.network.traffic == TrafficLevel::none) return false;
  auto const idles = [](const WorkloadSpec& workload) { return std::ranges::any_of(workload.traffic, [](const TrafficSpec& spec) { return spec.busy != 1; }); };
  return std::ranges::any_of(model.scenario.workload, idles) || std::ranges::any_of(network.fabrics, [](const Fabric& fabric) { return fabric.sleep_after.has_value(); }) ||
         std::ranges::any_of(network.switch_types, [](const SwitchSpec& type) { return type.energy_per_bit > EnergyPerData{}; });
}

}  // namespace

std::vector<Duration> recorded_every(const Model& model) {
  std::vector<Duration> every;
  for (auto const& node : model.graph.nodes) {
    bool const utility = node.kind == NodeKind::utility;
    bool const rack_load = is_load_of_its_own(node.kind) && !is_of_cooling_plant(node.kind) && node.hall >= 0;     // a switch in a rack counts as its servers do
    every.push_back(utility ? utility_interval : recorded(rack_load ? NodeKind::server : node.kind, model.scenario.record.detail) ? model.scenario.record.every : Duration{});
  }
  return every;
}

void record_inputs(const Model& model, std::string_view program, RunFile& file) {
  std::string const scenario = echo_scenario(model.scenario).dump(1);
  file.input({"scenario", sha256_of(scenario), scenario});
  file.meta("scenario", model.scenario.name);
  file.meta("site", model.scenario.site.value.name);
  file.meta("seed", model.scenario.seed);
  file.meta("start", to_text(model.scenario.start));
  file.meta("timezone", model.scenario.site.value.location.timezone);
  file.meta("program", program);
  file.meta("servers", static_cast<std::int64_t>(model.servers.size()));
  file.meta("cores", model.total_cores.whole());
  file.meta("gpus", model.total_gpus.whole());
  if (model.scenario.policy.overcommit || model.scenario.policy.idle_off_after || std::ranges::any_of(model.workloads, &WorkloadUse::plays_series) || network_draws_beside_jobs(model) || controls_draw(model))
    file.meta("power_beside_jobs", std::int64_t{1});
  if (model.scenario.policy.overcommit) file.meta("overcommitted", std::int64_t{1});
  for (std::size_t i = 0; i < model.workloads.size(); ++i) {
    file.meta(fmt::format("workload {} units", i), model.units(model.workloads[i]));
    file.meta(fmt::format("workload {} several_servers", i), static_cast<std::int64_t>(model.workloads[i].several_servers));
    for (auto const& [unit, name] : names(ProcessorUnit{}))
      if (unit == model.workloads[i].unit) file.meta(fmt::format("workload {} unit", i), std::string_view(name));
  }
}

void record_graph(const PowerGraph& graph, RunFile& file) {
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    PowerNode const& node = graph.nodes[i];
    int const rack = node.server < 0 ? -1 : graph.servers[static_cast<std::size_t>(node.server)].rack;
    file.node({static_cast<int>(i), node.name, to_text(node.kind), node.type, part_of(node), node.count, node.hall, rack, node.server, si(node.rating.power),
               si(node.rating.apparent), si(node.rating.current), si(node.rating.circuit), node.rating.voltage.si(), node.rating.phases});
  }
}

void record_counts(const RunCounts& counts, const ReadCounts& read, RunFile& file) {
  file.meta("jobs_submitted", counts.submitted);
  file.meta("jobs_rejected", counts.rejected);
  file.meta("jobs_completed", counts.completed);
  file.meta("jobs_killed", counts.killed);
  file.meta("jobs_lost", counts.lost);
  file.meta("jobs_requeued", counts.requeued);
  file.meta("jobs_with_fragments", counts.with_fragments);
  file.meta("rack_dark_s", counts.dark.rack_s);
  file.meta("server_down_s", counts.dark.server_s);
  file.meta("jobs_running_at_end", counts.running_at_end);
  file.meta("jobs_queued_at_end", counts.queued_at_end);
  file.meta("trace_records", read.records);
  for (auto const& [reason, count] : read.skipped) file.meta("trace_skipped: " + reason, count);
  file.meta("instants", counts.instants);
  file.meta("first_submit_ns", counts.first_submit.ns);
  file.meta("last_submit_ns", counts.last_submit.ns);
  file.meta("last_finish_ns", counts.last_finish.ns);
  file.meta("end_ns", counts.end.ns);
  file.meta("window_from_ns", counts.window_from.ns);
  file.meta("window_to_ns", counts.window_to.ns);
  file.meta("worst_imbalance", counts.worst_imbalance);
}

JobRow job_row(const ActiveJob& job, JobState state, Instant end) {
  JobRow row = row_of(job.job);
  row.state = state;
  row.start_ns = job.start.ns;
  row.end_ns = end.ns;
  row.servers = std::ssize(job.allocation);
  for (auto const& piece : job.allocation) {
    row.cores += piece.resources.cores;
    row.gpus += piece.resources.gpus;
  }
  if (job.allocation.empty()) {        // never started: what it asks for
    row.servers = job.demand.servers;
    row.cores = job.demand.cores;
    row.gpus = job.demand.gpus;
  }
  row.placement = placement_text(job.allocation);
  row.interruptions = job.interruptions;
  row.unserved_core_s = job.unserved_core_s;
  row.unserved_gpu_s = job.unserved_gpu_s;
  row.waited_s = job.waited_s;
  row.waited_alone_s = job.waited_alone_s;
  row.sent_bytes = job.sent_bytes;
  row.kept_s = job.kept_s;
  row.slowed_s = job.slowed_s;
  return row;
}

InterruptionRow interruption_row(const ActiveJob& job, Instant end, Duration in_vain, std::int64_t cause) {
  JobRow const held = job_row(job, JobState::running_at_end, end);
  return {held.workload, held.trace_id, job.start.ns, end.ns, held.cores, held.gpus, in_vain.seconds(), cause, held.placement};
}

JobRow rejected_row(const Job& job, const Demand& demand) {
  JobRow row = row_of(job);
  row.state = JobState::rejected;
  row.servers = demand.servers == INT32_MAX ? job.processors.rounded_up() : demand.servers;
  row.cores = demand.cores;
  row.gpus = demand.gpus;
  return row;
}

std::string placement_text(const Allocation& allocation) {
  std::string out;
  for (std::size_t i = 0; i < allocation.size();) {
    Piece const& first = allocation[i];
    std::size_t last = i;
    auto const continues = [&](const Piece& piece) {
      return piece.server == first.server + static_cast<std::int32_t>(last - i) + 1 && piece.resources.cores == first.resources.cores && piece.resources.gpus == first.resources.gpus && piece.device == first.device;
    };
    while (last + 1 < allocation.size() && continues(allocation[last + 1])) ++last;
    auto const to = std::back_inserter(out);
    if (i > 0) out += ' ';
    fmt::format_to(to, "{}", first.server);
    if (last > i) fmt::format_to(to, "-{}", allocation[last].server);
    fmt::format_to(to, ":{}", first.resources.cores);
    if (first.resources.gpus > Amount()) fmt::format_to(to, "/{}", first.resources.gpus);
    if (first.device >= 0) fmt::format_to(to, "@{}", first.device);
    i = last + 1;
  }
  return out;
}

}  // namespace headroom
