// The power path as a graph: every device, rack strip, server and load, and what feeds it.
//
// Built from a Site, whether its power path is a scheme or written out; both give the same graph. Nodes are numbered
// so that whatever feeds a node has a smaller number. Cycles, racks without a feed, names used twice and the like are
// found here, each named with its place. Boost.Graph stays inside the .cpp.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "topologies/network/network_graph.h"
#include "topologies/site.h"

namespace headroom {

enum class NodeKind { utility, generator, switchgear, transformer, transfer_switch, switchboard, ups, busway, panel, pdu, converter, rack, enclosure, server, auxiliary, network_switch,
                      air_handler, chiller, cooling_tower, dry_cooler, pump, cdu, photovoltaic, storage };
constexpr auto names(NodeKind) {
  return std::array{std::pair{NodeKind::utility, "utility"},   std::pair{NodeKind::generator, "generator"},
                    std::pair{NodeKind::switchgear, "switchgear"}, std::pair{NodeKind::transformer, "transformer"},
                    std::pair{NodeKind::transfer_switch, "transfer-switch"}, std::pair{NodeKind::switchboard, "switchboard"},
                    std::pair{NodeKind::ups, "ups"},           std::pair{NodeKind::busway, "busway"},
                    std::pair{NodeKind::panel, "panel"},
                    std::pair{NodeKind::pdu, "pdu"},           std::pair{NodeKind::converter, "converter"},
                    std::pair{NodeKind::rack, "rack"},         std::pair{NodeKind::enclosure, "enclosure"},
                    std::pair{NodeKind::server, "server"},     std::pair{NodeKind::auxiliary, "auxiliary"},
                    std::pair{NodeKind::network_switch, "network-switch"}, std::pair{NodeKind::air_handler, "air-handler"},
                    std::pair{NodeKind::chiller, "chiller"},   std::pair{NodeKind::cooling_tower, "cooling-tower"},
                    std::pair{NodeKind::dry_cooler, "dry-cooler"}, std::pair{NodeKind::pump, "pump"},
                    std::pair{NodeKind::cdu, "cdu"},
                    std::pair{NodeKind::photovoltaic, "photovoltaic"}, std::pair{NodeKind::storage, "storage"}};
}
std::string to_text(NodeKind kind);
constexpr bool is_of_cooling_plant(NodeKind kind) { return kind >= NodeKind::air_handler && kind <= NodeKind::cdu; }
// Draws what it draws, whoever computes: its power is its own figure. Switches draw more with traffic, what cools with heat.
constexpr bool is_load_of_its_own(NodeKind kind) { return kind >= NodeKind::auxiliary && kind <= NodeKind::cdu; }
// Gives as well as takes: what it draws may be negative.
constexpr bool may_give(NodeKind kind) { return kind == NodeKind::photovoltaic || kind == NodeKind::storage; }

struct NoDevice {};
using Device = std::variant<NoDevice, TransformerSpec, UpsSpec, PduSpec, ConverterSpec, BatterySpec, GeneratorSpec, TransferSwitchSpec>;

// What a node may carry; absent where nothing limits. kW, kVA and A are limits of the output, except a circuit's.
struct Rating {
  std::optional<Power> power;
  std::optional<ApparentPower> apparent;
  std::optional<Current> current;          // at `voltage` and `phases`
  Voltage voltage = 400.0 * volt;
  int phases = 3;
  std::optional<Current> circuit;          // of each connection to what feeds it
  double usable = 1, circuit_usable = 1;   // shares that planners may use for hours: derating, and of circuits the code's rule
};

// From a node to one of the nodes that feed it.
struct Connection {
  std::optional<Current> rated;            // of its breaker, at the voltage and phases of the node's rating
  int breaker = -1;                        // index into PowerGraph::breakers; only where it is rated
  double usable = 1;                       // share of it that it may carry for hours
  bool tie = false;
};

// Of a node that takes one of its parents at a time: the first that lives, in their order.
struct TransferTimes {
  Duration detection, transfer, retransfer_delay;
};

struct PowerNode {
  std::string name;                        // unique: "ups-a", "h1/gpu-3:a", "h1/gpu-3/2"
  NodeKind kind = NodeKind::switchboard;
  std::vector<NodeId> parents;             // what feeds it; its input is split evenly over the live ones
  std::vector<Connection> connections;     // one for each parent
  std::optional<TransferTimes> transfer;   // only then are the parents taken one at a time
  int device = -1;                         // index into PowerGraph::devices, -1: without losses
  int count = 1;                           // devices side by side
  int redundant = 0;                       // how many of them are spare
  int battery = -1, batteries = 0;         // index into PowerGraph::devices; how many of them
  int line = -1;                           // of a connection on one phase: L1, L2 or L3 (0..2) or, between lines, the pair that begins there
  Rating rating;
  std::string type;                        // catalogue name of the device, "" if none
  int server = -1;                         // index into PowerGraph::servers, of a server node
  Power power;                             // of a load of its own (a switch: without traffic), and the two below
  double power_factor = 1;
  LoadPart part = LoadPart::facility;
  bool follows_it = false;                 // the cooling overhead: its power is set by the IT load
  int hall = -1;
};

struct ServerPlace {
  std::string name;
  int type = -1;                           // index into PowerGraph::server_types
  NodeId node;
  int hall = -1, rack = -1;                // rack: index into PowerGraph::racks
  int supplies = 1;                        // power supplies, spread evenly over its cords
};

struct RackPlace {
  std::string name;                        // "h1/gpu-3"
  int hall = -1;
  std::vector<NodeId> strips;              // one for each feed
  std::optional<Power> rated_power, budget;
  Mass weight;                             // with its servers; zero: something of it is not known
};

// What a hall lets in beside power; absent where nothing is known.
struct HallPlace {
  std::optional<int> positions;            // for racks
  std::optional<Mass> weight_limit;
  std::optional<Power> cooling_capacity;
};

// What fails together. Every hall and every rack is one beside those that the site names.
struct CommonCause {
  std::string name;
  std::vector<NodeId> nodes;
};

// What generates and stores behind the meter, with its node.
template <class Spec>
struct OnsitePlace {
  Spec spec;
  NodeId node;
};
struct OnsiteGraph {
  std::vector<OnsitePlace<PhotovoltaicSpec>> photovoltaics;
  std::vector<OnsitePlace<StorageSpec>> storage;
  bool exports = false;
};

// What of the cooling plant an element is. Its NodeKind says the same, the two kinds of pump aside.
enum class CoolingRole { air_handler, chiller, chilled_pump, condenser_pump, tower, dry_cooler, cdu };

// The units of one group that hang on one feed. A group is a kind of machine in a hall, or of the whole plant.
struct CoolingElement {
  NodeId node;
  CoolingRole role = CoolingRole::chiller;
  int hall = -1;                           // -1: of the whole plant
  int count = 1;                           // units on this feed
  int redundant = 0;                       // of the group: spare units over all its feeds
  int handlers = -1;                       // of an air handler: index into PlantSpec::air_handlers
};

struct CoolingPlantGraph {
  std::optional<PlantSpec> spec;           // absent: the site has no plant of this level
  std::vector<CoolingElement> elements;    // group by group, a group's feeds in their order
};

struct PowerGraph {
  std::vector<PowerNode> nodes;
  std::vector<Device> devices;
  std::vector<BreakerSpec> breakers;
  std::vector<ServerSpec> server_types;
  std::vector<ServerPlace> servers;
  std::vector<RackPlace> racks;
  std::vector<std::string> halls;
  std::vector<HallPlace> hall_places;      // of each hall
  std::vector<NodeId> utilities, generators;
  std::vector<CommonCause> common_causes;
  CoolingSpec cooling;                     // of the nodes that follow the IT load; of level curve, `proportional` is its highest
  CoolingPlantGraph cooling_plant;
  OnsiteGraph onsite;
  NetworkGraph network;                    // whose switches are nodes of this graph
  bool oversubscribed = false;
  ElectricalCode code = ElectricalCode::iec;
  std::optional<Temperature> ambient;

  std::optional<NodeId> find(const std::string& name) const;
};

// Throws InputError with everything that is wrong.
PowerGraph build_power_graph(const Site& site);

// The same site with its scheme written out as nodes and circuits, and its racks grouped by what feeds them.
Site written_out(const Site& site);

}  // namespace headroom
