#include "topologies/network/builders/fabric_draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "base/units.h"

namespace headroom {
namespace {

constexpr double most_switches = 1e6;

}  // namespace

FabricDraft::FabricDraft(const FabricSpec& fabric, const Places& site, std::vector<Problem>& problems)
    : spec(fabric), places(site), ports(fabric.ports), problems_(problems) {
  auto const& all = places.graph.servers;
  std::vector<char> chosen(places.graph.racks.size(), spec.racks.empty() ? 1 : 0);
  for (std::int32_t rack : racks_called(spec.racks, "racks")) chosen[static_cast<std::size_t>(rack)] = 1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (chosen[static_cast<std::size_t>(all[i].rack)] == 0) continue;
    servers.push_back(static_cast<std::int32_t>(i));
    if (racks.empty() || racks.back() != all[i].rack) racks.push_back(all[i].rack);
  }
  if (spec.rate) rate = *spec.rate;
  else if (spec.leaf) rate = spec.nic ? std::min(leaf_type().port_rate, spec.nic->value.port_rate) : leaf_type().port_rate;
  if (servers.empty() && !has_problems_ && spec.fabric != FabricKind::written) problem("no server hangs on it; name groups of racks that have servers in racks");
}

void FabricDraft::problem(const Location& where, const std::string& what) {
  problems_.push_back({where, fmt::format("network[{}]: {}", spec.name, what)});
  has_problems_ = true;
}

std::vector<std::int32_t> FabricDraft::racks_called(const std::vector<std::string>& names, const char* key) {
  std::vector<std::int32_t> out;
  for (auto const& name : names) {
    auto const found = places.racks_of(name);
    if (found.empty()) problem(fmt::format("{}: there is no group of racks '{}'{}", key, name, nearest_hint(name, places.groups())));
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

bool FabricDraft::can_have(double count) {
  if (count > most_switches) problem(fmt::format("would have {:.0f} switches; up to {:.0f} are built", count, most_switches));
  return count <= most_switches;
}

End FabricDraft::add_switch(const std::string& name, int tier, const SwitchSpec& type, int group) {
  DraftSwitch& added = switches.emplace_back();
  added.name = fmt::format("{}/{}", spec.name, name);
  added.tier = tier;
  added.group = group;
  added.type = &type;
  return end_of_switch(switches.size() - 1);
}

End FabricDraft::add_switches(const std::string& name, int count, int tier, const SwitchSpec& type) {
  End const first = end_of_switch(switches.size());
  for (int i = 1; i <= count; ++i) add_switch(fmt::format("{}-{}", name, i), tier, type);
  return first;
}

void FabricDraft::add_link(End lower, End upper, int tier, DataRate link_rate) {
  DraftLink& link = links.emplace_back();
  link.a = lower;
  link.b = upper;
  link.tier = tier;
  link.rate = link_rate;
  link.latency = spec.latency + spec.switch_latency;
}

std::vector<End> FabricDraft::border_switches(const WanLink& wan) {
  std::vector<End> border;
  std::vector<std::string> names;
  int top = 0;
  for (auto const& one : switches) {
    names.push_back(one.name);
    names.push_back(one.name.substr(spec.name.size() + 1));
    top = std::max(top, one.tier);
  }
  for (auto const& name : wan.at)
    if (auto const found = find_switch(*this, name)) border.push_back(end_of_switch(*found));
    else problem(wan.where, fmt::format("wan[{}].at: there is no switch '{}'{}", wan.name, name, nearest_hint(name, names)));
  if (!wan.at.empty()) return border;
  for (std::size_t i = 0; i < switches.size(); ++i)
    if (switches[i].tier == top) border.push_back(end_of_switch(i));
  std::ranges::rotate(border, border.begin() + static_cast<std::ptrdiff_t>(turn_ % border.size()));
  turn_ += static_cast<std::size_t>(wan.count);
  return border;
}

void FabricDraft::add_wan() {
  for (auto const& wan : spec.wan) {
    auto const border = border_switches(wan);
    if (border.empty()) continue;
    auto place = std::ranges::find(outside, wan.name);
    if (place == outside.end()) place = outside.insert(outside.end(), wan.name);
    End const far = end_of_switch(switches.size()) + static_cast<End>(place - outside.begin());
    for (int i = 0; i < wan.count; ++i) {
      End const near = border[static_cast<std::size_t>(i) % border.size()];
      DraftSwitch const& at = switches[static_cast<std::size_t>(near) - servers.size()];
      if (at.type != nullptr && wan.rate > at.type->port_rate && (!at.type->uplinks || wan.rate > at.type->uplinks->port_rate)) {
        problem(wan.where, fmt::format("wan[{}].rate: {} is more than a port of {} carries; give it a lower rate and a count", wan.name, to_text(wan.rate), at.name));
        break;
      }
      links.push_back({near, far, at.tier + 1, wan.rate, wan.latency, true, false, wan.distance});
    }
  }
}

void FabricDraft::place_switches() {
  std::vector<std::int32_t> const named = spec.switch_racks.empty() ? std::vector<std::int32_t>{} : racks_called({spec.switch_racks}, "switch_racks");
  bool const routers = spec.fabric == FabricKind::dragonfly || spec.fabric == FabricKind::torus || spec.fabric == FabricKind::jellyfish;
  if (named.empty() || !routers)
    for (auto const& link : links)
      if (link.tier == 0) {
        auto& at = switches[static_cast<std::size_t>(link.b) - servers.size()];
        if (at.rack < 0 && !at.elsewhere) at.rack = places.graph.servers[static_cast<std::size_t>(servers[static_cast<std::size_t>(link.a)])].rack;
      }
  auto const& pool = named.empty() ? racks : named;
  std::size_t next = 0;
  for (auto& one : switches)
    if (one.rack < 0 && !one.elsewhere) one.rack = pool.empty() ? 0 : pool[next++ % pool.size()];
}

void FabricDraft::check_ports() {
  std::vector<int> used(switches.size());
  for (auto const& link : links)
    for (End end : {link.a, link.b})
      if (auto const index = static_cast<std::size_t>(end) - servers.size(); static_cast<std::size_t>(end) >= servers.size() && index < switches.size()) ++used[index];
  for (std::size_t i = 0; i < switches.size(); ++i) {
    if (switches[i].type == nullptr) continue;
    int const has = switches[i].type->ports + (switches[i].type->uplinks ? switches[i].type->uplinks->ports : 0);
    if (used[i] <= has) continue;
    std::string const hint = spec.wan.empty() ? "take a type with more ports, or more switches" : "take a type with more ports, more switches, or name some with free ports in the 'at' of wan";
    return problem(fmt::format("{} links hang on {}, whose type {} has {} ports; {}", used[i], switches[i].name, switches[i].type->name, has, hint));
  }
}

std::optional<std::size_t> find_switch(const FabricDraft& draft, const std::string& name) {
  std::string const full = draft.spec.name + "/" + name;
  for (std::size_t i = 0; i < draft.switches.size(); ++i)
    if (draft.switches[i].name == name || draft.switches[i].name == full) return i;
  return std::nullopt;
}

}  // namespace headroom
