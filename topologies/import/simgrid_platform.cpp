#include "topologies/import/simgrid_platform.h"

#include <fmt/format.h>

#include <algorithm>

#include "topologies/import/simgrid_draft.h"

namespace headroom {
namespace {

const std::vector<XmlRule>& rules() {
  static const std::vector<std::string> in_zone{"prop", "zone", "cluster", "cabinet", "peer", "host", "router", "link", "backbone", "host_link", "route", "zoneRoute", "bypassRoute", "bypassZoneRoute", "trace", "trace_connect"};
  static const std::vector<XmlRule> all{
      {"platform", {"version"}, {}, {"config", "zone", "cluster", "cabinet", "peer", "trace", "trace_connect", "actor", "process"}},
      {"zone", {"id", "routing"}, {}, in_zone},
      {"host", {"id", "speed"}, {"core", "pstate", "coordinates", "speed_file", "state_file", "availability_file"}, {"prop", "disk"}},
      {"disk", {"read_bw", "write_bw"}, {"id"}, {"prop"}},
      {"prop", {"id", "value"}, {}, {}},
      {"router", {"id"}, {"coordinates"}, {}},
      {"peer", {"id", "speed", "bw_in", "bw_out"}, {"lat", "coordinates", "speed_file", "state_file", "availability_file"}, {}},
      {"cluster",
       {"id", "prefix", "suffix", "radical", "speed", "bw", "lat"},
       {"core", "sharing_policy", "topology", "topo_parameters", "bb_bw", "bb_lat", "bb_sharing_policy", "router_id", "limiter_link", "loopback_bw", "loopback_lat"},
       {"prop"}},
      {"cabinet", {"id", "prefix", "suffix", "radical", "speed", "bw", "lat"}, {}, {}},
      {"link", {"id", "bandwidth"}, {"latency", "sharing_policy", "bandwidth_file", "latency_file", "state_file"}, {"prop"}},
      {"backbone", {"id", "bandwidth", "latency"}, {}, {}},
      {"host_link", {"id", "up", "down"}, {}, {}},
      {"route", {"src", "dst"}, {"symmetrical"}, {"link_ctn"}},
      {"zoneRoute", {"src", "dst", "gw_src", "gw_dst"}, {"symmetrical"}, {"link_ctn"}},
      {"link_ctn", {"id"}, {"direction"}, {}}};
  return all;
}

// The DTD that a file follows is told by the version of its root, and by the names that version 4.1 gave to zones.
void check_version(const XmlElement& root) {
  constexpr const char* update = "version 4.1 would do, to which `simgrid_update_xml FILE` of SimGrid brings it";
  if (root.name != "platform") throw InputError(root.where, fmt::format("found <{}>; a SimGrid platform, which begins with <platform version=\"4.1\">, would do", root.name));
  auto const* version = root.find("version");
  if (version == nullptr) throw InputError(root.where, fmt::format("<platform> says no version, as those before 1 did; {}", update));
  auto const number = parse_number(version->value);
  auto const* value = std::get_if<double>(&number);
  if (value == nullptr || *value > 4.1) throw InputError(version->where, fmt::format("platform version '{}' is not known; 4.1 would do", version->value));
  if (*value < 4.1) throw InputError(version->where, fmt::format("this platform follows the old DTD of version {}; {}", version->value, update));
  for (auto const& child : root.children)
    if (child.name == "AS") throw InputError(child.where, fmt::format("<AS> is of the old DTD of version 4, though the file says {}; {}", version->value, update));
}

class Reader {
 public:
  explicit Reader(const std::filesystem::path& file) : root_(read_xml(file)) { draft_.site.source = fmt::format("the SimGrid platform {}", file.filename().string()); }

  ImportedSite read() {
    check_version(root_);
    if (auto problems = problems_of(root_, rules()); !problems.empty()) throw InputError(std::move(problems));
    for (auto const& element : root_.children) top(element);
    read_simgrid_routes(draft_);
    if (draft_.hosts == 0) draft_.problem(root_.where, "the platform has no hosts; a site needs one server at least");
    stop_at_problems();
    resolve_ways(draft_);
    finish();
    return std::move(draft_.site);
  }

 private:
  void stop_at_problems() {
    if (!draft_.problems.empty()) throw InputError(std::move(draft_.problems));
  }

  void top(const XmlElement& element) {
    if (element.name == "zone") add_simgrid_zone(draft_, element);
    else if (element.name == "cluster") add_simgrid_cluster(draft_, element);
    else if (element.name == "config") draft_.remark("<config>, which is about SimGrid's own models: left out");
    else if (element.name == "actor" || element.name == "process") draft_.problem(element.where, fmt::format("<{}> belongs to a deployment; a file of the platform alone would do", element.name));
    else if (element.name == "trace" || element.name == "trace_connect") draft_.remark(left_out_in_time(element.name));
    else draft_.problem(element.where, fmt::format("<{}> stands outside of a zone; in a <zone> it would do", element.name));
  }

  void finish() {
    ImportedSite& site = draft_.site;
    DataRate widest = DataRate::from_si(1);
    for (auto const& link : site.links) widest = std::max(widest, link.rate);
    for (std::size_t link : draft_.unlimited) site.links[link].rate = static_cast<double>(draft_.hosts) * widest;
    site.counts = {{"hosts", draft_.hosts}, {"links", draft_.link_count + 1}, {"routers", draft_.routers}};      // SimGrid has one link "__loopback__" of its own
    if (auto const removed = remove_unreached(site); removed > 0) draft_.remark("router or link that leads to no host: left out", static_cast<std::int64_t>(removed));
    if (site.links.empty()) draft_.remark("platform without routes: a site without a network");
    else if (auto const lost = not_reached(site)) throw InputError(root_.where, fmt::format("host '{}' has no way to the first host of its zone; a route between them, or a zone of its own, would do", name_of(*lost)));
    if (int const parts = network_parts(site); parts > 1) draft_.remark("part of the network that the others do not reach: a fabric of its own", parts - 1);
    for (auto const& [sentence, times] : draft_.remarks) site.notes.push_back(fmt::format("{} x {}", times, sentence));
  }

  // A host's name in the file.
  std::string name_of(int node) const {
    ImportedNode const& server = draft_.site.nodes[static_cast<std::size_t>(node)];
    std::int64_t number = std::max<std::int64_t>(server.server, 0);
    for (auto const& run : draft_.site.groups[static_cast<std::size_t>(server.group)].servers)
      if (number -= run.count; number < 0) return run.type["name"];
    return "";
  }

  XmlElement root_;
  PlatformDraft draft_;
};

}  // namespace

ImportedSite read_simgrid_platform(const std::filesystem::path& file) { return Reader(file).read(); }

}  // namespace headroom
