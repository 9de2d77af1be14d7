// The limits of a node of the power graph, and how much of each a load uses. Headroom is (limit - load) / limit in kW,
// kVA and A; the smallest is the one that binds.
#pragma once

#include <optional>
#include <vector>

#include "topologies/graph/power_graph.h"

namespace headroom {

// What a node carries: its output, and its input on one of its connections.
struct Carried {
  double output_w = 0, output_va = 0, connection_va = 0;
};

struct Limit {
  const char* unit = "";            // "kW", "kVA", "A" of the device; "circuit A" of a connection to what feeds it
  double allowed = 0, carried = 0;  // in kW, kVA or A
  double headroom() const { return allowed - carried; }
  double used_share() const { return carried / allowed; }
};

// Every limit that the rating states, in the order kW, kVA, A, circuit A.
std::vector<Limit> limits_of(const Rating& rating, const Carried& carried);
// The limit with the largest used share; nullopt where nothing limits.
std::optional<Limit> binding_limit(const std::vector<Limit>& limits);

}  // namespace headroom
