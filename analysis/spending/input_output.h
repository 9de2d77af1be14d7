// A national input-output table as coefficients, and what a unit of final demand draws through it.
//
//   Type I = column sums of (I - A)^-1, the direct purchase included.
//   "home":       A without imported inputs: output drawn in the country of the table.
//   "all inputs": A with imports kept, as if every supplier were at home.
//   value added at home: v' (I - A_home)^-1;  with m imported inputs per unit, v + m sum to 1 in each column.
// Source: Miller and Blair, Input-Output Analysis, chapters 2, 5 and 6.
#pragma once

#include <string>
#include <vector>

#include "analysis/spending/matrix.h"
#include "base/errors.h"

namespace headroom {

struct Sector {
  std::string code, name;
};

struct InputOutputTable {
  std::string name;
  int year = 0;
  std::string currency;
  Location where;
  std::vector<Sector> sectors;
  Matrix home, all_inputs;                     // A: inputs per unit of output, supplier by row, buyer by column
  std::vector<double> value_added, imports;    // per unit of output
  std::vector<double> residual;                // 1 - value added - imports - home inputs: the table's rounding
  std::vector<std::string> warnings;           // small negative entries, named

  int find(const std::string& code) const;     // -1: no such sector
};

struct Multipliers {                           // one a sector
  std::vector<double> type_1_home, type_1_all_inputs;
  std::vector<double> value_added_home, imports_home, residual_home;
};
Multipliers multipliers(const InputOutputTable& table);      // throws InputError: singular

// What belongs beside every figure drawn from such a table.
std::vector<std::string> input_output_caveats(const InputOutputTable& table);

}  // namespace headroom
