// A table of numbers whose rows and columns have names: the first column names the row, the first line the columns.
// And whether its sums add up, to the rounding of its cells to whole numbers.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/errors.h"

namespace headroom {

class LabelledTable {
 public:
  // Other rows and columns may stand in the file. Throws InputError: a row or column missing or twice, no number.
  LabelledTable(const std::filesystem::path& file, std::vector<std::string> rows, std::vector<std::string> columns);

  double at(const std::string& row, const std::string& column) const { return cells_[row_of_.at(row) * columns_.size() + column_of_.at(column)]; }
  Problem problem(const std::string& row, const std::string& column, const std::string& what) const;    // at the cell; reads the file again
  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
  std::vector<std::string> columns_;
  std::map<std::string, std::size_t> row_of_, column_of_;
  std::vector<double> cells_;
};

// How far a sum of `terms` cells, each rounded to a whole number, can be from its rounded total: at most
// (terms + 1) / 2, and of many terms hardly ever more than six standard deviations, 6 sqrt((terms + 1) / 12).
double rounding_of_sum(std::size_t terms);

// In each row the cells of `columns` add up to `row_total`, in each column those of `rows` to `column_total` ("": there
// is no such total). One row and one column off by the same amount name the cell between them.
void check_sums(const LabelledTable& table, const std::vector<std::string>& rows, const std::vector<std::string>& columns, const std::string& row_total,
                const std::string& column_total, std::vector<Problem>& problems);

}  // namespace headroom
