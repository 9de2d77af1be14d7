// The data of the page, as page/README.md describes it.
#pragma once

#include "analysis/summary/summary.h"
#include "base/json_fields.h"
#include "sim/results/run_file.h"

namespace headroom {

Json report_data(const RunReader& run, const Summary& summary);

}  // namespace headroom
