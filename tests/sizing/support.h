// Small sites for the tests of this room, without losses, so that needs can be worked out by hand.
#pragma once

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>

#include "analysis/sizing/sized_site.h"
#include "analysis/sizing/sizing_proof.h"
#include "topologies/read_site.h"

namespace headroom {

inline Approx close_to(double value) { return Approx(value).epsilon(1e-9); }

inline Site site_from(const std::string& text) { return read_site_text(text, "site.yaml"); }

// Racks of one server that draws 1 kW idle and 10 kW full, on two cords.
inline std::string hall_of_10_kw_racks(int count, const std::string& rest = "") {
  return fmt::format("kind: site\nversion: 1\nname: s\nhalls: [{{name: h, racks: [{{name: r, count: {}, servers: [{{type: {{name: s10, cores: 4, memory: 16 GB, supplies: 2, power: {{linear: {{idle: 1 kW, full: 10 kW}}}}}}}}]}}]{}}}]\n", count, rest);
}

inline const std::string transformer_of_1000_kva = "{type: {name: t1000, rated_apparent_power: 1000 kVA, no_load_loss: 0 W, load_loss: 0 W}}";
inline const std::string ups_of_500_kw = "{name: u500, rated_power: 500 kW, rated_apparent_power: 500 kVA, efficiency: [{load: 0.25, efficiency: 1}, {load: 0.5, efficiency: 1}, {load: 1, efficiency: 1}]}";
inline const std::string generator_of_800_kw = "{name: g800, rated_power: 800 kW, rated_apparent_power: 1000 kVA, block_load: 0.5, fuel: 1000 L, fuel_use: [{load: 1, use: 100 L/h}]}";
inline const std::string pdu_of_200_kva = "{name: p200, rated_apparent_power: 200 kVA, no_load_loss: 0 W, load_loss: 0 W}";

// Two sides of all there is, for 300 kW.
inline std::string two_sides(const std::string& more = "") {
  return hall_of_10_kw_racks(30) + "power:\n  scheme: 2N\n  utility: [{name: one, voltage: 10 kV, limit: 600 kW}, {name: two, voltage: 10 kV, limit: 600 kW}]\n  transformer: " + transformer_of_1000_kva +
         "\n  generator: {type: " + generator_of_800_kw + "}\n  transfer_switch: {name: ats1000, rated_current: 1000 A}\n  switchboard: {voltage: 400 V, current: 1250 A}\n  ups: {type: " + ups_of_500_kw +
         "}\n  pdu: {type: " + pdu_of_200_kva + ", racks: 10}\n  rack_circuit: {voltage: 400 V, phases: 3, current: 32 A}\n" + more;
}

inline const SizedElement& element(const SizedSite& sized, const std::string& name, const std::string& kind = "") {
  for (auto const& each : sized.elements)
    if (each.name == name && (kind.empty() || each.kind == kind)) return each;
  throw std::runtime_error("no element " + name);
}

inline SizedSite at_nameplate(const std::string& text, double growth = 0) { return size_site(site_from(text), {full_load_case()}, {growth, 1}); }

// Every server at a share between idle (0.1) and full of its 10 kW.
inline LoadCase every_server_at(const Site& site, Power each) {
  return {"part load", std::vector<Power>(build_power_graph(site).servers.size(), each), {}, {}};
}

}  // namespace headroom
