#include "analysis/placement/room_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "analysis/capacity/site_limits.h"
#include "sim/power/check_ratings.h"
#include "topologies/graph/power_graph.h"

namespace headroom {
namespace {

int servers_in(const RackGroup& group) {
  int sum = 0;
  for (auto const& servers : group.servers) sum += servers.count;
  for (auto const& enclosure : group.enclosures)
    for (auto const& servers : enclosure.servers) sum += enclosure.count * servers.count;
  return sum;
}

// Do its networks take the site as it is? What is wrong beside them is someone else's to say.
bool networks_take(const Site& site) {
  try {
    build_power_graph(site);
  } catch (const InputError& e) {
    if (std::ranges::all_of(e.problems(), [](const Problem& problem) { return problem.what.starts_with("network"); })) return false;
    throw;
  }
  return true;
}

// Every rack of the plan, each at the first place where it may stand.
Packing all_racks(const PlannedPlaces& places) {
  Packing out(places.options.size(), 0);
  std::vector<char> done(places.groups.size(), 0);
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto const group = static_cast<std::size_t>(places.options[i].group);
    if (done[group] == 0) out[i] = places.groups[group].count;
    done[group] = 1;
  }
  return out;
}

std::vector<int> in_order(std::size_t count) {
  std::vector<int> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<int>(i));
  return out;
}

// The plan's racks with one server each: so many of them in all.
Site with_servers(const PlannedPlaces& places, int servers) {
  PlannedPlaces single = places;
  Packing packing = all_racks(places);
  int left = servers;
  for (std::size_t i = 0; i < packing.size(); ++i) {
    RackGroup& group = single.groups[static_cast<std::size_t>(places.options[i].group)];
    int const here = std::min(left, packing[i] * servers_in(places.groups[static_cast<std::size_t>(places.options[i].group)]));
    packing[i] = here;
    left -= here;
    if (here == 0) continue;
    ServerGroup const one = !group.servers.empty() ? group.servers.front() : group.enclosures.front().servers.front();
    group.servers = {one};
    group.servers.front().count = 1;
    group.enclosures.clear();
  }
  return with_racks(single, packing, in_order(packing.size()));
}

// Without ports: a network grows with its servers, see add_port_limit().
std::vector<SiteLimit> limits_of_site(const Site& site) {
  PowerGraph const graph = build_power_graph(site);
  PowerFlow flow(graph);
  load_fully(flow);
  auto limits = site_limits(graph, flow);
  std::erase_if(limits, [](const SiteLimit& limit) { return limit.what == "ports"; });
  return limits;
}

std::vector<double> uses_of_one(const PlannedPlaces& places, std::size_t option, const std::vector<SiteLimit>& today) {
  std::vector<double> out(today.size(), 0);
  if (today.empty()) return out;
  PlannedPlaces off_network = places;
  off_network.site.network.clear();
  Packing packing(places.options.size(), 0);
  auto const before = limits_of_site(off_network.site);
  packing[option] = 1;
  auto const after = limits_of_site(with_racks(off_network, packing, in_order(packing.size())));
  for (std::size_t l = 0; l < today.size(); ++l) {
    auto const used = [&](const std::vector<SiteLimit>& limits) {
      auto const found = std::ranges::find_if(limits, [&](const SiteLimit& limit) { return limit.place == today[l].place && limit.what == today[l].what && limit.one_lost == today[l].one_lost; });
      return found == limits.end() ? 0.0 : found->used;
    };
    out[l] = used(after) - used(before);
  }
  return out;
}

}  // namespace

void add_room_limits(const PlannedPlaces& places, PackingProblem& problem) {
  auto const today = limits_of_site(places.site);
  std::vector<int> number;
  for (auto const& limit : today) {
    number.push_back(static_cast<int>(problem.limits.size()));
    problem.limits.push_back({fmt::format("{}: {}", limit.place, limit.what), limit.unit, limit.one_lost ? "one machine of it" : "", limit.allowed, limit.used});
  }
  std::map<std::pair<int, std::string>, std::vector<double>> uses;      // of one rack of a group in a hall, of each limit
  for (std::size_t i = 0; i < places.options.size(); ++i) {
    PlannedOption const& option = places.options[i];
    auto const [at, is_new] = uses.try_emplace({option.group, places.spots[static_cast<std::size_t>(option.spot)].hall});
    if (is_new) at->second = uses_of_one(places, i, today);
    for (std::size_t l = 0; l < today.size(); ++l)
      if (at->second[l] > 0) problem.candidates[i].uses.push_back({number[l], at->second[l]});
  }
}

bool add_port_limit(const PlannedPlaces& places, PackingProblem& problem) {
  if (places.site.network.empty() || places.options.empty()) return false;
  Packing const all = all_racks(places);
  int asked = 0, today = 0;
  for (auto const& group : places.groups) asked += group.count * servers_in(group);
  for (auto const& hall : places.site.halls)
    for (auto const& group : hall.racks) today += group.count * servers_in(group);
  if (asked == 0 || networks_take(with_racks(places, all, in_order(all.size())))) return true;
  int low = 0, high = asked;
  while (high - low > 1) {
    int const middle = low + (high - low) / 2;
    (networks_take(with_servers(places, middle)) ? low : high) = middle;
  }
  int const number = static_cast<int>(problem.limits.size());
  problem.limits.push_back({"the network", "servers", "", static_cast<double>(today + low), static_cast<double>(today)});
  for (auto& candidate : problem.candidates)
    if (int const servers = servers_in(places.groups[static_cast<std::size_t>(candidate.type)]); servers > 0) candidate.uses.push_back({number, static_cast<double>(servers)});
  return false;
}

}  // namespace headroom
