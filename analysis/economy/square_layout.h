// What the rows and columns of a square input-output table are: read from its first line and its first column, and held
// against what its description says they are called.
#pragma once

#include "analysis/economy/input_output.h"
#include "analysis/economy/labelled_table.h"
#include "analysis/economy/table_description.h"

namespace headroom {

struct SquareLayout {
  bool imported_rows = false;
  std::vector<Sector> sectors;
  Names codes, imported;                                   // rows of the sectors, and of what is imported of each
  Names household_use, investment, other_use, exports;     // columns
  std::string imports, total;                              // columns; "": there is none
  Names wages, other_value_added;                          // rows
  std::string output, jobs;                                // rows

  Names uses() const { return joined(joined(household_use, investment), joined(other_use, exports)); }
  Names value_added() const { return joined(wages, other_value_added); }
};

// Throws InputError: no sectors, a row or column that is nothing of these, one that is named and not there.
SquareLayout square_layout(const TableDescription& description, const std::filesystem::path& file);

}  // namespace headroom
