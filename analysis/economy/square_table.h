// Input-output tables with sectors as rows and as columns, one CSV: the tables of China, and a user's own.
//
//   import-column:  imports of each sector's product in one column, spread over its buyers in proportion:
//                   share m = imports / (output + imports - exports), A_home = (1 - m) A by row
//   imported-rows:  for each row X a row 'imported X', what is imported of it, by buyer
#pragma once

#include "analysis/economy/input_output.h"
#include "analysis/economy/table_description.h"

namespace headroom {

// Throws InputError: rows or columns that nothing explains, no output, a table off balance by more than its rounding.
InputOutputTable read_square_table(const TableDescription& description);

}  // namespace headroom
