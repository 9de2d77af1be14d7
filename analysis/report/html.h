// DIR/report.html: one self-contained page for one run. page/README.md says how it is put together and what its data holds.
#pragma once

#include <string>

#include "analysis/summary/summary.h"
#include "sim/results/run_file.h"

namespace headroom {

// `summary` is of this run. The same run gives the same bytes.
std::string html_report(const RunReader& run, const Summary& summary);
std::string html_report(const RunReader& run);

}  // namespace headroom
