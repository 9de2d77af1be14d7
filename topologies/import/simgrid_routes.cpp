// <route>, <zoneRoute> and <host_link>: ways between hosts and routers, as lists of links.
#include <fmt/format.h>

#include "topologies/import/simgrid_draft.h"

namespace headroom {
namespace {

class RouteReader {
 public:
  explicit RouteReader(PlatformDraft& draft) : draft_(draft) {}

  void read() {
    for (auto const* element : draft_.routes) {
      if (element->name != "zoneRoute") continue;
      pass_through(*element->find("gw_src"));
      pass_through(*element->find("gw_dst"));
    }
    for (auto const* element : draft_.routes) add_way(*element);
    for (auto const& [element, centre] : draft_.host_links) add_host_link(*element, centre);
  }

 private:
  // A host through which others reach its zone: a place before it passes on what is not for it.
  void pass_through(const XmlAttribute& name) {
    auto const found = draft_.points.find(name.value);
    if (found == draft_.points.end() || found->second.node < 0 || draft_.site.nodes[static_cast<std::size_t>(found->second.node)].is_place()) return;
    int const place = draft_.add_place(name.value);
    draft_.unlimited.push_back(draft_.site.links.size());
    draft_.add_link(found->second.node, place, {}, Duration{});
    found->second.node = place;
  }

  std::optional<PlatformHop> hop_of(const XmlAttribute& id, const std::string& direction) {
    std::string name = id.value;
    int way = direction == "UP" ? 1 : direction == "DOWN" ? -1 : 0;
    auto found = draft_.link_numbers.find(name);
    for (auto const& [ending, sense] : {std::pair{"_UP", 1}, std::pair{"_DOWN", -1}}) {      // SimGrid's own names of the two directions
      if (found != draft_.link_numbers.end() || !name.ends_with(ending)) continue;
      if (found = draft_.link_numbers.find(name.substr(0, name.rfind('_'))); found != draft_.link_numbers.end()) way = sense;
    }
    if (found == draft_.link_numbers.end()) {
      std::vector<std::string> known;
      for (auto const& link : draft_.links) known.push_back(link.name);
      draft_.problem(id.where, fmt::format("{}: there is no link '{}'{}", id.name, name, nearest_hint(name, known)));
      return std::nullopt;
    }
    bool const split = draft_.links[static_cast<std::size_t>(found->second)].sharing == Sharing::split_duplex;
    if (split && way == 0) draft_.problem(id.where, fmt::format("link '{}' is SPLITDUPLEX: a direction, UP or DOWN, is needed", name));
    if (!split && way != 0) draft_.problem(id.where, fmt::format("link '{}' has no directions, it is not SPLITDUPLEX; without one it would do", name));
    return PlatformHop{found->second, way};
  }

  void add_way(const XmlElement& element) {
    bool const zones = element.name == "zoneRoute";
    if (zones) check_zone(*element.find("src")), check_zone(*element.find("dst"));
    auto const from = draft_.node_of(*element.find(zones ? "gw_src" : "src")), to = draft_.node_of(*element.find(zones ? "gw_dst" : "dst"));
    PlatformWay way{from.value_or(0), to.value_or(0), {}, false, element.where};
    if (auto const* symmetrical = element.find("symmetrical")) way.one_way = symmetrical->value == "NO" || symmetrical->value == "no";
    for (auto const& child : element.children)
      if (auto const hop = hop_of(*child.find("id"), child.text_of("direction", "NONE"))) way.hops.push_back(*hop);
    check_twice(element, way.one_way);
    if (from && to && *from != *to) draft_.ways.push_back(std::move(way));      // from a host to itself meets no network
  }

  void check_zone(const XmlAttribute& name) {
    if (draft_.zones.contains(name.value) || draft_.points.contains(name.value)) return;
    std::vector<std::string> known;
    for (auto const& [zone, where] : draft_.zones) known.push_back(zone);
    draft_.problem(name.where, fmt::format("{}: there is no zone '{}'{}", name.name, name.value, nearest_hint(name.value, known)));
  }

  void check_twice(const XmlElement& element, bool one_way) {
    auto const pair = std::pair{element.text_of("src"), element.text_of("dst")};
    for (bool back : {false, true}) {
      if (back && (one_way || pair.first == pair.second)) continue;
      auto const [earlier, is_new] = ends_.emplace(back ? std::pair{pair.second, pair.first} : pair, element.where.line);
      if (!is_new) return draft_.problem(element.where, fmt::format("the way from '{}' to '{}' stands in line {} already; without symmetrical=\"NO\" a way is one back, too", earlier->first.first, earlier->first.second, earlier->second));
    }
  }

  void add_host_link(const XmlElement& element, int centre) {
    auto const host = draft_.node_of(*element.find("id"));
    auto const up = hop_of(*element.find("up"), "NONE"), down = hop_of(*element.find("down"), "NONE");
    if (!host || !up || !down) return;
    draft_.ways.push_back({*host, centre, {*up}, true, element.where});
    draft_.ways.push_back({centre, *host, {*down}, true, element.where});
  }

  PlatformDraft& draft_;
  std::map<std::pair<std::string, std::string>, int> ends_;      // of routes, and their lines
};

}  // namespace

void read_simgrid_routes(PlatformDraft& draft) { RouteReader(draft).read(); }

}  // namespace headroom
