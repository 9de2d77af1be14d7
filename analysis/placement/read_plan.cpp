#include "analysis/placement/read_plan.h"

#include <fmt/format.h>

#include "analysis/placement/plan_spec_fields.h"
#include "base/read_fields.h"
#include "base/shipped.h"
#include "base/yaml.h"
#include "topologies/graph/power_graph.h"

namespace headroom {

Parsed<DemandLevel> DemandLevel::parse(std::string_view text) {
  std::string_view unit = text;
  if (auto const space = text.find(' '); space != std::string_view::npos) unit = text.substr(space + 1);
  if (unit != "racks" && unit != "rack") {
    auto const power = parse_quantity<Power>(text);
    if (std::holds_alternative<std::string>(power)) return fmt::format("'{}' is no demand; expected {}", text, grammar);
    if (std::get<Power>(power) <= Power{}) return fmt::format("'{}': a demand must be above zero", text);
    return DemandLevel{std::get<Power>(power)};
  }
  auto const count = reading::parse_whole(text.substr(0, text.find(' ')));
  if (std::holds_alternative<std::string>(count)) return fmt::format("'{}' is no demand; expected {}", text, grammar);
  std::int64_t const racks = std::get<std::int64_t>(count);
  if (racks < 1 || racks > 100'000'000) return fmt::format("'{}': a demand in racks must be from 1 to 100000000", text);
  return DemandLevel{static_cast<int>(racks)};
}

std::string DemandLevel::text() const { return in_racks() ? counted(std::get<int>(value), "rack") : to_text(std::get<Power>(value)); }

namespace {

Plan read(const Tree& tree) {
  ReadContext context = file_context();
  Plan plan = read_document<Plan>(tree, context);
  for (auto& racks : plan.racks) racks.group.where = racks.where;
  return plan;
}

void problem(std::vector<Problem>& problems, const Location& where, const std::string& path, const std::string& what) {
  problems.push_back({where, path.empty() ? what : path + ": " + what});
}

}  // namespace

Plan read_plan(const std::filesystem::path& file) { return read(*read_yaml(file)); }
Plan read_plan_text(const std::string& text, const std::string& file) { return read(*parse_yaml(text, file)); }
Json schema_of_plan() { return schema_document<Plan>(); }

void check(const PlannedRacks& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.more_of_the_same() && (s.group.circuit || s.group.rack_pdu || s.group.rated_power))
    problem(problems, s.where, path, "without servers, enclosures or auxiliary it is more of a group that stands there, whose circuit, rack_pdu and rated_power hold; leave them out, or say what is in the rack");
}

void check(const DemandPoint& s, const std::string& path, std::vector<Problem>& problems) {
  for (auto const* bound : {&s.low, &s.high}) {
    if (!*bound) continue;
    bool const is_low = bound == &s.low;
    if ((*bound)->in_racks() != s.demand.in_racks()) problem(problems, s.where, path, fmt::format("demand is {}, {} is {}; say both in kW or both in racks", s.demand.text(), is_low ? "low" : "high", (*bound)->text()));
    else if (is_low ? (*bound)->amount() > s.demand.amount() : (*bound)->amount() < s.demand.amount())
      problem(problems, s.where, path, fmt::format("{} ({}) is {} demand ({})", is_low ? "low" : "high", (*bound)->text(), is_low ? "above" : "below", s.demand.text()));
  }
}

void check(const RefreshStep& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.power.has_value() == s.servers.has_value()) problem(problems, s.where, path, s.power ? "has both power and servers; one would do" : "needs power (such as 1.3) or servers (their new type)");
}

void check(const GrowthSpec& s, const std::string& path, std::vector<Problem>& problems) {
  for (std::size_t i = 1; i < s.demand.size(); ++i) {
    if (s.demand[i].date <= s.demand[i - 1].date) problem(problems, s.demand[i].where, path, fmt::format("demand: {} does not come after {}; write the dates in their order, each once", s.demand[i].date.text(), s.demand[i - 1].date.text()));
    if (s.demand[i].demand.in_racks() != s.demand[0].demand.in_racks()) problem(problems, s.demand[i].where, path, fmt::format("demand: {} and {}; say all of it in kW or all of it in racks", s.demand[0].demand.text(), s.demand[i].demand.text()));
  }
  if (!s.refresh.empty() && !s.demand.empty() && !s.demand[0].demand.in_racks())
    problem(problems, s.refresh[0].where, path, "refresh: changes what a rack draws, and the demand is said in kW, whatever draws it; say the demand in racks, or leave refresh out");
}

void check(const Plan& s, const std::string& path, std::vector<Problem>& problems) {
  if (s.racks.empty() && !s.growth) problem(problems, s.where, path, "plans nothing: give it racks to add, or growth");
  for (std::size_t i = 0; i < s.racks.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (s.racks[i].group.name == s.racks[k].group.name) problem(problems, s.racks[i].where, path, fmt::format("racks: the name '{}' is used twice", s.racks[i].group.name));
}

namespace {

// Every group by its name, and by "hall/name".
std::vector<std::string> group_names(const Site& site) {
  std::vector<std::string> out;
  for (auto const& hall : site.halls)
    for (auto const& group : hall.racks) out.insert(out.end(), {group.name, hall.name + "/" + group.name});
  return out;
}

std::vector<std::string> utility_names(const Site& site) {
  std::vector<std::string> out;
  for (auto const& feed : site.power.utility) out.push_back(feed.name);
  for (auto const& node : site.power.nodes)
    if (node.utility) out.push_back(node.name);
  return out;
}

bool among(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

void check_racks(const PlannedRacks& racks, const Site& site, std::vector<Problem>& problems) {
  std::vector<std::string> halls, nodes;
  for (auto const& hall : site.halls) halls.push_back(hall.name);
  for (auto const& node : written_out(site).power.nodes) nodes.push_back(node.name);
  std::string const path = fmt::format("racks[{}]", racks.group.name);
  for (auto const& hall : racks.halls)
    if (!among(halls, hall)) problem(problems, racks.where, path, fmt::format("halls: the site has no hall '{}'{}", hall, nearest_hint(hall, halls)));
  for (auto const& feed : racks.group.feeds)
    if (!among(nodes, feed)) problem(problems, racks.where, path, fmt::format("feeds: the site has no node '{}'{}; a plan names nodes, as `headroom site show --expand` does", feed, nearest_hint(feed, nodes)));
  if (racks.more_of_the_same() && !among(group_names(site), racks.group.name))
    problem(problems, racks.where, path, fmt::format("the rack is empty, and the site has no group of racks '{}'{}; give it servers, enclosures or auxiliary, or name a group of which there shall be more", racks.group.name,
                                                     nearest_hint(racks.group.name, group_names(site))));
}

}  // namespace

void check_plan(const Plan& plan, const Site& site) {
  std::vector<Problem> problems;
  for (auto const& racks : plan.racks) check_racks(racks, site, problems);
  if (plan.growth) {
    for (auto const& step : plan.growth->refresh)
      if (!among(group_names(site), step.racks)) problem(problems, step.where, "growth.refresh", fmt::format("the site has no group of racks '{}'{}", step.racks, nearest_hint(step.racks, group_names(site))));
    for (auto const& step : plan.growth->connection)
      if (!step.feed.empty() && !among(utility_names(site), step.feed)) problem(problems, step.where, "growth.connection", fmt::format("the site has no utility feed '{}'{}", step.feed, nearest_hint(step.feed, utility_names(site))));
  }
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace headroom
