// One builder a shape: from the figures of a fabric to its switches and links. Each reports what does not fit and returns.
#pragma once

#include "topologies/network/builders/fabric_draft.h"

namespace headroom {

void build_star(FabricDraft& draft);
void build_leaf_spine(FabricDraft& draft);

}  // namespace headroom
