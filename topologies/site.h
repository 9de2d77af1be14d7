// A site as it is written: halls, racks, servers, and the power path either by a scheme or node by node.
// graph/power_graph.h turns it into a graph.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topologies/equipment/specs.h"

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
  Location where;
};

struct Hall {
  std::string name;
  int rows = 1;
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
  std::optional<UtilityFeed> utility;
  std::optional<Reference<TransformerSpec>> transformer;
  std::optional<SwitchboardSpec> switchboard;
  std::optional<Reference<UpsSpec>> ups;
  std::optional<Reference<PduSpec>> pdu;
  std::optional<Reference<ConverterSpec>> converter;
  std::optional<AuxiliaryPower> auxiliary;
  Location where;
};

struct WrittenCircuit {
  std::string from, to;
  std::optional<Voltage> voltage;
  int phases = 3;
  std::optional<Current> current;
  Location where;
};

enum class Scheme { n, two_n };
constexpr auto names(Scheme) { return std::array{std::pair{Scheme::n, "N"}, std::pair{Scheme::two_n, "2N"}}; }

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
  std::vector<UtilityFeed> utility;
  std::optional<TemplatePart<TransformerSpec>> transformer;
  std::optional<SwitchboardSpec> switchboard;
  std::optional<TemplatePart<UpsSpec>> ups;
  std::optional<PduTemplate> pdu;
  std::optional<CircuitRating> rack_circuit;
  bool oversubscribed = false;          // nameplates may exceed ratings: a result then, not an error
  std::vector<WrittenNode> nodes;       // instead of a scheme
  std::vector<WrittenCircuit> circuits;
  Location where;
};

// Cooling and the rest of the facility as a load that follows the IT load: P = fixed + proportional * P_IT.
struct CoolingOverhead {
  Power fixed;
  double proportional = 0;
  double power_factor = 1;
  std::vector<std::string> feeds;       // nodes; empty: the switchboards of the scheme (or what stands there)
  Location where;
};

struct Site {
  static constexpr const char* kind = "site";
  std::string name;
  GeographicLocation location;
  std::vector<Hall> halls;
  PowerPath power;
  CoolingOverhead cooling;
  Location where;
};

}  // namespace headroom
