// The networks of a site as they are written: one fabric or several, each by a few figures or written out, what cables
// they take, and where they leave the site. network_graph.h turns them into a graph.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topologies/equipment/specs.h"

namespace headroom {

// star: one switch for all. leaf-spine: two tiers. clos: three. fat-tree: of k-port switches (Al-Fares 2008). dragonfly: groups
// of routers (Kim 2008). torus: a grid of switches with wrap-around. rail-optimised: port i of every server hangs on the
// leaves of rail i. jellyfish: a random regular graph of switches (Singla 2012). scale-up: servers in small domains, each around
// switches of its own (NVLink-class). written: nodes and links one by one.
enum class FabricKind { star, leaf_spine, clos, fat_tree, dragonfly, torus, rail_optimised, jellyfish, scale_up, written };
constexpr auto names(FabricKind) {
  return std::array{std::pair{FabricKind::star, "star"},           std::pair{FabricKind::leaf_spine, "leaf-spine"},
                    std::pair{FabricKind::clos, "clos"},           std::pair{FabricKind::fat_tree, "fat-tree"},
                    std::pair{FabricKind::dragonfly, "dragonfly"}, std::pair{FabricKind::torus, "torus"},
                    std::pair{FabricKind::rail_optimised, "rail-optimised"}, std::pair{FabricKind::jellyfish, "jellyfish"},
                    std::pair{FabricKind::scale_up, "scale-up"},   std::pair{FabricKind::written, "written"}};
}

// Kim 2008: a routers in a group, each with p servers and h links to other groups; g groups.
struct DragonflySpec {
  int routers = 0, servers = 0, global_links = 0;
  std::optional<int> groups;            // a h + 1 by default
};

struct JellyfishSpec {
  int switches = 0;
  int degree = 0;                       // ports of each switch that go to other switches
  std::int64_t seed = 1;
};

// A node of a fabric that is written out: a switch (of the catalogue, or only its ports), or a place that switches nothing
// and draws nothing of the site's power: a router elsewhere.
struct WrittenSwitch {
  std::string name;
  std::optional<Reference<SwitchSpec>> type;
  std::string rack;                     // in which it stands, "h1/net-1"; none for one elsewhere
  std::optional<double> latitude, longitude;
  std::optional<DataRate> backplane;    // all that it passes on shares this
  std::optional<Duration> backplane_latency;
  Location where;
};
// Between two of its switches, or a switch and servers: "h1/gpu-3/2", a rack "h1/gpu-3" (each of its servers), or "servers" (all).
struct WrittenLink {
  std::string from, to;
  int count = 1;                        // side by side
  std::optional<DataRate> rate;         // of one, in each direction
  std::optional<Duration> latency;
  std::optional<Length> length;
  bool shared = false;                  // one capacity for both directions
  Location where;
};

// A way that traffic takes where it is not the shortest one: from one server to another through these switches, in their order.
// While one of them or a link between them is dead, the shortest way holds.
struct WrittenRoute {
  std::string from, to;
  std::vector<std::string> via;
  Location where;
};

// A way out of the site: to another site, to the Internet.
struct WanLink {
  std::string name;                     // of the other end
  DataRate rate;
  int count = 1;                        // links side by side, on as many border switches in turn
  Duration latency = {10'000'000};
  std::optional<Length> distance;
  std::vector<std::string> at;          // switches of the fabric; those of its highest tier by default
  Location where;
};

// Which medium a link of some length takes: copper up to its reach, then active optical cables, then fibre with a module at
// each end, multimode and single-mode by reach. Of equal rate; the catalogue's by default.
struct CablingSpec {
  std::vector<Reference<CableSpec>> cables;
  std::vector<Reference<OpticSpec>> optics;
  double slack = 0.1;                   // more than the way along rows and racks
  Length rack_width = 0.6 * metre, row_pitch = 3.0 * metre, hall_distance = 50.0 * metre;
  Length riser = 2.0 * metre;           // from a rack up to the tray, and down again
  Length inside_rack = 2.0 * metre;
  Location where;
};

struct FabricSpec {
  std::string name = "network";
  FabricKind fabric = FabricKind::star;
  std::vector<std::string> racks;       // groups of racks whose servers hang on it; every server by default
  int ports = 1;                        // of each server on this fabric
  std::optional<DataRate> rate;         // of one such port; that of the leaf's ports by default
  std::optional<Reference<NicSpec>> nic;             // where the servers' data sheets do not count it

  std::optional<Reference<SwitchSpec>> leaf, spine, core;     // spine and core: the leaf's type by default
  double oversubscription = 1;          // servers' rate over uplinks' rate at each leaf
  double spine_oversubscription = 1;    // clos: the same at each spine
  bool leaf_in_rack = false;            // leaf-spine, clos: each rack has leaves of its own, however many ports stay free
  std::optional<int> spines, cores;     // how many; what the rates ask for by default

  std::optional<int> k;                 // fat-tree: ports of each switch
  std::optional<DragonflySpec> dragonfly;
  std::vector<int> dimensions;          // torus: switches in each
  std::optional<JellyfishSpec> jellyfish;
  std::optional<int> domain;            // scale-up: servers in each
  std::vector<WrittenSwitch> switches;  // written
  std::vector<WrittenLink> links;
  std::vector<WrittenRoute> routes;

  Duration latency = {500};             // of each link
  Duration switch_latency = {300};      // of each switch
  std::string switch_racks;             // group of racks in which spines, cores and routers stand; spread over all by default
  bool essential = true;                // a server that loses it is lost to jobs
  std::optional<Duration> sleep_after;  // a link without traffic for so long sleeps: its ports and modules draw nothing
  Duration wake_time = {1'000'000};     // until it carries traffic again
  CablingSpec cabling;
  std::vector<WanLink> wan;
  Location where;
};

}  // namespace headroom
