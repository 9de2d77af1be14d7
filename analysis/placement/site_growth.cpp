#include "analysis/placement/site_growth.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/capacity/capacity.h"
#include "sim/power/check_ratings.h"

namespace headroom {
namespace {

double it_kw_of(const PowerGraph& graph) {
  PowerFlow flow(graph);
  load_fully(flow);
  return flow.it_power() / kilowatt;
}

bool is_called(const Hall& hall, const RackGroup& group, const std::string& name) { return name == group.name || name == hall.name + "/" + group.name; }

// IT power of one group of racks, at nameplate: what is lost when its servers draw nothing.
double it_kw_of_group(const Site& site, const PowerGraph& graph, const std::string& name) {
  PowerFlow flow(graph);
  load_fully(flow);
  double kw = 0;
  std::size_t rack = 0;                    // as PowerGraph::racks
  for (auto const& hall : site.halls)
    for (auto const& group : hall.racks)
      for (int i = 0; i < group.count && rack < graph.racks.size(); ++i, ++rack) {
        if (!is_called(hall, group, name)) continue;
        for (NodeId strip : graph.racks[rack].strips) kw += flow.at(strip).output.p / kilowatt;
      }
  return kw;
}

void replace_servers(Site& site, const RefreshStep& step) {
  auto const replace = [&](std::vector<ServerGroup>& servers) {
    for (auto& group : servers) group = {*step.servers, group.count, std::nullopt};
  };
  for (auto& hall : site.halls)
    for (auto& group : hall.racks) {
      if (!is_called(hall, group, step.racks)) continue;
      replace(group.servers);
      for (auto& enclosure : group.enclosures) replace(enclosure.servers);
    }
}

// How many times as much today's racks draw after each refresh as before it.
std::vector<GrowthFactor> factors_of(const Site& site, const GrowthSpec& growth) {
  auto steps = growth.refresh;
  std::ranges::stable_sort(steps, {}, &RefreshStep::date);
  std::vector<GrowthFactor> out;
  Site now = written_out(site);
  double extra_kw = 0;                     // from steps that are said as a factor
  for (auto const& step : steps) {
    PowerGraph const graph = build_power_graph(now);
    double const before_kw = it_kw_of(graph) + extra_kw;
    if (step.servers) replace_servers(now, step);
    else extra_kw += (*step.power - 1) * it_kw_of_group(now, graph, step.racks);
    out.push_back({step.date.day, (it_kw_of(build_power_graph(now)) + extra_kw) / before_kw});
  }
  return out;
}

void set_limit(ConnectedSite& subject, const ConnectionStep& step) {
  if (step.feed.empty()) subject.connection = step.limit;
  for (auto& feed : subject.site.power.utility)
    if (feed.name == step.feed) feed.limit = step.limit;
  for (auto& node : subject.site.power.nodes)
    if (node.utility && node.name == step.feed) node.utility->limit = step.limit;
}

bool counts_racks(const LadderStep& step) { return step.binding.ends_with(": positions") || step.binding.ends_with(": weight") || step.binding.ends_with(": ports"); }

// What `headroom capacity` finds with any one element lost.
std::vector<GrowthLimit> limits_of(const ConnectedSite& subject) {
  std::vector<GrowthLimit> out;
  CapacityQuestion question;
  question.connection = subject.connection;
  for (auto const& step : capacity(build_power_graph(subject.site), question).ladder_one_lost) out.push_back({step.binding, step.unit, step.lost, step.allowed, step.scale, counts_racks(step), {}});
  return out;
}

GrowthLimit& limit_called(GrowthProblem& problem, const std::string& name) {
  for (auto& limit : problem.limits)
    if (limit.name == name) return limit;
  GrowthLimit& limit = problem.limits.emplace_back();
  limit.name = name;
  limit.unit = "kW";
  return limit;
}

// Each step: the limit of the connection, or of the feed, as the site then has it.
void add_connection(const ConnectedSite& subject, const GrowthSpec& growth, GrowthProblem& problem) {
  auto steps = growth.connection;
  std::ranges::stable_sort(steps, {}, &ConnectionStep::date);
  ConnectedSite now = subject;
  for (auto const& step : steps) {
    set_limit(now, step);
    std::string const name = step.feed.empty() ? "the connection" : step.feed;
    auto const limits = limits_of(now);
    auto const found = std::ranges::find(limits, name, &GrowthLimit::name);
    limit_called(problem, name).steps.push_back({step.date.day, step.limit / kilowatt, found == limits.end() ? GrowthLimit{}.scale : found->scale});
  }
}

std::vector<GrowthDemand> demand_of(const GrowthSpec& growth, double today) {
  std::vector<GrowthDemand> out;
  for (auto const& point : growth.demand) {
    auto const scale = [&](const std::optional<DemandLevel>& level) {
      DemandLevel const& wanted = level ? *level : point.demand;
      return wanted.amount() / (wanted.in_racks() ? 1.0 : 1e3) / today;
    };
    out.push_back({point.date.day, scale(point.low), scale(point.demand), scale(point.high)});
  }
  return out;
}

}  // namespace

GrowthAnswer grow(const ConnectedSite& subject, const Plan& plan) {
  Site const& site = subject.site;
  GrowthAnswer answer;
  answer.plan = plan.name;
  answer.site_name = site.name;
  answer.in_racks = plan.growth->demand.front().demand.in_racks();
  PowerGraph const graph = build_power_graph(site);
  answer.today = answer.in_racks ? static_cast<double>(graph.racks.size()) : it_kw_of(graph);
  if (answer.today <= 0) throw InputError(plan.growth->where, "growth: the site has no load today of which the demand could be a multiple");
  answer.problem.demand = demand_of(*plan.growth, answer.today);
  answer.problem.refresh = factors_of(site, *plan.growth);
  answer.problem.limits = limits_of(subject);
  add_connection(subject, *plan.growth, answer.problem);
  answer.dates = dates_of_limits(answer.problem);
  return answer;
}

}  // namespace headroom
