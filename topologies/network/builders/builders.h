// One builder a shape: from the figures of a fabric to its switches and links. Each reports what does not fit and returns.
#pragma once

#include "topologies/network/builders/fabric_draft.h"

namespace headroom {

void build_star(FabricDraft& draft);
void build_leaf_spine(FabricDraft& draft);
void build_clos(FabricDraft& draft);
void build_fat_tree(FabricDraft& draft);
void build_rail_optimised(FabricDraft& draft);
void build_dragonfly(FabricDraft& draft);
void build_torus(FabricDraft& draft);
void build_jellyfish(FabricDraft& draft);
void build_scale_up(FabricDraft& draft);
void build_written(FabricDraft& draft);

}  // namespace headroom
