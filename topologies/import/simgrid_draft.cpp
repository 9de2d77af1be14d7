#include "topologies/import/simgrid_draft.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {

template <class T>
T PlatformDraft::checked(const XmlAttribute& attribute, Parsed<T> parsed, T otherwise) {
  if (auto* value = std::get_if<T>(&parsed)) return *value;
  problem(attribute.where, fmt::format("{}: {}", attribute.name, std::get<std::string>(parsed)));
  return otherwise;
}

DataRate PlatformDraft::rate(const XmlAttribute& attribute) {
  if (simgrid_unit_missing(attribute.value)) remark("value without a unit: bytes a second and seconds, as SimGrid takes them");
  return checked(attribute, simgrid_rate(attribute.value), DataRate::from_si(1));
}

Duration PlatformDraft::time(const XmlAttribute& attribute) {
  if (simgrid_unit_missing(attribute.value)) remark("value without a unit: bytes a second and seconds, as SimGrid takes them");
  return checked(attribute, simgrid_time(attribute.value), Duration{});
}

Sharing PlatformDraft::sharing(const XmlElement& element, const char* name, Sharing otherwise, bool may_split) {
  auto const* attribute = element.find(name);
  if (attribute == nullptr) return otherwise;
  if (attribute->value == "SHARED") return Sharing::shared;
  if (attribute->value == "SPLITDUPLEX" && may_split) return Sharing::split_duplex;
  if (attribute->value == "FATPIPE") {
    remark("FATPIPE, where every flow has the rate for itself: taken as wide enough for all servers together");
    return Sharing::fat_pipe;
  }
  problem(attribute->where, fmt::format("{}: '{}' cannot be a site's; one of SHARED, {}FATPIPE would do", name, attribute->value, may_split ? "SPLITDUPLEX, " : ""));
  return otherwise;
}

std::vector<std::int64_t> PlatformDraft::radical(const XmlElement& element) {
  auto const& attribute = *element.find("radical");
  return checked(attribute, simgrid_radical(attribute.value), std::vector<std::int64_t>{});
}

int PlatformDraft::add_group(const std::string& wanted, const std::string& or_else) {
  auto const plain = [](std::string text) {
    std::replace(text.begin(), text.end(), '/', '-');
    while (!text.empty() && text.back() == '-') text.pop_back();
    return text;
  };
  std::string name = plain(wanted);
  if (group_names_.contains(name) && !plain(or_else).empty()) name = plain(or_else);
  if (name.empty()) name = "rack";
  for (std::string const first = name; !group_names_.insert(name).second;) name = fmt::format("{}x{}", first, group_names_.size());
  ImportedGroup group;
  group.name = name;
  site.groups.push_back(std::move(group));
  return static_cast<int>(site.groups.size()) - 1;
}

std::string PlatformDraft::free_name(const std::string& wanted) {
  std::string name = wanted.empty() ? "place" : wanted;
  for (std::string const first = name; !names_.insert(name).second;) name = fmt::format("{} ({})", first, names_.size());
  return name;
}

int PlatformDraft::add_place(const std::string& wanted, std::optional<DataRate> backplane, std::optional<Duration> latency) {
  ImportedNode node;
  node.name = free_name(wanted);
  node.backplane = backplane;
  node.latency = latency;
  site.nodes.push_back(std::move(node));
  return static_cast<int>(site.nodes.size()) - 1;
}

int PlatformDraft::add_server_node(int group, std::int64_t server) {
  ImportedNode node;
  node.group = group;
  node.server = server;
  site.nodes.push_back(std::move(node));
  return static_cast<int>(site.nodes.size()) - 1;
}

void PlatformDraft::add_link(int from, int to, DataRate rate, Duration latency, bool shared, std::int64_t count) { site.links.push_back({from, to, rate, latency, shared, count, {}}); }

void PlatformDraft::add_platform_link(PlatformLink link) {
  link_count += link.sharing == Sharing::split_duplex ? 2 : 1;
  auto const [earlier, is_new] = link_numbers.emplace(link.name, static_cast<int>(links.size()));
  if (!is_new) return problem(link.where, fmt::format("link '{}' stands in line {} already; every link needs a name of its own", link.name, links[static_cast<std::size_t>(earlier->second)].where.line));
  links.push_back(std::move(link));
}

void PlatformDraft::add_zone(const XmlElement& element) {
  auto const& id = *element.find("id");
  auto const [earlier, is_new] = zones.emplace(id.value, id.where);
  if (!is_new) problem(id.where, fmt::format("zone '{}' stands in line {} already; every zone and cluster needs a name of its own", id.value, earlier->second.line));
}

bool PlatformDraft::add_point(const std::string& name, const char* kind, PlatformPoint point) {
  auto const [earlier, is_new] = points.emplace(name, point);
  if (!is_new) problem(point.where, fmt::format("{} '{}' stands in line {} already; every host and router needs a name of its own", kind, name, earlier->second.where.line));
  return is_new;
}

std::optional<int> PlatformDraft::node_of(const XmlAttribute& name) {
  auto const found = points.find(name.value);
  if (found == points.end()) {
    std::vector<std::string> known;
    for (auto const& [point, where] : points) known.push_back(point);
    std::sort(known.begin(), known.end());
    problem(name.where, fmt::format("{}: there is no host or router '{}'{}", name.name, name.value, nearest_hint(name.value, known)));
    return std::nullopt;
  }
  if (found->second.node >= 0) return found->second.node;
  remark("route that begins or ends at a host of a cluster: the host's own link is left out of that way");
  return found->second.router;
}

}  // namespace headroom
