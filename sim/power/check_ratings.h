// Can the ratings of the power path carry what hangs below them, with everything in service and at full load?
#pragma once

#include "base/errors.h"
#include "sim/power/flow.h"

namespace headroom {

// Every server at full load: what nameplates say.
void load_fully(PowerFlow& flow);

// Throws InputError naming every node that nameplate load would overload, unless the site says `oversubscribed`.
void check_ratings(const PowerGraph& graph, const Location& site);

}  // namespace headroom
