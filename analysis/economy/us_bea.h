// Summary tables of the US Bureau of Economic Analysis (71 industries, 73 commodities) of use, make and imports.
//
//   D = make / commodity output (industry technology), B = use / industry output, A = D B
//   home: (use - import) instead of use; a few small negative entries stay, and are named.
//   household use of an industry's product = D F010, at home D (F010 - its imports); all of it = sum of F010
#pragma once

#include "analysis/economy/input_output.h"
#include "analysis/economy/table_description.h"

namespace headroom {

// Throws InputError: a table off balance by more than its rounding, with the cell and by how much.
InputOutputTable read_us_bea(const TableDescription& description);

}  // namespace headroom
