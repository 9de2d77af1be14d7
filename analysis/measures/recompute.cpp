// The energies of every meter from the jobs and the site alone. Nothing of the engine is used: not its solver's order of
// events, not its meters. Each node's load is a step function of time; a node's own is the sum of what its children draw,
// put through its stage.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/measures/measures.h"
#include "analysis/measures/placement.h"
#include "base/json_fields.h"
#include "base/sum.h"
#include "sim/physics/server_power.h"
#include "sim/power/device_stage.h"
#include "topologies/graph/power_graph.h"
#include "topologies/read_site.h"

namespace headroom {
namespace {

// Changes of a load over time, to be added up; sorted by time where it is a function.
struct Step {
  std::int64_t time_ns;
  double p, q;      // new value of a function; change of a sum
};
using Steps = std::vector<Step>;

class Recomputation {
 public:
  explicit Recomputation(const RunReader& run) : run_(run), end_ns_(run.meta_whole("end_ns")) {
    for (auto const& input : run.inputs())
      if (input.name == "scenario") graph_ = build_power_graph(read_site_text(Json::parse(input.text).at("site").dump(), "the run's site"));
    busy_.resize(graph_.servers.size());
    drawn_.resize(graph_.nodes.size());
  }

  Recomputed compute() {
    run_.each_job([this](const JobRow& job) { occupy(job); });
    for (std::size_t i = 0; i < graph_.servers.size(); ++i) server(i);
    for (std::size_t i = graph_.nodes.size(); i-- > 0;)
      if (!graph_.nodes[i].follows_it && is_load_of_its_own(graph_.nodes[i].kind)) constant(i);
    overhead();
    for (std::size_t i = graph_.nodes.size(); i-- > 0;)
      if (graph_.nodes[i].kind != NodeKind::server && !is_load_of_its_own(graph_.nodes[i].kind)) stage(i);
    compare();
    return std::move(out_);
  }

 private:
  struct Busy {
    std::int64_t time_ns;
    double cores, gpus;      // change of busy units
  };

  void occupy(const JobRow& job) {
    if (job.start_ns < 0 || job.runtime_ns == 0) return;
    std::int64_t const until = job.end_ns >= 0 ? job.end_ns : end_ns_;
    for (auto const& piece : placed(job.placement))
      for (int server = piece.first; server <= piece.last; ++server) {
        double const cores = piece.cores.value() * job.utilisation, gpus = piece.gpus.value() * job.gpu_utilisation;
        busy_[static_cast<std::size_t>(server)].push_back({job.start_ns, cores, gpus});
        busy_[static_cast<std::size_t>(server)].push_back({until, -cores, -gpus});
      }
  }

  void server(std::size_t number) {
    ServerPlace const& place = graph_.servers[number];
    ServerSpec const& spec = graph_.server_types[static_cast<std::size_t>(place.type)];
    auto& changes = busy_[number];
    std::stable_sort(changes.begin(), changes.end(), [](const Busy& a, const Busy& b) { return a.time_ns < b.time_ns; });
    double cores = 0, gpus = 0;
    auto const draw = [&](std::int64_t time_ns) -> Step {
      Utilisation const busy{std::abs(cores) < 1e-9 ? 0 : cores / spec.cores, spec.gpus == 0 || std::abs(gpus) < 1e-9 ? 0 : gpus / spec.gpus};
      Load const load = server_input(spec, server_power(spec.power, busy), place.supplies);
      return {time_ns, load.p.si(), load.q.si()};
    };
    Steps function{draw(0)};
    for (std::size_t i = 0; i < changes.size();) {
      std::int64_t const now = changes[i].time_ns;
      for (; i < changes.size() && changes[i].time_ns == now; ++i) {
        cores += changes[i].cores;
        gpus += changes[i].gpus;
      }
      if (now >= end_ns_) break;
      if (function.back().time_ns == now) function.back() = draw(now);
      else function.push_back(draw(now));
    }
    changes = {};
    add_changes(it_, function, 1.0);
    finish_node(static_cast<std::size_t>(place.node), function);
  }

  void constant(std::size_t node) {
    PowerNode const& spec = graph_.nodes[node];
    Load const load = with_power_factor(spec.power, spec.power_factor);
    Steps const function{{0, load.p.si(), load.q.si()}};
    if (spec.part == LoadPart::it) add_changes(it_, function, 1.0);
    finish_node(node, function);
  }

  void overhead() {
    Steps const it = summed(it_);
    out_.input_j[it_meter] = integral(it);
    for (std::size_t node = 0; node < graph_.nodes.size(); ++node) {
      if (!graph_.nodes[node].follows_it) continue;
      Steps function;
      for (auto const& step : it) {
        Load const load = with_power_factor(graph_.cooling.fixed + graph_.cooling.proportional * Power::from_si(step.p), graph_.nodes[node].power_factor);
        function.push_back({step.time_ns, load.p.si(), load.q.si()});
      }
      finish_node(node, function);
    }
  }

  void stage(std::size_t node) {
    PowerNode const& spec = graph_.nodes[node];
    Stage const stage = stage_of(graph_, spec, spec.count);
    Steps function = summed(drawn_[node]);
    drawn_[node] = {};
    if (function.empty()) function.push_back({0, 0, 0});
    for (auto& step : function) {
      StageInput const taken = stage_input(stage, {Power::from_si(step.p), ReactivePower::from_si(step.q)});
      step = {step.time_ns, taken.input.p.si(), taken.input.q.si()};
    }
    finish_node(node, function);
  }

  // The function becomes the node's energy, and changes in the sums of what feeds it.
  void finish_node(std::size_t node, const Steps& function) {
    double const energy_j = integral(function);
    out_.input_j[static_cast<int>(node)] = energy_j;
    // nothing changes state in these runs: a transfer switch stays on its first source
    auto parents = graph_.nodes[node].parents;
    if (graph_.nodes[node].transfer) parents.resize(1);
    for (NodeId parent : parents) add_changes(drawn_[static_cast<std::size_t>(parent)], function, 1.0 / static_cast<double>(parents.size()));
    if (graph_.nodes[node].kind == NodeKind::utility) facility_j_.add(energy_j);
  }

  static void add_changes(Steps& sum, const Steps& function, double share) {
    double p = 0, q = 0;
    for (auto const& step : function) {
      if (step.p != p || step.q != q) sum.push_back({step.time_ns, (step.p - p) * share, (step.q - q) * share});
      p = step.p;
      q = step.q;
    }
  }

  static Steps summed(Steps changes) {
    std::stable_sort(changes.begin(), changes.end(), [](const Step& a, const Step& b) { return a.time_ns < b.time_ns; });
    Steps out;
    CompensatedSum p, q;
    for (auto const& change : changes) {
      p.add(change.p);
      q.add(change.q);
      if (!out.empty() && out.back().time_ns == change.time_ns) out.back() = {change.time_ns, p.value(), q.value()};
      else out.push_back({change.time_ns, p.value(), q.value()});
    }
    return out;
  }

  double integral(const Steps& function) const {
    CompensatedSum sum;
    for (std::size_t i = 0; i < function.size(); ++i) {
      std::int64_t const until = i + 1 < function.size() ? function[i + 1].time_ns : end_ns_;
      sum.add(function[i].p * static_cast<double>(until - function[i].time_ns) * 1e-9);
    }
    return sum.value();
  }

  void compare() {
    out_.input_j[facility_meter] = facility_j_.value();
    for (auto const& row : run_.totals("run")) {
      double const ours = out_.input_j[row.node], scale = std::max(std::abs(ours), std::abs(row.input_j));
      double const difference = scale > 0 ? std::abs(ours - row.input_j) / scale : 0;
      if (difference <= out_.worst_difference) continue;
      out_.worst_difference = difference;
      out_.worst_node = row.node == it_meter ? "it" : row.node == facility_meter ? "facility" : graph_.nodes[static_cast<std::size_t>(row.node)].name;
    }
  }

  const RunReader& run_;
  std::int64_t end_ns_;
  PowerGraph graph_;
  std::vector<std::vector<Busy>> busy_;      // of each server
  std::vector<Steps> drawn_;                 // of each node: changes of what its children draw
  Steps it_;
  CompensatedSum facility_j_;
  Recomputed out_;
};

}  // namespace

Recomputed recompute_energies(const RunReader& run) {
  Location const where{run.directory().string(), 0, 0};
  if (!run.complete()) throw InputError(where, "the run is unfinished; its energies can be worked out again when it has come to its end");
  if (auto const changes = run.changes().size(); changes > 0)
    throw InputError(where, fmt::format("there are {} changes of state in this run; energies follow from the jobs alone only where nothing fails", changes));
  if (run.meta_whole("power_beside_jobs") > 0) throw InputError(where, "the servers of this run share what they are short of, are switched off, or play a series; their energies do not follow from its jobs");
  if (run.meta_whole("jobs_with_fragments") > 0) throw InputError(where, "jobs of this run change their utilisation, which the run file does not keep; their energies do not follow from it");
  return Recomputation(run).compute();
}

}  // namespace headroom
