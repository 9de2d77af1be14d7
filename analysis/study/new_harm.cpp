#include "analysis/study/new_harm.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace headroom {
namespace {

using Harms = std::set<std::pair<std::string, std::string>>;      // element and what

// States that nothing but an overload or the end of what was stored leads to.
bool is_harm(const std::string& state) {
  constexpr std::array states{"tripped", "overloaded", "bypass", "battery empty", "failed to start", "out of fuel"};
  return std::ranges::find(states, state) != states.end();
}

void add_changes(const std::vector<Change>& changes, Harms& out) {
  for (auto const& change : changes)
    if (is_harm(change.to)) out.emplace(change.element, change.to);
}

Harms harms_of(const StudiedFault& studied, const PowerGraph& graph) {
  Harms out;
  auto const rack = [&](int number) { return graph.racks[static_cast<std::size_t>(number)].name; };
  for (int number : studied.fixed.racks) out.emplace(rack(number), "dark at the end");
  for (int number : studied.fixed.servers) out.emplace(graph.servers[static_cast<std::size_t>(number)].name, "dark at the end");
  for (auto const& step : studied.fixed.cascade) out.emplace(step.element, step.effect);
  if (!studied.timed) return out;
  for (int number : studied.timed->racks) out.emplace(rack(number), "dark at the end");
  for (auto const& dark : studied.timed->for_a_while)
    if (dark.servers_lost) out.emplace(rack(dark.rack), "dark for a while, its servers lost");
  add_changes(studied.timed->changes, out);
  return out;
}

Harms unprovoked_of(const Study& study) {
  Harms out;
  for (auto const& step : study.fixed.unprovoked) out.emplace(step.element, step.effect);
  add_changes(study.unprovoked, out);
  return out;
}

void add_new(const std::string& fault, const Harms& before, const Harms& after, std::vector<NewHarm>& out) {
  for (auto const& harm : after)
    if (!before.contains(harm)) out.push_back({fault, harm.first, harm.second});
}

}  // namespace

std::vector<NewHarm> new_harm(const Study& before, const Study& after, const PowerGraph& graph) {
  std::vector<NewHarm> out;
  add_new("", unprovoked_of(before), unprovoked_of(after), out);
  for (auto const& studied : after.faults) {
    std::string const& name = studied.fixed.fault.name;
    auto const same = std::ranges::find(before.faults, name, [](const StudiedFault& of) -> const std::string& { return of.fixed.fault.name; });
    add_new(name, same == before.faults.end() ? Harms{} : harms_of(*same, graph), harms_of(studied, graph), out);
    int const dark_before = same == before.faults.end() || !same->timed ? 0 : same->timed->servers_dark, dark = studied.timed ? studied.timed->servers_dark : 0;
    if (dark > dark_before && same != before.faults.end() && same->timed) out.push_back({name, fmt::format("{} servers more", dark - dark_before), "dark at the end"});
  }
  return out;
}

}  // namespace headroom
