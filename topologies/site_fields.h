// The keys of site files.
#pragma once

#include "topologies/cooling_spec_fields.h"
#include "topologies/equipment/specs_fields.h"
#include "topologies/grid_connection_fields.h"
#include "topologies/network/network_spec_fields.h"
#include "topologies/onsite_fields.h"
#include "topologies/site.h"

namespace headroom {

void fields(auto& v, GeographicLocation& s) {
  v("latitude", s.latitude, required.between(-90, 90), "degrees north");
  v("longitude", s.longitude, required.between(-180, 180), "degrees east");
  v("timezone", s.timezone, optional.filled(), "name of the time zone, such as America/Chicago");
}
void fields(auto& v, CircuitRating& s) {
  v("voltage", s.voltage, required.positive(), "between lines (three phases) or of the one phase");
  v("phases", s.phases, optional.between(1, 3), "1 or 3");
  v("current", s.current, optional.positive(), "rating of its breaker");
  v("breaker", s.breaker, optional, "how it trips; power.breaker by default");
}
void fields(auto& v, BatteryFit& s) {
  v("type", s.type, required, "which battery");
  v("count", s.count, optional.at_least(1), "how many of them together");
}
void fields(auto& v, ServerGroup& s) {
  v("type", s.type, required, "a server of the catalogue, a path, or its figures in place");
  v("count", s.count, optional.at_least(1), "how many in each rack or enclosure");
  v("supplies", s.supplies, optional.at_least(1), "power supplies of each, where fitted otherwise than its data sheet says");
}
void fields(auto& v, AuxiliaryLoad& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("count", s.count, optional.at_least(1), "how many of them");
  v("type", s.type, optional, "a switch of the catalogue; instead of power");
  v("power", s.power, optional.non_negative(), "constant power of one, at the cord");
  v("power_factor", s.power_factor, optional.efficiency(), "at the cord");
  v("part", s.part, optional, "which side of the PUE boundary: it or facility");
}
void fields(auto& v, Enclosure& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("count", s.count, optional.at_least(1), "how many in each rack");
  v("converter", s.converter, required, "what feeds everything in it");
  v("converters", s.converters, optional.at_least(1), "how many converters side by side in one enclosure");
  v("battery", s.battery, optional, "behind its converters");
  v("servers", s.servers, optional, "servers in one enclosure");
  v("auxiliary", s.auxiliary, optional, "other loads in one enclosure");
}
void fields(auto& v, RackGroup& s) {
  v("name", s.name, required.filled(), "of the group; its racks are NAME-1, NAME-2, ...");
  v("first", s.first, optional.at_least(1), "number of the group's first rack");
  v("count", s.count, optional.at_least(1), "how many racks");
  v("servers", s.servers, optional, "servers in one rack");
  v("enclosures", s.enclosures, optional, "chassis or power shelves in one rack");
  v("auxiliary", s.auxiliary, optional, "other loads in one rack, such as its switches");
  v("feeds", s.feeds, optional, "sides of the scheme (a, b) or names of nodes; what the scheme gives it by default");
  v("circuit", s.circuit, optional, "of each feed; power.rack_circuit by default");
  v("rack_pdu", s.rack_pdu, optional, "the strip in the rack, one on each feed; without losses by default");
  v("rated_power", s.rated_power, optional.positive(), "of the whole rack; each of its feeds must be able to carry that alone");
  v("budget", s.budget, optional.positive(), "what planners reckon with for the whole rack, at its feeds");
  v("height", s.height, optional.positive(), "rack units for servers; what stands in it must fit");
  v("weight", s.weight, optional.non_negative(), "of the empty rack; 0 kg: not known");
}
void fields(auto& v, Hall& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("rows", s.rows, optional.at_least(1), "rows of racks");
  v("positions", s.positions, optional.at_least(1), "places for racks, those that are taken counted");
  v("weight_limit", s.weight_limit, optional.positive(), "of all racks of the hall together");
  v("cooling_capacity", s.cooling_capacity, optional.positive(), "heat that can be removed from the hall; a plant has its own");
  v("racks", s.racks, required.filled(), "groups of equal racks");
}
void fields(auto& v, UtilityFeed& s) {
  v("name", s.name, optional, "what it is called");
  v("voltage", s.voltage, required.positive(), "between lines");
  v("limit", s.limit, optional.positive(), "of the connection");
}
void fields(auto& v, SwitchboardSpec& s) {
  v("current", s.current, optional.positive(), "rating of its bus");
  v("voltage", s.voltage, optional.positive(), "between lines");
  v("tie_delay", s.tie_delay, optional.non_negative(), "from the loss of its own supply until its tie closes");
  v("retransfer_delay", s.retransfer_delay, optional.non_negative(), "its own supply must have been good for so long until its tie opens again");
}
void fields(auto& v, AuxiliaryPower& s) {
  v("power", s.power, required.non_negative(), "constant power of one");
  v("power_factor", s.power_factor, optional.efficiency(), "at its terminals");
  v("part", s.part, optional, "which side of the PUE boundary: it or facility");
}
void fields(auto& v, WrittenNode& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("count", s.count, optional.at_least(1), "devices side by side, sharing evenly");
  v("redundant", s.redundant, optional.non_negative(), "how many of them are spare; ratings count the others");
  v("utility", s.utility, optional, "a connection to the grid");
  v("generator", s.generator, optional, "generators; they feed a transfer switch");
  v("switchgear", s.switchgear, optional, "a switchboard at medium voltage, without losses");
  v("transformer", s.transformer, optional, "a transformer");
  v("transfer_switch", s.transfer_switch, optional, "an ATS or STS; the circuits to it, in their order: preferred source first");
  v("switchboard", s.switchboard, optional, "a switchboard, without losses");
  v("ups", s.ups, optional, "UPS modules");
  v("busway", s.busway, optional, "a busway");
  v("panel", s.panel, optional, "a distribution panel");
  v("pdu", s.pdu, optional, "a PDU");
  v("converter", s.converter, optional, "any stage with P_in = (P_out + c) / eta");
  v("auxiliary", s.auxiliary, optional, "a constant load");
  v("battery", s.battery, optional, "of a ups or a converter");
}
void fields(auto& v, WrittenCircuit& s) {
  v("from", s.from, required.filled(), "the node that feeds");
  v("to", s.to, required.filled(), "the node that is fed");
  v("voltage", s.voltage, optional.positive(), "between lines");
  v("phases", s.phases, optional.between(1, 3), "1 or 3");
  v("current", s.current, optional.positive(), "rating of its breaker");
  v("breaker", s.breaker, optional, "how it trips; power.breaker by default");
  v("tie", s.tie, optional, "between two switchboards: open while each has a supply of its own");
  v("closed", s.closed, optional, "of a tie: closed from the start; one of its ends then has no supply of its own");
}
void fields(auto& v, CommonCauseSpec& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("elements", s.elements, required.filled(), "nodes, racks, halls, or common causes named before");
}
template <class Spec>
void fields(auto& v, TemplatePart<Spec>& s) {
  v("type", s.type, required, "which device");
  v("count", s.count, optional.at_least(1), "side by side, on each side of the scheme");
}
void fields(auto& v, PduTemplate& s) {
  v("type", s.type, required, "which device");
  v("racks", s.racks, required.at_least(1), "one PDU for so many racks, on each side of the scheme");
}
void fields(auto& v, PowerPath& s) {
  v("scheme", s.scheme, optional, "N, N+1, 2N, 2(N+1), 3N/2, 4N/3 or block-redundant; or write out nodes and circuits");
  v("blocks", s.blocks, optional.between(1, 17), "of block-redundant: how many sides, the catcher apart");
  v("utility", s.utility, optional, "one connection, or one for each side");
  v("switchgear", s.switchgear, optional, "below each utility feed, at its voltage");
  v("transformer", s.transformer, optional, "below each utility feed or switchgear");
  v("generator", s.generator, optional, "of each side; second source of its transfer switch");
  v("transfer_switch", s.transfer_switch, optional, "below each transformer: to it first, to the generator second");
  v("switchboard", s.switchboard, optional, "below each transformer or transfer switch");
  v("tie", s.tie, optional, "of 2N and 2(N+1): between the two switchboards, open while both have a supply");
  v("ups", s.ups, optional, "below each switchboard");
  v("battery", s.battery, optional, "of the UPS of each side");
  v("static_switch", s.static_switch, optional, "of block-redundant: above each PDU, to the UPS of its side first, to the catcher's second");
  v("pdu", s.pdu, optional, "below each UPS");
  v("rack_circuit", s.rack_circuit, optional, "of each feed of each rack");
  v("breaker", s.breaker, optional, "how rated circuits trip that name no breaker; thermal (600 s, 1.13) by default");
  v("common_causes", s.common_causes, optional, "what fails together, beside halls and racks: rooms, substations");
  v("oversubscribed", s.oversubscribed, optional, "nameplates may exceed ratings: then a limit passed is a result, not an error");
  v("code", s.code, optional, "whose rule continuous loads follow: IEC (a circuit's whole rating) or NEC (80 % of it, unless its breaker says otherwise)");
  v("ambient", s.ambient, optional, "temperature of the air around the equipment, for derating");
  v("nodes", s.nodes, optional, "the power path node by node, instead of a scheme");
  v("circuits", s.circuits, optional, "what feeds what, with `nodes`");
}
void fields(auto& v, Site& s) {
  v("name", s.name, required.filled(), "what it is called");
  v("location", s.location, optional, "where it stands");
  v("halls", s.halls, required.filled(), "rooms of racks");
  v("network", s.network, optional.one_or_list(), "one fabric, or a list of them");
  v("power", s.power, required, "from the utility to the racks");
  v("cooling", s.cooling, optional, "cooling and the rest of the facility: a load that follows the IT load, or the plant with its machines");
  v("onsite", s.onsite, optional, "what generates and stores behind the meter");
  v("grid", s.grid, optional, "how far the grid is and what it has left: what is built outside the fence");
}

void check(const CircuitRating& s, const std::string& path, std::vector<Problem>& problems);
void check(const WrittenCircuit& s, const std::string& path, std::vector<Problem>& problems);
void check(const AuxiliaryLoad& s, const std::string& path, std::vector<Problem>& problems);
void check(const WrittenNode& s, const std::string& path, std::vector<Problem>& problems);
void check(const PowerPath& s, const std::string& path, std::vector<Problem>& problems);
void check(const Site& s, const std::string& path, std::vector<Problem>& problems);

}  // namespace headroom
