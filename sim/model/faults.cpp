#include "sim/model/faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/random.h"
#include "sim/model/named_nodes.h"
#include "topologies/graph/ties.h"
#include "workloads/formats/trace_table.h"

namespace headroom {
namespace {

enum Column : std::size_t { failure_interval, failure_duration, failure_intensity };

constexpr std::int64_t nanoseconds_per_millisecond = 1'000'000;

Duration milliseconds(const TraceTable& rows, Column column) {
  std::int64_t const ms = value_or(read_whole(rows.text(column), 0, longest_duration.ns / nanoseconds_per_millisecond), [&](const std::string& what) { rows.fail(column, what); });
  return {ms * nanoseconds_per_millisecond};
}

// So many servers out of all, each as likely as the others. The order of `servers` changes, which does no harm.
std::vector<NodeId> drawn(std::vector<NodeId>& servers, std::size_t count, RandomStream& random) {
  for (std::size_t i = 0; i < count; ++i) std::swap(servers[i], servers[i + random.below(servers.size() - i)]);
  std::vector<NodeId> out(servers.begin(), servers.begin() + static_cast<std::ptrdiff_t>(count));
  std::sort(out.begin(), out.end());
  return out;
}

class FaultBuilder {
 public:
  FaultBuilder(const Scenario& scenario, const PowerGraph& graph) : scenario_(scenario), graph_(graph) {}

  Faults build() {
    for (std::size_t i = 0; i < scenario_.events.size(); ++i) add_event(scenario_.events[i], fmt::format("events[{}]", i));
    for (std::size_t i = 0; i < scenario_.failures.size(); ++i) add_failures(scenario_.failures[i], fmt::format("failures[{}]", i));
    if (!problems_.empty()) throw InputError(std::move(problems_));
    std::stable_sort(faults_.outages.begin(), faults_.outages.end(), [](const ScheduledOutage& a, const ScheduledOutage& b) { return a.at < b.at; });
    return std::move(faults_);
  }

 private:
  void add_event(const EventSpec& spec, const std::string& path) {
    ScheduledOutage outage;
    outage.at = Instant{} + spec.at;
    outage.length = spec.until ? std::optional(*spec.until - spec.at) : spec.duration;
    outage.planned = !spec.maintain.empty();
    auto const& names = outage.planned ? spec.maintain : spec.fail;
    std::string const key = path + (outage.planned ? ".maintain" : ".fail");
    for (auto const& name : names) {
      auto const nodes = nodes_of(name, spec.where, key);
      outage.nodes.insert(outage.nodes.end(), nodes.begin(), nodes.end());
      if (spec.units && !nodes.empty()) check_units(*spec.units, name, spec.where, path);
    }
    std::sort(outage.nodes.begin(), outage.nodes.end());
    outage.nodes.erase(std::unique(outage.nodes.begin(), outage.nodes.end()), outage.nodes.end());
    outage.units = spec.units.value_or(0);
    outage.name = fmt::format("{}", fmt::join(names, ", "));
    faults_.outages.push_back(std::move(outage));
  }

  void check_units(int units, const std::string& name, const Location& where, const std::string& path) {
    auto const node = graph_.find(name);
    if (!node) {
      problem(where, fmt::format("{}.units: '{}' is several elements that fail together; units are of one element", path, name));
      return;
    }
    int const count = graph_.nodes[static_cast<std::size_t>(*node)].count;
    if (units > count) problem(where, fmt::format("{}.units: {} is more than the {} of '{}'", path, units, count, name));
  }

  void add_failures(const FailureSpec& spec, const std::string& path) {
    if (!spec.trace.empty()) add_trace(spec);
    else if (spec.kind) add_class(spec, path);
    else if (auto nodes = nodes_of(spec.element, spec.where, path + ".element"); !nodes.empty()) faults_.processes.push_back({std::move(nodes), spec.element, spec.mtbf, spec.mttr});
  }

  void add_class(const FailureSpec& spec, const std::string& path) {
    auto const before = faults_.processes.size();
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
      if (PowerNode const& node = graph_.nodes[i]; node.kind == *spec.kind && !is_main_side(node.name))
        faults_.processes.push_back({nodes_of_element(graph_, {static_cast<std::int32_t>(i)}), node.name, spec.mtbf, spec.mttr});
    if (faults_.processes.size() == before) problem(spec.where, fmt::format("{}.class: the site has no {}", path, to_text(*spec.kind)));
  }

  void add_trace(const FailureSpec& spec) {
    std::filesystem::path const file = find_trace(spec.trace, spec.where);
    std::string const name = file.filename().string();
    RandomStream random(static_cast<std::uint64_t>(scenario_.seed), "failure-trace " + name);
    std::vector<NodeId> servers;
    for (auto const& server : graph_.servers) servers.push_back(server.node);
    Instant at;
    for (auto const& row : read_failure_trace(file)) {
      at = at + row.interval;
      auto const count = static_cast<std::size_t>(std::llround(row.intensity * static_cast<double>(servers.size())));
      if (count > 0 && row.length > Duration{}) faults_.outages.push_back({at, row.length, false, drawn(servers, count, random), 0, name});
      at = at + row.length;
    }
  }

  std::vector<NodeId> nodes_of(const std::string& name, const Location& where, const std::string& key) { return named_nodes(graph_, name, where, key, problems_); }

  void problem(const Location& where, const std::string& what) { problems_.push_back({where, what}); }

  const Scenario& scenario_;
  const PowerGraph& graph_;
  Faults faults_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<FailureRow> read_failure_trace(const std::filesystem::path& file) {
  TraceTable rows(file, {{"failure_interval"}, {"failure_duration"}, {"failure_intensity"}});
  std::vector<FailureRow> out;
  Duration end;
  while (rows.next()) {
    out.push_back({milliseconds(rows, failure_interval), milliseconds(rows, failure_duration), rows.up_to(1, failure_intensity)});
    end = end + out.back().interval + out.back().length;
    if (end > longest_duration) rows.fail(failure_duration, "this failure ends after 100 years");
  }
  return out;
}

Faults build_faults(const Scenario& scenario, const PowerGraph& graph) { return FaultBuilder(scenario, graph).build(); }

}  // namespace headroom
