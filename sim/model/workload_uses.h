// What the site makes of each workload of a scenario.
#pragma once

#include <vector>

#include "sim/model/model.h"

namespace headroom {

// Of a model whose graph and servers stand. Fills in defaults that the echo shows. Throws InputError.
std::vector<WorkloadUse> use_workloads(std::vector<WorkloadSpec>& specs, const Model& model, bool overcommitted);

}  // namespace headroom
