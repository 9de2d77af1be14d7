// The scenario that a run was made of, from its file.
#pragma once

#include <string>

#include "sim/model/model.h"
#include "sim/results/run_file.h"

namespace headroom {

// As the run file holds it. Throws InputError where it does not.
std::string scenario_text_of(const RunReader& run);
Scenario scenario_of(const RunReader& run);

}  // namespace headroom
