#include "analysis/study/moment.h"

#include <cmath>
#include <map>

#include "analysis/measures/placement.h"
#include "sim/servers/servers.h"

namespace headroom {
namespace {

Allocation pieces_of(std::string_view placement) {
  Allocation out;
  for (auto const& piece : placed(placement))
    for (int server = piece.first; server <= piece.last; ++server) out.push_back({server, {piece.cores, piece.gpus, 0}});
  return out;
}

}  // namespace

Instant peak_of(const RunReader& run) {
  for (auto const& row : run.totals("run"))
    if (row.node == facility_meter) return {std::llround(row.input_peak_s * 1e9)};
  return {};
}

Moment moment_of(const RunReader& run, Instant at) {
  Moment moment;
  moment.at = at;
  auto const runs_then = [&](std::int64_t start_ns, std::int64_t end_ns) { return start_ns >= 0 && start_ns <= at.ns && (end_ns < 0 || end_ns > at.ns); };
  if (run.meta_whole("power_beside_jobs") > 0)
    throw InputError({run.directory().string(), 0, 0}, "the servers of this run share what they are short of, are switched off, or play a series; what each of them did at a moment does not follow from its jobs");
  std::map<std::pair<int, std::int64_t>, Utilisations> interrupted;      // utilisation of those that were, at any time
  run.each_job([&](const JobRow& job) {
    if (job.interruptions > 0) interrupted[{job.workload, job.trace_id}] = {job.utilisation, job.gpu_utilisation};
    if (job.state != JobState::queued_at_end && runs_then(job.start_ns, job.end_ns)) moment.jobs.push_back({{job.start_ns}, job.cores, {job.utilisation, job.gpu_utilisation}, pieces_of(job.placement)});
  });
  for (auto const& attempt : run.interruptions())
    if (runs_then(attempt.start_ns, attempt.end_ns)) moment.jobs.push_back({{attempt.start_ns}, attempt.cores, interrupted[{attempt.workload, attempt.trace_id}], pieces_of(attempt.placement)});
  return moment;
}

Moment full_load_moment(const PowerGraph& graph) {
  Moment moment;
  moment.nameplate = true;
  auto const offered = offered_by(graph);
  for (std::size_t i = 0; i < offered.size(); ++i) moment.jobs.push_back({{}, offered[i].cores, 1.0, {{static_cast<std::int32_t>(i), offered[i]}}});
  return moment;
}

std::vector<Resources> offered_by(const PowerGraph& graph) {
  std::vector<Resources> out;
  for (auto const& server : graph.servers) {
    ServerSpec const& spec = graph.server_types[static_cast<std::size_t>(server.type)];
    out.push_back({spec.cores, spec.gpus, static_cast<std::int64_t>(spec.memory.si() / 8)});
  }
  return out;
}

std::vector<Power> delivered_at(const PowerGraph& graph, const Moment& moment) {
  auto const offered = offered_by(graph);
  Servers servers(graph, offered);
  for (auto const& job : moment.jobs)
    for (auto const& piece : job.pieces) servers.occupy(piece, job.utilisation, +1);
  std::vector<Power> out;
  for (std::size_t i = 0; i < offered.size(); ++i) out.push_back(servers.power({static_cast<std::int32_t>(i)}));
  return out;
}

}  // namespace headroom
