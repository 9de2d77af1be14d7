// The US Bureau of Economic Analysis's summary tables (71 industries, 73 commodities) of use, make and imports.
//
//   D = make / commodity output (industry technology), B = use / industry output, A = D B
//   home: (use - import) instead of use; a few small negative entries stay, and are named.
#pragma once

#include <filesystem>

#include "analysis/spending/input_output.h"

namespace headroom {

// From PREFIX_use.csv, PREFIX_make.csv, PREFIX_import.csv and the list of sectors. Throws InputError: a table off
// balance by more than its rounding, with the cell and by how much.
InputOutputTable read_us_bea(const std::filesystem::path& folder);
std::vector<Sector> read_us_bea_sectors(const std::filesystem::path& folder);
std::filesystem::path shipped_tables();

}  // namespace headroom
