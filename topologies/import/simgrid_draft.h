// What the parts of the reader of SimGrid platforms share: the names that were found, and what the site is going to be.
#pragma once

#include <map>
#include <set>
#include <unordered_map>

#include "topologies/import/imported_site.h"
#include "topologies/import/simgrid_units.h"
#include "topologies/import/xml_file.h"

namespace headroom {

enum class Sharing { shared, split_duplex, fat_pipe };

// A <link>, as routes use it.
struct PlatformLink {
  std::string name;
  DataRate rate;
  Duration latency;
  Sharing sharing = Sharing::shared;
  Location where;
};
struct PlatformHop {
  int link = 0;
  int direction = 0;                    // of SPLITDUPLEX: 1 up, -1 down
};
// The way that a <route> or <zoneRoute> gives between two nodes.
struct PlatformWay {
  int from = 0, to = 0;
  std::vector<PlatformHop> hops;
  bool one_way = false;
  Location where;
};
// A host or a router, by its name.
struct PlatformPoint {
  int node = -1;                        // -1: a host of a group that hangs on `router` as a whole
  int router = -1;
  bool is_host = false;
  Location where;
};

struct PlatformDraft {
  ImportedSite site;
  std::vector<PlatformLink> links;
  std::unordered_map<std::string, int> link_numbers;
  std::unordered_map<std::string, PlatformPoint> points;
  std::map<std::string, Location> zones;
  std::vector<const XmlElement*> routes;                    // <route> and <zoneRoute>, to be read when all else is
  std::vector<std::pair<const XmlElement*, int>> host_links;      // and the middle of their zones
  std::vector<PlatformWay> ways;
  std::vector<std::size_t> unlimited;                       // links of the site without a rate of their own
  std::int64_t hosts = 0, link_count = 0, routers = 0;      // as SimGrid counts them
  std::map<std::string, std::int64_t> remarks;              // what was assumed, changed or left out, and how often
  std::vector<Problem> problems;

  void problem(const Location& where, std::string what) { problems.push_back({where, std::move(what)}); }
  void remark(const std::string& sentence, std::int64_t times = 1) { remarks[sentence] += times; }

  DataRate rate(const XmlAttribute& attribute);
  Duration time(const XmlAttribute& attribute);
  DataRate rate(const XmlElement& element, const char* name) { return rate(*element.find(name)); }
  Duration time(const XmlElement& element, const char* name) { return time(*element.find(name)); }
  Sharing sharing(const XmlElement& element, const char* name, Sharing otherwise, bool may_split = true);
  std::vector<std::int64_t> radical(const XmlElement& element);

  int add_group(const std::string& wanted, const std::string& or_else);
  int add_place(const std::string& wanted, std::optional<DataRate> backplane = {}, std::optional<Duration> latency = {});
  int add_server_node(int group, std::int64_t server);
  void add_link(int from, int to, DataRate rate, Duration latency, bool shared = false, std::int64_t count = 1);
  void add_platform_link(PlatformLink link);
  void add_zone(const XmlElement& element);
  // False, with a problem, where a host or router of that name stands already.
  bool add_point(const std::string& name, const char* kind, PlatformPoint point);
  // The node of a host or router; one without a node of its own is that of the router on which it hangs.
  std::optional<int> node_of(const XmlAttribute& name);

 private:
  template <class T>
  T checked(const XmlAttribute& attribute, Parsed<T> parsed, T otherwise);
  std::string free_name(const std::string& wanted);
  std::set<std::string> names_{"servers"};      // of places
  std::set<std::string> group_names_;
};

// In place, with `power` from the element's properties, or assumed.
Json simgrid_server(PlatformDraft& draft, const XmlElement& element, const std::string& name, std::int64_t times);

void add_simgrid_cluster(PlatformDraft& draft, const XmlElement& element);
void add_simgrid_cabinet(PlatformDraft& draft, const XmlElement& element, int centre);

void add_simgrid_zone(PlatformDraft& draft, const XmlElement& element);
std::string left_out_in_time(const std::string& element);
void read_simgrid_routes(PlatformDraft& draft);

// The links and ways of the draft as nodes and links of the site.
void resolve_ways(PlatformDraft& draft);

}  // namespace headroom
