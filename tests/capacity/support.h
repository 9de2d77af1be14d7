// Small sites for the tests of this room, written as text.
#pragma once

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>

#include "analysis/capacity/capacity.h"
#include "topologies/read_site.h"

namespace headroom {

inline Approx close_to(double value) { return Approx(value).epsilon(1e-9); }

inline PowerGraph graph_of(const std::string& site) { return build_power_graph(read_site_text(site, "site.yaml")); }

// A hall whose racks have one server of 10 kW at full load each, two power supplies.
inline std::string hall_of(const std::string& groups) { return "kind: site\nversion: 1\nname: s\nhalls: [{name: h, racks: [" + groups + "]}]\n"; }
inline std::string racks_of_10_kw(int count, const std::string& name = "r", const std::string& rest = "") {
  return fmt::format("{{name: {}, count: {}, servers: [{{type: {{cores: 4, memory: 16 GB, supplies: 2, power: {{linear: {{idle: 1 kW, full: 10 kW}}}}}}}}]{}}}", name, count, rest);
}

inline const CapacityState& without(const CapacityAnswer& answer, std::string_view fault) {
  for (auto const& state : answer.lost)
    if (state.lost == fault) return state;
  throw std::runtime_error("no such element");
}

inline const std::string two_utilities = "scheme: 2N, utility: [{name: one, voltage: 400 V, limit: 600 kW}, {name: two, voltage: 400 V, limit: 400 kW}]";

}  // namespace headroom
