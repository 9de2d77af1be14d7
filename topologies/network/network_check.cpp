// What the keys of a fabric must satisfy together. What needs the graph is found when it is built.
#include "topologies/network/network_spec_fields.h"

namespace headroom {

void check(const FabricSpec&, const std::string&, std::vector<Problem>&) {}

}  // namespace headroom
