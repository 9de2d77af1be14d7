// What the networks of a site take: switches, optics, cables, fibre, adapters, ports used and spare. Counted on the graph,
// link by link, never by a formula.
//
// A fibre inside the site has a module at each end; a way out of the site has one, the far end's is its own. A copper or
// active optical cable has its ends. Cables are bought at stock lengths, the next that is long enough.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json_fields.h"
#include "topologies/network/network_graph.h"

namespace headroom {

// All its ports, those of uplinks too, one direction.
DataRate capacity_of(const SwitchSpec& spec);

// The next length that is on the shelf; above the longest, whole hundreds of metres.
Length stock_length(Length length);

struct SwitchesOfType {
  std::string type;
  int count = 0;
  DataRate capacity;                     // of one: all its ports, one direction
  std::int64_t ports_used = 0, ports_spare = 0;      // of all of them
};
struct OpticsOfType {
  std::string type;
  std::int64_t count = 0;
  DataRate rate;
};
struct CablesOfLength {
  Medium medium = Medium::none;
  std::string type;                      // of a cable with its ends; "" of fibres
  DataRate rate;                         // of the link
  Length stock;
  std::int64_t count = 0;
  Length laid;                           // as the way asks, summed
};
struct LinksOfRate {
  DataRate rate;
  std::int64_t count = 0;
};

struct FabricBill {
  std::string fabric;
  std::vector<SwitchesOfType> switches;  // by type
  std::vector<OpticsOfType> optics;      // by type
  std::vector<CablesOfLength> cables;    // by medium, type, rate and length; without ways out of the site
  std::string nic;                       // type of the adapters
  DataRate nic_rate;                     // of all ports of one
  std::int64_t nics = 0;
  std::vector<LinksOfRate> server_links, switch_links, wan_links;      // by rate
  std::int64_t without_cable = 0;        // links for which none was chosen: their length or a cable of their rate is not known

  Length fibre_laid() const;
  Length fibre_stock() const;
};

FabricBill fabric_bill(const NetworkGraph& graph, std::int32_t fabric);
// Of every fabric, or of the one called `only`.
std::vector<FabricBill> network_bill(const NetworkGraph& graph, const std::string& only = "");

nlohmann::ordered_json to_json(const std::vector<FabricBill>& bills);
std::string to_text(const std::vector<FabricBill>& bills);

}  // namespace headroom
