#include "analysis/placement/planned_places.h"

#include <fmt/format.h>

#include <algorithm>

#include "topologies/graph/power_graph.h"

namespace headroom {
namespace {

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

// The same feeds in another order are the same: they share the load evenly.
int spot_of(PlannedPlaces& places, const RackSpot& wanted) {
  auto const same = [&](const RackSpot& spot) { return spot.hall == wanted.hall && sorted(spot.feeds) == sorted(wanted.feeds); };
  auto const found = std::ranges::find_if(places.spots, same);
  if (found != places.spots.end()) return static_cast<int>(found - places.spots.begin());
  places.spots.push_back(wanted);
  return static_cast<int>(places.spots.size()) - 1;
}

bool may_stand_in(const PlannedRacks& racks, const Hall& hall) { return racks.halls.empty() || std::ranges::find(racks.halls, hall.name) != racks.halls.end(); }

// What a rack of the plan is: described there, or like those of a group that stands.
RackGroup content_of(const PlannedRacks& racks, const Site& site) {
  if (!racks.more_of_the_same()) return racks.group;
  for (auto const& hall : site.halls)
    for (auto const& group : hall.racks) {
      if (group.name != racks.group.name && hall.name + "/" + group.name != racks.group.name) continue;
      RackGroup out = group;
      out.count = racks.group.count;
      out.first = racks.group.first;
      out.feeds = racks.group.feeds;
      out.where = racks.where;
      return out;
    }
  return racks.group;                      // check_plan() has seen that there is one
}

int next_number(const Hall& hall, const RackGroup& group) {
  int next = group.first;
  for (auto const& other : hall.racks)
    if (other.name == group.name) next = std::max(next, other.first + other.count);
  return next;
}

}  // namespace

std::string RackSpot::name() const { return fmt::format("{} on {}", hall, fmt::join(feeds, " + ")); }

PlannedPlaces planned_places(const ConnectedSite& subject, const Plan& plan) {
  PlannedPlaces out;
  out.site = written_out(subject.site);
  out.connection = subject.connection;
  std::vector<std::vector<int>> of_hall(out.site.halls.size());
  for (std::size_t h = 0; h < out.site.halls.size(); ++h)
    for (auto const& group : out.site.halls[h].racks) {
      int const spot = spot_of(out, {out.site.halls[h].name, group.feeds, group.circuit});
      if (std::ranges::find(of_hall[h], spot) == of_hall[h].end()) of_hall[h].push_back(spot);
    }
  for (auto const& racks : plan.racks) {
    out.groups.push_back(content_of(racks, out.site));
    int const group = static_cast<int>(out.groups.size()) - 1;
    for (std::size_t h = 0; h < out.site.halls.size(); ++h) {
      if (!may_stand_in(racks, out.site.halls[h])) continue;
      if (racks.group.feeds.empty())
        for (int const spot : of_hall[h]) out.options.push_back({group, spot});
      else out.options.push_back({group, spot_of(out, {out.site.halls[h].name, racks.group.feeds, {}})});
    }
  }
  return out;
}

RackGroup rack_at(const PlannedPlaces& places, const PlannedOption& option) {
  RackGroup out = places.groups[static_cast<std::size_t>(option.group)];
  RackSpot const& spot = places.spots[static_cast<std::size_t>(option.spot)];
  out.feeds = spot.feeds;
  out.count = 1;
  if (!out.circuit) out.circuit = spot.circuit;
  return out;
}

Site with_racks(const PlannedPlaces& places, const Packing& packing, const std::vector<int>& order) {
  Site out = places.site;
  for (int const i : order) {
    PlannedOption const& option = places.options[static_cast<std::size_t>(i)];
    if (packing[static_cast<std::size_t>(i)] == 0) continue;
    RackGroup group = rack_at(places, option);
    auto const hall = std::ranges::find(out.halls, places.spots[static_cast<std::size_t>(option.spot)].hall, &Hall::name);
    group.count = packing[static_cast<std::size_t>(i)];
    group.first = next_number(*hall, group);
    hall->racks.push_back(std::move(group));
  }
  return out;
}

Site with_probes(const PlannedPlaces& places) {
  Site out = places.site;
  std::vector<std::string> today;
  for (auto const& hall : out.halls)
    for (auto const& group : hall.racks)
      if (today.empty() || today.back() != hall.name + "/" + group.name) today.push_back(hall.name + "/" + group.name);
  for (auto& fabric : out.network)
    if (fabric.racks.empty()) fabric.racks = today;
  for (std::size_t i = 0; i < places.options.size(); ++i) {
    RackGroup probe = rack_at(places, places.options[i]);
    probe.name = fmt::format("planned {}", i);
    probe.first = 1;
    std::ranges::find(out.halls, places.spots[static_cast<std::size_t>(places.options[i].spot)].hall, &Hall::name)->racks.push_back(std::move(probe));
  }
  return out;
}

std::string probe_name(const PlannedPlaces& places, std::size_t option) {
  return fmt::format("{}/planned {}-1", places.spots[static_cast<std::size_t>(places.options[option].spot)].hall, option);
}

}  // namespace headroom
