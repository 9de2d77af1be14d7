#include "analysis/measures/gpu_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "analysis/measures/placement.h"
#include "base/json_fields.h"
#include "base/sum.h"
#include "sim/policies/demand_mix.h"
#include "topologies/graph/power_graph.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

std::vector<Resources> servers_of(const RunReader& run) {
  std::vector<Resources> servers;
  for (auto const& input : run.inputs()) {
    if (input.name != "scenario") continue;
    Json const scenario = Json::parse(input.text);
    if (!scenario.contains("site")) continue;
    PowerGraph const graph = build_power_graph(read_site_text(scenario["site"].dump(), "the run's site"));
    for (auto const& server : graph.servers) {
      ServerSpec const& spec = graph.server_types[static_cast<std::size_t>(server.type)];
      servers.push_back({spec.cores, spec.gpus, 0});
    }
  }
  return servers;
}

Allocation allocation_of(std::string_view placement) {
  Allocation out;
  for (PlacedPiece const& piece : placed(placement))
    for (int server = piece.first; server <= piece.last; ++server) out.push_back({server, {piece.cores, piece.gpus, 0}, piece.device});
  return out;
}

// The jobs once more, from start to end, on the servers that they had.
class Replay {
 public:
  Replay(const RunReader& run, std::vector<Resources> servers) : run_(run), capacity_(std::move(servers)), gpus_(capacity_.free_gpus().value()) {
    read_workloads();
    std::set<std::tuple<int, std::int64_t, std::int64_t>> interrupted;
    for (auto const& row : run.interruptions()) {
      interrupted.insert({row.workload, row.trace_id, row.start_ns});
      hold(row.start_ns, row.end_ns, row.placement);
    }
    run.each_job([&](const JobRow& job) {
      if (job.state == JobState::rejected) return;
      mix_.add(demand_of(job));
      if (job.start_ns >= 0 && !interrupted.contains({job.workload, job.trace_id, job.start_ns})) hold(job.start_ns, job.end_ns, job.placement);
    });
    // at one time, ends before starts
    std::ranges::sort(changes_, {}, [](const Change& change) { return std::tuple(change.time_ns, change.starts, change.attempt); });
    for (std::int32_t server = 0; std::cmp_less(server, capacity_.servers()); ++server) fragments_.push_back(mix_.fragment_sum(FreeGpus::of(capacity_, server)));
    for (std::int64_t fragment : fragments_) fragment_sum_ += fragment;
  }

  GpuUse use() {
    std::int64_t const from_ns = run_.meta_whole("window_from_ns"), to_ns = run_.meta_whole("window_to_ns");
    CompensatedSum allocated_s, fragmented_s;
    keep(0);
    for (std::size_t i = 0; i <= changes_.size();) {
      std::int64_t const until_ns = i < changes_.size() ? changes_[i].time_ns : std::numeric_limits<std::int64_t>::max();
      double const held_s = static_cast<double>(std::min(until_ns, to_ns) - std::max(now_ns_, from_ns)) / 1e9;
      if (held_s > 0) {
        allocated_s.add(use_.allocated.back() * held_s);
        fragmented_s.add(use_.fragmented.back() * held_s);
        use_.allocation_peak = std::max(use_.allocation_peak, use_.allocated.back());
        use_.fragmentation_peak = std::max(use_.fragmentation_peak, use_.fragmented.back());
      }
      if (i == changes_.size()) break;
      for (; i < changes_.size() && changes_[i].time_ns == until_ns; ++i) change(changes_[i]);
      keep(until_ns);
    }
    double const window_s = static_cast<double>(to_ns - from_ns) / 1e9;
    if (window_s > 0) {
      use_.allocation_mean = allocated_s.value() / window_s;
      use_.fragmentation_mean = fragmented_s.value() / window_s;
    }
    return std::move(use_);
  }

 private:
  struct Change {
    std::int64_t time_ns;
    bool starts;
    std::size_t attempt;
  };

  void read_workloads() {
    for (int i = 0;; ++i) {
      std::string const unit = run_.meta_text(fmt::format("workload {} unit", i));
      if (unit.empty()) return;
      whole_servers_.push_back(unit == "server");
      several_servers_.push_back(run_.meta_whole(fmt::format("workload {} several_servers", i)) != 0);
    }
  }
  Demand demand_of(const JobRow& job) const {
    auto const workload = static_cast<std::size_t>(job.workload);
    if (whole_servers_.at(workload)) return {.servers = static_cast<std::int32_t>(std::max<std::int64_t>(job.servers, 1))};
    return {.cores = job.cores, .gpus = job.gpus, .several_servers = several_servers_.at(workload)};
  }
  void hold(std::int64_t start_ns, std::int64_t end_ns, std::string_view placement) {
    if (start_ns == end_ns) return;
    changes_.push_back({start_ns, true, attempts_.size()});
    if (end_ns >= 0) changes_.push_back({end_ns, false, attempts_.size()});
    attempts_.push_back(allocation_of(placement));
  }
  void change(const Change& change) {
    Allocation const& allocation = attempts_[change.attempt];
    change.starts ? capacity_.take(allocation) : capacity_.give(allocation);
    for (Piece const& piece : allocation) {
      std::int64_t& fragment = fragments_[static_cast<std::size_t>(piece.server)];
      fragment_sum_ -= fragment;
      fragment = mix_.fragment_sum(FreeGpus::of(capacity_, piece.server));
      fragment_sum_ += fragment;
    }
  }
  void keep(std::int64_t time_ns) {
    now_ns_ = time_ns;
    double const fragmented = mix_.jobs() == 0 ? 0 : static_cast<double>(fragment_sum_) / static_cast<double>(mix_.jobs()) / 1000;
    if (!use_.times_s.empty() && use_.times_s.back() == static_cast<double>(time_ns) / 1e9) {
      use_.allocated.pop_back();
      use_.fragmented.pop_back();
    } else {
      use_.times_s.push_back(static_cast<double>(time_ns) / 1e9);
    }
    use_.allocated.push_back((gpus_ - capacity_.free_gpus().value()) / gpus_);
    use_.fragmented.push_back(fragmented / gpus_);
  }

  const RunReader& run_;
  Capacity capacity_;
  double gpus_;
  std::vector<bool> whole_servers_, several_servers_;        // of each workload
  DemandMix mix_;
  std::vector<Allocation> attempts_;
  std::vector<Change> changes_;
  std::vector<std::int64_t> fragments_;                      // of each server, as DemandMix::fragment_sum
  std::int64_t fragment_sum_ = 0, now_ns_ = 0;
  GpuUse use_;
};

}  // namespace

std::optional<GpuUse> gpu_use(const RunReader& run) {
  if (run.meta_whole("gpus") == 0 || run.meta_whole("overcommitted") != 0) return std::nullopt;      // what is promised twice is neither free nor allocated
  std::vector<Resources> servers = servers_of(run);
  if (servers.empty()) return std::nullopt;
  return Replay(run, std::move(servers)).use();
}

}  // namespace headroom
