// A site as it is written: halls, racks, servers, and the power path either by a scheme or node by node.
// graph/power_graph.h turns it into a graph.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topologies/cooling_spec.h"
#include "topologies/equipment/specs.h"
#include "topologies/grid_connection_spec.h"
#include "topologies/network/network_spec.h"
#include "topologies/onsite_spec.h"

namespace headroom {

struct GeographicLocation {
  double latitude = 0, longitude = 0;
  std::string timezone = "UTC";
};

// A connection with its protection: what it carries at most.
struct CircuitRating {
  Voltage voltage;
  int phases = 3;
  std::optional<Current> current;       // breaker rating; without it only the ends limit
  std::optional<Reference<BreakerSpec>> breaker;   // how it trips; power.breaker by default
  Location where;
};

// Batteries behind one converter or UPS.
struct BatteryFit {
  Reference<BatterySpec> type;
  int count = 1;
  Location where;
};

enum class LoadPart { it, facility };   // which side of the PUE boundary a load stands on
constexpr auto names(LoadPart) { return std::array{std::pair{LoadPart::it, "it"}, std::pair{LoadPart::facility, "facility"}}; }

struct ServerGroup {
  Reference<ServerSpec> type;
  int count = 1;
  std::optional<int> supplies;          // where it is fitted with more or fewer than its data sheet says
};

// A constant load: a switch of the catalogue, or so many watts.
struct AuxiliaryLoad {
  std::string name;
  int count = 1;
  std::optional<Reference<SwitchSpec>> type;
  Power power;                          // of one, without `type`
  double power_factor = 1;
  LoadPart part = LoadPart::it;
  Location where;
};

// A chassis or power shelf: servers behind converters of their own.
struct Enclosure {
  std::string name;
  int count = 1;
  Reference<ConverterSpec> converter;
  int converters = 1;                   // side by side in one enclosure
  std::optional<BatteryFit> battery;    // its BBU
  std::vector<ServerGroup> servers;
  std::vector<AuxiliaryLoad> auxiliary;
};

struct RackGroup {
  std::string name;
  int first = 1;                        // number of the first rack
  int count = 1;
  std::vector<ServerGroup> servers;
  std::vector<Enclosure> enclosures;
  std::vector<AuxiliaryLoad> auxiliary;
  std::vector<std::string> feeds;       // sides of the scheme, or names of nodes; empty: every side
  std::optional<CircuitRating> circuit; // of each feed
  std::optional<Reference<PduSpec>> rack_pdu;
  std::optional<Power> rated_power;     // of the whole rack
  std::optional<Power> budget;          // what planners reckon with for the whole rack
  std::optional<double> height;         // rack units
  Mass weight;                          // of the empty rack
  Location where;
};

struct Hall {
  std::string name;
  int rows = 1;
  std::optional<int> positions;         // places for racks, taken ones counted
  std::optional<Mass> weight_limit;     // of all racks together
  std::optional<Power> cooling_capacity;     // heat that can be removed from it
  std::vector<RackGroup> racks;
  Location where;
};

struct UtilityFeed {
  std::string name;
  Voltage voltage;
  std::optional<Power> limit;           // of the connection
  Location where;
};

struct SwitchboardSpec {
  std::optional<Current> current;       // rating of its bus
  Voltage voltage = 400.0 * volt;
  Duration tie_delay = whole_seconds(1);              // from the loss of its own supply until its tie closes
  Duration retransfer_delay = whole_seconds(300);     // its own supply must have been good for so long
};

struct AuxiliaryPower {
  Power power;
  double power_factor = 1;
  LoadPart part = LoadPart::facility;
};

// One node written out: exactly one of what it can be.
struct WrittenNode {
  std::string name;
  int count = 1;                        // devices side by side
  int redundant = 0;                    // how many of them are spare: ratings count the others
  std::optional<UtilityFeed> utility;
  std::optional<Reference<GeneratorSpec>> generator;
  std::optional<SwitchboardSpec> switchgear;          // a switchboard at medium voltage
  std::optional<Reference<TransformerSpec>> transformer;
  std::optional<Reference<TransferSwitchSpec>> transfer_switch;    // its circuits, in their order: preferred source first
  std::optional<SwitchboardSpec> switchboard;
  std::optional<Reference<UpsSpec>> ups;
  std::optional<Reference<PduSpec>> busway, panel, pdu;
  std::optional<Reference<ConverterSpec>> converter;
  std::optional<AuxiliaryPower> auxiliary;
  std::optional<BatteryFit> battery;    // of a ups or a converter
  Location where;
};

struct WrittenCircuit {
  std::string from, to;
  std::optional<Voltage> voltage;
  int phases = 3;
  std::optional<Current> current;
  std::optional<Reference<BreakerSpec>> breaker;
  bool tie = false;                     // between two switchboards, each with a supply of its own; open until one loses it
  bool closed = false;                  // of a tie, from the start: only where one of its ends has no supply of its own
  Location where;
};

// N: one side. N+1: one side with a spare UPS module and generator. 2N, 2(N+1): two such sides. 3N/2, 4N/3: three or four
// sides, racks spread evenly over their pairs. Block redundant: `blocks` sides and a catcher that any of them falls back on.
enum class Scheme { n, n_plus_1, two_n, two_n_plus_1, three_n_2, four_n_3, block_redundant };
constexpr auto names(Scheme) {
  return std::array{std::pair{Scheme::n, "N"}, std::pair{Scheme::n_plus_1, "N+1"}, std::pair{Scheme::two_n, "2N"}, std::pair{Scheme::two_n_plus_1, "2(N+1)"},
                    std::pair{Scheme::three_n_2, "3N/2"}, std::pair{Scheme::four_n_3, "4N/3"}, std::pair{Scheme::block_redundant, "block-redundant"}};
}

// Whose rule a circuit's continuous load follows: NEC lets it have 80 % of its breaker unless that is rated for all of it.
constexpr double nec_continuous_load = 0.8;      // 210.20(A), 215.3: a breaker has 125 % of what it carries for three hours or more
enum class ElectricalCode { iec, nec };
constexpr auto names(ElectricalCode) { return std::array{std::pair{ElectricalCode::iec, "IEC"}, std::pair{ElectricalCode::nec, "NEC"}}; }

// What fails together: a room, a substation.
struct CommonCauseSpec {
  std::string name;
  std::vector<std::string> elements;
  Location where;
};

template <class Spec>
struct TemplatePart {
  Reference<Spec> type;
  int count = 1;                        // side by side, on each side
};
struct PduTemplate {
  Reference<PduSpec> type;
  int racks = 1;                        // one PDU for so many racks, on each side
};

struct PowerPath {
  std::optional<Scheme> scheme;
  int blocks = 3;                       // of block-redundant, without the catcher
  std::vector<UtilityFeed> utility;
  std::optional<SwitchboardSpec> switchgear;
  std::optional<TemplatePart<TransformerSpec>> transformer;
  std::optional<TemplatePart<GeneratorSpec>> generator;
  std::optional<Reference<TransferSwitchSpec>> transfer_switch;    // between transformer and generator
  std::optional<SwitchboardSpec> switchboard;
  bool tie = false;                     // 2N: between the two switchboards
  std::optional<TemplatePart<UpsSpec>> ups;
  std::optional<BatteryFit> battery;    // of the UPS of each side
  std::optional<Reference<TransferSwitchSpec>> static_switch;      // block-redundant: above each PDU
  std::optional<PduTemplate> pdu;
  std::optional<CircuitRating> rack_circuit;
  std::optional<Reference<BreakerSpec>> breaker;       // of every circuit that names none
  std::vector<CommonCauseSpec> common_causes;
  bool oversubscribed = false;          // nameplates may exceed ratings: a result then, not an error
  ElectricalCode code = ElectricalCode::iec;
  std::optional<Temperature> ambient;   // of the air around the equipment, for derating; absent: ratings hold as they are
  std::vector<WrittenNode> nodes;       // instead of a scheme
  std::vector<WrittenCircuit> circuits;
  Location where;
};

struct Site {
  static constexpr const char* kind = "site";
  std::string name;
  GeographicLocation location;
  std::vector<Hall> halls;
  std::vector<FabricSpec> network;
  PowerPath power;
  CoolingSpec cooling;
  OnsiteSpec onsite;
  std::optional<GridConnectionSpec> grid;      // what lies between the site and a grid that is strong enough
  Location where;
};

}  // namespace headroom
