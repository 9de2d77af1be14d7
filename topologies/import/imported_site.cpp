#include "topologies/import/imported_site.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace headroom {
namespace {

// Which nodes hang together: union-find with halving.
class Parts {
 public:
  explicit Parts(const ImportedSite& site) : above_(site.nodes.size()), linked_(site.nodes.size()) {
    std::iota(above_.begin(), above_.end(), 0);
    for (auto const& link : site.links) join(link.from, link.to);
    for (auto const& link : site.links)
      for (int end : {link.from, link.to}) linked_[static_cast<std::size_t>(end)] = true;
    std::map<int, int> all;            // the node of each of a group's servers
    for (std::size_t i = 0; i < site.nodes.size(); ++i)
      if (!site.nodes[i].is_place() && site.nodes[i].server < 0 && linked_[i]) all.emplace(site.nodes[i].group, static_cast<int>(i));
    for (std::size_t i = 0; i < site.nodes.size(); ++i)
      if (auto const found = all.find(site.nodes[i].group); !site.nodes[i].is_place() && found != all.end()) join(static_cast<int>(i), found->second);
  }

  int of(int node) {
    while (above_[static_cast<std::size_t>(node)] != node) node = above_[static_cast<std::size_t>(node)] = above_[static_cast<std::size_t>(above_[static_cast<std::size_t>(node)])];
    return node;
  }

 private:
  void join(int a, int b) { above_[static_cast<std::size_t>(of(a))] = of(b); }

  std::vector<int> above_;
  std::vector<bool> linked_;
};

class SiteWriter {
 public:
  explicit SiteWriter(const ImportedSite& site) : site_(site) {}

  Json halls() const {
    Json out = Json::array();
    for (auto const& group : site_.groups) {
      auto const hall = std::find_if(out.begin(), out.end(), [&](const Json& h) { return h["name"] == group.hall; });
      Json& racks = (hall == out.end() ? (out.push_back({{"name", group.hall}, {"racks", Json::array()}}), out.back()) : *hall)["racks"];
      for (auto& rack : racks_of(group)) racks.push_back(std::move(rack));
    }
    return out;
  }

  // A fabric, or one for each part where they do not reach each other.
  Json network() const {
    std::map<int, Json> fabrics;
    Parts parts(site_);
    for (auto const& link : site_.links) fabrics[parts.of(link.from)];
    for (auto& [part, fabric] : fabrics) {
      auto const inside = [&, number = part](int node) { return parts.of(node) == number; };
      fabric = fabric_of(inside);
      if (fabrics.size() == 1) return fabric;
      fabric["name"] = fmt::format("network-{}", std::distance(fabrics.begin(), fabrics.find(part)) + 1);
      std::set<std::string> racks;
      for (std::size_t i = 0; i < site_.nodes.size(); ++i)
        if (!site_.nodes[i].is_place() && inside(static_cast<int>(i))) racks.insert(site_.groups[static_cast<std::size_t>(site_.nodes[i].group)].name);
      fabric["racks"] = racks;
    }
    Json out = Json::array();
    for (auto& [part, fabric] : fabrics) out.push_back(std::move(fabric));
    return out;
  }

 private:
  // Racks that hold the same are one entry.
  static std::vector<Json> racks_of(const ImportedGroup& group) {
    std::vector<Json> out;
    std::int64_t first = 1, room = 0;
    std::vector<Json> contents;
    for (auto const& run : group.servers) {
      for (std::int64_t left = run.count; left > 0;) {
        if (room == 0) {
          contents.push_back(Json::array());
          room = group.in_a_rack;
        }
        std::int64_t const now = std::min(left, room);
        contents.back().push_back({{"type", run.type}, {"count", now}});
        left -= now;
        room -= now;
      }
    }
    for (std::size_t i = 0; i < contents.size();) {
      std::size_t same = i;
      while (same < contents.size() && contents[same] == contents[i]) ++same;
      Json rack{{"name", group.name}, {"count", same - i}, {"servers", contents[i]}};
      if (first > 1) rack["first"] = first;
      first += static_cast<std::int64_t>(same - i);
      i = same;
      out.push_back(std::move(rack));
    }
    return out;
  }

  template <class Inside>
  Json fabric_of(const Inside& inside) const {
    Json switches = Json::array(), links = Json::array(), routes = Json::array();
    for (std::size_t i = 0; i < site_.nodes.size(); ++i)
      if (site_.nodes[i].is_place() && inside(static_cast<int>(i))) switches.push_back(place(site_.nodes[i]));
    for (auto const& link : site_.links)
      if (inside(link.from))
        for (auto const& from : names_of(link.from))
          for (auto const& to : names_of(link.to)) links.push_back(line(link, from, to));
    for (auto const& route : site_.routes)
      if (inside(route.from)) routes.push_back(way(route));
    Json out{{"fabric", "written"}, {"switches", switches}, {"links", links}, {"latency", "0 s"}, {"switch_latency", "0 s"}};
    if (!routes.empty()) out["routes"] = routes;
    return out;
  }

  static Json place(const ImportedNode& node) {
    Json out{{"name", node.name}};
    if (node.backplane) out["backplane"] = to_text(*node.backplane);
    if (node.latency) out["backplane_latency"] = to_text(*node.latency);
    if (node.latitude) out["latitude"] = *node.latitude;
    if (node.longitude) out["longitude"] = *node.longitude;
    return out;
  }

  static Json line(const ImportedLink& link, const std::string& from, const std::string& to) {
    Json out{{"from", from}, {"to", to}, {"rate", to_text(link.rate)}, {"latency", to_text(link.latency)}};
    if (link.count > 1) out["count"] = link.count;
    if (link.shared) out["shared"] = true;
    if (link.length) out["length"] = to_text(*link.length);
    return out;
  }

  Json way(const ImportedRoute& route) const {
    Json via = Json::array();
    for (int place : route.via) via.push_back(site_.nodes[static_cast<std::size_t>(place)].name);
    return {{"from", names_of(route.from).front()}, {"to", names_of(route.to).front()}, {"via", via}};
  }

  std::vector<std::string> names_of(int number) const {
    ImportedNode const& node = site_.nodes[static_cast<std::size_t>(number)];
    if (node.is_place()) return {node.name};
    ImportedGroup const& group = site_.groups[static_cast<std::size_t>(node.group)];
    std::string const front = fmt::format("{}/{}-", group.hall, group.name);
    if (node.server >= 0) return {fmt::format("{}{}/{}", front, node.server / group.in_a_rack + 1, node.server % group.in_a_rack + 1)};
    if (site_.groups.size() == 1) return {"servers"};
    std::vector<std::string> racks;
    for (std::int64_t first = 0; first < group.size(); first += group.in_a_rack) racks.push_back(fmt::format("{}{}", front, first / group.in_a_rack + 1));
    return racks;
  }

  const ImportedSite& site_;
};

}  // namespace

std::int64_t ImportedGroup::size() const {
  return std::accumulate(servers.begin(), servers.end(), std::int64_t{0}, [](std::int64_t sum, const ImportedServers& run) { return sum + run.count; });
}

ImportedTotals totals_of(const ImportedSite& site) {
  ImportedTotals sum;
  for (auto const& group : site.groups) sum.servers += group.size();
  sum.switches = std::count_if(site.nodes.begin(), site.nodes.end(), [](const ImportedNode& node) { return node.is_place(); });
  auto const ends = [&](int number) {
    auto const& node = site.nodes[static_cast<std::size_t>(number)];
    return node.is_place() || node.server >= 0 ? 1 : site.groups[static_cast<std::size_t>(node.group)].size();
  };
  for (auto const& link : site.links) sum.links += link.count * ends(link.from) * ends(link.to);
  return sum;
}

Json site_of(const std::string& name, const ImportedSite& site) {
  SiteWriter const writer(site);
  Json out{{"kind", "site"}, {"version", 1}, {"name", name}, {"halls", writer.halls()}, {"power", {{"scheme", "N"}, {"utility", Json::array({{{"name", "utility"}, {"voltage", "400 V"}}})}}}};
  if (!site.links.empty()) out["network"] = writer.network();
  return out;
}

std::optional<int> not_reached(const ImportedSite& site) {
  Parts parts(site);
  std::map<int, int> part_of_group;
  for (std::size_t i = 0; i < site.nodes.size(); ++i) {
    if (site.nodes[i].is_place()) continue;
    int const part = parts.of(static_cast<int>(i));
    if (part_of_group.emplace(site.nodes[i].group, part).first->second != part) return static_cast<int>(i);
  }
  return std::nullopt;
}

int network_parts(const ImportedSite& site) {
  Parts parts(site);
  std::set<int> out;
  for (auto const& link : site.links) out.insert(parts.of(link.from));
  return static_cast<int>(out.size());
}

std::size_t remove_unreached(ImportedSite& site) {
  Parts parts(site);
  std::set<int> reached;
  for (std::size_t i = 0; i < site.nodes.size(); ++i)
    if (!site.nodes[i].is_place()) reached.insert(parts.of(static_cast<int>(i)));
  std::vector<int> new_number(site.nodes.size(), -1);
  std::vector<ImportedNode> kept;
  for (std::size_t i = 0; i < site.nodes.size(); ++i) {
    if (!reached.contains(parts.of(static_cast<int>(i)))) continue;
    new_number[i] = static_cast<int>(kept.size());
    kept.push_back(std::move(site.nodes[i]));
  }
  std::size_t const removed = site.nodes.size() - kept.size();
  site.nodes = std::move(kept);
  std::erase_if(site.links, [&](const ImportedLink& link) { return new_number[static_cast<std::size_t>(link.from)] < 0; });
  auto const renumber = [&](int& node) { node = new_number[static_cast<std::size_t>(node)]; };
  for (auto& link : site.links) renumber(link.from), renumber(link.to);
  for (auto& route : site.routes) {
    renumber(route.from), renumber(route.to);
    for (int& place : route.via) renumber(place);
  }
  return removed;
}

}  // namespace headroom
