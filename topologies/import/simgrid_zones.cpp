// Zones and what stands in them: hosts, routers, peers, links; clusters apart. Routes are kept for later, when every name is known.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "topologies/import/simgrid_draft.h"

namespace headroom {
namespace {

struct Coordinates {
  double x = 0, y = 0, height = 0;
};

class Zones {
 public:
  explicit Zones(PlatformDraft& draft) : draft_(draft) {}

  void add(const XmlElement& element) {
    draft_.add_zone(element);
    Zone zone{&element, -1, -1, {}};
    auto const& routing = *element.find("routing");
    const std::vector<std::string> known{"Full", "Floyd", "Dijkstra", "DijkstraCache", "Cluster", "Vivaldi", "None", "Empty"};
    if (std::find(known.begin(), known.end(), routing.value) == known.end())
      draft_.problem(routing.where, fmt::format("routing: '{}' is not read; one of {} would do{}", routing.value, fmt::join(known, ", "), nearest_hint(routing.value, known)));
    if (routing.value == "Cluster") add_centre(zone);
    for (auto const& child : element.children) add_child(zone, child);
    if (routing.value == "Vivaldi" && zone.at.size() > 1) add_vivaldi(zone);
  }

 private:
  struct Zone {
    const XmlElement* element;
    int group = -1;                     // of its own hosts
    int centre = -1;                    // of routing Cluster
    std::vector<std::pair<int, Coordinates>> at;      // of routing Vivaldi: what hangs in it
  };

  void add_child(Zone& zone, const XmlElement& child) {
    if (child.name == "zone") add_inner(zone, child);
    else if (child.name == "cluster") add_simgrid_cluster(draft_, child);
    else if (child.name == "cabinet") add_cabinet(zone, child);
    else if (child.name == "host") add_host(zone, child);
    else if (child.name == "peer") add_peer(zone, child);
    else if (child.name == "router") add_router(zone, child);
    else if (child.name == "link") add_link(child);
    else if (child.name == "backbone" && zone.centre < 0) draft_.problem(child.where, "<backbone> belongs to a zone of routing Cluster");
    else if (child.name == "route" || child.name == "zoneRoute") draft_.routes.push_back(&child);
    else if (child.name == "host_link") {
      if (zone.centre < 0) draft_.problem(child.where, "<host_link> belongs to a zone of routing Cluster");
      else draft_.host_links.emplace_back(&child, zone.centre);
    } else if (child.name == "bypassRoute" || child.name == "bypassZoneRoute") draft_.problem(child.where, fmt::format("<{}> is not read; a {} instead would do", child.name, child.name == "bypassRoute" ? "route" : "zoneRoute"));
    else if (child.name == "trace" || child.name == "trace_connect") draft_.remark(left_out_in_time(child.name));
  }

  // The middle of a zone of routing Cluster: its router, and its backbone as what all that crosses it shares.
  void add_centre(Zone& zone) {
    std::string name = zone.element->text_of("id");
    std::optional<DataRate> backplane;
    std::optional<Duration> latency;
    for (auto const& child : zone.element->children) {
      if (child.name == "router") name = child.text_of("id");
      if (child.name != "backbone") continue;
      if (backplane) draft_.problem(child.where, "a second <backbone> in this zone; one would do");
      backplane = draft_.rate(child, "bandwidth");
      latency = draft_.time(child, "latency");
      ++draft_.link_count;
    }
    zone.centre = draft_.add_place(name, backplane, latency);
  }

  void add_cabinet(Zone& zone, const XmlElement& element) {
    if (zone.centre < 0) draft_.problem(element.where, "<cabinet> belongs to a zone of routing Cluster");
    else add_simgrid_cabinet(draft_, element, zone.centre);
  }

  int add_server(Zone& zone, const XmlElement& element) {
    if (zone.group < 0) zone.group = draft_.add_group(zone.element->text_of("id"), "");
    ImportedGroup& group = draft_.site.groups[static_cast<std::size_t>(zone.group)];
    group.servers.push_back({simgrid_server(draft_, element, element.text_of("id"), 1), 1});
    int const node = draft_.add_server_node(zone.group, group.size() - 1);
    draft_.add_point(element.text_of("id"), "host", {.node = node, .is_host = true, .where = element.where});
    ++draft_.hosts;
    return node;
  }

  void add_host(Zone& zone, const XmlElement& element) {
    int const node = add_server(zone, element);
    for (auto const& child : element.children)
      if (child.name == "disk") draft_.remark("disk of a host: left out");
    locate(zone, element, node);
  }

  // A host with a link up and one down; a site's links carry as much one way as the other.
  void add_peer(Zone& zone, const XmlElement& element) {
    if (zone.element->text_of("routing") != "Vivaldi") draft_.problem(element.where, "<peer> belongs to a zone of routing Vivaldi");
    DataRate const in = draft_.rate(element, "bw_in"), out = draft_.rate(element, "bw_out");
    if (in != out) draft_.remark("peer with other rates in than out: the lesser one taken for both");
    draft_.link_count += 2;
    int const node = add_server(zone, element), place = draft_.add_place(element.text_of("id"));
    draft_.add_link(node, place, std::min(in, out), element.find("lat") == nullptr ? Duration{} : draft_.time(element, "lat"));
    draft_.points[element.text_of("id")].node = place;
    locate(zone, element, place);
  }

  void add_router(Zone& zone, const XmlElement& element) {
    bool const is_centre = zone.centre >= 0;
    int const node = is_centre ? zone.centre : draft_.add_place(element.text_of("id"));
    draft_.add_point(element.text_of("id"), "router", {.node = node, .where = element.where});
    ++draft_.routers;
    locate(zone, element, node);
  }

  // A zone in a Vivaldi zone hangs there by the router that has its name.
  void add_inner(Zone& zone, const XmlElement& element) {
    add(element);
    if (zone.element->text_of("routing") != "Vivaldi") return;
    auto const found = draft_.points.find("router_" + element.text_of("id"));
    if (found == draft_.points.end() || found->second.node < 0) return;
    auto const at = coordinates_.find(found->second.node);
    zone.at.emplace_back(found->second.node, at == coordinates_.end() ? Coordinates{} : at->second);
  }

  void locate(Zone& zone, const XmlElement& element, int node) {
    auto const* attribute = element.find("coordinates");
    Coordinates at;
    if (attribute != nullptr && !attribute->value.empty()) {
      auto const parts = parts_of(attribute->value, " ");
      double* const into[] = {&at.x, &at.y, &at.height};
      for (std::size_t i = 0; i < 3; ++i) {
        auto const parsed = parse_number(i < parts.size() ? parts[i] : "");
        if (auto const* value = std::get_if<double>(&parsed); value != nullptr && parts.size() == 3) *into[i] = *value;
        else return draft_.problem(attribute->where, fmt::format("coordinates: '{}' is not x, y and height; such as '25.5 9.4 1.4' would do", attribute->value));
      }
    }
    coordinates_[node] = at;
    if (zone.element->text_of("routing") == "Vivaldi") zone.at.emplace_back(node, at);
  }

  // Vivaldi's latency of a pair is the distance of their coordinates plus both heights, in ms. A site has links: each hangs on the
  // middle of all, which is the same where they lie around it, and more elsewhere.
  void add_vivaldi(const Zone& zone) {
    Coordinates middle;
    for (auto const& [node, at] : zone.at) {
      middle.x += at.x / static_cast<double>(zone.at.size());
      middle.y += at.y / static_cast<double>(zone.at.size());
    }
    int const centre = draft_.add_place(zone.element->text_of("id"));
    for (auto const& [node, at] : zone.at) {
      double const latency_ms = std::hypot(at.x - middle.x, at.y - middle.y) + std::abs(at.height);
      draft_.unlimited.push_back(draft_.site.links.size());
      draft_.add_link(node, centre, {}, Duration{static_cast<std::int64_t>(std::llround(latency_ms * 1e6))});
    }
    draft_.remark("zone of Vivaldi coordinates: latencies are those through the middle of them");
  }

  void add_link(const XmlElement& element) {
    for (auto const* file : {"bandwidth_file", "latency_file", "state_file"})
      if (!element.text_of(file).empty()) draft_.remark("file of a link's rate, latency or state in time: left out");
    draft_.add_platform_link({element.text_of("id"), draft_.rate(element, "bandwidth"), element.find("latency") == nullptr ? Duration{} : draft_.time(element, "latency"),
                              draft_.sharing(element, "sharing_policy", Sharing::shared), element.where});
  }

  PlatformDraft& draft_;
  std::map<int, Coordinates> coordinates_;
};

}  // namespace

std::string left_out_in_time(const std::string& element) { return fmt::format("<{}>, rates that change in time: left out", element); }

void add_simgrid_zone(PlatformDraft& draft, const XmlElement& element) { Zones(draft).add(element); }

}  // namespace headroom
