// A table of numbers whose rows and columns have names: the first column names the row, the first line the columns.
// And whether its sums add up, to the rounding of its cells.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/errors.h"

namespace headroom {

using Names = std::vector<std::string>;
Names joined(Names a, const Names& b);

class LabelledTable {
 public:
  struct Block {
    Names rows, columns;
  };

  // The cells of two blocks with no row in common; other rows and columns may stand in the file, and cells in no block
  // may be blank. Throws InputError: a row or column missing or twice, no number.
  LabelledTable(const std::filesystem::path& file, const Block& main, const Block& more = {});

  double at(const std::string& row, const std::string& column) const { return cells_[row_of_.at(row) * columns_.size() + column_of_.at(column)]; }
  Problem problem(const std::string& row, const std::string& column, const std::string& what) const;    // at the cell; reads the file again
  const std::filesystem::path& file() const { return file_; }

 private:
  void place(const Block& block);

  std::filesystem::path file_;
  Names columns_;
  std::map<std::string, std::size_t> row_of_, column_of_;
  std::vector<double> cells_;
};

// How far a sum of `terms` cells, each rounded to a multiple of `rounding`, can be from its rounded total: at most
// rounding (terms + 1) / 2, and of many terms hardly ever more than six standard deviations, rounding 6 sqrt((terms + 1) / 12).
double rounding_of_sum(std::size_t terms, double rounding = 1);
int decimals_of(double rounding);      // 2 of 0.01

// In each row (or column) of `of` the cells of `over`, less those of `minus`, add up to that of `total`.
struct Sums {
  Names of, over;
  std::string total;
  Names minus = {};
};

// One row and one column off by the same amount name the cell between them. No names in `of`: nothing to check.
void check_sums(const LabelledTable& table, const Sums& in_rows, const Sums& in_columns, double rounding, std::vector<Problem>& problems);

}  // namespace headroom
