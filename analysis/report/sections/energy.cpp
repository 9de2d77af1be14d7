// Where the energy went: a Sankey diagram of the kinds of node.
#include <cctype>
#include <map>
#include <set>

#include "analysis/report/figures.h"
#include "analysis/report/sections/sections.h"

namespace headroom {
namespace {

constexpr std::string_view loss_mark = "losses: ";

bool loss(const std::string& group) { return group.starts_with(loss_mark); }

// What batteries took and what they gave are two ends of the diagram, so that nothing runs in a circle.
constexpr std::string_view charged = "battery, charged", discharged = "battery, discharged";

std::vector<EnergyUse::Flow> with_two_batteries(std::vector<EnergyUse::Flow> flows) {
  for (auto& flow : flows) {
    if (flow.to == "battery") flow.to = charged;
    if (flow.from == "battery") flow.from = discharged;
  }
  return flows;
}

bool battery(const std::string& group) { return group == charged || group == discharged; }

std::string name_of(const std::string& group) {
  if (group == "it") return "IT";
  if (group == "losses: power-supply") return "Power supplies, within IT";
  if (battery(group)) return group == charged ? "Batteries, net charge" : "Batteries, net discharge";
  if (loss(group)) return "Losses of " + plural_of_kind(group.substr(loss_mark.size()));
  std::string name = plural_of_kind(group);
  name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  return name;
}

// Without the kinds that pass everything on to one other, such as the feeds of racks: they would only repeat it.
std::vector<EnergyUse::Flow> without_passing(std::vector<EnergyUse::Flow> flows, const std::string& kind) {
  std::set<std::string> targets;
  for (auto const& flow : flows)
    if (flow.from == kind) targets.insert(flow.to);
  if (targets.size() != 1) return flows;
  std::map<std::pair<std::string, std::string>, double> merged;
  for (auto const& flow : flows)
    if (flow.from != kind) merged[{flow.from, flow.to == kind ? *targets.begin() : flow.to}] += flow.kwh;
  flows.clear();
  for (auto const& [ends, kwh] : merged)
    if (ends.first != ends.second) flows.push_back({ends.first, ends.second, kwh});
  return flows;
}

}  // namespace

Json energy_section(const RunView& view) {
  Json nodes = Json::array(), links = Json::array();
  auto const flows = with_two_batteries(without_passing(without_passing(view.summary.energy.flows, "enclosure"), "rack"));
  std::set<std::string> known;
  auto const know = [&](const std::string& group) {
    if (known.insert(group).second) nodes.push_back({{"name", name_of(group)}, {"kind", loss(group) ? "loss" : battery(group) ? "battery" : group}});
  };
  for (auto const& flow : flows) {
    if (!(flow.kwh > 0)) continue;
    know(flow.from);
    know(flow.to);
    links.push_back({{"from", name_of(flow.from)}, {"to", name_of(flow.to)}, {"kwh", chart_number(flow.kwh)}});
  }
  if (links.empty()) return {};
  return {{"nodes", std::move(nodes)}, {"links", std::move(links)}, {"note", "Devices of one kind are drawn as one."}};
}

}  // namespace headroom
