// torus: a grid of switches, each linked with its neighbours in every dimension, the last with the first. Two in a dimension have one
// link. Servers are spread evenly, in the order of the switches: the last dimension counts fastest.
#include <fmt/format.h>

#include <algorithm>

#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/leaves.h"

namespace headroom {

void build_torus(FabricDraft& draft) {
  double total = 1;
  int degree = 0;
  for (int size : draft.spec.dimensions) {
    total *= size;
    degree += std::min(size - 1, 2);
  }
  if (!draft.can_have(total)) return;
  int const count = static_cast<int>(total), sets = count / draft.ports;
  if (sets == 0) return draft.problem(fmt::format("ports: {} of each server, each on a switch of its own, and there are {}", draft.ports, count));
  SwitchSpec const& type = draft.leaf_type();
  LeafPlan const plan = spread_evenly(draft, sets);
  if (!has_ports(draft, type, plan.per_leaf, degree, fmt::format("with {} servers on {} switches, each of them", draft.servers.size(), count))) return;
  End const first = draft.add_switches("router", count, 0, type);
  link_servers(draft, plan, first);
  int stride = count;
  for (int size : draft.spec.dimensions) {
    stride /= size;
    for (int i = 0; i < count; ++i) {
      int const here = i / stride % size, next = i + ((here + 1) % size - here) * stride;
      if (size > 2 || here == 0) draft.add_link(first + i, first + next, 1, up_rate(type));
    }
  }
}

}  // namespace headroom
