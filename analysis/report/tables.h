// The tables of a run as CSV, for spreadsheets and scripts. Column names end in their unit.
#pragma once

#include <filesystem>

#include "sim/results/run_file.h"

namespace headroom {

// nodes.csv, jobs.csv, interruptions.csv, changes.csv and power.csv (the recorded intervals) in `folder`, which is made if it is not there.
// Numbers read back to the same bits; what is absent is an empty cell. Throws OutputError.
void write_csv_tables(const RunReader& run, const std::filesystem::path& folder);

}  // namespace headroom
