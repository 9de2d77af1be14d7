// star: one switch, on which every port of every server hangs.
#include <fmt/format.h>

#include "topologies/network/builders/builders.h"

namespace headroom {

void build_star(FabricDraft& draft) {
  SwitchSpec const& type = draft.leaf_type();
  if (draft.server_ports() > type.ports)
    return draft.problem(fmt::format("{} servers need {} ports; type {} has {}, enough for {} servers; take leaf-spine, or a type with more ports", draft.servers.size(), draft.server_ports(), type.name,
                                     type.ports, type.ports / draft.ports));
  End const leaf = draft.add_switch("leaf-1", 0, type);
  for (std::size_t i = 0; i < draft.servers.size(); ++i)
    for (int port = 0; port < draft.ports; ++port) draft.link_server(i, leaf);
}

}  // namespace headroom
