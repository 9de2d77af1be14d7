// scale-up: servers in domains of `domain`, one after the other, each around switches of its own: one where that has ports for all,
// else as many as divide the ports of a server evenly; port i then hangs on switch i modulo their number.
#include <fmt/format.h>

#include "base/units.h"
#include "topologies/network/builders/builders.h"
#include "topologies/network/builders/port_split.h"

namespace headroom {

void build_scale_up(FabricDraft& draft) {
  SwitchSpec const& type = draft.leaf_type();
  int const domain = *draft.spec.domain, count = static_cast<int>(draft.servers.size());
  int const used = std::min(domain, count);      // the largest domain that there is
  if (used > type.ports)
    return draft.problem(fmt::format("domain: {} servers hang on each switch, and type {} has {} ports; take smaller domains", domain, type.name, type.ports));
  int const at_least = static_cast<int>((static_cast<std::int64_t>(used) * draft.ports + type.ports - 1) / type.ports);
  int const switches = divisor_from(draft.ports, at_least), domains = (count + domain - 1) / domain;
  if (!draft.can_have(static_cast<double>(domains) * switches)) return;
  End const first = draft.end_of_switch(0);
  for (int i = 0; i < domains; ++i)
    for (int j = 1; j <= switches; ++j) draft.add_switch(switches == 1 ? fmt::format("domain-{}", i + 1) : fmt::format("domain-{}/{}", i + 1, j), 0, type, i);
  for (int i = 0; i < count; ++i)
    for (int port = 0; port < draft.ports; ++port) draft.link_server(static_cast<std::size_t>(i), first + i / domain * switches + port % switches);
}

}  // namespace headroom
