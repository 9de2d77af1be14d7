#include "analysis/placement/site_growth.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/placement/growth_limits.h"
#include "analysis/placement/proof.h"
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

void set_limit(Site& site, const ConnectionStep& step) {
  for (auto& feed : site.power.utility)
    if (step.feed.empty() || feed.name == step.feed) feed.limit = step.limit;
  for (auto& node : site.power.nodes)
    if (node.utility && (step.feed.empty() || node.name == step.feed)) node.utility->limit = step.limit;
}

std::vector<std::string> feeds_of(const Site& site, const ConnectionStep& step) {
  std::vector<std::string> out;
  for (auto const& feed : site.power.utility)
    if (step.feed.empty() || feed.name == step.feed) out.push_back(feed.name);
  for (auto const& node : site.power.nodes)
    if (node.utility && (step.feed.empty() || node.name == step.feed)) out.push_back(node.name);
  return out;
}

GrowthLimit& limit_of_feed(GrowthProblem& problem, const std::string& feed) {
  for (auto& limit : problem.limits)
    if (limit.name == feed && limit.unit == "kW") return limit;
  GrowthLimit& limit = problem.limits.emplace_back();
  limit.name = feed;
  limit.unit = "kW";
  return limit;
}

// Each step: the limits of the site with that connection, as far as they are of it.
void add_connection(const Site& site, const GrowthSpec& growth, double most, GrowthProblem& problem) {
  auto steps = growth.connection;
  std::ranges::stable_sort(steps, {}, &ConnectionStep::date);
  Site now = site;
  for (auto const& step : steps) {
    set_limit(now, step);
    auto const limits = growth_limits(now, most);
    for (auto const& feed : feeds_of(now, step)) {
      auto const found = std::ranges::find_if(limits, [&](const GrowthLimit& limit) { return limit.name == feed && limit.unit == "kW"; });
      GrowthLimit& limit = limit_of_feed(problem, feed);
      limit.steps.push_back({step.date.day, step.limit / kilowatt, found == limits.end() ? GrowthLimit{}.scale : found->scale});
    }
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

GrowthAnswer grow(const Site& site, const Plan& plan) {
  GrowthAnswer answer;
  answer.plan = plan.name;
  answer.site_name = site.name;
  answer.in_racks = plan.growth->demand.front().demand.in_racks();
  PowerGraph const graph = build_power_graph(site);
  answer.today = answer.in_racks ? static_cast<double>(graph.racks.size()) : it_kw_of(graph);
  if (answer.today <= 0) throw InputError(plan.growth->where, "growth: the site has no load today of which the demand could be a multiple");
  answer.problem.demand = demand_of(*plan.growth, answer.today);
  answer.problem.refresh = factors_of(site, *plan.growth);
  double highest = 1;
  for (auto const& point : answer.problem.demand) highest = std::max(highest, point.high);
  for (auto const& step : answer.problem.refresh) highest *= std::max(1.0, step.factor);
  answer.problem.limits = growth_limits(site, 1.5 * highest);
  add_connection(site, *plan.growth, 1.5 * highest, answer.problem);
  answer.dates = dates_of_limits(answer.problem);
  return answer;
}

}  // namespace headroom
