// What an import has read: servers in groups of racks, places and the links between them. All imports of networks meet here, and
// one function makes the site file of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json_fields.h"

namespace headroom {

// Equal servers of a group, one after the other.
struct ImportedServers {
  Json type;                            // a name of the catalogue, or the figures in place
  std::int64_t count = 1;
};
// Racks of servers: filled in order, the last one as far as they go.
struct ImportedGroup {
  std::string hall = "h1", name;
  std::vector<ImportedServers> servers;
  std::int64_t in_a_rack = 40;
  std::int64_t size() const;
};

// An end of links: a place that draws nothing, one server of a group, or each of a group's servers.
struct ImportedNode {
  std::string name;                     // of a place
  int group = -1;                       // of servers
  std::int64_t server = -1;             // which; -1: each
  std::optional<DataRate> backplane;    // of a place: all that it passes on shares this
  std::optional<Duration> latency;      // of passing through a place
  std::optional<double> latitude, longitude;
  bool is_place() const { return group < 0; }
};
struct ImportedLink {
  int from = 0, to = 0;                 // nodes
  DataRate rate;
  Duration latency;
  bool shared = false;                  // one capacity for both directions
  std::int64_t count = 1;               // side by side
  std::optional<Length> length;
};
// A way that is not the shortest: from one server to another through these places.
struct ImportedRoute {
  int from = 0, to = 0;
  std::vector<int> via;
};

struct ImportedSite {
  std::string source;                   // what it was made from: "the SimGrid platform cluster512.xml"
  std::vector<ImportedGroup> groups;
  std::vector<ImportedNode> nodes;
  std::vector<ImportedLink> links;      // none: a site without a network
  std::vector<ImportedRoute> routes;
  Json counts = Json::object();         // as the file's own world counts: "hosts", "links", "routers"; "nodes", "edges"
  std::vector<std::string> notes;       // what was assumed, changed or left out; a sentence each, without its full stop
};

struct ImportedTotals {
  std::int64_t servers = 0, switches = 0, links = 0;
};
ImportedTotals totals_of(const ImportedSite& site);

// A site file's content: halls, racks, one feed without ratings, and a network written out.
Json site_of(const std::string& name, const ImportedSite& site);

// Places that no server reaches are taken out, with their links. Returns how many.
std::size_t remove_unreached(ImportedSite& site);
// A server, by its node, that another one of its group does not reach.
std::optional<int> not_reached(const ImportedSite& site);
// How many parts of the network do not reach each other; a site has a fabric for each.
int network_parts(const ImportedSite& site);

}  // namespace headroom
