// What the graph of each network says without a run: switches, links and ports by tier, oversubscription as built, bisection,
// diversity of ways, distances, single points of failure, cables.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json_fields.h"
#include "topologies/graph/network_cuts.h"

namespace headroom {

struct FabricTier {
  int tier = 0;                          // 0 next to servers
  int switches = 0;
  std::map<std::string, int> types;      // by name; "" without a type
  std::int64_t ports_used = 0;           // those of ways out of the site too
  std::int64_t ports_spare = 0;          // of switches with a type
  DataRate down, up, beside;             // of links to servers and lower tiers, to higher tiers, to the same tier; summed over switches
  // Down over up and beside, of the whole tier and of its worst switch; 0 where nothing leads on.
  double oversubscription = 0, oversubscription_worst = 0;
};

struct FabricLinks {
  int tier = 0;                          // 0 at servers
  bool wan = false;
  int links = 0;
  DataRate rate;                         // of all, one direction
};

struct CableUse {
  Medium medium = Medium::none;
  int links = 0;
  Length total, longest;
};

// Switches or links of one tier whose loss costs as many servers each.
struct SinglePointClass {
  bool link = false;
  int tier = 0;
  std::int32_t servers = 0;
  std::vector<std::string> names;
};

struct FabricAnswer {
  std::string name;
  FabricKind kind = FabricKind::star;
  int servers = 0, ports = 1;
  DataRate rate;                         // of a server's port
  std::vector<FabricTier> tiers;
  std::vector<FabricLinks> links;
  Bisection bisection;
  double bisection_share = 0;            // of what the ports of the smaller half carry
  PathDiversity diversity;
  Distances distances;
  std::vector<SinglePointClass> single_points;
  std::int32_t single_homed = 0;         // servers with one link
  std::vector<CableUse> cables;          // of links of known length, by medium
  int links_without_length = 0;          // WAN links aside
};

struct NetworkAnswer {
  std::vector<FabricAnswer> fabrics;
};

FabricAnswer fabric_answer(const NetworkGraph& graph, std::int32_t fabric);
// Of every fabric, or of the one called `only`.
NetworkAnswer network_answer(const NetworkGraph& graph, const std::string& only = "");

nlohmann::ordered_json to_json(const NetworkAnswer& answer);
std::string to_text(const NetworkAnswer& answer);

}  // namespace headroom
